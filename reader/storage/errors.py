"""What can go wrong with the stores, in words that can be shown to people."""

from __future__ import annotations


class MarksError(Exception):
    """The marks cannot be opened or saved; the message says why."""


class FormatError(MarksError):
    """Marks are in a layout of a later version of reader."""


class ReadOnlyError(MarksError):
    """A change was asked of marks that were opened for reading only."""

    def __init__(self) -> None:
        super().__init__("The marks are open for reading only: another reader is running.")


class OvertakenError(MarksError):
    """Marks that were opened for reading only were to be copied, and are no longer the newest: open them again."""

    def __init__(self) -> None:
        super().__init__("The marks were renewed again and again while they were copied. Try again.")

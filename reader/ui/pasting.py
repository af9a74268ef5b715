"""What is pasted, and whether there is room for it where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Input, TextArea

from reader.ui.driver import LONGEST, LongPaste

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

LINE: Final = 4000
"""Characters that can be pasted into a line; no address and no query is longer."""
NOTE: Final = 200_000
"""Characters that can be pasted into a note, which is the length of a book's longest chapters."""


def refusal(event: events.Paste, into: Widget | None) -> str:
    """Say why something cannot be pasted, nothing if it can; of what goes into a line only the first one is left.

    Args:
        event: what is pasted.
        into: what has the focus.
    """
    if isinstance(event, LongPaste):
        return _too_long(event.length, LONGEST)
    if isinstance(into, TextArea):
        return _too_long(len(event.text), NOTE)
    if not isinstance(into, Input) or takes_texts(into):
        return ""
    event.text = (event.text[: LINE + 1].splitlines() or [""])[0]
    return "" if len(event.text) <= LINE else f"A line has room for {LINE:,} characters: nothing was pasted."


def takes_texts(into: Input) -> bool:
    """Tell whether a line is one that texts can be pasted into, which it hands on."""
    return hasattr(into, "Pasted")


def _too_long(length: int, most: int) -> str:
    if length <= most:
        return ""
    return f"{length:,} characters are too many to paste here, where {most:,} fit: nothing was pasted."

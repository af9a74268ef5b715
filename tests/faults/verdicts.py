"""What a round of a fault comes to: how much was tried, and in words what was lost or corrupted."""

from __future__ import annotations


class LostError(AssertionError):
    """A mark that was acknowledged is not there."""


class CorruptedError(AssertionError):
    """Something is there that nobody did, cannot be read, or is not what is told of it."""


def kept(good: object, what: str) -> None:
    """Fail as lost unless something is so."""
    if not good:
        raise LostError(what)


def whole(good: object, what: str) -> None:
    """Fail as corrupted unless something is so."""
    if not good:
        raise CorruptedError(what)

"""Text cut and padded to columns of a terminal."""

from __future__ import annotations

from typing import Final
from unicodedata import category, east_asian_width

_NO_CELL: Final = frozenset({"Mn", "Me", "Cf"})


def cells(text: str) -> int:
    """Give how many columns a line takes; East Asian wide characters take two (Unicode, annex 11)."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def fit(text: str, width: int) -> str:
    """Give a line that takes so many columns: cut with an ellipsis, or filled with spaces."""
    taken = cells(text)
    if taken <= width:
        return text + " " * (width - taken)
    kept, used = [], 0
    for character in text:
        if used + _cells(character) > width - 1:
            break
        kept.append(character)
        used += _cells(character)
    return "".join(kept).rstrip() + "…" + " " * (width - 1 - cells("".join(kept).rstrip()))


def _cells(character: str) -> int:
    if category(character) in _NO_CELL:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1

"""Text cut into lines by its width in terminal cells."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, get_character_cell_size, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD: Final = re.compile(r"[^ \n]+")
_WIDE: Final = "\u1100"
"""The first of the characters that take two cells."""
_LONG: Final = 512
"""Characters of a text that takes long to measure."""


def wrap(text: str, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """Cut a text into lines.

    Lines break at spaces, between wide characters (CJK), at a line feed, and inside a word only if the
    word is wider than a line. A no-break space does not break.

    Args:
        text: the text, without control characters other than the line feed.
        width: cells a line may take, at least 1.
        first: cells the first line may take, where that differs.

    Returns:
        The start and end offset of each line, in characters, spaces at its end left out; at least one line.
    """
    narrow = text.isascii()
    room = max(1, width)
    left = max(1, first if first is not None else room)
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for found in _WORD.finditer(text):
        begin, stop = found.span()
        word = found[0]
        if breaks := text.count("\n", end, begin):
            lines.append((start, end))
            lines.extend([(end, end)] * (breaks - 1))
            start = end = begin
            used, left = 0, room
        begun = end > start
        gap = begin - end if begun else 0
        cells = len(word) if narrow else measured(word)
        if not begun:
            start = begin
        if used + gap + cells <= left:
            end, used = stop, used + gap + cells
        elif begun and cells <= room and not _splits(word):
            lines.append((start, end))
            start, end, used, left = begin, stop, cells, room
        else:
            for number, (head, tail, size) in enumerate(_filled(word, left - used - gap, room, begun=begun)):
                if number:
                    lines.append((start, end))
                    start, used, gap, left = begin + head, 0, 0, room
                if head < tail:
                    end, used = begin + tail, used + gap + size
    lines.append((start, end))
    return lines


def _splits(word: str) -> bool:
    """Tell whether a line may end anywhere in a word."""
    return max(word) >= _WIDE and any(get_character_cell_size(char) == 2 for char in word)


def _filled(word: str, free: int, room: int, *, begun: bool) -> Iterator[tuple[int, int, int]]:
    """Cut a word into what each line takes of it, never inside of what the eye takes for a character.

    Args:
        word: what is cut.
        free: cells that are left in the first line.
        room: cells of the lines after it.
        begun: whether the first line holds words already: it may take nothing of this one then.

    Returns:
        For each line from where to where it takes the word, and how many cells that takes.
    """
    places, cells = ruled(word)
    at, last = 0, len(places) - 1
    while at < last:
        fits = bisect_right(cells, cells[at] + free, at) - 1
        to = max(fits, at if begun else at + 1)
        yield places[at], places[to], cells[to] - cells[at]
        at, free, begun = to, room, False


def measured(text: str) -> int:
    """Count the cells of a text; those of a long one are counted once for all that asks."""
    if text.isascii():
        return len(text)
    return cell_len(text) if len(text) < _LONG else ruled(text)[1][-1]


@lru_cache(maxsize=32)
def ruled(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Measure a text, as with a ruler.

    Returns:
        Where each thing that the eye takes for a character begins, and the end; and the cells before each of these.
    """
    if text.isascii() and text.isprintable():
        return range(len(text) + 1), range(len(text) + 1)
    widths = list(map(get_character_cell_size, text))
    if 0 not in widths:
        return range(len(text) + 1), array("I", accumulate(widths, initial=0))
    spans = split_graphemes(text)[0]
    places = array("I", (begin for begin, _, _ in spans))
    places.append(len(text))
    return places, array("I", accumulate((cells for _, _, cells in spans), initial=0))


def chop(text: str, width: int) -> list[tuple[int, int]]:
    """Cut a text into pieces of some cells, its spaces kept: the start and end offset of each, at least one."""
    if text.isascii():
        return [(start, min(len(text), start + width)) for start in range(0, len(text) or 1, width)]
    pieces, start, used = [], 0, 0
    for begin, _, cells in split_graphemes(text)[0]:
        if used + cells > width and begin > start:
            pieces.append((start, begin))
            start, used = begin, 0
        used += cells
    return [*pieces, (start, len(text))]


def shorten(text: str, width: int) -> str:
    """Cut a text to one line of some cells, with an ellipsis where something is left out."""
    text = " ".join(text.split("\n"))
    if cell_len(text) <= width:
        return text
    used = 1
    kept = 0
    for _, end, cells in split_graphemes(text)[0]:
        used += cells
        if used > width:
            break
        kept = end
    return text[:kept].rstrip() + "…" if width > 0 else ""

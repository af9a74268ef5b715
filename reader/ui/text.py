"""Text cut into lines by its width in terminal cells."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len, get_character_cell_size, split_graphemes

_WORD: Final = re.compile(r"[^ \n]+")


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
    for word in _WORD.finditer(text):
        begin, stop = word.span()
        breaks = text.count("\n", end, begin)
        cells = stop - begin if narrow else cell_len(word[0])
        gap = begin - end if end > start else 0
        if not breaks and used + gap + cells <= left:
            if end == start:
                start = begin
            used += gap + cells
            end = stop
            continue
        pieces = (
            [(begin, stop, cells)] if cells <= room and not _splits(word[0], narrow) else _pieces(text, begin, stop)
        )
        if breaks:
            lines.append((start, end))
            lines.extend([(end, end)] * (breaks - 1))
            start, end, used, left, gap = begin, begin, 0, room, 0
        for piece_begin, piece_stop, piece_cells in pieces:
            if used + gap + piece_cells > left and end > start:
                lines.append((start, end))
                start, end, used, left = piece_begin, piece_begin, 0, room
            elif end == start:
                start = piece_begin
                gap = 0
            used += gap + piece_cells
            end, gap = piece_stop, 0
    lines.append((start, end))
    return lines


def _splits(word: str, narrow: bool) -> bool:
    return not narrow and any(get_character_cell_size(char) == 2 for char in word)


def _pieces(text: str, begin: int, stop: int) -> list[tuple[int, int, int]]:
    """Cut a word into what the eye takes for characters: each with its marks, joined emoji whole."""
    spans, _ = split_graphemes(text[begin:stop])
    return [(begin + start, begin + end, cells) for start, end, cells in spans]


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

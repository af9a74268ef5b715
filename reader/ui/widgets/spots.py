"""Where in the lines of a block each character of its text stands, and which character stands where.

Cells are counted from the left of a line's body; characters are offsets into the block's text. For an offset at
which something begins that takes room in a line, `offset_at(lines, *cell_of(lines, offset))` is that offset. Others
have a place, too, but no cell of their own:

- what is inside of what the eye takes for one character (a combining mark, the parts of a joined emoji) stands
  where that begins;
- spaces and line feeds at which a line was broken, and what parts the cells of a table, stand right after what is
  before them;
- what takes no room at the beginning of a line stands where the character after it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ui.widgets.lines import Line, Run


def cell_of(lines: Sequence[Line], offset: int) -> tuple[int, int]:
    """Give the number of the line, and the cell in it, that an offset stands at; the first one where none does."""
    best: tuple[int, Run] | None = None
    first: tuple[int, Run] | None = None
    for number, line in enumerate(lines):
        for run in line.runs:
            if run.start <= offset < run.end:
                return number, run.cell + _cells_to(_text(line, run), offset - run.start)
            if run.start <= offset and (best is None or run.start >= best[1].start):
                best = number, run
            if first is None or run.start < first[1].start:
                first = number, run
    if best is None:
        return (first[0], first[1].cell) if first is not None else (0, 0)
    number, run = best
    return number, run.cell + cell_len(_text(lines[number], run))


def offset_at(lines: Sequence[Line], number: int, cell: int) -> int:
    """Give the offset that stands nearest to a cell: in that line, or else in the nearest one that holds text."""
    runs = lines[number].runs if 0 <= number < len(lines) else ()
    if not runs:
        found = _nearest(lines, number)
        return offset_at(lines, found, cell) if found is not None else 0
    line = lines[number]
    run = min(runs, key=lambda run: (_distance(line, run, cell), run.cell))
    text = _text(line, run)
    if text.isascii():
        return run.start + max(0, min(cell - run.cell, len(text) - 1))
    at, left = run.start, run.cell
    for begin, _, cells in split_graphemes(text)[0]:
        if left > cell:
            break
        if cells:
            at = run.start + begin
        left += cells
    return at


def _distance(line: Line, run: Run, cell: int) -> int:
    if cell < run.cell:
        return run.cell - cell
    return max(0, cell + 1 - run.cell - max(1, cell_len(_text(line, run))))


def _nearest(lines: Sequence[Line], number: int) -> int | None:
    """Give the nearest line that holds text, the one above of two that are as near."""
    full = (at for at, line in enumerate(lines) if line.runs)
    return min(full, key=lambda at: (abs(at - number), at), default=None)


def _text(line: Line, run: Run) -> str:
    """Give the text of a run: the segments of a body are cut where one begins."""
    parts: list[str] = []
    length, cell = run.end - run.start, 0
    for segment in line.body:
        if length <= 0:
            break
        if parts or (cell == run.cell and segment.text):
            parts.append(segment.text[:length])
            length -= len(segment.text)
        else:
            cell += cell_len(segment.text)
    return "".join(parts)


def _cells_to(text: str, offset: int) -> int:
    """Count the cells before the grapheme that an offset is in."""
    if text.isascii():
        return offset
    cells = 0
    for _, end, size in split_graphemes(text)[0]:
        if end > offset:
            break
        cells += size
    return cells

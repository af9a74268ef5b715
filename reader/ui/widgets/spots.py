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

from bisect import bisect_right
from typing import TYPE_CHECKING

from reader.ui.widgets.measured import cells_of, measured, ruled

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
                return number, run.cell + _cells_to(measured(line).of(run), offset - run.start)
            if run.start <= offset and (best is None or run.start >= best[1].start):
                best = number, run
            if first is None or run.start < first[1].start:
                first = number, run
    if best is None:
        return (first[0], first[1].cell) if first is not None else (0, 0)
    number, run = best
    return number, run.cell + cells_of(measured(lines[number]).of(run))


def offset_at(lines: Sequence[Line], number: int, cell: int) -> int:
    """Give the offset that stands nearest to a cell: in that line, or else in the nearest one that holds text."""
    runs = lines[number].runs if 0 <= number < len(lines) else ()
    if not runs:
        found = _nearest(lines, number)
        return offset_at(lines, found, cell) if found is not None else 0
    line = lines[number]
    run = runs[0] if len(runs) == 1 else _nearest_run(line, cell)
    text = measured(line).of(run)
    if text.isascii():
        return run.start + max(0, min(cell - run.cell, len(text) - 1))
    return run.start + ruled(text).offset(max(0, cell - run.cell))


def _nearest_run(line: Line, cell: int) -> Run:
    """Give the run that is nearest to a cell, the one before it of two that are as near."""
    at = bisect_right(line.runs, cell, key=lambda run: run.cell)
    return min(line.runs[max(0, at - 1) : at + 1], key=lambda run: (_distance(line, run, cell), run.cell))


def _distance(line: Line, run: Run, cell: int) -> int:
    if cell < run.cell:
        return run.cell - cell
    return max(0, cell + 1 - run.cell - max(1, cells_of(measured(line).of(run))))


def _nearest(lines: Sequence[Line], number: int) -> int | None:
    """Give the nearest line that holds text, the one above of two that are as near."""
    full = (at for at, line in enumerate(lines) if line.runs)
    return min(full, key=lambda at: (abs(at - number), at), default=None)


def _cells_to(text: str, offset: int) -> int:
    """Count the cells before the grapheme that an offset is in."""
    return offset if text.isascii() else ruled(text).at(offset)

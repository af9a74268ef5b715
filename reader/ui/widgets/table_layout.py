"""A table laid out in columns that fit the measure, or row by row where they don't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment

from reader.model.document import CELL_BREAK
from reader.ui.text import wrap
from reader.ui.widgets.lines import Line, Styles, styled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style

    from reader.model.document import Block

_GAP: Final = " │ "
_CROSS: Final = "─┼─"
_WORD: Final = 12
"""Cells of a word that a column gives room to; a longer one may be broken."""
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: where its text is in the block's."""

    start: int
    text: str


def lay_out_table(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    """Lay a table out.

    Args:
        block: the table.
        width: cells that a line may take.
        styles: a style for each part.
    """
    rows = _rows(block.text)
    columns = max(len(row) for row in rows)
    wanted = [[row[column] for row in rows if column < len(row)] for column in range(columns)]
    widths = _fitted(wanted, width - len(_GAP) * (columns - 1))
    if widths is None:
        yield from _row_by_row(block, rows, width, styles)
    else:
        yield from _in_columns(block, rows, widths, styles)


def _rows(text: str) -> list[list[_Cell]]:
    rows, at = [], 0
    for line in text.split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append(_Cell(at, cell.replace(CELL_BREAK, "\n")))
            at += len(cell) + 1
        rows.append(row)
    return rows


def _fitted(columns: Sequence[Sequence[_Cell]], room: int) -> list[int] | None:
    """Share the room out: a narrow column gets what it wants, the others the same; None when it is too little."""
    wanted = [max(1, *(cell_len(part) for cell in column for part in cell.text.split("\n"))) for column in columns]
    least = [min(want, max(_LEAST, _longest_word(column))) for want, column in zip(wanted, columns, strict=True)]
    if sum(least) > room:
        return None
    widths = list(least)
    left = room - sum(least)
    growing = [column for column in range(len(columns)) if widths[column] < wanted[column]]
    while left > 0 and growing:
        share = max(1, left // len(growing))
        for column in growing:
            more = min(share, wanted[column] - widths[column], left)
            widths[column] += more
            left -= more
        growing = [column for column in growing if widths[column] < wanted[column]]
    return widths


def _longest_word(column: Sequence[_Cell]) -> int:
    return min(_WORD, max((cell_len(word) for cell in column for word in cell.text.split()), default=1))


def _in_columns(block: Block, rows: Sequence[list[_Cell]], widths: Sequence[int], styles: Styles) -> Iterator[Line]:
    bold = styles["text"] + styles["strong"]
    laid = [[wrap(cell.text, width) for cell, width in zip(row, widths, strict=False)] for row in rows]
    tall = any(len(lines) > 1 for row in laid[block.level :] for lines in row)
    for number, (row, lines) in enumerate(zip(rows, laid, strict=True)):
        head = number < block.level
        if number and (tall or number == block.level):
            yield Line((), (Segment(_CROSS.join("─" * width for width in widths), styles["rule"]),))
        for line in range(max(map(len, lines))):
            yield Line((), tuple(_one_line(block, row, lines, line, widths, bold if head else styles["text"], styles)))


def _one_line(
    block: Block,
    row: Sequence[_Cell],
    lines: Sequence[list[tuple[int, int]]],
    line: int,
    widths: Sequence[int],
    base: Style,
    styles: Styles,
) -> Iterator[Segment]:
    for column, width in enumerate(widths):
        if column:
            yield Segment(_GAP, styles["rule"])
        start, end = lines[column][line] if column < len(row) and line < len(lines[column]) else (0, 0)
        at = row[column].start if column < len(row) else 0
        segments = styled(block, at + start, at + end, base, styles) if end > start else ()
        pad = width - sum(cell_len(segment.text) for segment in segments)
        left = {"r": pad, "c": pad // 2}.get(block.marker[column : column + 1], 0)
        yield from (Segment(" " * left, base), *segments)
        if column + 1 < len(widths):
            yield Segment(" " * (pad - left), base)


def _row_by_row(block: Block, rows: Sequence[list[_Cell]], width: int, styles: Styles) -> Iterator[Line]:
    """Lay out each row as lines of "head: cell", with a short rule between rows."""
    heads = rows[0] if block.level else []
    for number, row in enumerate(rows[block.level :]):
        if number:
            yield Line((Segment("─" * min(8, width), styles["rule"]),), ())
        for column, cell in enumerate(row):
            head = heads[column].text if column < len(heads) else ""
            if cell.text.strip():
                yield from _named(block, head, cell, width, styles)


def _named(block: Block, head: str, cell: _Cell, width: int, styles: Styles) -> Iterator[Line]:
    name = f"{head.strip()}: " if head.strip() else ""
    hang = min(2, width - 1)
    for number, (start, end) in enumerate(wrap(name + cell.text, width - hang, width)):
        lead = (" " * hang if number else "") + name[start:end]
        left, right = max(0, start - len(name)), max(0, end - len(name))
        body = styled(block, cell.start + left, cell.start + right, styles["text"], styles) if right > left else ()
        yield Line((Segment(lead, styles["byline"]),), body)

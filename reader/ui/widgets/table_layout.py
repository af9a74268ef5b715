"""A table laid out in columns: within the measure where their words fit, else wider, to be scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from reader.model.document import CELL_BREAK
from reader.ui.text import measured, wrap
from reader.ui.widgets.lines import Line, Run
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style

    from reader.model.document import Block
    from reader.ui.widgets.lines import Styles
    from reader.ui.widgets.pen import Pen

_GAP: Final = " │ "
_CROSS: Final = "─┼─"
_WORD: Final = 12
"""Cells of a word that a column gives room to; a longer one may be broken."""
_LEAST: Final = 3
_WIDE: Final = 32
"""Cells of a column at the most where a table is wider than the measure."""
_MANY: Final = 24
"""Columns of a table at the most whose cells are wrapped; those of more have one line for each row."""
_NARROW: Final = 16
"""Cells of a column at the most where there are very many; a longer cell moves those after it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: where its text is in the block's, and its lines, parts of its text."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the columns of a table are, and whether together they are wider than the measure."""

    widths: Sequence[int]
    sides: str
    wide: bool


def lay_out_table(block: Block, width: int, styles: Styles, pen: Pen) -> Iterator[Line]:
    """Lay a table out.

    Args:
        block: the table.
        width: cells that a line may take, where the words of all columns fit in.
        styles: a style for each part.
        pen: writes its text.
    """
    rows = _rows(block.text)
    wanted, least = _sizes(rows)
    widths = _fitted(wanted, least, width - len(_GAP) * (len(wanted) - 1))
    many = widths is None and len(wanted) > _MANY
    if widths is None:
        widths = [min(want, _NARROW if many else _WIDE) for want in wanted]
    columns = _Columns(widths, block.marker, sum(widths) + len(_GAP) * (len(widths) - 1) > width)
    laid = [[_cut(cell, width, many) for cell, width in zip(row, widths, strict=False)] for row in rows]
    tall = any(len(pieces) > 1 for row in laid[block.level :] for pieces in row)
    rule = Line((), (Segment(_CROSS.join("─" * width for width in widths), styles["rule"]),), (), columns.wide)
    bold = styles["text"] + styles["strong"]
    for number, (row, cells) in enumerate(zip(rows, laid, strict=True)):
        if number and (tall or number == block.level):
            yield rule
        base = bold if number < block.level else styles["text"]
        for at in range(max(map(len, cells))):
            pieces = [
                (cell.start + lines[at][0], cell.start + lines[at][1]) if at < len(lines) else None
                for cell, lines in zip(row, cells, strict=True)
            ]
            if len(widths) <= _MANY:
                pieces += [None] * (len(widths) - len(pieces))
            yield _line(pieces, columns, base, styles["rule"], pen)


def _rows(text: str) -> list[list[_Cell]]:
    rows, at = [], 0
    for line in text.split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append(_Cell(at, cell.replace(CELL_BREAK, "\n")))
            at += len(cell) + 1
        rows.append(row)
    return rows


def _cut(cell: _Cell, width: int, many: bool) -> list[tuple[int, int]]:
    """Give the lines of a cell."""
    text = cell.text
    fits = text.isascii() and len(text) <= width and "\n" not in text and text == text.strip(" ")
    return [(0, len(text))] if many or fits else wrap(text, width)


def _sizes(rows: Sequence[Sequence[_Cell]]) -> tuple[list[int], list[int]]:
    """Give the width that each column would like to have, and the least that will do."""
    count = max(map(len, rows))
    wanted, longest = [1] * count, [1] * count
    for row in rows:
        for number, cell in enumerate(row):
            wanted[number] = max(wanted[number], *map(measured, cell.text.split("\n")))
            if longest[number] < _WORD:
                longest[number] = max(longest[number], *map(measured, cell.text.split()), 1)
    words = (max(_LEAST, min(_WORD, word)) for word in longest)
    return wanted, [min(want, word) for want, word in zip(wanted, words, strict=True)]


def _fitted(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Share the room out: a narrow column gets what it wants, the others the same; None when it is too little."""
    if sum(least) > room:
        return None
    widths = list(least)
    left = room - sum(least)
    growing = [column for column in range(len(widths)) if widths[column] < wanted[column]]
    while left > 0 and growing:
        share = max(1, left // len(growing))
        for column in growing:
            more = min(share, wanted[column] - widths[column], left)
            widths[column] += more
            left -= more
        growing = [column for column in growing if widths[column] < wanted[column]]
    return widths


def _line(pieces: Sequence[tuple[int, int] | None], columns: _Columns, base: Style, rule: Style, pen: Pen) -> Line:
    """Lay out a line of a row, from a piece of the text for each of its cells."""
    body: list[Segment] = []
    runs: list[Run] = []
    at = pad = 0
    for number, piece in enumerate(pieces):
        if number:
            body += (Segment(" " * pad, base), Segment(_GAP, rule)) if pad else (Segment(_GAP, rule),)
            at += pad + len(_GAP)
        pad = columns.widths[number]
        if piece is not None:
            segments = pen.write(*piece, base) if piece[1] > piece[0] else ()
            size = sum(measured(segment.text) for segment in segments)
            pad = max(0, pad - size)
            left = {"r": pad, "c": pad // 2}.get(columns.sides[number : number + 1], 0)
            body += (Segment(" " * left, base), *segments) if left else segments
            runs.append(Run(at + left, *piece))
            at += left + size
            pad -= left
    return Line((), tuple(body), tuple(runs), columns.wide)

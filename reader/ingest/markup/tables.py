"""Tables: those of data as rows with pipes, those made for layout unwrapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from reader.ingest.markup.inline import CELL
from reader.ingest.markup.pieces import Piece
from reader.ingest.markup.skip import skipped

if TYPE_CHECKING:
    from reader.ingest.markup.blocks import Blocks

WIDEST: Final = 60
LONGEST: Final = 3000
"""A table with more columns or rows is written as its text."""

_HEAVY: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "figure")
_NUMBERS: Final = re.compile(r"[\d\s.]*")
_ALIGNED: Final = re.compile(r"text-align\s*:\s*(left|right|center)")
_SIDES: Final = {"left": "---", "right": "---:", "center": ":---:"}


def write(blocks: Blocks, table: Element, on: int, depth: int, out: list[Piece]) -> None:
    """Write a table."""
    rows = _rows(table)
    if on & CELL or not rows:
        blocks.flow(table, on, depth, out)
        return
    if (code := _listing(rows)) is not None:
        blocks.flow(code, on, depth, out)
        return
    caption = next((child for child in table.children if type(child) is Element and child.tag == "caption"), None)
    if _is_layout(table, rows, caption):
        for row in rows:
            for cell in row:
                blocks.flow(cell, on, depth, out)
        return
    if caption is not None:
        blocks.caption(caption, on, depth, out)
    _grid(blocks, rows, on, depth, out)


def _rows(table: Element) -> list[list[Element]]:
    """Give the cells of a table row by row, without those of tables within it."""
    rows: list[list[Element]] = []
    waiting = [child for child in reversed(table.children) if type(child) is Element]
    while waiting:
        one = waiting.pop()
        if one.tag == "tr":
            if not skipped(one):
                cells = (child for child in one.children if type(child) is Element and child.tag in ("td", "th"))
                rows.append([cell for cell in cells if not skipped(cell)])
        elif one.tag in ("tbody", "thead", "tfoot"):
            waiting.extend(child for child in reversed(one.children) if type(child) is Element)
    return [row for row in rows if row]


def _listing(rows: list[list[Element]]) -> Element | None:
    """Find the cell with the code where a table only puts numbers beside its lines."""
    if len(rows) != 1 or len(rows[0]) != 2:
        return None
    numbers, code = rows[0]
    return code if code.find("pre") is not None and _NUMBERS.fullmatch(numbers.text) else None


def _is_layout(table: Element, rows: list[list[Element]], caption: Element | None) -> bool:
    columns = max(map(len, rows))
    if table.attr("role") in ("presentation", "none") or len(rows) > LONGEST or columns > WIDEST:
        return True
    if _is_data(rows, caption):
        return columns == 1 and len(rows) == 1
    if columns == 1 or any(_is_heavy(cell) for row in rows for cell in row):
        return True
    return len(rows) == 1 and not _short(rows[0])


def _is_data(rows: list[list[Element]], caption: Element | None) -> bool:
    return caption is not None or any(cell.tag == "th" for row in rows for cell in row)


def _is_heavy(cell: Element) -> bool:
    """Tell whether a cell holds what no cell of data does."""
    return next(cell.iter_elements(_HEAVY), None) is not None or sum(1 for _ in cell.iter_elements(("p",))) > 1


def _short(row: list[Element]) -> bool:
    return all(len(cell.text.strip()) < 60 for cell in row) and all(cell.find("img") is None for cell in row)


def _grid(blocks: Blocks, rows: list[list[Element]], on: int, depth: int, out: list[Piece]) -> None:
    written = [[_cell(blocks, cell, on, depth) for cell in row] for row in rows]
    spread, sides = _spread(rows, written)
    if not any(any(row) for row in spread):
        return
    columns = max(map(len, spread))
    full = [row + [""] * (columns - len(row)) for row in spread]
    used = [at for at in range(columns) if any(row[at] for row in full)]
    full = [[row[at] for at in used] for row in full if any(row)]
    head = full.pop(0) if _has_head(rows) and full else [""] * len(used)
    lines = [_row(head), _row([sides.get(at, "---") for at in used]), *map(_row, full)]
    out.append(Piece("table", "\n".join(lines)))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _has_head(rows: list[list[Element]]) -> bool:
    first = rows[0]
    section = first[0].parent.parent if isinstance(first[0].parent, Element) else None
    if isinstance(section, Element) and section.tag == "thead":
        return True
    heads = sum(cell.tag == "th" for cell in first)
    return heads == len(first) or (heads >= 2 and heads >= len(first) - 1)


def _spread(rows: list[list[Element]], written: list[list[str]]) -> tuple[list[list[str]], dict[int, str]]:
    """Put each cell in the column where it stands, what spans more than one in its first place."""
    taken: dict[int, int] = {}
    sides: dict[int, str] = {}
    spread: list[list[str]] = []
    for row, texts in zip(rows, written, strict=True):
        line: list[str] = []
        for cell, text in zip(row, texts, strict=True):
            while taken.get(len(line), 0) > 0 and len(line) < WIDEST:
                taken[len(line)] -= 1
                line.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if side := _side(cell):
                sides.setdefault(len(line), side)
            for offset in range(min(wide, max(1, WIDEST - len(line)))):
                if high > 1:
                    taken[len(line)] = high - 1
                line.append("" if offset else text)
        while taken.get(len(line), 0) > 0 and len(line) < WIDEST:
            taken[len(line)] -= 1
            line.append("")
        spread.append(line)
    return spread, sides


def _span(cell: Element, name: str) -> int:
    value = (cell.attr(name) or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        return 1
    return max(1, min(int(value), WIDEST if name == "colspan" else LONGEST))


def _side(cell: Element) -> str:
    if not cell.attrs:
        return ""
    found = _ALIGNED.search((cell.attr("style") or "")[:500].lower())
    return _SIDES.get(found[1] if found else (cell.attr("align") or "").lower(), "")


def _cell(blocks: Blocks, cell: Element, on: int, depth: int) -> str:
    inside: list[Piece] = []
    blocks.flow(cell, on | CELL, depth, inside)
    return "<br>".join(piece.text for piece in inside).replace("\n", " ").replace("|", "\\|")

"""What is read aloud of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.document import CELL_BREAK

if TYPE_CHECKING:
    from reader.model.document import Block


def spoken(block: Block) -> str:
    """Give what is read aloud of a block, empty for nothing.

    Code is announced and not read, a table is read row by row, and the signs of footnotes are left out.
    """
    if block.kind == "rule":
        return ""
    if block.kind == "code":
        lines = block.text.count("\n") + 1
        return f"Code, {lines} lines." if lines > 1 else "Code, one line."
    if block.kind == "table":
        rows = (", ".join(cell for cell in row.split("\t") if cell.strip()) for row in block.text.split("\n"))
        return "\n".join(f"{row}." for row in rows if row).replace(CELL_BREAK, " ")
    words = _without_references(block).strip()
    return f"Picture: {words}" if block.kind == "image" and words else words


def _without_references(block: Block) -> str:
    text = block.text
    for span in sorted(block.spans, key=lambda span: span.start, reverse=True):
        if span.kind == "reference":
            text = text[: span.start] + text[span.end :]
    return text

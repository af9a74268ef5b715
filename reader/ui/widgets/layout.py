"""One block of a document, laid out as lines of a given width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment

from reader.model.document import GROUPED
from reader.ui.text import chop, wrap
from reader.ui.widgets.lines import BLANK, PARTS, Line, styled
from reader.ui.widgets.table_layout import lay_out_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.document import Block
    from reader.ui.widgets.lines import Styles

__all__ = ["BLANK", "PARTS", "Line", "close_to", "lay_out", "title_lines"]

_PICTURE: Final = "▣ "


def close_to(block: Block, following: Block | None) -> bool:
    """Tell whether no blank line parts a block from the next one."""
    if following is None:
        return True
    pair = (block.kind, following.kind)
    same = block.kind == following.kind and block.kind in GROUPED
    return same or pair in (("term", "definition"), ("image", "caption"))


def lay_out(block: Block, width: int, styles: Styles, *, close: bool = False) -> list[Line]:
    """Lay out a block.

    Args:
        block: what to lay out.
        width: cells that a line may take.
        styles: a style for each of PARTS.
        close: leave out the blank line after it, as between the items of a list.

    Returns:
        The lines, at least one.
    """
    lines = list(_LAYOUTS.get(block.kind, _paragraph)(block, width, styles))
    if not close:
        lines.append(BLANK)
    return lines


def _paragraph(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    for start, end in wrap(block.text, width):
        yield Line((), styled(block, start, end, styles["text"], styles))


def _heading(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    for start, end in wrap(block.text, width):
        yield Line((), styled(block, start, end, styles["heading"], styles))


def _quote(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    bar = "▎ " * min(block.level, max(1, width // 8))
    lead = (Segment(bar, styles["rule"]),)
    for start, end in wrap(block.text, max(1, width - cell_len(bar))):
        yield Line(lead, styled(block, start, end, styles["quote"], styles))


def _item(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    indent = "  " * min(block.level, max(1, width // 8))
    marker = f"{block.marker} " if block.marker else "  "
    hang = " " * cell_len(marker)
    for start, end in wrap(block.text, max(1, width - len(indent) - len(hang))):
        lead = Segment(indent + (marker if start == 0 else hang), styles["byline"])
        yield Line((lead,), styled(block, start, end, styles["text"], styles))


def _definition(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    indent = "    " * min(block.level, max(1, width // 16))
    for start, end in wrap(block.text, max(1, width - len(indent))):
        yield Line((Segment(indent, styles["text"]),), styled(block, start, end, styles["text"], styles))


def _term(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    for start, end in wrap(block.text, width):
        yield Line((), styled(block, start, end, styles["text"] + styles["strong"], styles))


def _footnote(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    number = f"{block.marker}."
    hang = " " * max(4, len(number) + 1)
    if len(hang) > width // 2:
        hang = "  "
    for start, end in wrap(block.text, max(1, width - len(hang))):
        lead = f"{number} ".ljust(len(hang)) if start == 0 and block.marker else hang
        yield Line((Segment(lead, styles["byline"]),), styled(block, start, end, styles["text"], styles))


def _image(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    for start, end in wrap(block.text, max(1, width - len(_PICTURE))):
        lead = Segment(_PICTURE if start == 0 else " " * len(_PICTURE), styles["byline"])
        yield Line((lead,), styled(block, start, end, styles["text"], styles))


def _caption(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    lead = (Segment(" " * len(_PICTURE), styles["text"]),)
    for start, end in wrap(block.text, max(1, width - len(_PICTURE))):
        yield Line(lead, styled(block, start, end, styles["byline"], styles))


def _aside(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    for start, end in wrap(block.text, width):
        yield Line((), styled(block, start, end, styles["byline"], styles))


def _code(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    lead = (Segment("  ", styles["text"]),)
    if block.marker:
        yield Line((Segment(f"  {block.marker}"[:width], styles["byline"]),), ())
    for line in block.text.split("\n"):
        for start, end in chop(text := line.expandtabs(4), max(1, width - 2)):
            yield Line(lead, (Segment(text[start:end], styles["code"]),))


def _rule(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    del block
    yield Line((Segment("─" * width, styles["rule"]),), ())


def _note(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    lead = (Segment("▏ ", styles["note"]),)
    for start, end in wrap(block.text, max(1, width - 2)):
        yield Line(lead, styled(block, start, end, styles["note"], styles))


_LAYOUTS: Final = {
    "heading": _heading,
    "quote": _quote,
    "item": _item,
    "code": _code,
    "rule": _rule,
    "note": _note,
    "table": lay_out_table,
    "image": _image,
    "caption": _caption,
    "term": _term,
    "definition": _definition,
    "footnote": _footnote,
    "aside": _aside,
}


def title_lines(title: str, byline: str, width: int, styles: Styles) -> list[Line]:
    """Lay out what stands over an article: its headline, and a line of who, where and how long."""
    lines = [Line((), (Segment(title[start:end], styles["title"]),)) for start, end in wrap(title, width)]
    lines += [Line((), (Segment(byline[start:end], styles["byline"]),)) for start, end in wrap(byline, width)]
    return [BLANK, *lines, BLANK]

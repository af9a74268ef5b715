"""One block of a document, laid out as lines of a given width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment

from reader.model.document import GROUPED
from reader.ui.text import wrap
from reader.ui.widgets.code_layout import lay_out_code
from reader.ui.widgets.lines import BLANK, PARTS, Line, Run
from reader.ui.widgets.look import Look
from reader.ui.widgets.nesting import joined, leads, nested
from reader.ui.widgets.pen import Pen
from reader.ui.widgets.table_layout import lay_out_table
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.document import Block
    from reader.ui.widgets.lines import Styles

__all__ = ["BLANK", "PARTS", "Line", "close_to", "lay_out", "title_lines"]

_INDENT: Final = 2
_PLAIN: Final = Look()
_TOP_RANK: Final = 2
"""The rank of a heading up to which one blank line more stands above it."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a kind of block is set: its style, what stands before its lines, and whether its words are plain text."""

    part: str = "text"
    sign: str = ""
    hang: str = ""
    sign_part: str = "byline"
    strong: bool = False
    running: bool = False


_SETTINGS: Final = {
    "paragraph": _Setting(running=True),
    "quote": _Setting("quote", running=True),
    "item": _Setting(running=True),
    "definition": _Setting(running=True),
    "footnote": _Setting(running=True),
    "heading": _Setting("heading"),
    "note": _Setting("note", "▏ ", "▏ ", "note"),
    "image": _Setting("text", "▣ ", "  "),
    "caption": _Setting("byline", "  ", "  "),
    "term": _Setting(strong=True),
    "aside": _Setting("byline"),
}


def close_to(block: Block, following: Block | None, look: Look = _PLAIN) -> bool:
    """Tell whether no blank line parts a block from the next one."""
    if following is None or following.continues:
        return True
    if look.indent and _indented(following, block):
        return True
    if block.kind == following.kind == "item":
        return bool(following.marker) or not block.text
    pair = (block.kind, following.kind)
    same = block.kind == following.kind and block.kind in GROUPED
    return same or pair in (("term", "definition"), ("image", "caption")) or (block.kind == "item" and not block.text)


def lay_out(
    block: Block,
    width: int,
    styles: Styles,
    *,
    close: bool = False,
    look: Look = _PLAIN,
    before: Block | None = None,
    after: Block | None = None,
) -> list[Line]:
    """Lay out a block.

    Args:
        block: what to lay out.
        width: cells that a line may take, at least 1.
        styles: a style for each of PARTS; those of code may be missing.
        close: leave out the blank line after it, as `close_to` tells.
        look: how the text is set.
        before: the block above, None for the first one: more room is above a heading that is not the first, and
            a paragraph after another one may be indented.
        after: the block below: the bar of a quote goes on to it.

    Returns:
        The lines, at least one. Blank lines, also those above a heading, have no runs.
    """
    lines = [joined(block, before, width, styles)] * _room_above(block, before)
    first, hang = leads(block, width, styles)
    room = max(1, width - sum(cell_len(segment.text) for segment in hang))
    pen = Pen(block, styles, look)
    match block.kind:
        case "code":
            lines += nested(lay_out_code(block, room, styles), first, hang)
        case "table":
            lines += nested(lay_out_table(block, room, styles, pen), first, hang)
        case "rule":
            lines.append(Line((*first, Segment("─" * room, styles["rule"])), ()))
        case _:
            indent = _INDENT if look.indent and before is not None and _indented(block, before) else 0
            gaps = [Line(hang if _barred(block) else (), ())] * look.spacing
            for line in nested(_text(block, room, styles, pen, indent), first, hang):
                lines += [line, *gaps]
    if block.kind in ("table", "rule") or (block.kind == "code" and not close):
        lines += [BLANK] * look.spacing
    if not close:
        lines.append(joined(block, after, width, styles))
    return lines


def _room_above(block: Block, before: Block | None) -> int:
    """Give how many blank lines more stand above a block."""
    if block.kind != "heading" or before is None or before.kind in ("heading", "rule") or block.continues:
        return 0
    return int(block.level <= _TOP_RANK and not any(block.within))


def _indented(block: Block, before: Block) -> bool:
    """Tell whether a paragraph follows another one in the same place."""
    same = block.kind == before.kind == "paragraph" and block.within == before.within
    return same and not block.continues


def _barred(block: Block) -> bool:
    return 0 in block.within or block.kind in ("quote", "note")


def _text(block: Block, room: int, styles: Styles, pen: Pen, indent: int) -> Iterator[Line]:
    """Lay out a block that is wrapped."""
    how = _SETTINGS[block.kind]
    base = styles[how.part] + styles["strong"] if how.strong else styles[how.part]
    room = max(1, room - len(how.hang))
    sign = how.sign + " " * min(indent, room - 1)
    for number, (start, end) in enumerate(wrap(block.text.replace("\t", " "), room, max(1, room - indent))):
        before = how.hang if number else sign
        lead = (Segment(before, styles[how.sign_part]),) if before else ()
        body = pen.write(start, end, base, leads=how.running) if end > start else ()
        yield Line(lead, body, (Run(0, start, end),))


def title_lines(title: str, byline: str, width: int, styles: Styles) -> list[Line]:
    """Lay out what stands over an article: its headline, and a line of who, where and how long."""
    lines = [Line((), (Segment(title[start:end], styles["title"]),)) for start, end in wrap(title, width)]
    lines += [Line((), (Segment(byline[start:end], styles["byline"]),)) for start, end in wrap(byline, width)]
    return [BLANK, *lines, BLANK]

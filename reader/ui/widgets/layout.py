"""One block of a document, laid out as lines of a given width."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment

from reader.ui.text import chop, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.style import Style

    from reader.model.document import Block, Span

Styles: TypeAlias = "Mapping[str, Style]"

PARTS: Final = ("title", "byline", "text", "heading", "quote", "code", "rule", "note", "strong", "emphasis", "link")
"""The names of the styles that a layout asks for; the last three are laid over another one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: what stands before its text (a bar, a bullet, an indent), and the text itself."""

    lead: tuple[Segment, ...]
    body: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The text without what stands before it."""
        return "".join(segment.text for segment in self.body)


BLANK: Final = Line((), ())


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
        yield Line((), _styled(block, start, end, styles["text"], styles))


def _heading(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    for start, end in wrap(block.text, width):
        yield Line((), _styled(block, start, end, styles["heading"], styles))


def _quote(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    bar = "▎ " * min(block.level, max(1, width // 8))
    lead = (Segment(bar, styles["rule"]),)
    for start, end in wrap(block.text, max(1, width - cell_len(bar))):
        yield Line(lead, _styled(block, start, end, styles["quote"], styles))


def _item(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    indent = "  " * min(block.level, max(1, width // 8))
    marker = f"{block.marker} " if block.marker else "  "
    hang = " " * cell_len(marker)
    for start, end in wrap(block.text, max(1, width - len(indent) - len(hang))):
        lead = Segment(indent + (marker if start == 0 else hang), styles["byline"])
        yield Line((lead,), _styled(block, start, end, styles["text"], styles))


def _code(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    lead = (Segment("  ", styles["text"]),)
    for line in block.text.split("\n"):
        for start, end in chop(text := line.expandtabs(4), max(1, width - 2)):
            yield Line(lead, (Segment(text[start:end], styles["code"]),))


def _rule(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    del block
    yield Line((Segment("─" * width, styles["rule"]),), ())


def _note(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    lead = (Segment("▏ ", styles["note"]),)
    for start, end in wrap(block.text, max(1, width - 2)):
        yield Line(lead, _styled(block, start, end, styles["note"], styles))


_LAYOUTS: Final = {
    "heading": _heading,
    "quote": _quote,
    "item": _item,
    "code": _code,
    "rule": _rule,
    "note": _note,
}


def title_lines(title: str, byline: str, width: int, styles: Styles) -> list[Line]:
    """Lay out what stands over an article: its headline, and a line of who, where and how long."""
    lines = [Line((), (Segment(title[start:end], styles["title"]),)) for start, end in wrap(title, width)]
    lines += [Line((), (Segment(byline[start:end], styles["byline"]),)) for start, end in wrap(byline, width)]
    return [BLANK, *lines, BLANK]


def _styled(block: Block, start: int, end: int, base: Style, styles: Styles) -> tuple[Segment, ...]:
    spans = [span for span in block.spans if span.start < end and span.end > start]
    if not spans:
        return (Segment(block.text[start:end], base),)
    cuts = sorted({start, end, *(max(start, span.start) for span in spans), *(min(end, span.end) for span in spans)})
    return tuple(Segment(block.text[left:right], _over(base, spans, left, styles)) for left, right in pairwise(cuts))


def _over(base: Style, spans: list[Span], offset: int, styles: Styles) -> Style:
    style = base
    for span in spans:
        if span.start <= offset < span.end:
            style = styles["code"] if span.kind == "code" else style + styles[span.kind]
    return style

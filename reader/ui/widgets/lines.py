"""A line of laid out text, and the styles its parts are drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style

    from reader.model.document import Block, Span

Styles: TypeAlias = "Mapping[str, Style]"

PARTS: Final = (
    "title", "byline", "text", "heading", "quote", "code", "rule", "note", "strong", "emphasis", "link", "strike",
    "reference",
)  # fmt: skip
"""The names of the styles that a layout asks for; those from `strong` on are laid over another one."""


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


def styled(block: Block, start: int, end: int, base: Style, styles: Styles) -> tuple[Segment, ...]:
    """Give a stretch of a block's text, in characters, with the styles of its spans over another one."""
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

"""A line of laid out text, and the names of the styles that its parts are drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.segment import Segment
    from rich.style import Style

Styles: TypeAlias = "Mapping[str, Style]"

PAINTED: Final = ("title", "byline", "heading", "quote", "code", "rule", "note")
"""Parts that have colours of their own."""

CODE: Final = ("code-keyword", "code-string", "code-comment", "code-number", "code-name")
"""Parts of code that have colours of their own; without a style they look like other code."""

OVER: Final = ("link", "reference")
"""Parts whose colours are laid over those of another part."""

SPANS: Final = ("strong", "emphasis", "strike")
"""Parts that are told apart without colour, over those of another part."""

PARTS: Final = ("text", *PAINTED, *CODE, *OVER, *SPANS)
"""The names of all styles that a layout asks for."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a stretch of a block's text stands in a line: at how many cells from the left of its body."""

    cell: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line: what stands before its text (a bar, a bullet, an indent), and the text itself.

    What of the body is in none of the `runs` is decoration, such as the rules of a table. The runs go from left to
    right; that of an empty line of text is empty. A `wide` line may be longer than the measure: it scrolls sideways.
    """

    lead: tuple[Segment, ...]
    body: tuple[Segment, ...]
    runs: tuple[Run, ...] = ()
    wide: bool = False

    @property
    def text(self) -> str:
        """The text without what stands before it."""
        return "".join(segment.text for segment in self.body)


BLANK: Final = Line((), ())

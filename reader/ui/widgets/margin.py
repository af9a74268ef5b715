"""What stands in the margin left of the text: the mark of the current paragraph, the letters of highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment

from reader.model.annotation import COLORS
from reader.ui.widgets.painting import HIGHLIGHTS
from reader.ui.widgets.spots import cell_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from reader.model.annotation import Color, Highlight
    from reader.model.document import Passage
    from reader.ui.widgets.lines import Line, Styles

LEFT: Final = 3
"""Cells left of the text at the least: for a letter, the mark, and room."""

RIGHT: Final = 1
"""Cells right of it at the least, for the sign of what is hidden there."""

_CURRENT: Final = "▎"
_NOTED: Final = "✎"
_BEFORE: Final = "‹"
AFTER: Final = "›"


class Sign(NamedTuple):
    """What tells of a highlight in the margin: its colour, and whether it has a note."""

    color: Color
    noted: bool


class Signs:
    """The signs of highlights, by block.

    Args:
        highlights: each with the passage it stands at.
    """

    def __init__(self, highlights: Sequence[tuple[Passage, Highlight]]) -> None:
        self._blocks: dict[int, list[tuple[int, Sign]]] = {}
        for passage, highlight in highlights:
            sign = Sign(highlight.color, bool(highlight.note))
            self._blocks.setdefault(passage.start.block, []).append((passage.start.offset, sign))

    def at(self, block: int, lines: Sequence[Line], number: int) -> Sign | None:
        """Give the sign on a line of a block: that of the first highlight that begins there."""
        found = self._blocks.get(block)
        if not found or not lines[number].runs:
            return None
        here = [pair for pair in found if cell_of(lines, pair[0])[0] == number]
        if not here:
            return None
        first = min(here, key=lambda pair: pair[0])[1]
        return Sign(first.color, any(sign.noted for _, sign in here))


def margin(width: int, sign: Sign | None, current: bool, hidden: bool, styles: Styles, base: Style) -> list[Segment]:
    """Draw the margin of a line.

    Args:
        width: cells it takes.
        sign: the sign of a highlight that begins on the line.
        current: whether the line is one of the current paragraph.
        hidden: whether something of the line is hidden at its left.
        styles: a style for each part.
        base: what is behind it.
    """
    if sign is None and not current and not hidden:
        return [Segment(" " * width, base)]
    marked, last = _cell(_CURRENT, styles["cursor"], current, base), _cell(_BEFORE, styles["byline"], hidden, base)
    if sign is None:
        return [Segment(" " * (width - 2), base), marked, last]
    style = styles[HIGHLIGHTS[sign.color]]
    letter = Segment(COLORS[sign.color], base + style)
    noted = [_cell(_NOTED, styles["byline"], sign.noted, base)] if width > LEFT else []
    return [Segment(" " * (width - LEFT - len(noted)), base), *noted, letter, marked, last]


def _cell(text: str, style: Style, shown: bool, base: Style) -> Segment:
    return Segment(text, style) if shown else Segment(" ", base)

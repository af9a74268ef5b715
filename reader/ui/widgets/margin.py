"""What stands in the margin left of the text: the mark of the current paragraph, the letters of highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment

from reader.model.annotation import COLORS
from reader.model.document import Point
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
        self._blocks: dict[int, list[tuple[Passage, Sign]]] = {}
        self._long: list[tuple[Passage, Sign]] = []
        """Those over several blocks."""
        for passage, highlight in highlights:
            pair = passage, Sign(highlight.color, bool(highlight.note))
            self._blocks.setdefault(passage.start.block, []).append(pair)
            if passage.start.block < passage.end.block:
                self._long.append(pair)

    def at(self, block: int, lines: Sequence[Line], number: int, *, first: bool = False) -> list[Sign]:
        """Give the signs on a line of a block: of the highlights that begin there, in the order of the text.

        Args:
            block: the block.
            lines: its lines.
            number: which of them.
            first: whether nothing above is in view: then those follow that began above and go on here.
        """
        found = self._blocks.get(block, ())
        if not lines[number].runs or not (found or (first and self._long)):
            return []
        stand = [(cell_of(lines, passage.start.offset)[0], passage, sign) for passage, sign in found]
        here = sorted(((passage, sign) for at, passage, sign in stand if at == number), key=lambda pair: pair[0])
        if first:
            start = Point(block, min(run.start for run in lines[number].runs))
            here += [(passage, sign) for at, passage, sign in stand if at < number and passage.end > start]
            here += [pair for pair in self._long if pair[0].start.block < block and pair[0].end > start]
        return [sign for _, sign in here]


def margin(
    width: int, signs: Sequence[Sign], current: bool, hidden: bool, styles: Styles, base: Style
) -> list[Segment]:
    """Draw the margin of a line.

    Args:
        width: cells it takes.
        signs: the signs of highlights, of which as many are shown as there is room for.
        current: whether the line is one of the current paragraph.
        hidden: whether something of the line is hidden at its left.
        styles: a style for each part.
        base: what is behind it.
    """
    if not signs and not current and not hidden:
        return [Segment(" " * width, base)]
    marked, last = _cell(_CURRENT, styles["cursor"], current, base), _cell(_BEFORE, styles["byline"], hidden, base)
    room = max(0, width - LEFT + 1)
    noted = any(sign.noted for sign in signs) and room > 1
    letters = [Segment(COLORS[sign.color], base + styles[f"sign-{sign.color}"]) for sign in signs[: room - noted]]
    sign = [Segment(_NOTED, styles["byline"])] if noted else []
    return [Segment(" " * (room - len(letters) - noted), base), *sign, *letters, marked, last]


def _cell(text: str, style: Style, shown: bool, base: Style) -> Segment:
    return Segment(text, style) if shown else Segment(" ", base)

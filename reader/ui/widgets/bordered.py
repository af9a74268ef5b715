"""A widget of lines in a border, which asks the stylesheet what that looks like once a frame, not for each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.color import Color
    from textual.filter import LineFilter

_AROUND: Final = Spacing(1, 1, 1, 1)
_INSIDE: Final = ("outline_top", "outline_right", "outline_bottom", "outline_left", "tint", "hatch", "text_opacity")
"""Rules that change what stands inside a border."""
_WORTH: Final = 2
"""Lines inside the border, at the least, of which all but the first are framed here."""
_KEPT: Final = 4
"""Lines that are kept framed for each that is in view."""


class _Frame(NamedTuple):
    """What stands at the sides of a line, and what is done with what is between."""

    left: Segment
    right: Segment
    width: int
    filters: tuple[LineFilter, ...]
    ground: Color

    def around(self, strip: Strip) -> Strip:
        segments = list(strip.adjust_cell_length(self.width - 2))
        for line_filter in self.filters:
            segments = line_filter.apply(segments, self.ground)
        return Strip([self.left, *segments, self.right], self.width)


class Bordered(Widget):
    """A widget whose `render_line` gives strips of its whole inner width, the same one as long as nothing changed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- the name that Textual gives it
        super().__init__(id=id)
        self._frame: _Frame | None = None
        self._framed: dict[int, tuple[Strip, Strip]] = {}
        """What was given, by its identity, and what stands in the frame then."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines, as Textual would."""
        width, height = self.outer_size
        inside = range(max(1, crop.y), min(height - 1, crop.bottom))
        if len(inside) < _WORTH or crop.column_span != (0, width) or not self._plain():
            return super().render_lines(crop)
        found = super().render_lines(Region(0, crop.y, width, inside.start + 1 - crop.y))
        left, *_, right = found[-1]
        frame = _Frame(left, right, width, tuple(self.get_line_filters()), self.background_colors[1])
        if frame != self._frame or len(self._framed) > _KEPT * height:
            self._frame = frame
            self._framed.clear()
        found += [self._in(frame, self.render_line(y - 1)) for y in inside[1:]]
        if crop.bottom > inside.stop:
            found += super().render_lines(Region(0, inside.stop, width, crop.bottom - inside.stop))
        return found

    def _plain(self) -> bool:
        """Tell whether nothing but a border is drawn around the lines, and nothing over them."""
        styles = self.styles
        return (
            styles.gutter == _AROUND
            and not styles.padding
            and self.opacity == 1.0
            and not any(map(styles.has_rule, _INSIDE))
        )

    def _in(self, frame: _Frame, strip: Strip) -> Strip:
        """Give a line with the border at its sides, the one of before if it is the same."""
        kept = self._framed.get(id(strip))
        if kept is not None and kept[0] is strip:
            return kept[1]
        framed = frame.around(strip)
        self._framed[id(strip)] = (strip, framed)
        return framed

"""What every dialogue is: a screen over another one, which is seen dimmed behind it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, ScreenResultType
from textual.strip import Strip
from textual.visual import Visual

from reader.model.signs import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.app import RenderResult
    from textual.color import Color
    from textual.css.styles import RulesMap
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.style import Style as ContentStyle
    from textual.visual import RenderOptions

_STYLES: Final = 4096
"""Dimmed styles that are kept: those of one screen many times over."""


class Dialogue(ModalScreen[ScreenResultType]):
    """A dialogue; with each of its frames what is behind it is drawn again, so that has to be quick."""

    @property
    def in_ascii(self) -> bool:
        """Whether nothing but ASCII is to be drawn, besides the text of articles."""
        return bool(getattr(self.app, "ascii", False))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Give what is done to what is behind it: it is in ASCII already, and nothing tells there what is whose."""
        filters = super().get_line_filters()
        if not self.in_ascii:
            return filters
        from reader.ui.plain import Plain

        return [one for one in filters if not isinstance(one, Plain)]

    def on_mount(self) -> None:
        """Spell the arrows in what is said of the keys."""
        for box in self.query(".dialogue") if self.in_ascii else ():
            if isinstance(box.border_subtitle, str):
                box.border_subtitle = spelled(box.border_subtitle)

    def render(self) -> RenderResult:  # type: ignore[override] # a screen's may be a Visual as any widget's
        """Give what is behind it; Textual would take it apart and dim it letter by letter."""
        behind = super().render()
        return _Behind(behind.screen, behind.color) if isinstance(behind, BackgroundScreen) else behind


class _Behind(Visual):
    """A screen, dimmed.

    Args:
        screen: the screen.
        colour: what lies over it, more or less transparent.
    """

    def __init__(self, screen: Screen[object], colour: Color) -> None:
        self._screen, self._colour = screen, colour

    def render_strips(
        self,
        width: int,
        height: int | None,
        style: ContentStyle,
        options: RenderOptions,
    ) -> list[Strip]:
        """Give the lines of the screen, no more and no longer than asked for."""
        strips = self._screen._compositor.render_strips()[:height]  # noqa: SLF001 -- as Textual's own
        return [self._dimmed(strip if strip.cell_length <= width else strip.crop(0, width)) for strip in strips]

    def _dimmed(self, strip: Strip) -> Strip:
        colour = self._colour
        return Strip([_segment(segment, colour) for segment in strip], strip.cell_length)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Give the width of the screen."""
        return self._screen.size.width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Give the height of the screen."""
        return self._screen.size.height


def _segment(segment: Segment, colour: Color) -> Segment:
    return segment if segment.control else Segment(segment.text, _style(segment.style, colour))


@lru_cache(maxsize=_STYLES)
def _style(style: Style | None, colour: Color) -> Style | None:
    (dimmed,) = BackgroundScreen.process_segments([Segment(" ", style)], colour)
    return dimmed.style

"""A long text that is only read: its lines are broken where they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.text import wrap
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Region, Size

_TALLEST: Final = 20
"""Lines that it takes at the most."""
_AROUND: Final = 8
"""Lines that it leaves to what is around it."""


class LongText(Widget):
    """Shows a text as it is, no markup in it; lines that are too long go on under their indent.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._texts = text.split("\n")
        self._broken: dict[int, list[str]] = {}
        self._width = 0
        self._view = Viewport(lambda item: len(self._lines(item)))
        self._view.count = len(self._texts)

    def show(self, text: str) -> None:
        """Show another text."""
        self._texts = text.split("\n")
        self._broken.clear()
        self._view.count = len(self._texts)
        self._view.to(0)
        self.refresh(layout=True)

    def _lines(self, item: int) -> list[str]:
        found = self._broken.get(item)
        if found is None:
            text = self._texts[item]
            indent = min(len(text) - len(text.lstrip(" ")), self._width // 2)
            broken = wrap(text, max(1, self._width - indent))
            found = self._broken[item] = [" " * indent + text[start:end] for start, end in broken]
        return found

    def _fit(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._broken.clear()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines, as far as there is room for them."""
        del container
        self._fit(width)
        height, most = 0, max(1, min(_TALLEST, viewport.height - _AROUND))
        for item in range(len(self._texts)):
            height += len(self._lines(item))
            if height >= most:
                return most
        return height

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines, in the size that there is now."""
        self._fit(self.size.width)
        self._view.height = max(1, self.size.height)
        self._view.settle()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        lines, base = self._view.lines(), self.rich_style
        if y >= len(lines):
            return Strip.blank(self.size.width, base)
        item, number = lines[y]
        return Strip([Segment(self._lines(item)[number], base)]).adjust_cell_length(self.size.width, base)

    # -- moving

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        self._view.scroll(lines)
        self.refresh()

    def page(self, pages: int) -> None:
        """Scroll by pages, two lines kept."""
        self.move(pages * max(1, self.size.height - 2))

    def move_to_edge(self, end: bool) -> None:
        """Scroll to the beginning or the end."""
        if end:
            self._view.to_end()
        else:
            self._view.to(0)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self.move(-3)

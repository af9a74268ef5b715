"""The mouse over a list: the wheel, and clicks on its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events

_LINES: Final = 3
"""Lines that one step of the wheel scrolls."""


class Pointed(Widget):
    """A widget of lines that can be scrolled by the wheel and clicked on."""

    def wheeled(self, lines: int) -> None:
        """Scroll down by some lines, or up by a negative number."""
        raise NotImplementedError

    def pointed(self, y: int) -> None:
        """A line was clicked on."""
        raise NotImplementedError

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self.wheeled(_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self.wheeled(-_LINES)

    def on_click(self, event: events.Click) -> None:
        """Choose the line."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self.pointed(offset.y)

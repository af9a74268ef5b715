"""The top line: what is shown, and how much of it is unread."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.text import shorten


class StatusLine(Widget):
    """One line: `left` at the left, `right` at the right if there is room."""

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("reader")

    def render(self) -> Content:
        """Draw the line."""
        room = max(0, self.size.width - 2)
        right = self.right if cell_len(self.right) + 12 < room else ""
        left = shorten(self.left, room - cell_len(right) - 1)
        gap = max(1, room - cell_len(left) - cell_len(right))
        return Content(f" {left}{' ' * gap}{right} ")

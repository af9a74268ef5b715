"""The top line: what is shown, how much of it is unread, and what is under way."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.text import shorten

_LEFT: Final = 12
"""Cells that what is shown keeps, however much is under way."""


class StatusLine(Widget):
    """One line: `left` at the left, at the right what is under way (`busy`), else `right` if there is room."""

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("reader")
    busy: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the line."""
        room = max(0, self.size.width - 2)
        right = shorten(self.busy, max(0, room - min(cell_len(self.left), max(_LEFT, room // 2)) - 2))
        if not right:
            right = self.right if cell_len(self.right) + _LEFT < room else ""
        left = shorten(self.left, room - cell_len(right) - 1)
        gap = max(1, room - cell_len(left) - cell_len(right))
        return Content(f" {left}{' ' * gap}{right} ")

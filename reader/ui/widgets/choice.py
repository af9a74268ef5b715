"""A list to choose from, in which the keys move as they do everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.geometry import Size


class Choice(OptionList):
    """Textual's list of options, with `j` and `k`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines; Textual cannot where there is no room for a single letter."""
        return super().get_content_height(container, viewport, max(1, width))

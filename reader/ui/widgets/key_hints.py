"""The keys of a screen, on as many lines as they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.styling import part_style
from reader.ui.widgets.keyed import keymap_of

if TYPE_CHECKING:
    from collections.abc import Container

    from textual.geometry import Size

    from reader.commands import Place


class KeyHints(Widget):
    """Shows keys and what they do; none is parted from its word.

    Args:
        place: the screen whose commands they are.
        only: those that do something, None for all.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}

    awake: reactive[bool] = reactive(default=True)
    """Whether the keys do something now; while a dialogue lies over them they are not shown."""

    def __init__(self, place: Place, only: Container[str] | None = None) -> None:
        super().__init__()
        self._place, self._only = place, only

    @property
    def _keys(self) -> list[tuple[str, str]]:
        """Each key with its word."""
        keymap = keymap_of(self)
        return [
            (keymap.key(command.id, self._place), command.footer)
            for command in keymap.of_screen(self._place)
            if command.footer and command.keys and (self._only is None or command.id in self._only)
        ]

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0
        for key, word in self._keys:
            room = cell_len(key) + cell_len(word) + 3
            if used + room > width and lines[-1]:
                lines.append([])
                used = 0
            lines[-1].append((key, word))
            used += room
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines."""
        del container, viewport
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        base = self.rich_style
        style = part_style(self, "key-bar--key", base)
        lines = self._lines(self.size.width) if self.awake else []
        segments = []
        for key, word in lines[y] if y < len(lines) else ():
            segments += [Segment(f" {key}", style), Segment(f" {word} ", base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

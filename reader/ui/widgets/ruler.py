"""The reading ruler: the line of the view that is being read, moving while the text stands, and the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.widgets.viewport import Viewport

_GAP: Final = 8
"""Blank lines in a row that it leaps at the most."""


class Ruler:
    """Goes down the view to its middle, then lets the text move under it, and goes on at the very end.

    Args:
        view: the view.
        written: tells whether anything stands on a line of an item; blank ones are leapt.
    """

    def __init__(self, view: Viewport, written: Callable[[int, int], bool]) -> None:
        self._view, self._written = view, written
        self.y = 0

    def move(self, lines: int) -> bool:
        """Go some lines down, or up by a negative number; tell whether the text moved."""
        moved, ahead = self._go(lines), 1 if lines > 0 else -1
        for _ in range(_GAP):
            before = self.y
            if self._on_text():
                return moved
            moved = self._go(ahead) or moved
            if self.y == before and not moved:
                break
        self.rest()
        return moved

    def _go(self, lines: int) -> bool:
        view, middle = self._view, self._view.height // 2
        free = min(abs(lines), max(0, middle - self.y if lines > 0 else self.y - middle))
        ahead = 1 if lines > 0 else -1
        rest = lines - ahead * free
        moved = view.scroll(rest) if rest else 0
        self.y += lines - moved
        self.settle()
        return bool(moved)

    def settle(self) -> None:
        """Stay in the view."""
        self.y = max(0, min(self.y, len(self._view.lines()) - 1))

    def rest(self) -> None:
        """Lie on a line of text where there is one below, the text standing still."""
        self.settle()
        lines = self._view.lines()
        self.y = next((y for y in range(self.y, len(lines)) if self._written(*lines[y])), self.y)

    def _on_text(self) -> bool:
        lines = self._view.lines()
        return not lines or self._written(*lines[self.y])

"""A window over a run of items of differing heights, measured only when they come near."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Viewport:
    """Which lines of which items are in view.

    It is anchored on an item and a line inside it, never on a distance from the top, so that its costs
    do not grow with the number of items and a change of heights does not move what is being looked at.

    Args:
        height_of: gives the height of an item in lines, at least 1.
        count: how many items there are.
        height: lines of the view.
    """

    def __init__(self, height_of: Callable[[int], int], count: int = 0, height: int = 1) -> None:
        self._height_of = height_of
        self.count = count
        self.height = height
        self.top = 0
        self.line = 0

    def lines(self) -> list[tuple[int, int]]:
        """Give the item and the line inside it for each line in view; fewer than `height` at the end."""
        found: list[tuple[int, int]] = []
        item, line = self.top, self.line
        while item < self.count and len(found) < self.height:
            tall = self._height_of(item)
            found.extend((item, at) for at in range(line, min(tall, line + self.height - len(found))))
            item, line = item + 1, 0
        return found

    def settle(self) -> None:
        """Mend the anchor after the items or the height changed: nothing past the end, no empty lines below."""
        if not self.count:
            self.top = self.line = 0
            return
        if self.top >= self.count:
            self.top, self.line = self.count - 1, 0
        self.line = min(self.line, self._height_of(self.top) - 1)
        if self._below(self.height) < self.height:
            self.top, self.line = self._last()

    def _below(self, most: int) -> int:
        """Count the lines from the anchor down to the end, as far as it is of interest."""
        lines, item = -self.line, self.top
        while item < self.count and lines < most:
            lines += self._height_of(item)
            item += 1
        return lines

    def _last(self) -> tuple[int, int]:
        """Give the anchor that shows the very end."""
        return self._above(self.count, 0, self.height)

    def _above(self, item: int, line: int, lines: int) -> tuple[int, int]:
        """Give the anchor that lies some lines above a place, or the very top."""
        missing = lines - line
        while missing > 0 and item > 0:
            item -= 1
            missing -= self._height_of(item)
        return (item, -missing) if missing <= 0 else (0, 0)

    def scroll(self, lines: int) -> int:
        """Scroll down, or up by a negative number; give how many lines it went."""
        before = (self.top, self.line)
        if lines < 0:
            self.top, self.line = self._above(self.top, self.line, -lines)
            return -self.between((self.top, self.line), before)
        left = lines + self.line
        item = self.top
        while item < self.count and left >= (tall := self._height_of(item)):
            left -= tall
            item += 1
        self.top, self.line = (item, left) if item < self.count else self._last()
        self.settle()
        return self.between(before, (self.top, self.line))

    def between(self, above: tuple[int, int], below: tuple[int, int]) -> int:
        """Count the lines from one anchor down to another."""
        item, line = above
        lines = -line
        while item < below[0]:
            lines += self._height_of(item)
            item += 1
        return lines + below[1]

    def show(self, item: int, *, context: int = 0) -> None:
        """Scroll as little as brings an item into view, whole if it fits; `context` lines are kept around it."""
        tall = self._height_of(item)
        if tall + context >= self.height or item < self.top or (item == self.top and self.line + context > 0):
            self.top, self.line = self._above(item, 0, min(context, max(0, self.height - tall)))
        else:
            lowest = self._above(item, tall + context, self.height)
            if (self.top, self.line) < lowest:
                self.top, self.line = lowest
        self.settle()

    def bring(self, item: int, line: int, *, context: int = 0) -> bool:
        """Scroll as little as brings a line of an item into view, some lines around it; tell whether it moved.

        Nothing moves while it is in view, however near to the edge.
        """
        before = (self.top, self.line)
        context = min(context, (self.height - 1) // 2)
        if (item, line) < before:
            self.top, self.line = self._above(item, line, context)
        elif self._above(item, line + 1, self.height) > before:
            self.top, self.line = self._above(item, line + 1 + context, self.height)
        self.settle()
        return before != (self.top, self.line)

    def to(self, item: int, line: int = 0) -> None:
        """Put a line of an item at the top, as far as the end allows."""
        self.top, self.line = item, line
        self.settle()

    def put(self, item: int, y: int) -> None:
        """Put the first line of an item on line `y` of the view, above it if that is negative."""
        self.top, self.line = self._above(item, 0, y) if y >= 0 else (item, -y)
        self.settle()

    def to_end(self) -> None:
        """Show the very end."""
        self.top, self.line = self._last() if self.count else (0, 0)

    @property
    def at_top(self) -> bool:
        """Whether the very top is in view."""
        return self.top == 0 and self.line == 0

    @property
    def at_end(self) -> bool:
        """Whether the very end is in view."""
        return self._below(self.height + 1) <= self.height

"""The places that were left by a jump, so that the reader can come back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.model.annotation import Place
    from reader.ui.screens.reading import ReadingScreen

_MOST: Final = 100
"""Places that are remembered."""


class Trail:
    """Remembers places, and goes back to them.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._left: deque[tuple[int, Place]] = deque(maxlen=_MOST)
        """The id of each article that was left, and the place in it."""

    def leave(self, place: Place | None = None) -> None:
        """Remember the article and the place in it, or another one there: a jump is about to leave it."""
        opened = self._screen.opened
        if opened is not None:
            left = opened.row.id, place or self._screen.pane.place
            if not self._left or self._left[-1] != left:
                self._left.append(left)

    def back(self) -> bool:
        """Go back to the place that was left last; tells whether there was one."""
        screen = self._screen
        while self._left:
            article, place = self._left.pop()
            opened = screen.opened
            if opened is not None and opened.row.id == article:
                if place == screen.pane.place:
                    continue
                screen.pane.show(opened, place)
                return True
            key = screen.library.cache.key(article)
            if key is not None:
                screen.shown.bring(key, place)
                return True
        return False

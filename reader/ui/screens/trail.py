"""The places that were left by a jump, so that the reader can come back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from reader.model.annotation import Place
    from reader.model.document import Point
    from reader.ui.screens.reading import ReadingScreen

_MOST: Final = 100
"""Places that are remembered."""

_Left: TypeAlias = "tuple[int, Place]"
"""The id of an article that was left, and the place in it."""


class Trail:
    """Remembers places, and goes back to them.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._left: deque[_Left] = deque(maxlen=_MOST)
        self._before: _Left | None = None
        """Where the reader was before going to an edge of the text, for as long as nothing else moves."""
        self._edge: tuple[int, Point, int] | None = None
        """What was in view there."""

    def leave(self, place: Place | None = None) -> None:
        """Remember the article and the place in it, or another one there: a jump is about to leave it."""
        self.go_on()
        left = self._here(place)
        if left is not None and (not self._left or self._left[-1] != left):
            self._left.append(left)

    def to_edge(self, *, end: bool) -> None:
        """Go to the beginning or the end of the text: one can come back from there until something else moves."""
        self.moved()
        before = self._before or self._here()
        self._screen.pane.move_to_edge(end=end)
        self._before, self._edge = before, self._in_view()

    def moved(self) -> None:
        """Something may have moved: then there is no way back from the edge of the text any more."""
        if self._edge is not None and self._edge != self._in_view():
            self.go_on()

    def go_on(self) -> None:
        """Stay here: the reader moves on from the edge of the text."""
        self._before = self._edge = None

    def begin(self) -> None:
        """Forget every place: the article that is read now was not come to by a jump."""
        self.go_on()
        self._left.clear()

    def back(self) -> bool:
        """Go back to the place that was left last; tells whether there was one."""
        self.moved()
        before = self._before
        self.go_on()
        if before is not None and self._to(*before):
            return True
        while self._left:
            if self._to(*self._left.pop()):
                return True
        return False

    def _to(self, article: int, place: Place) -> bool:
        """Go to a place, and tell whether it is there and another one than this."""
        screen, opened = self._screen, self._screen.opened
        if opened is not None and opened.row.id == article:
            if place == screen.pane.place:
                return False
            screen.pane.show(opened, place)
            return True
        key = screen.library.cache.key(article)
        if key is not None:
            screen.shown.bring(key, place)
        return key is not None

    def _here(self, place: Place | None = None) -> _Left | None:
        opened = self._screen.opened
        return (opened.row.id, place or self._screen.pane.place) if opened is not None else None

    def _in_view(self) -> tuple[int, Point, int] | None:
        opened, pane = self._screen.opened, self._screen.pane
        return (opened.row.id, pane.top, pane.cursor) if opened is not None else None

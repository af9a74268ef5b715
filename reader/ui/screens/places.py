"""Keeps the place in the article as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.model.annotation import Place
    from reader.model.article import Row
    from reader.ui.screens.reading import ReadingScreen

_AFTER = 0.5
"""Seconds without movement after which a place is kept."""


class PlaceKeeper:
    """Keeps places a moment after the movement, and at once when the article is left.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._unkept: tuple[Row, Place] | None = None
        self._timer: Timer | None = None

    def moved(self) -> None:
        """Another part of the article is in view."""
        opened = self._screen.opened
        if opened is None or self._screen.library.read_only:
            return
        place = self._screen.pane.place
        if place != opened.marks.place:
            self._unkept = (opened.row, place)
            self.session_later()

    def session_later(self) -> None:
        """Keep the state of the screen in a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(_AFTER, self._screen.keep_session)

    def keep(self) -> None:
        """Keep the place now."""
        if self._unkept is None:
            return
        (row, place), self._unkept = self._unkept, None
        self._screen.renew([self._screen.library.notebook.set_place(row, place)])

"""Lays out, while no key is pressed, the article that the next key is likely to go to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from reader.library import ERRORS
from reader.ui.widgets.stops import next_stop

if TYPE_CHECKING:
    from reader.ui.screens.reading import ReadingScreen

_AFTER: Final = 0.02
"""Seconds after a key, so that the frame which answers it is out."""


class Ahead:
    """Goes on in the direction in which the cursor went last.

    Args:
        screen: the screen of the list and the article.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._waiting: asyncio.TimerHandle | None = None
        self._cursor = 0
        """Where the cursor was."""

    def later(self) -> None:
        """Lay the next article out in a moment; not while the app begins."""
        self.close()
        if not self._screen.library.ready:
            return
        # A timer of Textual's costs more than all that is saved by waiting for the right moment.
        self._waiting = asyncio.get_running_loop().call_later(_AFTER, self._lay_out)

    def close(self) -> None:
        """Lay nothing out."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _lay_out(self) -> None:
        screen, self._waiting = self._screen, None
        articles = screen.articles
        before, self._cursor = self._cursor, articles.cursor
        item = next_stop(articles.listing, self._cursor, -1 if self._cursor < before else 1)
        index = articles.listing.index_at(item) if item is not None else None
        if index is None or not screen.is_attached or not screen.pane.display:
            return
        try:
            opened = screen.library.shelf.glance(articles.listing.keys[index], begun=True)
        except ERRORS:
            return  # who goes there is told
        if opened is not None:
            screen.pane.foresee(opened)

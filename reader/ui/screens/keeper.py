"""Keeps the place in the article and the state of the screen, as they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ui.screens import session as sessions
from reader.ui.screens import typesetting
from reader.ui.screens.session import Session

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.model.annotation import Place
    from reader.model.article import Row
    from reader.ui.screens.reading import ReadingScreen

_AFTER: Final = 0.5
"""Seconds without movement after which a place is kept."""


class Keeper:
    """Keeps a moment after the movement, and at once when the article is left.

    Args:
        screen: the screen whose article is read.
        session: the state it began with.
    """

    def __init__(self, screen: ReadingScreen, session: Session) -> None:
        self._screen, self._session = screen, session
        self._unkept: tuple[Row, Place] | None = None
        self._timer: Timer | None = None

    def moved(self) -> None:
        """Another part of the article is in view while it has the focus."""
        opened = self._screen.opened
        if opened is None or self._screen.library.read_only:
            return
        place = self._screen.pane.place
        if place != opened.marks.place:
            self._unkept = (opened.row, place)
            self.keep_later()

    def keep_later(self) -> None:
        """Keep everything in a moment."""
        if not self._screen.is_mounted:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(_AFTER, self._keep_quietly)

    def keep_place(self) -> None:
        """Keep the place now."""
        if self._unkept is None:
            return
        (row, place), self._unkept = self._unkept, None
        self._screen.guarded(lambda: self._screen.renew([self._screen.library.notebook.set_place(row, place)]))

    def keep(self) -> None:
        """Keep the place and the state of the screen before going on: the app is about to end."""
        self.keep_place()
        library, opened = self._screen.library, self._screen.opened
        if (session := self._changed()) is not None:
            self._kept(session, sessions.keep(library.cache, session))
        if opened is not None and not library.read_only:
            library.shelf.keep(opened)

    def _keep_quietly(self) -> None:
        """Keep both; keys do not wait until the sources' process lets this one write."""
        self.keep_place()
        cache, session = self._screen.library.cache, self._changed()
        if session is not None:
            self._screen.in_background(lambda: sessions.keep(cache, session), lambda well: self._kept(session, well))

    def _kept(self, session: Session, well: bool) -> None:
        if well:
            self._session = session

    def _changed(self) -> Session | None:
        """Give the state of the screen, None when it is kept already or is not to be."""
        if self._screen.library.read_only or not self._screen.is_mounted:
            return None
        session = self._state()
        return session if session != self._session else None

    def _state(self) -> Session:
        screen, (chosen, order, grouping) = self._screen, self._screen.lists.kept
        row, place = screen.row, screen.pane.place
        return Session(
            row.id if row else 0, place.block, place.fraction, place.progress, place.text, screen.reading,
            chosen.view, chosen.source, order, screen.room.split, grouping=grouping, sorts=screen.lists.sorted,
            compact=screen.articles.compact, folded=tuple(sorted(screen.lists.folded)),
            query=chosen.query, views_open=screen.view_tree is not None, views_folded=tuple(sorted(screen.room.folded)),
            **typesetting.as_kept(screen), **screen.theming.as_kept,
        )  # fmt: skip

"""The two texts of an article: the one that came, and its whole page."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from reader.model.annotation import Place

if TYPE_CHECKING:
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.model.document import Document
    from reader.ui.screens.reading import ReadingScreen

_ALIKE: Final = 60
"""Characters by which a paragraph is found again in the other text."""


class Texts:
    """Fetches whole pages, and changes between the texts.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._fetching: set[int] = set()
        self._stop = threading.Event()

    def toggle(self, row: Row) -> None:
        """Show the other text of an article; the page is fetched first where there is none."""
        library = self._screen.library
        if library.read_only:
            self._screen.say(library.why_read_only, warning=True)
        elif library.shelf.has_page(row.key):
            shown = "The whole page." if library.shelf.toggle_page(row.key) else "The text that came."
            self._show(row.key)
            self._screen.say(f"{shown} x shows the other text.")
        elif not (row.url or "").startswith(("https://", "http://")):
            self._screen.say("This article came without a link: there is no page to fetch.")
        elif row.key not in self._fetching:
            self._fetch(row)

    def close(self) -> None:
        """End what is under way: the screen goes."""
        self._stop.set()

    def _fetch(self, row: Row) -> None:
        screen = self._screen
        self._fetching.add(row.key)
        screen.say_busy("Fetching the whole article…")

        def work() -> Row:
            from reader.library import errands

            try:
                return errands.whole(screen.library, row.key, stop=self._stop)
            finally:
                screen.app.call_from_thread(self._fetched, row.key)

        screen.in_background(work, lambda _: self._show(row.key))

    def _fetched(self, key: int) -> None:
        self._fetching.discard(key)
        if not self._fetching:
            self._screen.say_busy("")

    def _show(self, key: int) -> None:
        """Show an article's other text, at the paragraph that was at the top, if it is the one that is read."""
        screen, before = self._screen, self._screen.opened
        screen.articles.forget_rows()
        screen.articles.refresh()
        if before is None or before.row.key != key:
            return
        opened = screen.library.shelf.open(key) if screen.library.ready else screen.library.shelf.glance(key)
        if opened is not None:
            screen.pane.show(opened, _found(before, screen.pane.place, opened))
            screen.say_status()


def _found(before: Opened, place: Place, opened: Opened) -> Place:
    """Give the place in a new text for one in the former: the same paragraph, else the same share of the text."""
    if place.block == 0 and place.fraction == 0:
        return place
    old, new = before.document, opened.document
    at = _alike(old, place.block, new)
    if at is not None:
        return Place(at, place.fraction, place.progress)
    block, fraction = new.at(old.share(place.block, place.fraction))
    return Place(block, fraction, place.progress)


def _alike(old: Document, number: int, new: Document) -> int | None:
    beginning = old.blocks[number].text[:_ALIKE].rstrip(" …") if number < len(old.blocks) else ""
    if not beginning:
        return None
    return next((at for at, block in enumerate(new.blocks) if block.text.startswith(beginning)), None)

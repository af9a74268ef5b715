"""The two texts of an article: the one that came, and its whole page."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.ui.screens.turning import Turning
from reader.ui.threads import hand_over

if TYPE_CHECKING:
    from textual.events import Key

    from reader.library.shelf import Opened
    from reader.model.article import Article, Row
    from reader.model.document import Document
    from reader.ui.screens.reading import ReadingScreen

_FETCHING: Final = "Fetching the whole article… Esc stops"


class Texts:
    """Fetches whole pages, and changes between the texts.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._fetching: dict[int, threading.Event] = {}
        """The articles whose pages are fetched, and what stops each."""
        self._whole: tuple[str, Document] | None = None
        """The last text that took long to lay out."""
        self._coming = ""
        """The text that is laid out now."""
        self._halt = threading.Event()
        self._seeking: set[tuple[int, str]] = set()
        """The articles whose highlights are looked for, each with the text in which they are."""
        self._turning: Turning | None = None
        """The text that is turned to, while the place in it is still coming."""

    def open(self, key: int) -> Opened | None:
        """Take an article from the shelf at once; the rest of a long one comes by itself."""
        library = self._screen.library
        shelf = library.shelf
        opened = shelf.open(key, begun=True) if library.ready else shelf.glance(key, begun=True, first=True)
        text = opened.article.text if opened is not None and opened.coming else ""
        if self._coming and self._coming != text:
            self._halt.set()
            self._coming = ""
        if opened is not None and opened.coming and self._whole is not None and self._whole[0] == text:
            opened = shelf.anchored(replace(opened, document=self._whole[1], coming=False))
        if opened is None or not opened.coming:
            self._seek(opened)
            return opened
        if not self._coming:
            self._lay_out(opened.article)
        return opened

    def _lay_out(self, article: Article) -> None:
        from reader.library.documents import document_of

        self._coming, self._halt = article.text, threading.Event()
        stopped = self._halt.is_set

        def laid_out(document: Document) -> None:
            if not stopped():
                self._laid_out(article.text, document)

        self._screen.in_background(lambda: document_of(article, stopped), laid_out)

    def _laid_out(self, text: str, document: Document) -> None:
        self._whole, self._coming = (text, document), ""
        opened = self._screen.opened
        turning, self._turning = self._turning, None
        if opened is not None and opened.coming and opened.article.text == text:
            whole = self._screen.library.shelf.anchored(replace(opened, document=document, coming=False))
            # Unless the reader went elsewhere while the paragraph was not there yet.
            waits = turning is not None and turning.text == text and self._screen.pane.place == turning.shown
            self._screen.pane.show(whole, turning.place_in(document) if turning is not None and waits else None)
            self._seek(whole)

    def _seek(self, opened: Opened | None) -> None:
        """Look in the background for the highlights that could not be found at once."""
        if opened is None or not opened.unsought or _name(opened) in self._seeking:
            return
        self._seeking.add(_name(opened))
        screen, shelf = self._screen, self._screen.library.shelf
        app = screen.app

        def work() -> Opened:
            try:
                return shelf.seek(opened)
            finally:
                hand_over(app, screen, lambda: self._ended(opened))

        screen.in_background(work, lambda _: self._sought(opened))

    def _ended(self, opened: Opened) -> None:
        self._seeking.discard(_name(opened))

    def _sought(self, sought: Opened) -> None:
        opened = self._screen.opened
        if opened is None or not opened.unsought or _name(opened) != _name(sought):
            return
        self._screen.pane.show(self._screen.library.shelf.anchored(opened))
        if opened.unsought != sought.unsought:  # there is one more highlight by now
            self._seek(self._screen.opened)

    def toggle(self, row: Row) -> None:
        """Show the other text of an article; the page is fetched first where there is none."""
        library = self._screen.library
        if library.read_only:
            self._screen.say(library.why_read_only, warning=True)
        elif library.shelf.has_page(row.key):
            self._screen.in_background(lambda: library.shelf.toggle_page(row.key), lambda page: self._turned(row, page))
        elif not (row.url or "").startswith(("https://", "http://")):
            self._screen.say("This article came without a link: there is no page to fetch.")
        elif row.key not in self._fetching:
            self._fetch(row)

    def _turned(self, row: Row, as_page: bool) -> None:
        self._show(row.key)
        self._screen.say(
            f"{'The whole page.' if as_page else 'The text that came.'} {self._screen.key('article.full_text')} "
            f"shows the other text."
        )

    @property
    def words(self) -> str:
        """What is under way, empty for nothing."""
        return _FETCHING if self._fetching else ""

    def follow(self, event: Key) -> bool:
        """Let Esc stop what is under way, and tell whether it was for that: it does nothing else then."""
        going = [stop for stop in self._fetching.values() if not stop.is_set()]
        if event.key != "escape" or not going:
            return False
        self.close()
        return True

    def close(self) -> None:
        """End what is under way."""
        for stop in self._fetching.values():
            stop.set()

    def _fetch(self, row: Row) -> None:
        screen, app = self._screen, self._screen.app
        stop = self._fetching[row.key] = threading.Event()
        screen.say_busy(_FETCHING)

        def work() -> bool:
            from reader.library import errands

            try:
                errands.whole(screen.library, row.key, stop=stop)
            except errands.StoppedError:
                return False
            finally:
                hand_over(app, screen, lambda: self._fetched(row.key))
            return True

        screen.in_background(work, lambda here: self._show(row.key) if here else screen.say("Stopped."))

    def _fetched(self, key: int) -> None:
        del self._fetching[key]
        self._screen.say_busy(self._screen.refreshing.words)

    def _show(self, key: int) -> None:
        """Show an article's other text, at the paragraph that was at the top, if it is the one that is read."""
        screen, before = self._screen, self._screen.opened
        screen.articles.forget_rows()
        screen.articles.refresh()
        if before is None or before.row.key != key:
            return
        place = screen.pane.place
        opened = self.open(key)
        if opened is None:
            return
        turning = Turning(before.document, place, opened)
        self._turning = turning if turning.is_beyond else None
        screen.pane.show(opened, turning.shown)
        screen.say_status()


def _name(opened: Opened) -> tuple[int, str]:
    return opened.row.id, opened.article.text

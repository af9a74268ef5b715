"""The shelf: what a list shows, and an article taken from it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.library.anchors import Anchored as Anchored
from reader.library.anchors import Anchors
from reader.library.documents import beginning_of, document_of, note
from reader.library.listings import Listings
from reader.library.listings import Stopped as Stopped
from reader.model.annotation import Marks
from reader.model.article import WORDS_A_MINUTE, Article, Row
from reader.model.listing import Counts, Filter, Group, Grouping, Listing, Order
from reader.values import dataclass

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import tzinfo

    from reader.library.facts import Facts, Said
    from reader.library.states import States
    from reader.model.annotation import Highlight
    from reader.model.document import Document
    from reader.model.query import Words
    from reader.model.query.completion import Known
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store


@dataclass(frozen=True, slots=True)
class Opened:
    """An article taken from the shelf: its text as a document, its marks, and its notes as documents.

    Of a long text the document may be the beginning only, the rest `coming`. Of the `highlights`, those in the
    text come first, in its order; `unsought` are those that are still to be looked for, see `Shelf.seek`.
    """

    article: Article
    document: Document
    marks: Marks
    notes: tuple[Document, ...] = ()
    highlights: tuple[Anchored, ...] = ()
    coming: bool = False
    unsought: tuple[Highlight, ...] = ()

    @property
    def row(self) -> Row:
        """The article's row in its present state."""
        return self.article.row.with_flags(self.marks.flags)


class Shelf:
    """Lists articles and opens them.

    Args:
        cache: the articles.
        states: their flags.
        marks: marks.json, opened when it is needed.
        now: gives seconds since 1970, UTC.
    """

    def __init__(
        self,
        cache: Cache,
        states: States,
        marks: Callable[[], Store],
        now: Callable[[], int] = lambda: int(time.time()),
    ) -> None:
        self._cache, self._states, self._marks, self._now = cache, states, marks, now
        self._anchors = Anchors()
        self._listings = Listings(cache, states)
        self._said: Said | None = None
        self.pace = WORDS_A_MINUTE
        """The words a minute that `minutes:` is reckoned by."""
        self.zone: tzinfo | None = None
        """Whose days are meant, this computer's when it is None."""

    # -- lists

    def listing(
        self,
        chosen: Filter = Filter(),  # noqa: B008 -- frozen
        order: Order = "page",
        also: Collection[int] = (),
        grouping: Grouping = "section",
        stopped: Callable[[], bool] | None = None,
    ) -> Listing:
        """Make a listing; this takes up to a tenth of a second with 100,000 articles, so call it off the UI thread.

        What is searched for words comes in one list, the best match first, unless the query or `order` says
        otherwise; an order that the query names goes before `order`.

        Args:
            chosen: which articles.
            order: in which order under each heading.
            also: keys of articles that are listed though they are not in the view any more.
            grouping: under which headings.
            stopped: is asked now and then, from this thread, whether nobody waits for the listing any more.

        Raises:
            QueryError: a query cannot be understood.
            Stopped: `stopped` said so.
        """
        if stopped is None:
            return self._listings.listing(chosen, order, grouping, also, self._facts)
        with self._cache.stoppable(stopped):
            return self._listings.listing(chosen, order, grouping, also, self._facts)

    def matches(self, chosen: Filter, among: Collection[int] | None = None, *, hidden: bool = False) -> array[int]:
        """Give the keys of the articles that a filter chooses, in no order.

        Args:
            chosen: which articles.
            among: keys of which only are meant, None for all.
            hidden: those too that a rule hid, though the query does not ask for them.

        Raises:
            QueryError: a query cannot be understood.
        """
        return self._listings.matches(chosen, self._facts, among, hidden=hidden)

    def counts(self, queries: Mapping[str, str]) -> Counts:
        """Count unread articles and all, by view and by source; call it off the UI thread.

        Args:
            queries: what each view asks for; one that cannot be understood is not counted.
        """
        return self._listings.counts(queries, self._facts)

    def known(self) -> Known:
        """Give the names that can complete a query; call it off the UI thread."""
        from reader.library.facts import known

        return known(self._cache, self._marks)

    def prepare(self) -> None:
        """Make ready what searches need, lest the first waits for it; call it off the UI thread."""
        self._cache.prepare()

    def beginning(self, chosen: Filter, stopped: Callable[[], bool]) -> Listing | None:
        """Give the first matches of a search that finds very many, of which a `listing` takes long.

        Args:
            chosen: what is searched.
            stopped: as `listing` takes it.

        Returns:
            A listing that tells that it is `partial`; None where all of it is as soon there.

        Raises:
            QueryError: it cannot be understood.
            Stopped: `stopped` said so.
        """
        from reader.library.best_first import beginning
        from reader.model.query import parse

        if chosen.asked or chosen.source is not None:
            return None
        with self._cache.stoppable(stopped):
            keys = beginning(self._cache, self._states, parse(chosen.words), self.snippets)
        if keys is None:
            return None
        groups = (Group("", 0, len(keys), bare=True),)
        return Listing(keys, self._states.of(keys), groups, chosen, "relevance", "none", partial=True)

    def snippets(self, keys: Sequence[int], words: Sequence[Words]) -> dict[int, str]:
        """Give, of the texts of some articles, where the words are; a text without them is left out."""
        from reader.library.snippets import snippet

        found = ((key, snippet(text, words, markdown=markdown)) for key, text, markdown in self._cache.texts(keys))
        return {key: text for key, text in found if text}

    def _facts(self) -> Facts:
        from reader.library.facts import Facts, Said
        from reader.model.query.context import Context

        if self.zone is None:
            from reader.library.days import Here

            self.zone = Here()
        if self._said is None:
            self._said = Said(self._marks)
        return Facts(self._cache, self._states, self._marks, self._said, Context(self._now(), self.zone, self.pace))

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """Give rows by their keys, each in its present state."""
        return [row.with_flags(self._states.get(row.key)) for row in self._cache.rows(keys)]

    def row(self, article: int) -> Row | None:
        """Give a row by its article's id, None when it is not in the library."""
        key = self._cache.key(article)
        return None if key is None else next(iter(self.rows((key,))), None)

    def open(self, key: int, *, begun: bool = False) -> Opened | None:
        """Take an article from the shelf, None when there is none of that key.

        Args:
            key: the article's.
            begun: give only the beginning of a text that takes long to lay out; `document_of` gives all of it.
        """
        article = self._cache.article(key)
        if article is None:
            return None
        marks = self._marks().of(article.row.id)
        return self.anchored(_opened(article, marks, tuple(note(one.text) for one in marks.notes), begun=begun))

    def glance(self, key: int, *, begun: bool = False, first: bool = False) -> Opened | None:
        """Take an article as `open` does, but without its notes: this does not need marks.json.

        Args:
            key: the article's.
            begun: as `open` takes it.
            first: whether it is the first of this start, so that it may have been the last one before.
        """
        article = self._cache.article(key)
        if article is None:
            return None
        marks = Marks(self._states.get(key))
        if first:
            from reader.library import last_document

            if (document := last_document.kept(self._cache, article)) is not None:
                return Opened(article, document, marks)
        return _opened(article, marks, (), begun=begun)

    def keep(self, opened: Opened) -> None:
        """Keep the document of an article for the next start."""
        from reader.library import last_document

        if not opened.coming:
            last_document.keep(self._cache, opened.article, opened.document)

    def anchored(self, opened: Opened) -> Opened:
        """Find an article's highlights in its text as far as that is quick; what `seek` found is known here."""
        text, marks = opened.article.text, opened.marks.highlights
        found, left = self._anchors.at_once(text, opened.document, marks, whole=not opened.coming)
        return replace(opened, highlights=found, unsought=left)

    def seek(self, opened: Opened) -> Opened:
        """Look for the highlights that are still to be sought; this takes long, so call it off the UI thread."""
        if not opened.unsought or opened.coming:
            return opened
        self._anchors.seek(opened.article.text, opened.document, opened.unsought)
        return self.anchored(opened)

    def has_page(self, key: int) -> bool:
        """Tell whether the whole page of an article was fetched and kept."""
        from reader.storage import pages

        return pages.has(self._cache, key)

    def toggle_page(self, key: int) -> bool:
        """Show the other text of an article from now on; tells whether that is the page's."""
        from reader.storage import pages

        return pages.toggle(self._cache, key)

    def find(self, beginning: str) -> list[int]:
        """Give the ids that begin with some digits, ten at most."""
        return self._cache.ids(beginning)


def _opened(article: Article, marks: Marks, notes: tuple[Document, ...], *, begun: bool) -> Opened:
    if not begun:
        return Opened(article, document_of(article), marks, notes)
    document, coming = beginning_of(article)
    return Opened(article, document, marks, notes, coming=coming)

"""The shelf: what a list shows, and an article taken from it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.library.anchors import Anchored as Anchored
from reader.library.anchors import Anchors
from reader.model.annotation import Marks
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, Article, Row
from reader.model.document import Document, from_text
from reader.model.listing import Filter, Group, Listing, Order, View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from reader.library.states import States
    from reader.model.annotation import Highlight
    from reader.storage.cache import Cache

_IN_VIEW: Final[dict[View, bytes]] = {
    "all": b"\1" * 256,
    "unread": bytes(not state & READ for state in range(256)),
    "bookmarked": bytes(bool(state & BOOKMARKED) for state in range(256)),
    "notes": bytes(bool(state & (NOTED | HIGHLIGHTED)) for state in range(256)),
}


_LONG_NOTE: Final = 20_000
"""Characters of a note from which it is not taken for Markdown."""


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
        marks: gives all marks of an article by its id.
    """

    def __init__(self, cache: Cache, states: States, marks: Callable[[int], Marks]) -> None:
        self._cache, self._states, self._marks = cache, states, marks
        self._anchors = Anchors()

    def listing(
        self,
        chosen: Filter = Filter(),  # noqa: B008 -- frozen
        order: Order = "page",
        also: Collection[int] = (),
    ) -> Listing:
        """Make a listing; with 100,000 articles this takes some 30 ms, so call it off the UI thread then.

        Args:
            chosen: which articles.
            order: in which order under each heading.
            also: keys of articles that are listed though they are not in the view any more.
        """
        keys, groups = self._cache.groups(chosen, order)
        flags = self._states.of(keys)
        if chosen.view != "all":
            inside = flags.translate(_IN_VIEW[chosen.view])
            if also:
                more = frozenset(also)
                inside = bytes(in_view or key in more for in_view, key in zip(inside, keys, strict=True))
            keys, flags, groups = _narrowed(keys, flags, groups, inside)
        return Listing(keys, flags, groups, chosen, order)

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
        marks = self._marks(article.row.id)
        return self.anchored(_opened(article, marks, tuple(_note(note.text) for note in marks.notes), begun=begun))

    def glance(self, key: int, *, begun: bool = False) -> Opened | None:
        """Take an article as `open` does, but without its notes: this does not need marks.json."""
        article = self._cache.article(key)
        return None if article is None else _opened(article, Marks(self._states.get(key)), (), begun=begun)

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
    if begun and article.markdown:
        from reader.ingest.markdown import beginning

        first = beginning(article.text)
        if first is not None:
            return Opened(article, first, marks, notes, coming=True)
    return Opened(article, document_of(article), marks, notes)


def document_of(article: Article, stopped: Callable[[], bool] = lambda: False) -> Document:
    """Lay out an article's text.

    Args:
        article: the article.
        stopped: is asked now and then; where it says so the rest of the text is left out.
    """
    if article.markdown:
        from reader.ingest.markdown import document

        return document(article.text, stopped)
    return from_text(article.text, cut=article.row.cut)


@lru_cache(maxsize=32)
def _note(text: str) -> Document:
    from reader.ingest import sanitize
    from reader.ingest.markdown import document

    plain = sanitize.text(text, sanitize.BODY)
    # A note is there with its article at once: a very long one is only text.
    blocks = (document(plain) if len(plain) <= _LONG_NOTE else from_text(plain)).blocks
    return Document(tuple(replace(block, kind="note") if block.kind == "paragraph" else block for block in blocks))


def _narrowed(
    keys: array[int], flags: bytes, groups: tuple[Group, ...], inside: bytes
) -> tuple[array[int], bytes, tuple[Group, ...]]:
    chosen = [index for index, wanted in enumerate(inside) if wanted]
    kept = []
    for group in groups:
        start = bisect_left(chosen, group.start)
        count = bisect_left(chosen, group.start + group.count, start) - start
        if count:
            kept.append(Group(group.title, start, count))
    return array("I", [keys[index] for index in chosen]), bytes(flags[index] for index in chosen), tuple(kept)

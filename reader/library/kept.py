"""All that the reader kept: bookmarks, notes and highlights, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest import sanitize
from reader.library.anchors import clean
from reader.model.annotation import Bookmark, Highlight, Note
from reader.storage.naming import Named, named
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from reader.model.annotation import Kind
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store


@dataclass(frozen=True, slots=True)
class Kept:
    """One bookmark, note or highlight.

    `article` is the article's id, and `key` its place in the library, None when it is not there any more.
    `at` is when it was made, or when a note was last written, ISO 8601, UTC. `text` has the words of a note
    or of a highlighted passage, `note` what was noted on the passage; `highlight` is a highlight whole.
    `url` is the address of an article that is not in the library any more.
    """

    kind: Kind
    article: int
    title: str
    source: str
    at: str
    text: str = ""
    note: str = ""
    highlight: Highlight | None = None
    key: int | None = None
    url: str = ""


def entries(store: Store, cache: Cache, kinds: Collection[Kind], last: int | None = None) -> list[Kept]:
    """Give everything of some kinds that is kept, newest first, whether its article is in the library or not.

    Args:
        store: the marks.
        cache: the articles.
        kinds: which kinds.
        last: of the highlights, only so many of the last ones.
    """
    marks = store.kept(kinds, last)
    names = named(cache, dict.fromkeys(mark.article for mark in marks))
    for article in {mark.article for mark in marks} - names.keys():
        title, source, url = store.named(article)
        called = sanitize.line(title, sanitize.TITLE) or sanitize.UNTITLED
        names[article] = Named(0, called, _line(source), sanitize.link(url) or "")
    # Of those of one second, the last was kept last.
    kept = [_kept(mark, names[mark.article]) for mark in reversed(marks)]
    return sorted(kept, key=lambda one: one.at, reverse=True)


def _line(text: str) -> str:
    return sanitize.line(text, sanitize.TITLE)


def _kept(mark: Bookmark | Note | Highlight, name: Named) -> Kept:
    about, key = (mark.article, name.title, name.source), name.key or None
    match mark:
        case Bookmark():
            return Kept("bookmark", *about, mark.at, key=key, url=name.url)
        case Note():
            at = mark.updated or mark.created
            return Kept("note", *about, at, sanitize.clean(mark.text), key=key, url=name.url)
        case Highlight():
            one, at = clean(mark), mark.created or mark.updated
            return Kept("highlight", *about, at, one.quote.exact, one.note, one, key, name.url)

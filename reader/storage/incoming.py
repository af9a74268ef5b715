"""Articles whole, out of an export: known ones found again, new ones put in just as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.article import Entry
from reader.model.identity import canonical_url, fingerprint
from reader.storage import details, indexing, mirror, order, stories
from reader.storage.coming import Coming
from reader.storage.database import AT_ONCE
from reader.storage.likeness import is_front_page

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from reader.model.exported import Content, Page
    from reader.model.source import Source
    from reader.storage.cache import Cache

_INSERT: Final = (
    "INSERT INTO articles (id, source, guid, url_key, title_key, title, author, section, url, published, added,"
    " edition, position, words, cut, excerpt, offline, revised, teaser)"
    f" VALUES ({', '.join('?' * 19)}) ON CONFLICT (id) DO NOTHING"
)


def known(cache: Cache, contents: Sequence[Content], last: int, ids: frozenset[int]) -> dict[int, int]:
    """Find the articles of an export that are here.

    An id tells; else the guid within the source, else the address, unless what has it here is in the export itself.

    Args:
        cache: the library.
        contents: some articles, at most `AT_ONCE`.
        last: the largest key that there was before anything of the export was put in.
        ids: of all articles of the export.

    Returns:
        The id here by the id in the export.
    """
    connection = cache.connection
    marks = ",".join("?" * len(contents))
    some = [one.id for one in contents]
    found = {
        article: article for (article,) in connection.execute(f"SELECT id FROM articles WHERE id IN ({marks})", some)
    }
    for one in contents if last else ():
        if one.id not in found:
            alike = _alike(connection, one, last)
            if alike is not None and alike not in ids:
                found[one.id] = alike
    return found


def _alike(connection: sqlite3.Connection, one: Content, last: int) -> int | None:
    if one.guid is not None:
        statement = (
            "SELECT id FROM articles WHERE source = (SELECT key FROM sources WHERE id = ?) AND guid = ? AND key <= ?"
            " ORDER BY key LIMIT 1"
        )
        found = connection.execute(statement, (one.source, one.guid, last)).fetchone()
        if found is not None:
            return int(found[0])
    name = canonical_url(one.url) if one.url and "#" not in one.url else ""
    if not name or is_front_page(name):
        return None
    statement = "SELECT id FROM articles WHERE url_key = ? AND key <= ? ORDER BY key LIMIT 1"
    found = connection.execute(statement, (name, last)).fetchone()
    return None if found is None else int(found[0])


def put(cache: Cache, contents: Sequence[Content], sources: Mapping[str, Source], now: int) -> list[int]:
    """Put new articles in, in one transaction, and give their keys.

    Args:
        cache: the library.
        contents: the articles, at most `AT_ONCE`; none of them is here.
        sources: their sources by id, those too that have them as well.
        now: seconds since 1970, for what has no date.

    Raises:
        LibraryError: the file cannot be written; nothing of these was put in.
    """
    assert len(contents) <= AT_ONCE  # noqa: S101 -- the transaction is to be short
    with cache.writing("the articles could not be added") as connection:
        named = {name: _source(connection, source) for name, source in sources.items()}
        fresh: dict[str, list[tuple[int, Coming]]] = {}
        for one in contents:
            key = _put(connection, one, named)
            if key is not None:
                fresh.setdefault(one.source, []).append((key, Coming(Entry(one.title, published=one.published))))
        for name, keys in fresh.items():
            newest = max(one.edition for one in contents if one.source == name)
            connection.execute("UPDATE sources SET edition = max(edition, ?) WHERE key = ?", (newest, named[name]))
            if cache.same_story():
                stories.pair(connection, sources[name], keys, now)
        order.changed(connection)
    return [key for keys in fresh.values() for key, _ in keys]


def _source(connection: sqlite3.Connection, source: Source) -> int:
    found = connection.execute("SELECT key FROM sources WHERE id = ?", (source.id,)).fetchone()
    return mirror.insert(connection, source) if found is None else int(found[0])


def _put(connection: sqlite3.Connection, one: Content, named: Mapping[str, int]) -> int | None:
    page = one.page
    values = (
        one.id, named[one.source], one.guid, canonical_url(one.url) if one.url else None, fingerprint(one.title),
        one.title, one.author, one.section, one.url, one.published, one.added, one.edition, one.position, one.words,
        one.cut, one.excerpt, page is not None and page.text is not None, one.revised, one.teaser,
    )  # fmt: skip
    done = connection.execute(_INSERT, values)
    if not done.rowcount or done.lastrowid is None:
        return None
    key = done.lastrowid
    connection.execute(
        "INSERT INTO bodies (key, text, markdown, meta, updated, language, image, comments)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (key, one.text, one.markdown, "\n".join(one.meta), one.updated, one.language, one.image, one.comments),
    )
    details.write_lists(connection, key, Entry(one.title, tags=one.tags, enclosures=one.enclosures))
    if page is not None:
        _keep(connection, key, page)
    connection.executemany(
        "INSERT OR IGNORE INTO shared (key, source, guid) VALUES (?, ?, ?)",
        [(key, named[source], guid) for source, guid in one.also_in if source in named and source != one.source],
    )
    indexing.put_new(connection, key, one.title, one.author, one.section, one.shown[0])
    return key


def _keep(connection: sqlite3.Connection, key: int, page: Page) -> None:
    connection.execute(
        "INSERT INTO pages (key, text, shown, fetched, problem, tries, stale, words, cut, excerpt)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, page.text, page.shown, page.fetched, page.problem, page.tries, page.stale, page.words, page.cut,
            page.excerpt,
        ),
    )  # fmt: skip

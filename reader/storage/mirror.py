"""The sources as library.db mirrors them from marks.json, so that a list can name them without that file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.source import GUIDE, REMOVED, Source
from reader.storage import order
from reader.storage.following import LISTED

if TYPE_CHECKING:
    import sqlite3

    from reader.storage.cache import Cache

_READ: Final = 1
_ONE: Final = b"\1"
_TWO: Final = b"\2"


def take(connection: sqlite3.Connection, source: Source) -> int | None:
    """Mirror a source that brings something, and give its key; None when the user removed it meanwhile."""
    found = connection.execute(
        "SELECT key, kind, title, location, site FROM sources WHERE id = ?", (source.id,)
    ).fetchone()
    if found is None:
        return insert(connection, source)
    key, *kept = found
    if kept[0] == REMOVED:
        return None
    _update(connection, key, kept, source)
    return int(key)


def put(cache: Cache, source: Source) -> None:
    """Mirror a source: a new one, or one that was renamed or added again after it had been removed.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the source could not be kept") as connection:
        found = connection.execute(
            "SELECT key, kind, title, location, site FROM sources WHERE id = ?", (source.id,)
        ).fetchone()
        if found is None:
            insert(connection, source)
        else:
            _update(connection, found[0], list(found[1:]), source)


def is_listed(source: Source) -> bool:
    """Tell whether a mirrored source has to be in the list of sources too."""
    return source.id != GUIDE and source.kind != REMOVED


def insert(connection: sqlite3.Connection, source: Source) -> int:
    """Mirror a source that is not there yet, in a transaction of the caller, and give its key."""
    key = connection.execute(
        "INSERT INTO sources (id, kind, title, location, site) VALUES (?, ?, ?, ?, ?)",
        (source.id, source.kind, source.title, source.location, source.site),
    ).lastrowid
    assert key is not None  # noqa: S101 -- an INSERT that did not raise has a row
    return key


def _update(connection: sqlite3.Connection, key: int, kept: list[str], source: Source) -> None:
    new = [source.kind, source.title, source.location, source.site or kept[3]]
    if kept == new:
        return
    connection.execute("UPDATE sources SET kind = ?, title = ?, location = ?, site = ? WHERE key = ?", (*new, key))
    if kept[1] != source.title:
        order.changed(connection)


def next_edition(connection: sqlite3.Connection, key: int) -> int:
    """Number one more edition of a source."""
    (edition,) = connection.execute(
        "UPDATE sources SET edition = edition + 1 WHERE key = ? RETURNING edition", (key,)
    ).fetchone()
    return int(edition)


def counts(cache: Cache, flags: bytes) -> dict[str, tuple[int, int]]:
    """Count the articles that each source brought, those too that another had brought before, and the unread ones.

    Args:
        cache: the library.
        flags: one byte for each key from 0 on, 1 where the article was read, 2 where it is hidden and does not
            count; keys beyond it are unread.
    """
    # That of articles is the smallest index that has all of it.
    statement = "SELECT s.id, sum(g.count), sum(g.read) FROM ({}) AS g JOIN sources s ON s.key = g.source GROUP BY s.id"
    each = (
        "SELECT source, count(*) FILTER (WHERE flag IS NOT ?3) AS count, count(*) FILTER (WHERE flag IS ?2) AS read"
        " FROM (SELECT source, substr(?1, key + 1, 1) AS flag FROM {})"
    )
    own, shared = (
        f"{each.format(table)} GROUP BY source"
        for table in (f"articles INDEXED BY article_page WHERE {LISTED.format(key='key')}", "shared")
    )
    found = cache.connection.execute(statement.format(f"{own} UNION ALL {shared}"), (flags, _ONE, _TWO))
    return {source: (count, count - read) for source, count, read in found}

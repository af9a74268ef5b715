"""A source taken out of library.db, with all of its articles that nobody marked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from reader.model.source import REMOVED
from reader.storage import indexing, order, stories

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Sequence

    from reader.storage.cache import Cache

AT_ONCE: Final = 100
"""Articles deleted in one transaction."""

_GAP: Final = 0.003
_TABLES: Final = ("tags", "enclosures", "aliases", "shared", "pages", "former", "bodies")


def would(cache: Cache, source: str, kept: Container[int]) -> tuple[int, int]:
    """Count what `remove` would delete, and what would still be here under the source; takes the same, gives the same.

    What another source brought too counts as neither: it becomes that one's.
    """
    found = cache.connection.execute(
        "SELECT a.id FROM articles a JOIN sources s ON s.key = a.source WHERE s.id = ?"
        " AND NOT EXISTS (SELECT 1 FROM shared h WHERE h.key = a.key AND h.source <> a.source AND NOT h.follows)",
        (source,),
    ).fetchall()
    stay = sum(article in kept for (article,) in found)
    return len(found) - stay, stay


def remove(cache: Cache, source: str, kept: Container[int]) -> tuple[int, int]:
    """Take a source out; its name stays in the file, so that a refresh which is under way brings nothing more.

    An article that another source brought too is that one's from now on.

    Args:
        cache: the library.
        source: the source's id.
        kept: the ids of articles that stay.

    Returns:
        How many articles were deleted, and how many are still here under the source.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the source could not be removed") as connection:
        connection.execute("DELETE FROM fetches WHERE source = ?", (source,))
        found = connection.execute("SELECT key FROM sources WHERE id = ?", (source,)).fetchone()
        if found is None:
            return 0, 0
        named: int = found[0]
        connection.execute("UPDATE sources SET kind = ? WHERE key = ?", (REMOVED, named))
        connection.execute("DELETE FROM shared WHERE source = ?", (named,))
        connection.execute("DELETE FROM pruned WHERE source = ?", (named,))
        _hand_over(connection, named)
        order.changed(connection)
    articles = cache.connection.execute("SELECT key, id FROM articles WHERE source = ?", (named,)).fetchall()
    going = [key for key, article in articles if article not in kept]
    for start in range(0, len(going), AT_ONCE):
        if start:
            time.sleep(_GAP)
        with cache.writing("not all of the source could be removed") as connection:
            delete(connection, going[start : start + AT_ONCE])
            order.changed(connection)
    return len(going), len(articles) - len(going)


def _hand_over(connection: sqlite3.Connection, named: int) -> None:
    """Give the articles that others brought too to the first of them."""
    heirs = connection.execute(
        "SELECT h.key, min(h.source), h.guid FROM shared h JOIN articles a USING (key)"
        " WHERE a.source = ? AND NOT h.follows GROUP BY h.key",
        (named,),
    ).fetchall()
    for key, heir, guid in heirs:
        # Without a digest the heir's own version is taken in when it comes next.
        connection.execute("UPDATE articles SET source = ?, guid = ?, came = NULL WHERE key = ?", (heir, guid, key))
        connection.execute("DELETE FROM shared WHERE key = ? AND source = ?", (key, heir))
    stories.lead_on(connection, [key for key, _, _ in heirs])


def delete(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Delete articles and all that belongs to them, in a transaction of the caller."""
    left = stories.take_out(connection, keys)
    for key in keys:
        indexing.take_out(connection, key)
    each = [(key,) for key in keys]
    for table in _TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE key = ?", each)
    connection.executemany("DELETE FROM pictures WHERE article = ?", each)
    connection.executemany("DELETE FROM articles WHERE key = ?", each)
    stories.lead_on(connection, left)

"""Old articles taken out of library.db for good: what is pruned does not come back at the next refresh.

Of each a few signs stay, eight bytes each: pairs of what it was known by. An entry of the same source that bears
one, and is not dated later, is the pruned article. No sign is a weak one alone, since a column has one headline
for all that appears in it, and some publishers use guids again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from reader.model.source import FETCHED, WATCHED
from reader.storage import order, removal, stories
from reader.storage.likeness import is_front_page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from reader.model.source import Source
    from reader.storage.cache import Cache
    from reader.storage.coming import Coming

_GAP: Final = 0.003
_WORTH: Final = 1 << 20
"""Bytes that lie idle in the file, from which it is written anew."""


def by_source(cache: Cache, keys: Collection[int]) -> list[tuple[str, int]]:
    """Count articles by the titles of their sources, those that have most of them first."""
    statement = """
        SELECT s.title, count(*) FROM json_each(?) j JOIN articles a ON a.key = j.value
        JOIN sources s ON s.key = a.source GROUP BY s.key ORDER BY count(*) DESC, s.title
    """
    return list(cache.connection.execute(statement, (json.dumps(list(keys)),)))


def prune(cache: Cache, keys: Sequence[int], now: int, tell: Callable[[int], None] = lambda _: None) -> int:
    """Delete articles, and remember by what they would be known if they came again.

    Args:
        cache: the library.
        keys: the articles.
        now: seconds since 1970.
        tell: told how many are deleted, now and then.

    Returns:
        How many were deleted.

    Raises:
        LibraryError: the file cannot be written; what was deleted before stays so.
    """
    done = 0
    for start in range(0, len(keys), removal.AT_ONCE):
        if start:
            time.sleep(_GAP)
        some = keys[start : start + removal.AT_ONCE]
        with cache.writing("not all could be pruned") as connection:
            # What follows them tells the same, and would be listed as if it were new.
            going = [*some, *stories.of_leaders(connection, some)]
            _remember(connection, going, now)
            removal.delete(connection, going)
            order.changed(connection)
        done += len(some)
        tell(done)
    return done


def compact(cache: Cache) -> int | None:
    """Give the room that pruned articles took back to the disk.

    Returns:
        How many bytes; None where the file could not be written anew, so that what comes next takes the room.
    """
    connection = cache.connection
    with suppress(sqlite3.Error):
        if _number(connection, "freelist_count") * _number(connection, "page_size") < _WORTH:
            return 0
        before = _number(connection, "page_count")
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.execute("VACUUM").close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        return max(0, before - _number(connection, "page_count")) * _number(connection, "page_size")
    return None


def came_again(
    connection: sqlite3.Connection, source: Source, named: int, coming: Sequence[tuple[int, Coming]]
) -> set[int]:
    """Give the numbers of those entries that were pruned.

    Args:
        connection: to library.db.
        source: who brings them; what the user gives us again is wanted again.
        named: the source's key.
        coming: entries that are no articles of the library, with their numbers.
    """
    if source.kind not in FETCHED | WATCHED or not coming:
        return set()
    if connection.execute("SELECT 1 FROM pruned WHERE source = ? LIMIT 1", (named,)).fetchone() is None:
        return set()
    again = set()
    for number, one in coming:
        # A file that was changed is wanted again, whatever it is called.
        signs = {_sign("came", one.digest.hex())} if source.kind in WATCHED else _signs_of(one)
        marks = ",".join("?" * len(signs))
        asked = f"SELECT max(at) FROM pruned WHERE source = ? AND sign IN ({marks})"
        (at,) = connection.execute(asked, (named, *signs)).fetchone()
        if at is not None and (one.entry.published is None or one.entry.published <= at):
            again.add(number)
    return again


def _signs_of(one: Coming) -> set[int]:
    guids, urls = ({name} if name is not None else set() for name in (one.guid, one.url_key))
    return set(_signs(guids, urls, one.title_key, one.entry.published, one.digest))


def _remember(connection: sqlite3.Connection, keys: Sequence[int], now: int) -> None:
    """Keep the signs of articles that are to go, under each source that brought them."""
    for key in keys:
        found = connection.execute(
            "SELECT source, guid, url_key, title_key, published, came FROM articles WHERE key = ?", (key,)
        ).fetchone()
        if found is None:
            continue
        source, guid, url, title, published, came = found
        former = connection.execute("SELECT source, name FROM aliases WHERE key = ?", (key,)).fetchall()
        shared = connection.execute("SELECT source, guid FROM shared WHERE key = ? AND NOT follows", (key,)).fetchall()
        urls = {name for name in (url, *(name for where, name in former if not where)) if name is not None}
        guids = {where: {name} if name is not None else set[str]() for where, name in ((source, guid), *shared)}
        guids[source] |= {name for where, name in former if where == source}
        rows = [
            (where, sign, now)
            for where, names in guids.items()
            for sign in set(_signs(names, urls, title, published, came))
        ]
        connection.executemany("INSERT OR REPLACE INTO pruned VALUES (?, ?, ?)", rows)


def _signs(
    guids: Collection[str], urls: Collection[str], title: str, published: int | None, came: bytes | None
) -> Iterator[int]:
    """Give the signs by which an article would be known again."""
    if came is not None:
        yield _sign("came", came.hex())
    for guid in guids:
        yield _sign("guid title", guid, title)
        yield from (_sign("guid url", guid, url) for url in urls)
        if published is not None:
            yield _sign("guid date", guid, str(published))
    for url in urls:
        if not is_front_page(url):
            yield _sign("url title", url, title)
    if not guids and not urls and published is not None:
        yield _sign("title date", title, str(published))


def _sign(kind: str, *names: str) -> int:
    digest = blake2b("\0".join((kind, *names)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _number(connection: sqlite3.Connection, name: str) -> int:
    number: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return number

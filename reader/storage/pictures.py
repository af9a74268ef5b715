"""Images of offline articles, as many as fit into a budget; those not looked at for longest go first."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reader.model.identity import canonical_url
from reader.storage.database import AT_ONCE
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.storage.cache import Cache

BUDGET: Final = 200 * 1024 * 1024
"""Bytes that all images may take together, unless the user says otherwise."""

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it came; `type` is its media type."""

    type: str
    data: bytes


def keep(cache: Cache, key: int, url: str, type: str, data: bytes, budget: int = BUDGET, *, now: int) -> bool:  # noqa: A002 -- a media type is called so
    """Keep an image, and let older ones go for it.

    Args:
        cache: the library.
        key: the article it belongs to.
        url: its address.
        type: its media type.
        data: its bytes.
        budget: how many bytes all images may take.
        now: seconds since 1970, UTC.

    Returns:
        Whether it is kept; an image of more than a quarter of the budget is not.

    Raises:
        LibraryError: the file cannot be written.
    """
    if len(data) * 4 > budget or not data:
        return False
    with cache.writing("an image could not be kept") as connection:
        connection.execute(
            "INSERT INTO pictures (url, article, type, size, used, bytes) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET article = excluded.article, type = excluded.type,"
            " size = excluded.size, used = excluded.used, bytes = excluded.bytes",
            (canonical_url(url), key, type, len(data), now, data),
        )
        _evict(connection, budget)
    return True


def _evict(connection: sqlite3.Connection, budget: int) -> None:
    (total,) = connection.execute("SELECT coalesce(sum(size), 0) FROM pictures").fetchone()
    old = []
    # The one that came last is the last to go, whatever the clock says.
    for number, size in connection.execute("SELECT number, size FROM pictures ORDER BY used, number"):
        if total <= budget:
            break
        old.append((number,))
        total -= size
    connection.executemany("DELETE FROM pictures WHERE number = ?", old)


def of(cache: Cache, url: str, *, now: int) -> Picture | None:
    """Give an image by its address, None when it is not kept; it counts as looked at now."""
    connection, name = cache.connection, canonical_url(url)
    found = connection.execute("SELECT type, bytes, used FROM pictures WHERE url = ?", (name,)).fetchone()
    if found is None:
        return None
    kind, data, used = found
    if now - used > _DAY:
        # Only for choosing which go first: a library that cannot be written to shows its images none the less.
        with suppress(sqlite3.Error):
            connection.execute("UPDATE pictures SET used = ? WHERE url = ?", (now, name))
    return Picture(kind, data)


def head(cache: Cache, url: str, most: int) -> bytes:
    """Give the first bytes of an image without reading the others, none when it is not kept."""
    connection = cache.connection
    found = connection.execute("SELECT number FROM pictures WHERE url = ?", (canonical_url(url),)).fetchone()
    if found is None:
        return b""
    try:
        with connection.blobopen("pictures", "bytes", found[0], readonly=True) as data:
            return data.read(most)
    except sqlite3.Error:  # it went between the two
        return b""


def has(cache: Cache, urls: Sequence[str]) -> set[str]:
    """Give those of some addresses whose images are kept."""
    names = {url: canonical_url(url) for url in urls}
    wanted = list(set(names.values()))
    kept: set[str] = set()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        found = cache.connection.execute(f"SELECT url FROM pictures WHERE url IN ({','.join('?' * len(some))})", some)
        kept.update(url for (url,) in found)
    return {url for url, name in names.items() if name in kept}

"""What each source answered when it was last asked: validators, errors, and when to ask again."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Final

from reader.model.source import REMOVED
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.storage.cache import Cache


FARTHEST: Final = 103_680
"""Seconds: nothing is due later than in a day and a fifth; what seems to be was noted by a wrong clock."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One source's state; times are in seconds since 1970, UTC.

    `etag` and `modified` are the validators as they came, `address` where they came from after redirects,
    `digest` tells the body that was read last.
    `checked` is when it was last asked, `succeeded` when that last went well, `failures` how often in a
    row it did not, and `error` why, in words. It is to be asked again at `due`; `every` is the
    number of seconds between two looks. `gone` tells that its publisher ended it. `title` is what it
    calls itself.
    """

    source: str
    etag: str = ""
    modified: str = ""
    digest: str = ""
    checked: int | None = None
    succeeded: int | None = None
    failures: int = 0
    error: str = ""
    due: int = 0
    gone: bool = False
    every: int = 3600
    address: str = ""
    title: str = ""


_FIELDS: Final = ", ".join(field.name for field in fields(Fetch))
_PUT: Final = (
    f"INSERT OR REPLACE INTO fetches ({_FIELDS}) SELECT {', '.join('?' * len(fields(Fetch)))}"
    " WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = ? AND kind = ?)"
)


def read(cache: Cache, source: str) -> Fetch:
    """Give the state of a source, a fresh one when it was never asked."""
    found = cache.connection.execute(f"SELECT {_FIELDS} FROM fetches WHERE source = ?", (source,)).fetchone()
    return Fetch(source) if found is None else _fetch(*found)


def all(cache: Cache) -> dict[str, Fetch]:  # noqa: A001 -- read as `fetches.all`
    """Give the states of all sources that were ever asked, by source."""
    return {values[0]: _fetch(*values) for values in cache.connection.execute(f"SELECT {_FIELDS} FROM fetches")}


def filled(cache: Cache) -> set[str]:
    """Give the sources that have articles: of the others nothing is kept that an answer could leave as it is."""
    found = cache.connection.execute("""
        SELECT id FROM sources s WHERE EXISTS (SELECT 1 FROM articles a WHERE a.source = s.key)
        OR key IN (SELECT source FROM shared)
    """)
    return {name for (name,) in found}


def soonest(cache: Cache, now: int) -> int | None:
    """Give when the next of the sources known here is due; None when there is none."""
    statement = "SELECT min(iif(due > :now + :farthest, :now, due)) FROM fetches WHERE NOT gone"
    found: int | None = cache.connection.execute(statement, {"now": now, "farthest": FARTHEST}).fetchone()[0]
    return found


def write(cache: Cache, fetch: Fetch) -> None:
    """Keep the state of a source.

    Raises:
        LibraryError: the file cannot be written.
    """
    write_all(cache, (fetch,))


def write_all(cache: Cache, fetches: Iterable[Fetch]) -> None:
    """Keep the states of many sources, all or none; not of those that were removed while they were asked.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("what the sources answered could not be kept") as connection:
        connection.executemany(_PUT, ((*astuple(fetch), fetch.source, REMOVED) for fetch in fetches))


def forget(cache: Cache, source: str) -> None:
    """Forget the state of a source, so that it is asked anew.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("what a source answered could not be forgotten") as connection:
        connection.execute("DELETE FROM fetches WHERE source = ?", (source,))


def _fetch(
    source: str, etag: str, modified: str, digest: str, checked: int | None, succeeded: int | None,
    failures: int, error: str, due: int, gone: int, every: int, address: str, title: str,
) -> Fetch:  # fmt: skip
    answered = (etag, modified, digest, checked, succeeded, failures, error, due)
    return Fetch(source, *answered, bool(gone), every, address, title)

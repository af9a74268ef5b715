"""newsboat's cache.db, read: the one database of another program that is ever opened here.

It is opened read-only and immutable, so that nothing beside it is made or looked at; and as if somebody had made it
to harm: it may hold nothing but two plain tables, no view, trigger or function of its schema is ever run, and rows,
texts and time are bounded. To be used in a process that can be ended.
"""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 1_000_000
"""More articles than newsboat can be used with."""

TEXT: Final = 4_000_000
"""Characters of one text that are read."""

AT_ONCE: Final = 1_000
TEXTS_AT_ONCE: Final = 8_000_000
"""Rows, and characters of their texts, that are given at once."""

_SECONDS: Final = 15.0
_STEPS: Final = 100_000
_NEEDED: Final = ("guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread")
_PERHAPS: Final = ("enclosure_url", "enclosure_type", "flags", "base")
_MADE_UP: Final = "it is a database made to look like newsboat's: it is not read"
_RECKONED: Final = re.compile(r"\b(?:AS|GENERATED|VIRTUAL)\b", re.IGNORECASE)
"""What a table has whose columns are reckoned when they are read: functions in them are asked nobody's leave."""
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_FUNCTIONS: Final = frozenset({"substr", "count", "sum", "max", "min"})


class ForeignError(Exception):
    """A file is no database of newsboat's, or is damaged; the message says which."""


def newsboat_counts(path: str) -> tuple[int, int, int, int]:
    """Count what is in a cache.db.

    Args:
        path: the file.

    Returns:
        How many articles there are, how many of them are unread, how many feeds, and how many articles newsboat
        holds for deleted: these are never given.

    Raises:
        ForeignError: it cannot be read.
    """
    with closing(_Opened(path)) as opened:
        live, unread, deleted = opened.counts()
        return live, unread, opened.number("SELECT count(*) FROM rss_feed"), deleted


def newsboat_feeds(path: str) -> list[tuple[str, str, str]]:
    """Give the feeds of a cache.db: address, the site's address, title.

    Raises:
        ForeignError: it cannot be read.
    """
    with closing(_Opened(path)) as opened:
        columns = ", ".join(f"substr({name}, 1, 4096)" for name in ("rssurl", "url", "title"))
        statement = f"SELECT {columns} FROM rss_feed LIMIT 10000"
        return [(_text(a), _text(b), _text(c)) for a, b, c in opened.rows(statement)]


def newsboat_articles(path: str, after: int = 0) -> list[tuple[object, ...]]:
    """Give some articles of a cache.db in the order in which newsboat got them, deleted ones left out.

    Args:
        path: the file.
        after: the id of the last that was given before.

    Returns:
        For each its id, guid, title, author, address, feed's address, moment, text in HTML, whether it is unread,
        the enclosure's address and type, flags, and the address that its links are relative to; as they are there.

    Raises:
        ForeignError: it cannot be read.
    """
    with closing(_Opened(path)) as opened:
        found, held = [], 0
        for row in opened.articles(after):
            found.append(row)
            held += sum(len(value) for value in row if isinstance(value, str))
            if held > TEXTS_AT_ONCE:
                break
        return found


class _Opened:
    """A cache.db, opened."""

    def __init__(self, path: str) -> None:
        try:
            self._connection = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True)
        except sqlite3.Error as error:
            raise ForeignError(f"it cannot be opened ({error})") from error
        try:
            self._bound()
            self._columns = self._looked_at()
        except BaseException:
            self._connection.close()
            raise

    def _bound(self) -> None:
        """Let nothing that the file holds do more than be read."""
        connection, until = self._connection, time.monotonic() + _SECONDS
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 16 * TEXT)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
        for pragma in ("trusted_schema = 0", "cell_size_check = 1", "query_only = 1", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)

        def may(action: int, one: str | None, two: str | None, *_: object) -> int:
            del one
            fine = action in _ALLOWED or (action == sqlite3.SQLITE_FUNCTION and two in _FUNCTIONS)
            return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

        connection.set_authorizer(may)

    def _looked_at(self) -> frozenset[str]:
        """Give the columns of the articles; both tables must be plain ones."""
        named = "FROM sqlite_master WHERE name IN ('rss_item', 'rss_feed') ORDER BY name LIMIT 10"
        told = list(self.rows(f"SELECT name, type, substr(sql, 1, 10000) {named}"))
        if [one[:2] for one in told] != [("rss_feed", "table"), ("rss_item", "table")]:
            raise ForeignError("it is a database, but not newsboat's cache.db: only that can be read")
        made = _text(told[1][2])
        if any(_RECKONED.search(_text(one[2])) for one in told):
            raise ForeignError(_MADE_UP)
        columns = frozenset(name for name in (*_NEEDED, *_PERHAPS, "deleted") if name.casefold() in made.casefold())
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            raise ForeignError(f"it is a cache.db of another newsboat: rss_item has no {missing[0]}")
        return columns

    @property
    def _live(self) -> str:
        return "deleted = 0" if "deleted" in self._columns else "1"

    def counts(self) -> tuple[int, int, int]:
        """Count articles, those of them that are unread, and the deleted ones."""
        all_of = self.number("SELECT count(*) FROM rss_item")
        live = self.number(f"SELECT count(*) FROM rss_item WHERE {self._live}")
        return live, self.number(f"SELECT count(*) FROM rss_item WHERE {self._live} AND unread <> 0"), all_of - live

    def articles(self, after: int) -> Iterator[tuple[object, ...]]:
        """Give articles after the one of an id."""
        names = (name if name in self._columns else "NULL" for name in (*_NEEDED, *_PERHAPS))
        columns = ", ".join(name if name in {"pubDate", "unread"} else f"substr({name}, 1, {TEXT})" for name in names)
        statement = f"SELECT id, {columns} FROM rss_item WHERE id > ? AND {self._live} ORDER BY id LIMIT {AT_ONCE}"
        return self.rows(statement, after)

    def number(self, statement: str) -> int:
        """Give the one number that a statement asks for."""
        found = next(iter(self.rows(statement)), (0,))[0]
        return found if isinstance(found, int) else 0

    def rows(self, statement: str, *values: int) -> Iterator[tuple[object, ...]]:
        """Give the rows of a statement of ours."""
        try:
            yield from self._connection.execute(statement, values)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
            raise ForeignError(_why(error)) from error

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


def _why(error: Exception) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return "it takes too long to be read: it is damaged, or far too large"
    if name == "SQLITE_AUTH" or "not authorized" in str(error):
        return _MADE_UP
    return f"it is a damaged database ({error}): run `newsboat -X` and try again"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

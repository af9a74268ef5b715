"""library.db, written: entries come in, known articles are found again, new ones added."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reader.model.identity import article_id, canonical_url, fingerprint, word_count
from reader.storage.cache import LibraryError
from reader.storage.order import USUAL_ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.article import Entry
    from reader.model.source import Source
    from reader.storage.cache import Cache

EXCERPT: Final = 600
"""Characters of an excerpt that a row keeps; two lines of a list never show more."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the entries of one page: keys of new articles, counts of changed and of unchanged ones."""

    new: tuple[int, ...]
    changed: int
    known: int


@dataclass(frozen=True, slots=True)
class _Known:
    key: int
    source: int
    title: str
    author: str | None
    section: str | None
    text: str


def add(cache: Cache, source: Source, entries: Sequence[Entry], now: int) -> Added:
    """Take in one edition of a source: add what is new, update what changed, touch nothing else.

    Args:
        cache: the library to add to.
        source: where the entries come from; its name is mirrored.
        entries: what came, in the order of the page.
        now: seconds since 1970, UTC.

    Raises:
        LibraryError: the file cannot be written; nothing of this page was added then.
    """
    connection = cache.connection
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            added = _Intake(connection, source, now).take(entries)
            connection.execute("DELETE FROM kept WHERE name = ?", (USUAL_ORDER,))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise LibraryError(f"nothing could be added: {error}") from error
    return added


class _Intake:
    """One page on its way in."""

    def __init__(self, connection: sqlite3.Connection, source: Source, now: int) -> None:
        self._connection, self._source, self._now = connection, source, now
        self._key, self._edition = connection.execute(
            "INSERT INTO sources (id, kind, title, location, edition) VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title,"
            " location = excluded.location, edition = edition + 1 RETURNING key, edition",
            (source.id, source.kind, source.title, source.location),
        ).fetchone()
        self._claimed: set[int] = set()

    def take(self, entries: Sequence[Entry]) -> Added:
        matches = [self._exact(entry) for entry in entries]
        new: list[int] = []
        changed = 0
        for position, entry in enumerate(entries):
            known = matches[position] or self._renewed(entry)
            if known is None:
                new.append(self._insert(entry, position))
                continue
            changed += self._update(known, entry, position)
        return Added(tuple(new), changed, len(entries) - len(new) - changed)

    def _exact(self, entry: Entry) -> _Known | None:
        """Find the article an entry certainly is, so that a twin with the same headline does not take it."""
        if entry.guid is not None:
            found = self._find("a.source = ? AND a.guid = ?", (self._key, entry.guid))
        elif entry.url is not None:
            found = self._find("a.url_key = ?", (canonical_url(entry.url),))
        else:
            title = (self._key, fingerprint(entry.title))
            found = [
                known for known in self._find("a.source = ? AND a.title_key = ?", title) if known.text == _text(entry)
            ]
        return self._claim(found)

    def _renewed(self, entry: Entry) -> _Known | None:
        """Find the article by the weaker signs: its address in any source, its headline in this one."""
        found: list[_Known] = []
        if entry.url is not None:
            found = self._find("a.url_key = ?", (canonical_url(entry.url),))
        return self._claim(
            found or self._find("a.source = ? AND a.title_key = ?", (self._key, fingerprint(entry.title)))
        )

    def _find(self, where: str, values: tuple[object, ...]) -> list[_Known]:
        statement = (
            "SELECT a.key, a.source, a.title, a.author, a.section, b.text"
            f" FROM articles a JOIN bodies b USING (key) WHERE {where} ORDER BY a.key"
        )
        return [_Known(*values) for values in self._connection.execute(statement, values)]

    def _claim(self, found: list[_Known]) -> _Known | None:
        for known in found:
            if known.key not in self._claimed:
                self._claimed.add(known.key)
                return known
        return None

    def _insert(self, entry: Entry, position: int) -> int:
        text = _text(entry)
        values = (
            self._new_id(entry), self._key, entry.guid, canonical_url(entry.url) if entry.url else None,
            fingerprint(entry.title), entry.title, entry.author, entry.section, entry.url, entry.published,
            self._now, self._edition, position, word_count(text), entry.cut, _excerpt(entry),
        )  # fmt: skip
        key = self._connection.execute(
            "INSERT INTO articles (id, source, guid, url_key, title_key, title, author, section, url, published,"
            " added, edition, position, words, cut, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        ).lastrowid
        assert key is not None  # noqa: S101 -- an INSERT that did not raise has a row
        self._connection.execute(
            "INSERT INTO bodies VALUES (?, ?, ?, ?)", (key, text, entry.markdown, "\n".join(entry.meta))
        )
        self._index(key, entry.title, entry.author, entry.section, text)
        self._claimed.add(key)
        return key

    def _new_id(self, entry: Entry) -> int:
        if entry.guid is not None:
            identity: tuple[str, ...] = ("guid", self._source.id, entry.guid)
        elif entry.url is not None:
            identity = ("url", canonical_url(entry.url))
        else:
            identity = ("title", self._source.id, fingerprint(entry.title))
        made = article_id(*identity)
        twins = 0
        while self._connection.execute("SELECT 1 FROM articles WHERE id = ?", (made,)).fetchone():
            made = article_id(*identity, fingerprint(_text(entry)), str(twins))
            twins += 1
        return made

    def _update(self, known: _Known, entry: Entry, position: int) -> bool:
        """Give a known article its new place and, if this source brought it, its new content; tell if that changed."""
        if known.source != self._key:
            return False
        text = _text(entry)
        author, section = entry.author or known.author, entry.section or known.section
        changed = (known.title, known.author, known.section, known.text) != (
            entry.title,
            author,
            section,
            text,
        )
        self._connection.execute(
            "UPDATE articles SET title = ?, title_key = ?, author = ?, section = ?, url = coalesce(?, url),"
            " published = coalesce(?, published), words = ?, cut = ?, excerpt = ?, edition = ?, position = ?"
            " WHERE key = ?",
            (
                entry.title, fingerprint(entry.title), author, section, entry.url, entry.published,
                word_count(text), entry.cut, _excerpt(entry), self._edition, position, known.key,
            ),
        )  # fmt: skip
        if changed:
            self._connection.execute(
                "UPDATE bodies SET text = ?, markdown = ?, meta = ? WHERE key = ?",
                (text, entry.markdown, "\n".join(entry.meta), known.key),
            )
            self._connection.execute(
                "INSERT INTO words (words, rowid, title, author, section, body) VALUES ('delete', ?, ?, ?, ?, ?)",
                (known.key, known.title, known.author, known.section, known.text),
            )
            self._index(known.key, entry.title, author, section, text)
        return changed

    def _index(self, key: int, title: str, author: str | None, section: str | None, text: str) -> None:
        self._connection.execute(
            "INSERT INTO words (rowid, title, author, section, body) VALUES (?, ?, ?, ?, ?)",
            (key, title, author, section, text),
        )


def _text(entry: Entry) -> str:
    return entry.excerpt if entry.body is None else entry.body


def _excerpt(entry: Entry) -> str:
    text = " ".join((entry.excerpt or ("" if entry.markdown else entry.body or "")).split())
    return text if len(text) <= EXCERPT else text[:EXCERPT]

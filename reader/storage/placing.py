"""An entry written to library.db: as a new article, or into the one that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.identity import article_id, changed_words, fingerprint, word_count
from reader.storage import details, former, indexing, pages
from reader.storage.matching import URLS
from reader.storage.shortening import shortened

if TYPE_CHECKING:
    import sqlite3

    from reader.model.article import Entry
    from reader.model.source import Source
    from reader.storage.coming import Coming
    from reader.storage.likeness import Known

_INSERT: Final = (
    "INSERT INTO articles (id, source, guid, url_key, title_key, title, author, section, url, published,"
    " added, edition, position, words, cut, excerpt, teaser, came)"
    f" VALUES ({', '.join('?' * 18)}) ON CONFLICT (id) DO NOTHING"
)


class Placed:
    """Where the articles of one page go, within a transaction of the caller.

    Args:
        connection: to library.db.
        source: who brings them.
        named: the source's key.
        edition: the number of the present edition; None when nothing is new and all is in order.
        now: seconds since 1970, UTC.
        moves: whether known articles are given a new place too.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: Source,
        named: int,
        edition: int | None,
        now: int,
        *,
        moves: bool,
    ) -> None:
        self._connection, self._source, self._named = connection, source, named
        self._edition, self._now, self._moves = edition, now, moves
        self.written = 0
        """Characters of text that the last entry made to be written."""

    def insert(self, one: Coming, position: int) -> int:
        """Add a new article, and give its key."""
        entry, text = one.entry, one.text
        key = self._insert_row(one, position)
        self._connection.execute(
            "INSERT INTO bodies (key, text, markdown, meta, updated, language, image, comments)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                text,
                entry.markdown,
                "\n".join(entry.meta),
                entry.updated,
                entry.language,
                entry.image,
                entry.comments,
            ),
        )
        details.write_lists(self._connection, key, entry)
        indexing.put_new(self._connection, key, entry.title, entry.author, entry.section, text)
        self.written = len(text)
        return key

    def _insert_row(self, one: Coming, position: int) -> int:
        """Add what a list shows, under an id that no other article has."""
        identity = self._identity(one)
        made, twins = article_id(*identity), 0
        while True:
            done = self._connection.execute(_INSERT, (made, *self._values(one, position)))
            if done.rowcount:
                assert done.lastrowid is not None  # noqa: S101 -- an INSERT of a row has one
                return done.lastrowid
            made = article_id(*identity, fingerprint(one.text), str(twins))
            twins += 1

    def _values(self, one: Coming, position: int) -> tuple[object, ...]:
        entry = one.entry
        return (
            self._named, one.guid, one.url_key, one.title_key, entry.title, entry.author, entry.section, entry.url,
            entry.published, self._now, self._edition, position, word_count(one.text), entry.cut, _excerpt(entry),
            entry.body is None, one.digest,
        )  # fmt: skip

    def _identity(self, one: Coming) -> tuple[str, ...]:
        if one.guid is not None:
            return ("guid", self._source.id, one.guid)
        if one.url_key is not None:
            return ("url", one.url_key)
        return ("title", self._source.id, one.title_key)

    def update(self, known: Known, one: Coming, position: int) -> bool:
        """Give a known article its new place and, if this source brought it, its new content; tell if that changed."""
        self.written = 0
        if known.source != self._named:
            self._share(known, one)
            return False
        if self._moves:
            self._connection.execute(
                "UPDATE articles SET edition = ?, position = ? WHERE key = ?", (self._edition, position, known.key)
            )
        if known.came == one.digest:
            return False
        return self._renew(known, one)

    def _share(self, known: Known, one: Coming) -> None:
        """Take note that this source has the article too."""
        self._connection.execute(
            "INSERT INTO shared (key, source, guid) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET guid = excluded.guid, follows = 0 WHERE follows",
            (known.key, self._named, one.guid),
        )

    def _renew(self, known: Known, one: Coming) -> bool:
        key, entry = known.key, one.entry
        old = self._connection.execute(
            "SELECT a.title, a.author, a.section, b.text, b.markdown, coalesce(p.shown, 0)"
            " FROM articles a JOIN bodies b USING (key) LEFT JOIN pages p USING (key) WHERE a.key = ?",
            (key,),
        ).fetchone()
        if old is None:
            return False
        *named, text, markdown, shown = old
        new = [entry.title, entry.author or named[1], entry.section or named[2]]
        changed = [*named, text, bool(markdown)] != [*new, one.text, entry.markdown]
        if changed:
            indexing.take_out(self._connection, key)
        self._rename(known, one)
        self._write(key, one, new, shown=bool(shown))
        if text != one.text and changed_words(text, one.text):
            former.keep(self._connection, key, text, markdown=bool(markdown), until=self._now)
            self._connection.execute("UPDATE articles SET revised = ? WHERE key = ?", (self._now, key))
            pages.outdated(self._connection, key)
        if changed:
            indexing.put(self._connection, key)
            self.written = len(one.text)
        return changed

    def _rename(self, known: Known, one: Coming) -> None:
        """Remember the guid and the address that the article had before."""
        for source, old, new in ((self._named, known.guid, one.guid), (URLS, known.url_key, one.url_key)):
            if None not in (old, new) and old != new:
                self._connection.execute("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)", (old, source, known.key))

    def _write(self, key: int, one: Coming, named: list[str | None], *, shown: bool) -> None:
        entry, text = one.entry, one.text
        said = (word_count(text), entry.cut, _excerpt(entry))
        self._connection.execute(
            "UPDATE articles SET guid = coalesce(?, guid), url_key = coalesce(?, url_key), title_key = ?, title = ?,"
            " author = ?, section = ?, url = coalesce(?, url), published = coalesce(?, published), teaser = ?, came = ?"
            " WHERE key = ?",
            (
                one.guid, one.url_key, one.title_key, *named, entry.url, entry.published,
                entry.body is None, one.digest, key,
            ),
        )  # fmt: skip
        # While the page is shown, the list tells of the page.
        where = "pages" if shown else "articles"
        self._connection.execute(f"UPDATE {where} SET words = ?, cut = ?, excerpt = ? WHERE key = ?", (*said, key))
        self._connection.execute(
            "UPDATE bodies SET text = ?, markdown = ?, meta = ?, updated = coalesce(?, updated),"
            " language = coalesce(?, language), image = coalesce(?, image), comments = coalesce(?, comments)"
            " WHERE key = ?",
            (
                text,
                entry.markdown,
                "\n".join(entry.meta),
                entry.updated,
                entry.language,
                entry.image,
                entry.comments,
                key,
            ),
        )
        details.renew_lists(self._connection, key, entry)


def _excerpt(entry: Entry) -> str:
    return shortened(entry.excerpt or ("" if entry.markdown else entry.body or ""))

"""library.db, written: entries come in, known articles are found again, new ones added."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reader.storage import mirror, order, pruning, stories
from reader.storage.coming import prepared
from reader.storage.matching import Matcher
from reader.storage.placing import Placed
from reader.storage.shortening import EXCERPT as EXCERPT
from reader.values import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from reader.model.article import Entry
    from reader.model.source import Source
    from reader.storage.cache import Cache
    from reader.storage.coming import Coming
    from reader.storage.likeness import Known

AT_ONCE: Final = 400
TEXT_AT_ONCE: Final = 600_000
"""Entries, and characters of them, in one transaction: others who write are kept waiting a tenth of a second."""

SKEW: Final = 3600
"""Seconds by which a publisher's clock may be ahead; what is dated later was never published then."""

_GAP: Final = 0.003
"""Seconds between two transactions, for another writer to have its turn."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the entries of one page: keys of new and of changed articles, and the count of all others.

    `keys` has the article of each entry, in their order; 0 for one that repeated another.
    """

    new: tuple[int, ...]
    changed: tuple[int, ...]
    known: int
    keys: tuple[int, ...] = ()


def add(cache: Cache, source: Source, entries: Sequence[Entry], now: int) -> Added:
    """Take in one edition of a source: add what is new, update what changed, touch nothing else.

    A long edition is taken in by several transactions, so that another process that writes need not wait
    long; each leaves the library consistent. A source that the user removed takes nothing in.

    Args:
        cache: the library to add to.
        source: where the entries come from; its name is mirrored.
        entries: what came, in the order of the page.
        now: seconds since 1970, UTC.

    Raises:
        LibraryError: the file cannot be written; the transactions before are kept.
    """
    coming = prepared([_not_ahead(entry, now) for entry in entries])
    page = _Page(cache, source, coming, now)
    while not page.done:
        page.take_some()
    return page.added()


class _Page:
    """One page on its way in."""

    def __init__(self, cache: Cache, source: Source, coming: Sequence[Coming | None], now: int) -> None:
        self._cache, self._source, self._coming, self._now = cache, source, list(coming), now
        self._at = 0
        self._version = -1
        self._refused = False
        self._edition: int | None = None
        self._moves = False
        self._matches: list[Known | None] = []
        self._keys: list[int] = []
        self._new: list[int] = []
        self._changed: list[int] = []
        self.done = False

    def added(self) -> Added:
        """Tell what became of the entries."""
        if self._refused:
            return Added((), (), 0)
        known = len(self._keys) - len(self._new) - len(self._changed)
        return Added(tuple(self._new), tuple(self._changed), known, tuple(self._keys))

    def take_some(self) -> None:
        """Take in as much as one transaction may."""
        if self._at:
            time.sleep(_GAP)
        with self._cache.writing("nothing could be added" if not self._at else "not all could be added") as connection:
            named = mirror.take(connection, self._source)
            if named is None:
                self._refused = self.done = True
                return
            self._match(connection, named)
            placed = Placed(connection, self._source, named, self._edition, self._now, moves=self._moves)
            before = len(self._new), len(self._changed)
            fresh = self._take(placed)
            if self._cache.same_story():
                stories.pair(connection, self._source, fresh, self._now)
            if self._edition is not None or (len(self._new), len(self._changed)) != before:
                order.changed(connection)
        self.done = self._at >= len(self._coming)

    def _match(self, connection: sqlite3.Connection, named: int) -> None:
        """Find the articles of the entries, again if another process wrote since."""
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        first = self._version == -1
        self._version = version
        self._matches = Matcher(connection, named, self._coming, self._keys).run()
        pairs = enumerate(zip(self._matches, self._coming, strict=True))
        new = [(at, one) for at, (known, one) in pairs if at >= self._at and known is None and one is not None]
        for at in pruning.came_again(connection, self._source, named, new):
            self._coming[at] = None
        left = list(zip(self._matches, self._coming, strict=True))[self._at :]
        found = [known for known, one in left if one is not None]
        if first:
            self._moves = not _in_order(connection, named, found)
        if self._edition is None and (self._moves or None in found):
            self._edition = mirror.next_edition(connection, named)

    def _take(self, placed: Placed) -> list[tuple[int, Coming]]:
        """Take in some entries, and give those that are new with their keys."""
        fresh: list[tuple[int, Coming]] = []
        start = self._at
        characters = 0
        while self._at < len(self._coming) and self._at - start < AT_ONCE and characters < TEXT_AT_ONCE:
            index, one = self._at, self._coming[self._at]
            self._at += 1
            if one is None:
                self._keys.append(0)
                continue
            known = self._matches[index]
            if known is None:
                key = placed.insert(one, index)
                self._new.append(key)
                fresh.append((key, one))
            else:
                key = known.key
                if placed.update(known, one, index):
                    self._changed.append(key)
            characters += placed.written
            self._keys.append(key)
        return fresh


def _in_order(connection: sqlite3.Connection, named: int, found: Sequence[Known | None]) -> bool:
    """Tell whether the known articles of a page lead their source in its order, and nothing new is among them.

    Then they stay where they are, below what is new: most pages come with one article more on top.
    """
    own = [known for known in found if known is None or known.source == named]
    places = [(-known.edition, known.position) for known in own if known is not None]
    if None in own[len(own) - len(places) :] or any(one >= other for one, other in pairwise(places)):
        return False
    if not places:
        return True
    edition, position = -places[-1][0], places[-1][1]
    (ahead,) = connection.execute(
        "SELECT count(*) FROM articles WHERE source = ?1 AND (edition > ?2 OR edition = ?2 AND position <= ?3)",
        (named, edition, position),
    ).fetchone()
    return bool(ahead == len(places))


def _not_ahead(entry: Entry, now: int) -> Entry:
    """Drop dates in the future, so that nothing stays on top for ever."""
    published, updated = _until(entry.published, now), _until(entry.updated, now)
    if published == entry.published and updated == entry.updated:
        return entry
    return replace(entry, published=published, updated=updated)


def _until(moment: int | None, now: int) -> int | None:
    if moment is None or moment <= now:
        return moment
    return now if moment <= now + SKEW else None

"""Which articles follow another one that tells the same story; see `stories`, which is for those that write."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from reader.storage.order import content

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

LISTED: Final = "{key} NOT IN (SELECT key FROM stories WHERE key <> leader)"
"""The condition of being listed: an article that follows another is not."""


class Following:
    """Knows which articles follow which, as long as nothing changes."""

    def __init__(self) -> None:
        self._known: tuple[str, dict[int, int]] = ("", {})

    def leaders(self, connection: sqlite3.Connection) -> dict[int, int]:
        """Give for each article that follows another the one that leads."""
        edition = content(connection)
        if self._known[0] != edition:
            asked = "SELECT key, leader FROM stories WHERE key <> leader"
            self._known = edition, dict(connection.execute(asked).fetchall())
        return self._known[1]

    def listed(self, connection: sqlite3.Connection, keys: array[int], *, led: bool) -> array[int]:
        """Leave out of some articles those that follow another.

        Args:
            connection: the library's.
            keys: the articles.
            led: whether the leading articles come in the place of those that follow.
        """
        leaders = self.leaders(connection)
        if leaders.keys().isdisjoint(keys):
            return keys
        listed = array("I", [key for key in keys if key not in leaders])
        if led:
            there = set(listed)
            listed.extend({leaders[key] for key in keys if key in leaders} - there)
        return listed

    def lent(self, connection: sqlite3.Connection, flags: bytes) -> bytes:
        """Give a byte for each key where what follows has the byte of what leads: it is listed as that, if at all."""
        leaders = self.leaders(connection)
        if not leaders:
            return flags
        lent = bytearray(flags)
        lent.extend(bytes(max(0, max(leaders) + 1 - len(lent))))
        for key, leader in leaders.items():
            lent[key] = lent[leader]
        return bytes(lent)


def counts(connection: sqlite3.Connection) -> dict[int, int]:
    """Count by source the articles that follow another; faster than to leave them out of what is counted."""
    asked = "SELECT a.source, count(*) FROM stories t JOIN articles a USING (key) WHERE key <> leader GROUP BY a.source"
    return dict(connection.execute(asked).fetchall())


def others(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Give the titles of the other sources that brought some articles, or the same story."""
    found: dict[int, list[str]] = {}
    marks = ",".join("?" * len(keys))
    asked = (
        f"SELECT h.key, s.title FROM shared h JOIN sources s ON s.key = h.source WHERE h.key IN ({marks}) ORDER BY 2, 1"
    )
    for key, title in connection.execute(asked, keys):
        found.setdefault(key, []).append(title)
    return {key: tuple(titles) for key, titles in found.items()}


def story(connection: sqlite3.Connection, key: int) -> list[int]:
    """Give the articles of the story that one belongs to, the leading one first; itself where there is no other."""
    (leader,) = connection.execute(
        "SELECT coalesce((SELECT leader FROM stories WHERE key = ?1), ?1)", (key,)
    ).fetchone()
    more = "SELECT key FROM stories WHERE leader = ?1 AND key <> ?1 ORDER BY key"
    return [leader, *(one for (one,) in connection.execute(more, (leader,)))]


def among(connection: sqlite3.Connection, keys: Iterable[int]) -> list[int]:
    """Give those of some articles, few, that follow another."""
    some = list(keys)
    asked = f"SELECT key FROM stories WHERE key IN ({','.join('?' * len(some))}) AND key <> leader"
    return [one for (one,) in connection.execute(asked, some)]

"""The same story from several sources: one article leads and is listed, the others follow it and stay as they are.

Every headline that can be told from others leaves a sign: eight days, and a hash of what it says. An entry that
finds its sign among those of the same days may be of a story; then all the articles of that sign are parted into
stories anew, in an order that does not depend on which came first. A story has one article of each source, within
three days, and the one that came first leads. What one source says again after more than that is a column, and
nothing of that sign is a story any more.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from reader.model.source import FETCHED
from reader.model.stories import said
from reader.storage import order
from reader.storage.database import AT_ONCE
from reader.values import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from reader.model.source import Source
    from reader.storage.cache import Cache
    from reader.storage.coming import Coming

KINDS: Final = FETCHED | {"listing"}
"""Kinds of sources that tell news; what the user gave us one by one is wanted for itself."""

APART: Final = 3 * 86_400
"""Seconds between the first and the last article of a story, at most."""

_STRETCH: Final = 8 * 86_400
"""Seconds that one sign is for: with the stretches beside it a weekly column is seen to be one."""

_BITS: Final = 40
_HASH: Final = (1 << _BITS) - 1
_REACH: Final = 8
"""Stretches, before and after, that articles of one headline are sought in."""
_MOST: Final = 200
"""Articles of one sign that are looked at; what so many say is no headline."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An article that may be of a story."""

    moment: int
    name: str
    key: int
    source: int
    alone: bool


def pair(connection: sqlite3.Connection, source: Source, fresh: Iterable[tuple[int, Coming]], now: int) -> None:
    """Find the stories of new articles, in a transaction of the caller.

    Args:
        connection: to library.db.
        source: who brought them.
        fresh: their keys, and what came.
        now: seconds since 1970, for what has no date.
    """
    if source.kind not in KINDS:
        return
    signs = []
    for key, one in fresh:
        sign = _sign(one.entry.title, source.title, now if one.entry.published is None else one.entry.published)
        if sign is not None:
            signs.append((sign, key))
    beside = list({sign + (step << _BITS) for sign, _ in signs for step in (-1, 0, 1)})
    known = _known(connection, beside)
    connection.executemany("INSERT OR IGNORE INTO headlines (sign, key) VALUES (?, ?)", sorted(signs))
    # Two of one edition may be a column.
    met = known | {sign for sign, count in Counter(sign & _HASH for sign, _ in signs).items() if count > 1}
    done = set()
    for sign, _ in signs:
        if sign & _HASH in met and sign not in done:
            done.add(sign)
            _tell_apart(connection, sign)


def _sign(title: str, source: str, moment: int) -> int | None:
    words = said(title, source)
    if not words:
        return None
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest()
    return (max(0, moment) // _STRETCH << _BITS) | int.from_bytes(digest, "big")


def _known(connection: sqlite3.Connection, signs: Sequence[int]) -> set[int]:
    """Give the hashes of those signs that articles have."""
    found = set()
    for start in range(0, len(signs), AT_ONCE):
        some = signs[start : start + AT_ONCE]
        asked = f"SELECT DISTINCT sign FROM headlines WHERE sign IN ({','.join('?' * len(some))})"
        found |= {sign & _HASH for (sign,) in connection.execute(asked, some)}
    return found


def _tell_apart(connection: sqlite3.Connection, sign: int) -> None:
    """Part the articles of a sign, and of those beside it, into stories, whatever they were parted into before."""
    hashed = sign & _HASH
    if connection.execute("SELECT 1 FROM columns WHERE hash = ?", (hashed,)).fetchone() is not None:
        return
    told = _told(connection, sign)
    if len(told) > _MOST or _is_column(told):
        connection.execute("INSERT OR IGNORE INTO columns VALUES (?)", (hashed,))
        found = "SELECT key, leader FROM stories WHERE hash = ? AND key <> leader"
        before = dict(connection.execute(found, (hashed,)).fetchall())
        leaders: dict[int, int] = {}
    else:
        leaders = _leaders(told)
        keys = json.dumps([one.key for one in told])
        found = "SELECT key, leader FROM stories WHERE key IN (SELECT value FROM json_each(?)) AND key <> leader"
        before = dict(connection.execute(found, (keys,)).fetchall())
    if before == leaders:
        return
    connection.executemany("DELETE FROM stories WHERE key = ?", [(key,) for key in before])
    rows = [(key, leader, hashed) for key, leader in leaders.items()]
    connection.executemany("INSERT OR REPLACE INTO stories (key, leader, hash) VALUES (?, ?, ?)", rows)
    _share(connection, {*before.values(), *leaders.values()})
    order.changed(connection)


def _told(connection: sqlite3.Connection, sign: int) -> list[_Told]:
    """Give the articles of a sign, and of those beside it as far as there is one in each stretch."""
    asked = """
        SELECT coalesce(a.published, a.added), s.id, a.key, a.source, t.key IS NOT NULL
        FROM headlines h JOIN articles a USING (key) JOIN sources s ON s.key = a.source
        LEFT JOIN stories t ON t.key = a.key AND t.leader = t.key WHERE h.sign = ? LIMIT ?
    """
    found: list[_Told] = []
    for step in (1, -1):
        at = sign if step > 0 else sign - (1 << _BITS)
        for _ in range(_REACH):
            some = [_Told(*values) for values in connection.execute(asked, (at, _MOST + 1))]
            if not some and at != sign:
                break
            found += some
            at += step << _BITS
    return sorted(found, key=lambda one: (one.moment, one.name, one.key))


def _is_column(told: Sequence[_Told]) -> bool:
    first: dict[int, int] = {}
    return any(one.moment - first.setdefault(one.source, one.moment) > APART for one in told)


def _leaders(told: Sequence[_Told]) -> dict[int, int]:
    """Give for each article that follows another the one that leads."""
    stories: list[list[_Told]] = []
    for one in told:
        if one.alone:
            continue
        for story in stories:
            if one.moment - story[0].moment <= APART and all(one.source != other.source for other in story):
                story.append(one)
                break
        else:
            stories.append([one])
    leaders = {}
    for story in stories:
        leader = min(one.key for one in story)
        leaders.update({one.key: leader for one in story if one.key != leader})
    return leaders


def _share(connection: sqlite3.Connection, leaders: Iterable[int]) -> None:
    """Enter leaders under the sources of those that follow them."""
    for leader in leaders:
        connection.execute("DELETE FROM shared WHERE key = ? AND follows", (leader,))
        connection.execute(
            """
            INSERT OR IGNORE INTO shared (key, source, follows)
            SELECT t.leader, b.source, 1 FROM stories t JOIN (
                SELECT key, source FROM articles UNION ALL SELECT key, source FROM shared WHERE NOT follows
            ) b ON b.key = t.key
            WHERE t.leader = ?1 AND t.key <> ?1 AND b.source <> (SELECT source FROM articles WHERE key = ?1)
            """,
            (leader,),
        )


# -- parted and joined by the reader


def part(cache: Cache, keys: Collection[int]) -> bool:
    """Let articles stand for themselves for good; tells whether that changed what is listed.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the stories could not be parted") as connection:
        hashes = {}
        for key in keys:
            found = connection.execute("SELECT hash FROM stories WHERE key = ?1 OR leader = ?1", (key,)).fetchone()
            if found is not None:
                hashes[key] = found[0]
        _part(connection, hashes)
    return bool(hashes)


def join(cache: Cache, key: int) -> None:
    """Let an article, and those that were parted from it, be of one story again.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the stories could not be joined") as connection:
        sign = _sign_of(connection, key)
        if sign is not None:
            connection.execute("DELETE FROM stories WHERE hash = ? AND key = leader", (sign & _HASH,))
            _tell_apart(connection, sign)


def dissolve(cache: Cache) -> None:
    """Part all stories, since the reader wants none.

    Raises:
        LibraryError: the file cannot be written.
    """
    if cache.connection.execute("SELECT 1 FROM stories WHERE key <> leader LIMIT 1").fetchone() is None:
        return
    with cache.writing("the stories could not be parted") as connection:
        connection.execute("DELETE FROM stories WHERE key <> leader")
        connection.execute("DELETE FROM shared WHERE follows")
        order.changed(connection)


def _part(connection: sqlite3.Connection, hashes: dict[int, int]) -> None:
    for key, hashed in hashes.items():
        left = [
            one for (one,) in connection.execute("SELECT key FROM stories WHERE leader = ? AND key <> leader", (key,))
        ]
        leaders = [one for (one,) in connection.execute("SELECT leader FROM stories WHERE key = ?", (key,))]
        connection.execute("INSERT OR REPLACE INTO stories (key, leader, hash) VALUES (?, ?, ?)", (key, key, hashed))
        if left:
            connection.execute("DELETE FROM stories WHERE leader = ? AND key <> leader", (key,))
        _share(connection, {key, *leaders})
        for one in left:
            _again(connection, one)
        order.changed(connection)


def _again(connection: sqlite3.Connection, key: int) -> None:
    """Find the story of an article once more."""
    sign = _sign_of(connection, key)
    if sign is not None:
        _tell_apart(connection, sign)


def _sign_of(connection: sqlite3.Connection, key: int) -> int | None:
    found = connection.execute(
        "SELECT a.title, s.title, coalesce(a.published, a.added) FROM articles a JOIN sources s ON s.key = a.source"
        " WHERE a.key = ?",
        (key,),
    ).fetchone()
    return _sign(*found) if found is not None else None


def take_out(connection: sqlite3.Connection, keys: Sequence[int]) -> set[int]:
    """Take articles that are to be deleted out of their stories; gives those that followed them, for `lead_on`."""
    left: set[int] = set()
    leaders: set[int] = set()
    for key in keys:
        told = connection.execute("SELECT key, leader FROM stories WHERE key = ?1 OR leader = ?1", (key,)).fetchall()
        left |= {one for one, _ in told}
        leaders |= {leader for _, leader in told}
        sign = _sign_of(connection, key)
        if sign is not None:
            connection.execute("DELETE FROM headlines WHERE sign = ? AND key = ?", (sign, key))
    connection.executemany("DELETE FROM stories WHERE key = ?1 OR leader = ?1", [(key,) for key in keys])
    _share(connection, leaders.difference(keys))
    return left.difference(keys)


def lead_on(connection: sqlite3.Connection, left: Iterable[int]) -> None:
    """Find the stories anew of articles that followed what is deleted now."""
    for key in left:
        _again(connection, key)


def of_leaders(connection: sqlite3.Connection, leaders: Sequence[int]) -> list[int]:
    """Give the articles that follow some others."""
    found = "SELECT key FROM stories WHERE leader IN (SELECT value FROM json_each(?)) AND key <> leader"
    return [key for (key,) in connection.execute(found, (json.dumps(list(leaders)),))]

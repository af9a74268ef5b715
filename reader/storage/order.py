"""The order of all articles under their headings, kept so that a start and a view need not sort them."""

from __future__ import annotations

import json
from array import array
from collections import deque
from typing import TYPE_CHECKING, Final

from reader.model.listing import Group

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reader.model.listing import Grouping, Order

USUAL_ORDER: Final = "usual order"
"""The name under which the order of the page is kept, by section; whoever changes articles drops it."""
WORTH_KEEPING: Final = 2000
"""Articles below which sorting costs nothing."""

_RUN: Final = 5_000
"""Keys that are dealt with at a time: no other thread runs meanwhile."""
_CONTENT: Final = "content"
_OTHER: Final = "order "


def name_of(order: Order, grouping: Grouping) -> str:
    """Give the name under which an order is kept."""
    return USUAL_ORDER if (order, grouping) == ("page", "section") else f"{_OTHER}{order} {grouping}"


def content(connection: sqlite3.Connection) -> str:
    """Name the present content: another thread or process may change it while an order is made."""
    found = connection.execute("SELECT value FROM kept WHERE name = ?", (_CONTENT,)).fetchone()
    return "0" if found is None else str(found[0])


def changed(connection: sqlite3.Connection) -> None:
    """Take note that there are other articles now, or in another order, or under other headings."""
    connection.execute("DELETE FROM kept WHERE name = ?", (USUAL_ORDER,))
    connection.execute("INSERT INTO kept VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1", (_CONTENT,))


def packed(keys: array[int], groups: tuple[Group, ...], edition: str) -> bytes:
    """Give an order as bytes, with a name for the content that it is the order of."""
    bare = any(group.bare for group in groups)
    heads = json.dumps([edition, [(group.title, group.count) for group in groups], *([1] if bare else [])]).encode()
    return heads + b"\n" + keys.tobytes()


def unpacked(kept: bytes, edition: str) -> tuple[array[int], tuple[Group, ...]] | None:
    """Give an order that was kept, None when it is damaged or of another content."""
    heads, _, packed = kept.partition(b"\n")
    keys, groups, start = array("I"), [], 0
    try:
        of_edition, counts, *bare = json.loads(heads)
        if of_edition != edition:
            return None
        keys.frombytes(packed)
        for title, count in counts:
            groups.append(Group(title, start, count, bare=bool(bare)))
            start += count
    except (ValueError, TypeError):
        return None
    return (keys, tuple(groups)) if start == len(keys) else None


class Places:
    """Where each article stands in an order of all, by which a few of them are put in it soonest.

    Args:
        keys: the order.
        edition: names the content that it is the order of.
    """

    def __init__(self, keys: array[int], edition: str) -> None:
        self.edition = edition
        self._places = array("I", bytes(array("I").itemsize * (max(keys, default=0) + 1)))
        for start in range(0, len(keys), _RUN):
            some = keys[start : start + _RUN]
            deque(map(self._places.__setitem__, some, range(start + 1, start + 1 + len(some))), maxlen=0)

    def sorted(self, keys: Iterable[int]) -> array[int] | None:
        """Put some articles in the order, None where it lacks one of them."""
        try:
            placed = sorted((self._places[key], key) for key in keys)
        except IndexError:
            return None
        return None if placed and not placed[0][0] else array("I", [key for _, key in placed])

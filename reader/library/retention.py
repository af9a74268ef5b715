"""Retention: everything is kept, until the reader prunes what is old; what was marked stays unless it is named."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final

from reader.library.stories import settle
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, TAGGED
from reader.model.listing import Filter
from reader.model.source import GUIDE
from reader.storage import pruning
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from reader.library import Library

_MARKED: Final = {
    "bookmarked": BOOKMARKED,
    "noted": NOTED,
    "highlighted": HIGHLIGHTED,
    "tagged": TAGGED,
    "started": STARTED,
}
KEPT: Final = (*_MARKED, "unread")
"""What is never pruned unless it is named."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be pruned: the articles by key, how many of each source, and how many as old stay, being marked."""

    keys: array[int]
    sources: tuple[tuple[str, int], ...]
    kept: int


def plan(library: Library, older: str, query: str = "", also: Collection[str] = ()) -> Plan:
    """Find what is to be pruned.

    Args:
        library: the library.
        older: as after `before:` in a query: `2y`, `6m`, `2024-01-01`.
        query: only of these articles.
        also: of `KEPT`, what is pruned all the same.

    Raises:
        QueryError: the date or the query cannot be understood.
    """
    dated = 'before:"{}"'.format(older.replace("\\", "\\\\").replace('"', '\\"'))  # whatever it is, it is no query
    old = library.shelf.matches(Filter("pruned", words=dated, query=query), hidden=True)
    guide = set(library.shelf.matches(Filter(source=GUIDE), hidden=True))
    if not guide.isdisjoint(old):
        old = array("I", [key for key in old if key not in guide])
    table = _table(also)
    inside = library.states.of(old).translate(table) if old else b""
    staying = _leading_marked(library, table)
    keys = array("I", sorted(key for key in compress(old, inside) if key not in staying))
    return Plan(keys, tuple(pruning.by_source(library.cache, keys)), len(old) - len(keys))


def prune(library: Library, found: Plan, tell: Callable[[int], None] = lambda _: None) -> int | None:
    """Delete what was found; its marks stay, so that it is known to be read if it ever comes again.

    Args:
        library: the library, opened to be written.
        found: what is to go.
        tell: told how many are deleted, now and then.

    Returns:
        How many bytes the disk got back; None where the room stays in the file, for what comes next.

    Raises:
        LibraryError: the file cannot be written; what was deleted before stays so.
    """
    settle(library.cache, library.states)  # what follows goes with what leads, unless it is marked
    pruning.prune(library.cache, found.keys, library.now(), tell)
    return pruning.compact(library.cache)


def _leading_marked(library: Library, table: bytes) -> set[int]:
    """Give the articles that lead a story of which another one is to stay: what follows goes with what leads.

    What follows tells the same, so that it need not be read too.
    """
    leaders = library.cache.following.leaders(library.cache.connection)
    followers = array("I", sorted(leaders))
    flags = library.states.of(followers) if followers else b""
    return {leaders[key] for key, state in zip(followers, flags, strict=True) if not table[state | READ]}


def _table(also: Collection[str]) -> bytes:
    """Give for each state whether an article in it may go."""
    guarded = sum(flag for name, flag in _MARKED.items() if name not in also)
    unread = "unread" in also
    return bytes(not state & guarded and (unread or bool(state & READ)) for state in range(256))

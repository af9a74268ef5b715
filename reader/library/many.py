"""Changing very many articles at once: by their keys, and with no row made of any."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reader.library.labels import label, tagged
from reader.library.stories import settle, show_marked
from reader.model.article import BOOKMARKED, READ, STARTED
from reader.storage import identities
from reader.storage.articles import NAMED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reader.library.states import States
    from reader.library.told import Told
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store


_FEW: Final = 100
# A million states are turned by a table in no time, and told from a million documents in half a second.
_AS_READ: Final = bytes((state | READ) & ~STARTED for state in range(256))
_AS_BOOKMARKED: Final = bytes(state | BOOKMARKED for state in range(256))
_AS_NOT_BOOKMARKED: Final = bytes(state & ~BOOKMARKED for state in range(256))


class Many:
    """Articles to be changed as one action; blocking, so to be used off the UI thread where they are more than a few.

    Each change gives how many articles it changed: those that were so already are passed over.

    Args:
        store: the marks.
        cache: the articles.
        states: the mirror that is kept in step.
        keys: of the articles.
        told: tells the hooks.
    """

    def __init__(self, store: Store, cache: Cache, states: States, keys: Sequence[int], told: Told) -> None:
        self._store, self._cache, self._states, self._keys, self._told = store, cache, states, keys, told

    def set_read(self, read: bool, *, by_itself: bool = False) -> int:
        """Mark the articles read or unread."""
        what = "" if by_itself else label("read" if read else "unread", self._title)
        with self._told.of("read", self._keys, READ if read else 0):
            return self._renewed(self._store.set_read(self._articles, read, what), _AS_READ if read else None)

    def set_bookmarked(self, bookmarked: bool) -> int:
        """Set or remove bookmarks; each tells what it is on, unless very many change at once."""
        what = label("bookmark" if bookmarked else "no bookmark", self._title)
        keys, articles = self._found
        flags = self._states.of(array("I", keys))
        changing = [key for key, now in zip(keys, flags, strict=True) if bool(now & BOOKMARKED) != bookmarked]
        # Of more, no titles are entered: there is no need of rows.
        named = self._cache.rows(changing) if len(changing) <= NAMED else articles
        with self._told.of("bookmark", keys, BOOKMARKED if bookmarked else 0):
            changed = self._store.set_bookmarked(named, bookmarked, what)
            return self._renewed(changed, _AS_BOOKMARKED if bookmarked else _AS_NOT_BOOKMARKED)

    def set_tags(self, add: Collection[str], remove: Collection[str] = (), *, by_itself: bool = False) -> int:
        """Add tags and take others away."""
        what = "" if by_itself else tagged(self._title, add, remove)
        return self._renewed(self._store.set_tags(self._articles, add, remove, what))

    def tags(self) -> dict[str, int]:
        """Give the tags that any of the articles has, and how many of them have it."""
        if len(self._keys) <= _FEW:
            return dict(Counter(tag for one in self._articles for tag in self._store.of(int(one)).tags))
        wanted = set(map(int, self._articles))
        counts = {tag: len(wanted.intersection(articles)) for tag, articles in self._store.tags().items()}
        return {tag: count for tag, count in counts.items() if count}

    def set_hidden(self, hidden: bool, *, by_itself: bool = False) -> int:
        """Hide the articles or show them again."""
        what = "" if by_itself else label("hidden" if hidden else "shown again", self._title)
        return self._renewed(self._store.set_hidden(self._articles, hidden, what))

    @cached_property
    def _found(self) -> tuple[Sequence[int], list[str]]:
        return identities.of(self._cache, self._keys)

    @property
    def _articles(self) -> list[str]:
        return self._found[1]

    @property
    def _title(self) -> str | None:
        rows = self._cache.rows(self._keys) if len(self._keys) == 1 else ()
        return rows[0].title if rows else None

    def _renewed(self, changed: int, table: bytes | None = None) -> int:
        """Let the mirror tell what was done, by a table where that gives the new state of each."""
        if changed:
            keys, articles = self._found
            with self._store.lock:
                if table is None or not self._states.turn(keys, table):
                    self._states.put(keys, self._store.flags_of(articles))
            if len(keys) > _FEW:
                settle(self._cache, self._states)
            else:
                show_marked(self._cache, keys, self._states)
        return changed


def restate(store: Store, cache: Cache, states: States) -> None:
    """Bring the whole mirror in step with the marks; that takes about a second for a million articles."""
    for keys, articles in identities.all_of(cache):
        with store.lock:
            states.put(keys, store.flags_of(articles))

"""The same story from several sources, as the reader's marks and wishes have it."""

from __future__ import annotations

from contextlib import suppress
from itertools import compress
from typing import TYPE_CHECKING, Final

from reader.model.article import BOOKMARKED, FINISHED, HIDDEN, HIGHLIGHTED, NOTED, STARTED, TAGGED
from reader.storage import following
from reader.storage.database import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.library.states import States
    from reader.storage.cache import Cache

_MARKED: Final = BOOKMARKED | NOTED | HIGHLIGHTED | STARTED | FINISHED | TAGGED
_KEPT: Final = bytes(bool(flags & _MARKED) for flags in range(256))
_GONE: Final = bytes(bool(flags & HIDDEN) for flags in range(256))


def settle(cache: Cache, states: States) -> None:
    """See after what came in that nothing marked is left out of the lists, and no story for a rule that hid one of it.

    Where the reader wants no stories, there are none any more.
    """
    from array import array

    from reader.storage import stories

    with suppress(LibraryError):  # the next time, then
        if not cache.same_story():
            stories.dissolve(cache)
            return
        leaders = cache.following.leaders(cache.connection)
        if not leaders:
            return
        followers, leading = array("I", leaders), array("I", set(leaders.values()))
        alone = [*compress(followers, states.of(followers).translate(_KEPT))]
        alone += compress(leading, states.of(leading).translate(_GONE))
        if alone:
            stories.part(cache, alone)


def show_marked(cache: Cache, keys: Iterable[int], states: States) -> None:
    """Let those of some articles, few, be listed that were marked while they followed another."""
    alone = [key for key in following.among(cache.connection, keys) if states.get(key) & _MARKED]
    if alone:
        from reader.storage import stories

        with suppress(LibraryError):
            stories.part(cache, alone)


class Stories:
    """Parts and joins stories.

    Args:
        cache: the articles.
        states: their flags.
    """

    def __init__(self, cache: Cache, states: States) -> None:
        self._cache, self._states = cache, states

    def part(self, key: int) -> list[int]:
        """Let each article of a story stand for itself from now on; gives all of them, nothing where it is none.

        Raises:
            LibraryError: the library cannot be written.
        """
        from reader.storage import stories

        keys = following.story(self._cache.connection, key)
        if len(keys) == 1:
            return []
        stories.part(self._cache, keys[1:])
        return keys

    def join(self, key: int) -> list[int]:
        """Make one story again of what was parted, but for what is marked; gives its articles, nothing where none is.

        Raises:
            LibraryError: the library cannot be written.
        """
        from reader.storage import stories

        stories.join(self._cache, key)
        settle(self._cache, self._states)
        keys = following.story(self._cache.connection, key)
        return keys if len(keys) > 1 else []

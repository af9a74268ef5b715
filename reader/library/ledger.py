"""What is known of the sources while they are asked: noted at once, written together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.storage import fetches

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from reader.model.source import Source
    from reader.storage.cache import Cache
    from reader.storage.fetches import Fetch

TOGETHER: Final = 200
"""Looks without news that are written in one transaction: a thousand of their own take seconds."""


class Ledger:
    """The states of sources.

    Args:
        cache: the library that keeps them.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        filled = fetches.filled(cache)
        self._known = {
            name: known if name in filled else replace(known, etag="", modified="", digest="")
            for name, known in fetches.all(cache).items()
        }
        self._noted: list[Fetch] = []
        self._writing: list[Future[None]] = []

    def of(self, source: Source) -> Fetch:
        """Give what is known of a source."""
        return self._known.get(source.id) or fetches.Fetch(source.id)

    def note(self, fetch: Fetch, thread: Executor) -> None:
        """Take note of what became of a source."""
        self._known[fetch.source] = fetch
        self._noted.append(fetch)
        if len(self._noted) >= TOGETHER:
            self.write(thread)

    def write(self, thread: Executor) -> None:
        """Have what was noted written by the library's thread, without waiting for it."""
        noted, self._noted = self._noted, []
        if noted:
            self._writing.append(thread.submit(fetches.write_all, self._cache, noted))

    def finish(self, thread: Executor) -> None:
        """Write what is left, and wait for all of it.

        Raises:
            LibraryError: it could not be written.
        """
        self.write(thread)
        for written in self._writing:
            written.result()

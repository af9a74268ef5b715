"""The flags of every article in a byte each: a mirror of marks.json that a list can be drawn from at once.

The mirror is kept in library.db at every clean close, with a stamp of marks.json as it then was. A start
that finds another stamp reads marks.json instead, so the mirror cannot drift unseen.
"""

from __future__ import annotations

import threading
from array import array
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from reader.model.article import HIDDEN, READ
from reader.storage.alike import put_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from reader.storage.cache import Cache

_RUN: Final = 2000
KEPT: Final = "flags"
"""Under another name than when a byte held five flags, lest one of those be trusted."""
_PATIENCE: Final = 2000
"""Milliseconds for which the last writer of another process is waited for at the close."""
_READ: Final = bytes(2 if flags & HIDDEN else bool(flags & READ) for flags in range(256))


class States:
    """One byte of flags for each article, by its key.

    Args:
        cache: where the mirror is kept.
        stamp: marks.json as it is now.
    """

    def __init__(self, cache: Cache, stamp: str) -> None:
        self._cache = cache
        largest = cache.largest_key()
        self._flags = bytearray(largest + 1)
        self._met = 0
        self.first = largest + 1
        """The key that the next article to come had at the least when this began."""
        self.version = 0
        """A number that is another after every change of a flag."""
        self._meeting = threading.Lock()
        kept = cache.kept(KEPT)
        head, _, flags = (kept or b"").partition(b"\n")
        # Articles that came since it was kept, and were not entered in it, may have marks from before.
        self.current = head == stamp.encode() and len(flags) > largest
        self._marked = 0 if head.startswith(b"-") else len(flags) - flags.count(0)
        if self.current:
            self._flags[: len(flags)] = flags
            self._met = len(flags) - 1

    def missing(self, marks: Path) -> str:
        """Say that marks.json is gone that was here when the mirror was kept; empty when that is not so."""
        if not self._marked or marks.exists():
            return ""
        counted = "1 article was" if self._marked == 1 else f"{self._marked:,} articles were"
        return (
            f"{marks.name} is missing, and there is no backup: {counted} marked when it was last here. "
            f"If this folder was copied, copy {marks.name} and the folder backups too."
        )

    def load(self, touched: Iterable[tuple[int, int]]) -> None:
        """Fill the mirror from the marks.

        Args:
            touched: the id and the flags of every article that has marks.
        """
        keys = self._cache.keys()
        self._met = max(keys.values(), default=0)
        self._flags = bytearray(self._met + 1)
        for article, flags in touched:
            if article in keys:
                self._flags[keys[article]] = flags
        self.current = True

    def meet(self, flags: Callable[[int], int]) -> None:
        """Enter every article that came since, whoever added it: another process may have.

        Args:
            flags: gives the flags of an article by its id.
        """
        with self._meeting:
            new = self._cache.ids_after(self._met)
            for key, article in new:
                found = flags(article)
                if found:
                    self.set(key, found)
            if new:
                self._met = new[-1][0]
                self._grow(self._met)

    def all(self) -> bytes:
        """Give a byte of flags for each key from 0 on, as they are now; keys beyond have none."""
        return bytes(self._flags)

    def read(self) -> bytes:
        """Give a byte for each key from 0 on: 1 where the article was read, 2 where it is hidden."""
        return bytes(self._flags.translate(_READ))

    def keep(self, stamp: str) -> None:
        """Keep the mirror for the next start, good as long as marks.json has this stamp."""
        self._cache.keep(KEPT, stamp.encode() + b"\n" + self._flags[: self._met + 1], patience=_PATIENCE)

    def set(self, key: int, flags: int) -> None:
        """Set the flags of one article."""
        self._grow(key)
        self._flags[key] = flags
        self.version += 1

    def put(self, keys: Sequence[int], flags: bytes) -> None:
        """Set the flags of many articles, each of which is named once."""
        if not keys:
            return
        self._grow(max(keys))
        put_bytes(self._flags, keys, flags)
        self.version += 1

    def turn(self, keys: Sequence[int], table: bytes) -> bool:
        """Turn the flags of many articles, each named once, into what a table gives for each state.

        It tells whether it could: of articles that are not entered yet nothing is known.
        """
        if not keys or max(keys) > self._met:
            return False
        self.put(keys, self.of(array("I", keys)).translate(table))
        return True

    def get(self, key: int) -> int:
        """Give the flags of one article."""
        return self._flags[key] if key < len(self._flags) else 0

    def of(self, keys: array[int]) -> bytes:
        """Give the flags of many articles, in the order of the keys."""
        try:
            return b"".join(self._run(keys[start : start + _RUN]) for start in range(0, len(keys), _RUN))
        except IndexError:
            self._grow(max(keys))
            return self.of(keys)

    def _run(self, keys: array[int]) -> bytes | bytearray:
        """Give the flags of some articles: those that came together have keys in a row, and are one slice."""
        first, count = keys[0], len(keys)
        if keys[-1] - first == count - 1 and keys == array("I", range(first, first + count)):
            if first + count > len(self._flags):
                raise IndexError
            return bytes(self._flags[first : first + count])
        return bytes(itemgetter(*keys)(self._flags)) if count > 1 else self._flags[first : first + 1]

    def _grow(self, key: int) -> None:
        self._flags.extend(bytes(max(0, key + 1 - len(self._flags))))

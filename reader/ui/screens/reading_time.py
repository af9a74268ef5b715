"""How long an article is read: while it has the focus, nothing lies over it, and somebody presses keys now and then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE: Final = 120
"""Seconds after the last key for which somebody is taken to read."""
_EVERY: Final = 60
"""Seconds after which what was counted is written."""


class ReadingTime:
    """Counts seconds, and gives them away in whole ones, now and then.

    Args:
        add: is given the id of an article, and for how many seconds it was read.
        clock: gives seconds that only go on.
    """

    def __init__(self, add: Callable[[int, int], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._add, self._clock = add, clock
        self._article: int | None = None
        self._running = False
        self._since = self._key = self._given = clock()
        self._counted = 0.0

    def begin(self, article: int) -> None:
        """Count for an article, from now on."""
        if article != self._article:
            self.end()
            self._article, self._counted = article, 0.0
        self.go_on()

    def go_on(self) -> None:
        """It can be read, again or for the first time; who comes to it presses a key."""
        if self._article is not None and not self._running:
            self._running = True
            self._since = self._key = self._given = self._clock()

    def pause(self) -> None:
        """It cannot be read now."""
        if self._running:
            self._count()
            self._running = False
        self.give()

    def end(self) -> None:
        """It is left."""
        self.pause()
        self._article = None

    def pressed(self) -> None:
        """Somebody is there."""
        if self._running:
            self._count()
            self._key = self._clock()
            if self._key - self._given >= _EVERY:
                self.give()

    def give(self) -> None:
        """Give away what was counted; what is less than a second stays for the next time."""
        if self._running:
            self._count()
        self._given = self._clock()
        whole = int(self._counted)
        if self._article is not None and whole:
            self._counted -= whole
            self._add(self._article, whole)

    def _count(self) -> None:
        now = self._clock()
        # Nobody knows whether who pressed no key for long was still there.
        self._counted += max(0.0, min(now, self._key + IDLE) - self._since)
        self._since = now

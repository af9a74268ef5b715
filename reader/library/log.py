"""The log: how long was read, on which day, in which article. It stays on this computer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from reader.storage.marks import Marks as Store

AT_MOST: Final = 3600
"""Seconds that one entry may tell of: a clock that was set, or a computer that slept, is no reading."""


class Log:
    """Keeps what was read for how long.

    Args:
        store: gives marks.json, opened when it is first needed.
        zone: where days begin and end; None for here.
    """

    def __init__(self, store: Callable[[], Store], zone: tzinfo | None = None) -> None:
        self._store, self._zone = store, zone

    def add(self, article: int, seconds: float, now: float) -> None:
        """Add to the time an article was read; less than a second, and a time that nobody knows, is passed over.

        Args:
            article: its id.
            seconds: how long it was read since the last time it was told.
            now: the end of that time, in seconds since 1970.
        """
        whole = round(min(seconds, AT_MOST))
        if whole < 1:
            return
        try:
            day = datetime.fromtimestamp(now, self._zone).date()
        except (OverflowError, OSError, ValueError):
            return
        self._store().log(article, whole, day)

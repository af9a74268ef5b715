"""What was read and when: the history and its figures, out of the marks and the log, and nobody else's business."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from reader.model.figures import About, Day, Figures, days_of, figures, moments

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import tzinfo

    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store

_A_YEAR: Final = 365


class Past:
    """What was read: to be asked off the UI thread, since all marks are looked through.

    Args:
        store: gives marks.json, opened when it is first needed.
        cache: the articles.
        now: gives seconds since 1970, UTC.
        zone: where days begin and end; None for here.
    """

    def __init__(
        self, store: Callable[[], Store], cache: Cache, now: Callable[[], float] = time.time, zone: tzinfo | None = None
    ) -> None:
        self._store, self._cache, self._now, self._zone = store, cache, now, zone

    def figures(self, days: int = _A_YEAR) -> Figures:
        """Give the figures of the last days, today the last of them."""
        return figures(self._days(), self._today(), days, self._whose)

    def history(self, limit: int = 30, before: date | None = None) -> list[Day]:
        """Give the days on which something was read, the newest first.

        Args:
            limit: how many at most.
            before: the day before which they are; None for the newest.
        """
        return [day for day in self._days() if before is None or day.date < before][:limit]

    def about(self, articles: Collection[int]) -> dict[int, About]:
        """Give whose articles are by their ids; of those that are not in the library, what is remembered."""
        from reader.storage import naming

        store, known = self._store(), naming.whose(self._cache, articles)
        found = {}
        for article in articles:
            if article in known:
                found[article] = About(*known[article])
            else:
                title, source, _ = store.named(article)
                found[article] = About(_line(title), _line(source))
        return found

    def _whose(self, articles: Collection[int]) -> dict[int, tuple[str, str, str]]:
        from reader.storage import naming

        store, found = self._store(), naming.belonging(self._cache, articles)
        for article in articles:
            if article not in found:
                found[article] = _line(store.named(article)[1]), "", ""
        return found

    def _days(self) -> list[Day]:
        store = self._store()
        return days_of(moments(store.read_times()), store.logged(), self._zone)

    def _today(self) -> date:
        return datetime.fromtimestamp(self._now(), self._zone).date()


def _line(text: str) -> str:
    from reader.ingest import sanitize

    return sanitize.line(text, sanitize.TITLE)

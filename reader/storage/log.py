"""The log among the marks: the seconds that were read on each day, by article. It is never undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from reader.storage.shapes import LOG, as_article

if TYPE_CHECKING:
    from reader.model.annotation import JSON
    from reader.storage.records import Doc
    from reader.storage.table import JournalDB

ARTICLES: Final = 1000
"""How many articles of one day are told apart; what more is read counts for article 0."""

A_DAY: Final = 86_400


class Log:
    """The table of days: the id is the date in figures, as in 20261122; a field is an article's id.

    Args:
        db: the marks.
    """

    def __init__(self, db: JournalDB) -> None:
        self._db = db

    def add(self, article: int, seconds: int, day: date) -> None:
        """Add to what was read of an article on a day."""
        key = day.year * 10_000 + day.month * 100 + day.day
        doc: Doc = self._db.journal.docs(LOG).get(str(key), {})
        field = str(article)
        if field not in doc and len(doc) >= ARTICLES:
            field = "0"
        self._db.at(LOG).patch({field: min(_seconds(doc.get(field)) + seconds, A_DAY)}, [key], make=True)

    def days(self) -> dict[date, dict[int, int]]:
        """Give the seconds of each article by day; what is no day and no article is left out."""
        found = {}
        for key, doc in self._db.journal.docs(LOG).items():
            day = _day(int(key))
            if day is not None:
                found[day] = {
                    article: _seconds(value)
                    for name, value in doc.items()
                    if (article := as_article(name)) is not None and _seconds(value)
                }
        return found


def is_day(key: str) -> bool:
    """Tell whether an id is a day's."""
    return _day(int(key)) is not None


def wrong_fields(doc: Doc) -> list[str]:
    """Name the fields of a day that are no article's, or no time."""
    return [name for name, value in doc.items() if as_article(name) is None or (value and not _seconds(value))]


def _day(number: int) -> date | None:
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError):
        return None


def _seconds(value: JSON) -> int:
    return min(value, A_DAY) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0

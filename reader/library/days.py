"""The days that a list is parted by: today, yesterday, this week, then months, then years."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.storage.sorting import Days

_MONTHS: Final = 12
"""Months that have a heading of their own."""
_FIRST_YEAR: Final = 1970


class Here(tzinfo):
    """The zone of this computer, with its summer times."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Tell how far the clocks here are ahead."""
        if moment is None:
            return timedelta(seconds=-time.timezone)
        return timedelta(seconds=self._at(moment).tm_gmtoff)

    def dst(self, moment: datetime | None) -> timedelta:
        """Tell by how much summer time moves the clocks."""
        return timedelta(hours=1) if moment is not None and self._at(moment).tm_isdst > 0 else timedelta()

    def tzname(self, moment: datetime | None) -> str:
        """Give the name of the zone."""
        return time.tzname[0] if moment is None else self._at(moment).tm_zone

    def fromutc(self, moment: datetime) -> datetime:
        """Give what the clocks here show."""
        seconds = (moment.replace(tzinfo=None) - datetime(1970, 1, 1)) // timedelta(seconds=1)  # noqa: DTZ001 -- both without a zone
        shown = time.localtime(seconds)
        again = time.localtime(seconds - 3600)
        fold = int(again[:6] == shown[:6])
        return datetime(*shown[:6], moment.microsecond, tzinfo=self, fold=fold)

    @staticmethod
    def _at(moment: datetime) -> time.struct_time:
        shown = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        try:
            seconds = time.mktime((*shown, 0, 0, -1))
            # When the clocks are put back they show an hour twice.
            twice = [one for by in (-3600, 0, 3600) if (one := time.localtime(seconds + by))[:6] == shown]
            return twice[-1 if moment.fold else 0] if twice else time.localtime(seconds)
        except (OverflowError, ValueError, OSError):
            return time.localtime(0)


def days(now: int, zone: tzinfo) -> Days:
    """Give the headings of a list that is parted by date, the newest first.

    Args:
        now: the present, in seconds since 1970.
        zone: whose days are meant.
    """
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    monday = _before(today, today.weekday())
    begun = [
        (today, "Today"), (_before(today, 1), "Yesterday"), (monday, "This week"), (_before(monday, 7), "Last week"),
    ]  # fmt: skip
    year, month = today.year, today.month
    for _ in range(_MONTHS):
        begun.append((today.replace(year=year, month=month, day=1), f"{_MONTH[month - 1]} {year}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    begun += [(today.replace(year=past, month=1, day=1), str(past)) for past in range(year, _FIRST_YEAR - 1, -1)]
    found: list[tuple[int, str]] = []
    for moment, name in begun:
        seconds = int(moment.timestamp())
        if not found or seconds < found[-1][0]:
            found.append((seconds, name))
    return (*found, (-(1 << 62), f"Before {_FIRST_YEAR}"))


_MONTH: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _before(day: datetime, count: int) -> datetime:
    """Give the beginning of an earlier day; that one may have had another number of hours."""
    return (day.replace(hour=12) - timedelta(days=count)).replace(hour=0)

"""Days, months, years, and how long ago: what `before:`, `after:` and `on:` understand."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Final

from reader.model.query.errors import QueryError

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.query.context import Context
    from reader.model.query.lexing import Token

NAMED: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_AGO: Final = re.compile(r"([0-9]{1,5})([dwmy])")
_NEVER: Final = -62_135_596_800
_NEVER_MORE: Final = 253_402_300_800
"""The years 1 and 10000 begin: nothing is before or after."""


def span(text: str, context: Context) -> tuple[int, int]:
    """Give when a date begins and when it is over, in seconds since 1970.

    Args:
        text: `2026-11-22`, `2026-11`, `2026`, `today`, `yesterday`, `tomorrow`; or how long ago in days, weeks,
            months or years, as in `3d`: that is a moment, and takes no time.
        context: whose days are meant, and the present.

    Raises:
        ValueError: it is none of these.
    """
    from datetime import timedelta

    if text in NAMED:
        return _day(_midnight(context) + timedelta(days=NAMED[text]))
    if found := _AGO.fullmatch(text):
        moment = _ago(int(found[1]), found[2], context)
        return moment, moment
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if found[3]:
        return _day(_begun(year, month, day, context))
    if found[2]:
        return _seconds(_begun(year, month, 1, context)), _start(year + month // 12, month % 12 + 1, context)
    return _seconds(_begun(year, 1, 1, context)), _start(year + 1, 1, context)


def bounds(name: str, text: str, context: Context) -> tuple[int | None, int | None]:
    """Give the first second that a test of the field `before`, `after` or `on` lets through, and the first after.

    None is no bound. A day, a month or a year is over before anything is after it; `on:3d` is the whole day.
    """
    start, end = span(text, context)
    if name == "before":
        return None, start
    if name == "after":
        return end, None
    return (start, end) if start < end else _day(_midnight(context, start))


def checked(token: Token) -> str:
    """Give the date of a field in small letters.

    Raises:
        QueryError: it is none.
    """
    from reader.model.query.context import Context

    text = token.text.strip().lower()
    try:
        span(text, Context(0, UTC))
    except ValueError:
        raise _wrong(token, text) from None
    return text


def _wrong(token: Token, text: str) -> QueryError:
    from reader.model.query.fields import wrong

    found = _DATE.fullmatch(text)
    if found is None:
        return wrong(token, "a date is written as 2026-11-22, 2026-11, 2026, today, yesterday or 3d, 2w, 5m, 1y", NAMED)
    year, month = max(1, int(found[1])), min(max(1, int(found[2] or 1)), 12)
    meant = f"{token.name}:{year:04}-{month:02}"
    return QueryError(f"{token.name}:{text}: there is no such date", token.start, token.end, meant)


def _begun(year: int, month: int, day: int, context: Context) -> datetime:
    from datetime import datetime

    return datetime(year, month, day, tzinfo=context.zone)


def _start(year: int, month: int, context: Context) -> int:
    return _NEVER_MORE if year > 9999 else _seconds(_begun(year, month, 1, context))


def _midnight(context: Context, moment: int | None = None) -> datetime:
    """Give the beginning of the day of a moment, of the present one if none is named."""
    from datetime import datetime

    seconds = context.now if moment is None else moment
    present = datetime.fromtimestamp(min(max(seconds, _NEVER + 200_000), _NEVER_MORE - 200_000), context.zone)
    return _begun(present.year, present.month, present.day, context)


def _day(begun: datetime) -> tuple[int, int]:
    from datetime import timedelta

    try:
        return _seconds(begun), _seconds(begun + timedelta(days=1))
    except OverflowError:
        return _seconds(begun), _NEVER_MORE


def _ago(count: int, unit: str, context: Context) -> int:
    """Give the moment so many days, weeks, months or years ago, at the same time of the day."""
    from datetime import datetime, timedelta

    present = datetime.fromtimestamp(context.now, context.zone)
    try:
        if unit in "dw":
            return _seconds(present - timedelta(days=count * (7 if unit == "w" else 1)))
        months = present.year * 12 + present.month - 1 - count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        # The 31st of a month that has none is its last day.
        last = (_begun(year + (month + 1) // 12, (month + 1) % 12 + 1, 1, context) - timedelta(days=1)).day
        return _seconds(present.replace(year=year, month=month + 1, day=min(present.day, last)))
    except (OverflowError, ValueError):
        return _NEVER


def _seconds(moment: datetime) -> int:
    try:
        return int(moment.timestamp())
    except (OverflowError, ValueError):
        return _NEVER

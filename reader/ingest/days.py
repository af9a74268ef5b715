"""Dates as documents write them in their own data: ISO 8601, or the year alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_DATE: Final = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})"
    r"(?:(?:\s*T\s*|\s+)(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?)?\Z",
    re.IGNORECASE,
)
_LONGEST: Final = 60


def seconds(text: str) -> int | None:
    """Give a date in seconds since 1970, UTC; None for what is none. Without a zone it is taken as UTC."""
    found = _DATE.match(text[:_LONGEST].strip())
    if found is None:
        return None
    hour, minute, second = [*map(int, (found["time"] or "0:0").split(":")), 0][:3]
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) - _offset(found["zone"] or "")


def _offset(zone: str) -> int:
    """Give how far a zone is ahead of UTC, in seconds."""
    if zone[:1] not in {"+", "-"}:
        return 0
    ahead = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
    return -ahead if zone[0] == "-" else ahead

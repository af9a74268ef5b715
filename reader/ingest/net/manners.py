"""What a server asks of those who come back: how long an answer is good, and how long to stay away."""

from __future__ import annotations

import re
import time
from typing import Final

LONGEST_PAUSE: Final = 86_400
"""A day: who asks for more is asked again then."""
LONGEST_AGE: Final = 31_536_000
"""A year, the most that an answer may claim to be good for."""

_MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NEVER: Final = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])", re.IGNORECASE)


def max_age(control: str, expires: str = "", date: str = "", now: float | None = None) -> int | None:
    """Give the seconds that an answer is good for, by its Cache-Control, Expires and Date; None if it does not tell."""
    if _NEVER.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        return min(int(found[1]), LONGEST_AGE)
    if not expires:
        return None
    end = _moment(expires)
    start = _moment(date)
    if end is None:
        # "0" and "-1" are common, and mean that it is old already.
        return 0
    return max(0, min(int(end - (_now(now) if start is None else start)), LONGEST_AGE))


def retry_after(value: str, now: float | None = None) -> int | None:
    """Give the seconds to stay away, by a Retry-After in seconds or as a date; None if it does not tell."""
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        return min(int(value[:12]), LONGEST_PAUSE)
    end = _moment(value)
    return None if end is None else max(0, min(round(end - _now(now)), LONGEST_PAUSE))


def _now(now: float | None) -> float:
    return time.time() if now is None else now


def _moment(value: str) -> float | None:
    """Give the time that a date of HTTP tells, in seconds since 1970."""
    if not value or len(value) > 60:
        return None
    # Imported late: most answers have no date that is needed.
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        read = parsedate_to_datetime(value)
        return (read if read.tzinfo is not None else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None

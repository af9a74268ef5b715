"""Dates as web pages show them: for machines, in words, without a year, or as so long ago."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from reader.ingest.feeds import dates as feed_dates
from reader.ingest.plain import meta

_LONGEST: Final = 100
_DAY: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_LOCAL: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_PREFIX: Final = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)|date)(?: on| at)?\s*:?\s*|on\s+", re.IGNORECASE
)
_AGO: Final = re.compile(
    r"(?P<count>\d{1,4}|an?|one|two|three|a few)\s?"
    r"(?P<unit>s|sec|m|min|h|hr|hour|d|day|w|wk|week|mo|month|y|yr|year|second|minute)s?\s+ago",
    re.IGNORECASE,
)
_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "mo": 2_592_000, "y": 31_557_600}
_WORDS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "a few": 3}
_WORD: Final = re.compile(r"[^\W\d_]{3,}\.?|\d{1,2}(?:st|nd|rd|th|\.|º)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)")
_IN_PATH: Final = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|\Z)")


@lru_cache(1024)
def moment(text: str, now: int) -> int | None:
    """Give the moment that a date of a page tells.

    Args:
        text: a date, or a line that holds one and other things parted by dots or bars.
        now: the present, for what is told from it; what is more than a day ahead is dropped.

    Returns:
        Seconds since 1970, UTC, or None.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    found = _machine(text)
    if found is None:
        found = next((one for one in (_worded(part, now) for part in _parts(text)) if one is not None), None)
    return feed_dates.not_ahead(found, now)


def in_path(path: str, now: int) -> int | None:
    """Give the day that an address names, as `/2026/03/05/` does."""
    found = _IN_PATH.search(path)
    return feed_dates.not_ahead(_midnight(int(found[1]), int(found[2]), int(found[3])), now) if found else None


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\s*[·•|]\s*|\s+[–—]\s+", text) if part]


def _machine(text: str) -> int | None:
    """Read what is written for machines; a missing zone counts as UTC."""
    day = _DAY.fullmatch(text)
    if day:
        return _midnight(int(day[1]), int(day[2]), int(day[3]))
    local = _LOCAL.fullmatch(text)
    if local:
        try:
            year, month, day_, hour, minute = map(int, local.groups()[:5])
            return int(datetime(year, month, day_, hour, minute, int(local[6] or 0), tzinfo=UTC).timestamp())
        except (ValueError, OverflowError):
            return None
    return feed_dates.seconds(text) if text[0].isdigit() and "T" in text else None


def _worded(text: str, now: int) -> int | None:
    """Read what is written for people."""
    bare = _PREFIX.sub("", text, count=1).strip(" ()")
    ago = _AGO.fullmatch(bare)
    if ago:
        return _ago(ago["count"].casefold(), ago["unit"].casefold(), now)
    if bare.casefold() in {"today", "just now", "yesterday"}:
        return now - feed_dates.A_DAY * (bare.casefold() == "yesterday")
    if not meta.is_date(text) and not meta.is_date(bare):
        return None
    if _YEAR.search(bare) is None and _WORD.findall(bare):
        return _without_year(bare, now)
    return feed_dates.seconds(bare)


def _ago(count: str, unit: str, now: int) -> int:
    number = _WORDS.get(count) or int(count if count.isdigit() else 1)
    size = _SECONDS["mo"] if unit.startswith("mo") else _SECONDS[unit[0]]
    return now - number * size


def _without_year(text: str, now: int) -> int | None:
    """Read a day and a month: the last such day there was."""
    today = datetime.fromtimestamp(now, UTC).date() + timedelta(days=1)
    found = feed_dates.seconds(f"{text.rstrip(',')} {today.year}")
    if found is None:
        return None
    last = datetime.fromtimestamp(found, UTC).date()
    if last <= today:
        return found
    return _midnight(today.year - 1, last.month, last.day)


def _midnight(year: int, month: int, day: int) -> int | None:
    try:
        at = date(year, month, day)
    except ValueError:
        return None
    return int(datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp())

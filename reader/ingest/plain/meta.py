"""Lines that tell of an article without being its text: dates, reading times, counts."""

from __future__ import annotations

import re
from typing import Final

from reader.ingest.plain.names import words

_LONGEST: Final = 90
_MONTHS: Final = words(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
    " januar februar märz maerz mai juni juli oktober dezember jänner"
    " janvier février mars avril juin juillet août septembre octobre novembre décembre"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre"
    " januari februari maart mei augustus"
    " janeiro fevereiro março maio junho julho setembro outubro novembro dezembro"
    " января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
_WEEKDAYS: Final = words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi"
    " dimanche lunes martes miércoles jueves viernes sábado domingo"
)
_PREFIX: Final = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)|date)(?: on)?(?:\s*:\s*|\s+)|on\s+|as of\s+",
    re.IGNORECASE,
)
_HINT: Final = re.compile(r"\d|\bago\b|day|now|read|continue|keep|full|\bno\b", re.IGNORECASE)
"""Most headlines hold none of this, and need no closer look."""

_PARTS: Final = re.compile(r"\s*[·•|]\s*|\s+[-–—/]\s+")
_DAY: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.|º)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:1[5-9]|2[01])\d\d")
_NUMERIC: Final = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T ]\d{2}:\d{2}.{0,16})?|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?(?:\d{1,2}\s?[日일])?"
)
_AGO: Final = re.compile(
    r"(?:\d{1,4}|an?|one|two|three|a few)\s?"
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|yrs?|years?)\s+ago"
    r"|yesterday|today|just now",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}|Uhr))?", re.IGNORECASE
)
_CLOCK: Final = re.compile(
    r"[\s,]+(?:at\s+)?\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?|:\d{2})(?:\s?[A-Z]{2,4})?\Z|"
    r"[\s,]+(?:at\s+)?\d{1,2}:\d{2}(?:\s?[A-Z]{2,4})?\Z",
    re.IGNORECASE,
)
_AMOUNT: Final = r"\d{1,4}(?:[.,:]\d{1,2})?[\s\xa0-]?(?:hours?|hrs?|h|minutes?|mins?|min\.|m|seconds?|secs?|s)"
_MEDIUM: Final = r"(?:read(?:ing)?(?: time)?|listen(?:ing)?|watch|video|audio|podcast|long read|play)"
_DURATION: Final = re.compile(
    rf"(?:(?:{_MEDIUM}|reading time|listening time)\s?:?\s?(?:\(|about |ca\. )?)?{_AMOUNT}(?:[\s,]{{1,2}}{_AMOUNT})?"
    rf"\)?(?:[\s\xa0-]{_MEDIUM})?",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"(?:\d[\d,.]{0,8}k?|no)\s(?:comments?|shares?|likes?|views?|replies|reply|words)", re.IGNORECASE
)

_ONWARD: Final = re.compile(
    r"(?:read|continue|keep)\s(?:more|on|reading|(?:the )?full (?:story|article))\s?[.…→»>]*|full story",
    re.IGNORECASE,
)


def is_date(text: str) -> bool:
    """Tell whether a line is a date: alone, or beside other things of its kind."""
    return is_meta(text) and any(map(_is_one_date, _parts(text)))


def is_meta(text: str) -> bool:
    """Tell whether a line is a date, a reading time, a count, a "Read more", or several of these."""
    if len(text) > _LONGEST or not _HINT.search(text):
        return False
    parts = _parts(text)
    return bool(parts) and all(map(_is_one, parts)) and not all(map(_TIME.fullmatch, parts))


def _parts(text: str) -> list[str]:
    """Give what a line holds, parted by dots, bars and dashes."""
    return [part for part in _PARTS.split(text.replace("\xa0", " ").strip()) if part]


def _is_one(text: str) -> bool:
    """Tell whether a part of a line tells of an article."""
    return bool(_is_one_date(text) or any(form.fullmatch(text) for form in (_DURATION, _COUNT, _TIME, _ONWARD)))


def _is_one_date(text: str) -> bool:
    """Tell whether a part of a line is a date, with or without the time of day."""
    bare = text
    if match := _PREFIX.match(bare):
        bare = bare[match.end() :]
    if _NUMERIC.fullmatch(bare) or _AGO.fullmatch(bare):
        return True
    if match := _CLOCK.search(bare):
        bare = bare[: match.start()]
    return bool(_NUMERIC.fullmatch(bare) or _AGO.fullmatch(bare)) or _is_written_date(bare)


def _is_written_date(text: str) -> bool:
    """Tell whether a text is a date in words: a month, and a day or a year or both."""
    words = [word for word in re.split(r"[\s,]+", text.casefold()) if word not in {"", "the", "of", "de", "del", "г."}]
    months = sum(word.rstrip(".") in _MONTHS for word in words)
    days = sum(bool(_DAY.fullmatch(word)) for word in words)
    years = sum(bool(_YEAR.fullmatch(word)) for word in words)
    weekdays = sum(word.rstrip(".") in _WEEKDAYS for word in words)
    if months + days + years + weekdays != len(words):
        return False
    return months == 1 and days <= 1 and years <= 1 and weekdays <= 1 and days + years >= 1

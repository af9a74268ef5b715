"""Dates of feeds: the two forms they should have, and what is written instead."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from time import struct_time

A_DAY: Final = 86_400
_LONGEST: Final = 100
# Cyrillic has a letter with a breve, so that it is not dropped as the other accents are.
_BREVE: Final = "\u0306"
_PLAINER: Final = str.maketrans("ığł", "igl")
_LARGEST_OFFSET: Final = 14 * 60

# Minutes east of Greenwich.
_ATLANTIC: Final = """
gmt 0 utc 0 ut 0 z 0 edt -240 est -300 cdt -300 cst -360 mdt -360 mst -420 pdt -420 pst -480 adt -180 ast -240
met 60 mest 120
"""
# Those that feedparser takes for UTC, as it does all that it does not know.
_OTHERS: Final = """
wet 0 ndt -150 nst -210 akdt -480 akst -540 hst -600 brt -180 art -180 bst 60 west 60 cet 60 mez 60 cest 120 mesz 120
eet 120 sast 120 eest 180 msk 180 trt 180 pkt 300 ist 330 ict 420 wib 420 hkt 480 sgt 480 awst 480 jst 540 kst 540
acst 570 aest 600 aedt 660 nzst 720 nzdt 780
"""
_MONTH_NAMES: Final = """
jan january janv janvier januar jaenner janner januari janeiro enero ene gennaio gen ocak oca stycznia sty leden ledna \
январь января янв січня
feb february fev fevr fevrier februar februari fevereiro febrero febbraio subat sub lutego lut unor unora \
февраль февраля фев февр лютого
mar march mars marz maerz mart marco marzo maart mrt marca brezen brezna март марта мар березня
apr april avr avril abr abril aprile nisan nis kwietnia kwi duben dubna апрель апреля апр квітня
may mai mayo maio maggio mag mei maj mayis maja kveten kvetna май мая травня
jun june juin juni junho junio giugno giu haziran haz czerwca cze cerven cervna июнь июня июн червня
jul july juil juillet juli julho julio luglio lug temmuz tem lipca lip cervenec cervence июль июля июл липня
aug august aout agosto ago augustus augusti agustus agustos sierpnia sie srpen srpna август августа авг серпня
sep sept september septembre setembro septiembre settembre set eylul eyl wrzesnia wrz zari \
сентябрь сентября сен сент вересня
oct october octobre okt oktober outubro out octubre ottobre ott ekim eki pazdziernika paz rijen rijna \
октябрь октября окт жовтня
nov november novembre novembro noviembre kasim kas listopada lis listopad ноябрь ноября ноя нояб
dec december decembre dez dezember dezembro dic diciembre dicembre desember aralik ara grudnia gru prosinec prosince \
декабрь декабря дек грудня
"""


def _table(text: str) -> dict[str, int]:
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


_EASTERN: Final = _table(_OTHERS)
_ZONES: Final = _table(_ATLANTIC) | _EASTERN
_MONTHS: Final = {
    name: number for number, names in enumerate(_MONTH_NAMES.strip().split("\n"), 1) for name in names.split()
}
_AMERICAN: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_AMERICAN_MONTHS: Final = {name: number for number, name in enumerate(_AMERICAN.split(), 1)}

_RFC822: Final = re.compile(
    r"(?:[a-z]{3},?\s+)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?\s+([+-]\d{4}|[a-z]{1,5})",
    re.IGNORECASE,
)
_ISO: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)", re.IGNORECASE
)
_EPOCH: Final = re.compile(r"(\d{9,10})(?:\d{3}|\d{6})?(?:\.\d+)?")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})(?!\d)")
_YEAR_LAST: Final = re.compile(r"(?<!\d)(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?![\d:])")
_TIME: Final = re.compile(r"(?<!\d)(\d{1,2})[:時时](\d\d)(?:[:分](\d\d))?(?:[.,]\d+)?\s*([ap]\.?m\b)?", re.IGNORECASE)
_OFFSET: Final = re.compile(r"([+-])(\d\d):?(\d\d)\b")
_ZONE: Final = re.compile(r"\b([a-z]{1,4})\W*$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NUMBER: Final = re.compile(r"(?<![\d:])\d{1,4}(?![\d:])")


def seconds(text: object) -> int | None:
    """Give the moment that a feed's date tells.

    Args:
        text: a date in one of the forms that the formats ask for, or in one of those that people write.

    Returns:
        Seconds since 1970, UTC, a missing zone taken for UTC; None when there is no such moment.
    """
    if not isinstance(text, str):
        return None
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    found = _by_the_rules(text)
    if found is None and not _misleads_feedparser(text):
        found = _as_feedparser(text)
    return found if found is not None else _mended(text)


def not_ahead(moment: int | None, now: int) -> int | None:
    """Drop a moment more than a day ahead, so that no article is pushed to the top for weeks."""
    return None if moment is not None and moment > now + A_DAY else moment


def _by_the_rules(text: str) -> int | None:
    """Read the forms of RFC 822 and ISO 8601, in which nearly all dates are."""
    iso = _ISO.fullmatch(text)
    if iso:
        year, month, day, hour, minute, second, zone = iso.groups()
        return _moment(int(year), int(month), int(day), (int(hour), int(minute), int(second or 0)), _offset(zone))
    mail = _RFC822.fullmatch(text)
    if mail is None:
        return None
    day, name, year, hour, minute, second, zone = mail.groups()
    number = _AMERICAN_MONTHS.get(name.lower())
    offset = _offset(zone)
    if number is None or offset is None:
        return None
    return _moment(int(year), number, int(day), (int(hour), int(minute), int(second or 0)), offset)


def _offset(zone: str) -> int | None:
    """Give how many minutes east of Greenwich a zone is, None for one not known; a senseless one counts as UTC."""
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return 0 if minutes > _LARGEST_OFFSET else minutes if zone[0] == "+" else -minutes
    return _ZONES.get(zone.lower())


def _moment(year: int, month: int, day: int, time: tuple[int, int, int], offset: int | None) -> int | None:
    """Put a moment together; 24:00 is the next day's start, and a leap second the one before."""
    hour, minute, second = time
    try:
        whole = datetime(year, month, day, hour % 24 if hour == 24 else hour, minute, min(second, 59), tzinfo=UTC)
        whole += timedelta(days=hour // 24, minutes=-(offset or 0))
    except (ValueError, OverflowError):
        return None
    return int(whole.timestamp())


def _misleads_feedparser(text: str) -> bool:
    """Tell what feedparser would read as another moment than it is."""
    if _EPOCH.fullmatch(text) or "年" in text or "/" in text or (len(text) > 14 and text.isdecimal()):
        return True
    zone = _ZONE.search(text)
    if zone and zone[1].lower() in _EASTERN:
        return True
    date = _YEAR_FIRST.match(text)
    return date is not None and _moment(int(date[1]), int(date[2]), int(date[3]), (0, 0, 0), 0) is None


def _as_feedparser(text: str) -> int | None:
    """Read what feedparser reads: Korean, Greek and Hungarian forms, and abridged ones."""
    from feedparser.datetimes import _parse_date  # type: ignore[import-untyped] # feedparser has no types

    try:
        told: struct_time | None = _parse_date(text)
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
        return None
    return None if told is None else _moment(told[0], told[1], told[2], (told[3], told[4], told[5]), 0)


def _mended(text: str) -> int | None:
    """Read a date in another language, order, or with an impossible weekday."""
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return int(epoch[1])
    parts = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(one for one in parts if one == _BREVE or not unicodedata.combining(one))
    folded = unicodedata.normalize("NFC", folded).translate(_PLAINER)
    told = _TIME.search(folded)
    rest = folded[: told.start()] + " " + folded[told.end() :] if told else folded
    date = _date(rest)
    if date is None:
        return None
    return _moment(*date, _clock(told), _zone(rest))


def _clock(told: re.Match[str] | None) -> tuple[int, int, int]:
    if told is None:
        return (0, 0, 0)
    hour = int(told[1])
    if told[4]:
        hour = hour % 12 + (12 if told[4].startswith("p") else 0)
    return (hour, int(told[2]), int(told[3] or 0))


def _zone(rest: str) -> int:
    """Find the zone in what is left of a date when its time is taken out."""
    numeric = _OFFSET.search(rest)
    if numeric:
        return _offset(numeric[0]) or 0
    named = _ZONE.search(rest)
    return _ZONES.get(named[1], 0) if named else 0


def _date(rest: str) -> tuple[int, int, int] | None:
    """Find year, month and day."""
    first = _YEAR_FIRST.search(rest)
    if first:
        return int(first[1]), int(first[2]), int(first[3])
    last = _YEAR_LAST.search(rest)
    if last:
        a, b = int(last[1]), int(last[3])
        # With strokes Americans write the month first; nobody does with dots.
        month_first = b > 12 or (last[2] == "/" and a <= 12)
        return (_century(last[4]), a, b) if month_first else (_century(last[4]), b, a)
    return _named_date(rest)


def _named_date(rest: str) -> tuple[int, int, int] | None:
    """Find a date whose month is written as a word."""
    month = next((found for found in (_MONTHS.get(word) for word in _WORD.findall(rest)) if found), None)
    numbers = _NUMBER.findall(_OFFSET.sub(" ", rest))
    if month is None or len(numbers) < 2:
        return None
    year = next((one for one in numbers if len(one) == 4), None) or numbers[1]
    numbers.remove(year)
    return _century(year), month, int(numbers[0])


def _century(year: str) -> int:
    """Give a year in full: two digits from 90 on are of the last century."""
    number = int(year)
    return number if len(year) > 2 else number + (1900 if number >= 90 else 2000)

"""Figures of what was read: articles and minutes a day, days in a row, and of what."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import tzinfo

TOGETHER: Final = 3
"""Of more articles that became read in the same second, none was read: they were marked."""

GLANCE: Final = 10
"""Seconds with an article below which it was only looked at."""


class About(NamedTuple):
    """Whose an article is, as far as that is known."""

    title: str = ""
    source: str = ""
    author: str = ""
    section: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """That an article was read on a day: for how long, and when it became read; None where that was another day."""

    article: int
    seconds: int = 0
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What was read on a day, the longest first."""

    date: date
    articles: tuple[Reading, ...] = ()
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What a source, an author or a section had of it."""

    name: str
    articles: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read in some days: `days` are all of them, the oldest first, those too on which nothing was read.

    A streak is of days in a row on which something was read, over all that is known and not only in these days;
    the current one may have ended yesterday.
    """

    days: tuple[tuple[date, int, int], ...] = ()
    articles: int = 0
    seconds: int = 0
    streak: int = 0
    longest: int = 0
    sources: tuple[Share, ...] = ()
    authors: tuple[Share, ...] = ()
    sections: tuple[Share, ...] = ()

    @property
    def minutes(self) -> int:
        """The minutes that were read in all."""
        return round(self.seconds / 60)


def moments(times: Iterable[tuple[str, object]]) -> dict[int, int]:
    """Give when each article was read, in seconds since 1970; of many that became read in one second, none was.

    Args:
        times: ids of articles as texts, and when each became read, ISO 8601; what is no time is passed over.
    """
    known = [(article, at) for article, at in times if isinstance(at, str)]
    together = Counter(at for _, at in known)
    alone = ((int(article), _moment(at)) for article, at in known if together[at] <= TOGETHER)
    return {article: at for article, at in alone if at is not None}


def _moment(text: str) -> int | None:
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def days_of(moments: Mapping[int, int], log: Mapping[date, Mapping[int, int]], zone: tzinfo | None = None) -> list[Day]:
    """Give the days on which something was read, the newest first.

    Args:
        moments: when articles became read, in seconds since 1970; see the function of that name.
        log: the seconds that were read of each article by day; article 0 stands for several.
        zone: where days begin and end; None for here.
    """
    read: dict[date, dict[int, int]] = defaultdict(dict)
    for article, at in moments.items():
        try:
            read[datetime.fromtimestamp(at, zone).date()][article] = at
        except (OverflowError, OSError, ValueError):
            continue
    found = []
    for day in {*read, *log}:
        spent, became = log.get(day, {}), read.get(day, {})
        articles = [
            Reading(article, spent.get(article, 0), became.get(article))
            for article in {*spent, *became}
            if article and (article in became or spent[article] >= GLANCE)
        ]
        seconds = sum(spent.values())
        if articles or seconds >= GLANCE:
            articles.sort(key=lambda one: (-one.seconds, -(one.at or 0), one.article))
            found.append(Day(day, tuple(articles), seconds))
    return sorted(found, key=lambda one: one.date, reverse=True)


def streaks(days: Iterable[date], today: date) -> tuple[int, int]:
    """Give how many days in a row something was read, up to today or yesterday, and how many it was at most."""
    longest = run = current = 0
    last: date | None = None
    for day in sorted({day for day in days if day <= today}):
        run = run + 1 if last is not None and day - last == timedelta(1) else 1
        longest, last = max(longest, run), day
    if last is not None and today - last <= timedelta(1):
        current = run
    return current, longest


def figures(
    days: Sequence[Day], today: date, span: int, whose: Callable[[Collection[int]], Mapping[int, tuple[str, str, str]]]
) -> Figures:
    """Add up what was read in the last days.

    Args:
        days: the days on which something was read.
        today: the last day of those wanted.
        span: how many days are wanted.
        whose: gives the source, the author and the section of articles.
    """
    span = min(max(span, 1), today.toordinal())
    first = today - timedelta(span - 1)
    wanted = {day.date: day for day in days if first <= day.date <= today}
    each = []
    for number in range(span):
        moment = first + timedelta(number)
        day = wanted.get(moment, Day(moment))
        each.append((moment, len(day.articles), day.seconds))
    spent: Counter[int] = Counter()
    for day in wanted.values():
        for one in day.articles:
            spent[one.article] += one.seconds
    known, nobody = whose(spent.keys()), ("", "", "")
    names = [known.get(article, nobody) for article in spent]
    sources, authors, sections = (_shares([name[which] for name in names], spent.values()) for which in range(3))
    current, longest = streaks((day.date for day in days), today)
    return Figures(
        tuple(each),
        len(spent),
        sum(day.seconds for day in wanted.values()),
        current,
        longest,
        sources,
        authors,
        sections,
    )


def _shares(names: Sequence[str], spent: Iterable[int]) -> tuple[Share, ...]:
    articles, seconds = Counter(names), Counter[str]()
    for name, some in zip(names, spent, strict=True):
        if some:
            seconds[name] += some
    found = [Share(name, count, seconds.get(name, 0)) for name, count in articles.items() if name]
    return tuple(sorted(found, key=lambda one: (-one.seconds, -one.articles, one.name)))

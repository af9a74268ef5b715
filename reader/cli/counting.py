"""`reader stats`: what was read and when, in figures and plain bars."""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.columns import cells, fit
from reader.cli.opening import opened
from reader.cli.terminal import line, say
from reader.library.labels import counted
from reader.model.article import as_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.annotation import JSON
    from reader.model.figures import Figures, Share

_DAYS: Final = 30
_MOST_DAYS: Final = 36_500
_LINES: Final = 31
"""Days that have a bar each; of more days a bar is a week, and of more weeks than this a month."""
_WIDTH: Final = 72
_LEAST: Final = 8
_TOP: Final = 8
_BLOCKS: Final = " ▏▎▍▌▋▊▉█"


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser(
        "stats",
        "Print what you read in the last days: articles and minutes a day, days in a row, and of what most.\n"
        "It is counted on this computer, from your marks, and nobody else learns of it.",
        "JSON is an array of one object: days (date, articles, seconds, the oldest first), articles, seconds,\n"
        "streak and longest (days in a row), sources, authors and sections (name, articles, seconds).",
    )
    parser.add_argument("--json", action="store_true", help="print the figures for programs")
    parser.add_argument("--days", type=_days, default=_DAYS, metavar="N", help=f"how many days; {_DAYS} without")
    return parser


def stats(arguments: Sequence[str]) -> int:
    """Print what was read in the last days."""
    options = _parser().parse_args(arguments)
    with opened("stats") as library:
        found = library.figures.figures(options.days)
    if options.json:
        from reader.cli.records import print_array

        print_array((_record(found),))
    else:
        for told in _told(found):
            say(told)
    return 0


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= _MOST_DAYS):
        raise argparse.ArgumentTypeError(f"{line(text)} is no number of days from 1 to {_MOST_DAYS:,}")
    return int(text)


def _record(found: Figures) -> dict[str, JSON]:
    return {
        "days": [
            {"date": day.isoformat(), "articles": articles, "seconds": spent} for day, articles, spent in found.days
        ],
        "articles": found.articles,
        "seconds": found.seconds,
        "streak": found.streak,
        "longest": found.longest,
        "sources": [_share(one) for one in found.sources],
        "authors": [_share(one) for one in found.authors],
        "sections": [_share(one) for one in found.sections],
    }


def _share(one: Share) -> dict[str, JSON]:
    return {"name": one.name, "articles": one.articles, "seconds": one.seconds}


def _told(found: Figures) -> Iterator[str]:
    width = min(shutil.get_terminal_size().columns, _WIDTH) if sys.stdout.isatty() else _WIDTH
    span = len(found.days)
    days = "Today" if span == 1 else f"The last {span:,} days"
    yield f"{days}: {counted(found.articles)}, {as_time(found.minutes)}"
    if found.longest:
        now = "1 day" if found.streak == 1 else f"{found.streak:,} days"
        yield f"In a row: {now} now, {found.longest:,} at most"
    if not (found.articles or found.seconds):
        return
    yield ""
    yield from _bars([(name, spent, articles) for name, articles, spent in _spans(found.days)], width)
    for heading, shares in (("Sources", found.sources), ("Authors", found.authors), ("Sections", found.sections)):
        if shares:
            yield ""
            yield heading
            yield from _bars([(line(one.name), one.seconds, one.articles) for one in shares[:_TOP]], width)


def _spans(days: Sequence[tuple[date, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Give days, weeks or months with a name each, so many as there is room for."""
    if len(days) <= _LINES:
        for day, articles, spent in days:
            yield f"{day:%a} {day.day:>2} {day:%b}", articles, spent
        return
    spans: dict[str, tuple[int, int]] = {}
    for day, articles, spent in days:
        monday = day - timedelta(day.weekday())
        name = f"{monday.day:>2} {monday:%b %Y}" if len(days) <= 7 * _LINES else f"{day:%b %Y}"
        before = spans.get(name, (0, 0))
        spans[name] = before[0] + articles, before[1] + spent
    for name, (articles, spent) in spans.items():
        yield name, articles, spent


def _bars(rows: Sequence[tuple[str, int, int]], width: int) -> Iterator[str]:
    """Draw a bar of the time for each row; where no time is known, of the articles."""
    timed = any(spent for _, spent, _ in rows)
    said = [
        f"{as_time(round(spent / 60)) if timed else ''}  {counted(articles) if articles else ''}".strip()
        for _, spent, articles in rows
    ]
    right, left = max(map(cells, said)), min(max(cells(name) for name, _, _ in rows), width // 3)
    room = max(_LEAST, width - left - right - 6)
    values = [spent if timed else articles for _, spent, articles in rows]
    most = max(values) or 1
    for (name, _, _), told, value in zip(rows, said, values, strict=True):
        yield f"  {fit(name, left)}  {fit(_bar(value / most, room), room)}  {told}".rstrip()


def _bar(share: float, room: int) -> str:
    eighths = round(share * room * 8)
    if share and not eighths:
        eighths = 1
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_BLOCKS[rest] if rest else "")

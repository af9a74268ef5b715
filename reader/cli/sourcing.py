"""`reader sources`: where the articles come from, and how each of these places is looked after."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.columns import cells, fit
from reader.cli.opening import opened
from reader.cli.terminal import Failure, hint, line, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.library.subscriptions import Standing
    from reader.model.annotation import JSON
    from reader.model.source import Source

_EPILOG: Final = """\
  reader sources show SOURCE              print all that is known of one
  reader sources rename SOURCE [TITLE]    without TITLE: the title that the feed gives itself
  reader sources set SOURCE [OPTION...]   how it is looked after; see `reader sources set --help`
  reader sources pause|resume SOURCE      ask it no more, or again
  reader sources remove SOURCE [--yes]    articles that you marked are kept

A SOURCE is an id, the beginning of a title, or an address."""

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    from reader.cli import tending

    yield _parser()
    yield from tending.parsers()


def _parser() -> Parser:
    parser = Parser(
        "sources",
        "Print where the articles come from: id, kind, articles, unread, title, location,\n"
        "when it last answered, when it is asked next, and what is wrong with it.",
        _EPILOG,
    )
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    return parser


def sources(arguments: Sequence[str]) -> int:
    """Print where the articles come from, one line a source, or JSON; or do something with one of them."""
    from reader.cli import tending

    verbs: dict[str, Callable[[Sequence[str]], int]] = {
        "show": tending.show,
        "rename": tending.rename,
        "set": tending.settings,
        "pause": tending.pause,
        "resume": tending.resume,
        "remove": tending.remove,
    }
    if arguments and arguments[0] in verbs:
        return verbs[arguments[0]](arguments[1:])
    return _list(json=_parser().parse_args(arguments).json)


def _list(*, json: bool) -> int:
    with opened("sources") as library:
        found, now = library.subscriptions.sources(), library.now()
    if json:
        from reader.cli import records

        records.print_array(map(record, found))
        return 0
    if not found:
        hint("Nothing here yet: `reader add ADDRESS` or `reader add FILE` brings articles.")
    if sys.stdout.isatty():
        for shown in _aligned([_short(standing, now) for standing in found]):
            say(shown)
        return 0
    for standing in found:
        values = record(standing)
        say("\t".join("" if (value := values[name]) is None else line(str(value)) for name in _PIPED))
    return 0


_PIPED: Final = ("id", "kind", "articles", "unread", "title", "location", "last_success", "next", "error")


def record(standing: Standing) -> dict[str, JSON]:
    """Give a source as `reader sources --json` prints it."""
    from reader.cli.records import iso

    source, fetch = standing.source, standing.fetch
    asked = is_asked(source)
    return {
        "id": source.id,
        "kind": source.kind,
        "articles": standing.articles,
        "unread": standing.unread,
        "title": source.title,
        "location": source.location or None,
        "site": source.site or None,
        "folder": source.care.folder or None,
        "paused": source.care.paused,
        "full_text": source.care.full_text,
        "last_success": None if fetch.succeeded is None else iso(fetch.succeeded),
        "next": iso(fetch.due) if asked and not fetch.gone and fetch.due else None,
        "failures": fetch.failures,
        "gone": fetch.gone,
        "error": fetch.error or None,
    }


def is_asked(source: Source) -> bool:
    """Tell whether a source is asked for what is new."""
    from reader.model.source import FETCHED, WATCHED

    return source.kind in FETCHED | WATCHED and not source.care.paused


def _short(standing: Standing, now: int) -> list[str]:
    """Give a source as the terminal shows it."""
    from reader.ingest.saying import KINDS

    source, fetch = standing.source, standing.fetch
    following = ""
    if source.care.paused:
        following = "paused"
    elif fetch.gone:
        following = "ended"
    elif is_asked(source):
        following = later(fetch.due, now)
    last = "" if fetch.succeeded is None else earlier(fetch.succeeded, now)
    counts = [str(standing.articles), str(standing.unread)]
    kind = KINDS.get(source.kind, source.kind)
    return [*map(line, (source.id, kind, *counts, last, following, source.title, fetch.error or source.location))]


def earlier(time: int, now: int) -> str:
    """Say when something was, as people say it."""
    said = _span(now - time)
    return f"{said} ago" if said else "just now"


def later(time: int, now: int) -> str:
    """Say when something will be, as people say it."""
    said = _span(time - now)
    return f"in {said}" if said else "now"


def _span(seconds: int) -> str:
    for unit, length in _UNITS:
        if seconds >= length:
            count = seconds // length
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return ""


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    total = shutil.get_terminal_size().columns
    for row in rows:
        yield fit("  ".join(map(fit, row, widths)), total).rstrip()


def find_source(known: Sequence[Source], name: str) -> Source:
    """Find a source by its id, its address, its title, or the beginning of one of these.

    Raises:
        Failure: there is none, or more than one.
    """
    from reader.ingest.net.addresses import without_login

    name = without_login(name)[0]
    folded = name.casefold()
    tests: tuple[Callable[[Source], bool], ...] = (
        lambda source: name in {source.id, source.location} or (bool(source.site) and name == source.site),
        lambda source: source.title.casefold() == folded,
        lambda source: source.title.casefold().startswith(folded) or source.id.startswith(name),
    )
    for test in tests if name else ():
        found = list(filter(test, known))
        if len(found) == 1:
            return found[0]
        if found:
            fitting = ", ".join(f"{source.id} ({line(source.title)})" for source in found)
            raise Failure(name, f"fits {len(found)} sources: {fitting}")
    raise Failure(name, "there is no such source; `reader sources` prints those there are")

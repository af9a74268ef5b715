"""`reader refresh`: asks sources for what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.piped import STDIN, expanded
from reader.cli.terminal import Failure, Progress, fail, hint, line, report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.library.events import Landed
    from reader.model.annotation import JSON
    from reader.model.source import Source


_SOURCE: Final = "an id, the beginning of a title, or an address; - takes the lines of `reader sources`"


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser(
        "refresh",
        "Ask sources for what is new: all that are due, or those that are named, due or not.\n"
        "How often a source is due follows from how often it publishes; one that fails is asked less often.",
    )
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help=_SOURCE)
    parser.add_argument("--force", action="store_true", help="ask all sources, due or not; not those that are paused")
    parser.add_argument("--json", action="store_true", help="print one array of objects, one for each source asked")
    return parser


def refresh(arguments: Sequence[str]) -> int:
    """Ask what is due, or the sources that are named; one that fails does not keep the others from being asked."""
    options = _parser().parse_args(arguments)
    names = expanded("refresh", options.sources)
    if STDIN in options.sources and not names:
        hint("No source was named.")
        return 0
    with opened("refresh", write=True) as library:
        named, status = _named(library, names)
        if options.sources and not named:
            return status
        wanted = [source.id for source in named] if options.sources else None
        return max(status, _refresh(library, wanted, force=options.force, json=options.json))


def _refresh(library: Library, wanted: Sequence[str] | None, *, force: bool, json: bool) -> int:
    from reader.cli.ruling import tell_wrong
    from reader.library.errands import refresh as ask

    tell_wrong(library.places)
    landing = _Landing(silent=json)
    summary = ask(library, wanted, force=force, tell=landing.tell)
    landing.end()
    if json:
        from reader.cli.records import print_array

        print_array(map(_record, landing.landed.values()))
        return 1 if summary.failed else 0
    if summary.asked or landing.landed:
        report(str(summary))
    else:
        hint(_why_nothing(library))
    for told in summary.ruled:
        report(line(told))
    return 1 if summary.failed else 0


def _named(library: Library, names: Sequence[str]) -> tuple[list[Source], int]:
    from reader.cli.sourcing import find_source
    from reader.model.source import FETCHED, REMOVED, WATCHED

    found: dict[str, Source] = {}
    status = 0
    known = library.marks.sources() if names else []
    for name in names:
        try:
            source = find_source(known, name)
            if source.kind == REMOVED:
                raise Failure(name, "was removed: `reader add` with its address brings it back")
            if source.kind not in FETCHED | WATCHED:
                raise Failure(name, f"is a {source.kind}, which came once: there is nothing to ask")
        except Failure as failure:
            status = fail("", str(failure))
        else:
            found[source.id] = source
    return list(found.values()), status


def _why_nothing(library: Library) -> str:
    from reader.cli.sourcing import later
    from reader.model.source import FETCHED, WATCHED
    from reader.storage import fetches

    if not any(source.kind in FETCHED | WATCHED for source in library.marks.sources()):
        return "There is nothing to ask yet: `reader add ADDRESS` subscribes to a feed."
    soonest = fetches.soonest(library.cache, library.now())
    when = "" if soonest is None else f" The next is due {later(soonest, library.now())}."
    return f"Nothing is due.{when} --force asks all the same."


class _Landing:
    """Prints what lands, and on a terminal a line that tells how far it is.

    Args:
        silent: print no news; errors are told in any case.
    """

    def __init__(self, *, silent: bool) -> None:
        self.landed: dict[str, Landed] = {}
        self._silent = silent
        self._progress = Progress()

    def tell(self, landed: Landed) -> None:
        """Tell of one source."""
        from dataclasses import replace

        before = self.landed.get(landed.source)
        if landed.pages and before is not None:
            self.landed[landed.source] = replace(before, pages=landed.pages)
        else:
            self.landed[landed.source] = landed
        self._progress.clear()
        if landed.error:
            fail(landed.title, landed.error)
        elif not self._silent:
            for news in _news(landed):
                report(f"{line(landed.title)}: {line(news)}")
        if not self._silent and landed.done < landed.total:
            self._progress.tell(f"{landed.done:,} of {landed.total:,}  {landed.title}")

    def end(self) -> None:
        """Take the line of progress away."""
        self._progress.clear()


def _news(landed: Landed) -> list[str]:
    if landed.pages:
        return [f"{landed.pages:,} whole {'article' if landed.pages == 1 else 'articles'}"]
    counts = [f"{len(landed.new):,} new"] if landed.new else []
    counts += [f"{len(landed.changed):,} updated"] if landed.changed else []
    news = [", ".join(counts)] if counts else []
    news += [f"has moved to {landed.moved}"] if landed.moved else []
    news += [landed.note] if landed.note else []
    return news + (["not asked: its host wants to be left alone for a while"] if landed.waits else [])


def _record(landed: Landed) -> dict[str, JSON]:
    return {
        "id": landed.source,
        "title": landed.title,
        "new": len(landed.new),
        "updated": len(landed.changed),
        "whole": landed.pages,
        "unchanged": landed.unchanged,
        "waits": landed.waits,
        "moved": landed.moved or None,
        "gone": landed.gone,
        "error": landed.error or None,
    }

"""`reader prune`: old articles deleted, when the user says so."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.query import asked, epilog, joined
from reader.cli.terminal import Failure, Progress, hint, line, may_ask, report, say
from reader.library.labels import counted
from reader.library.retention import KEPT
from reader.model.query import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.library.retention import Plan
    from reader.model.annotation import JSON

_MEGA: Final = 1 << 20


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser(
        "prune",
        "Delete articles that are older than so long. Everything is kept unless you say this. What is unread, begun,\n"
        "bookmarked, noted, highlighted or tagged stays. What is deleted does not come back at the next refresh;\n"
        "that it was read is remembered.",
        epilog(),
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="only of these articles")
    parser.add_argument("--older", required=True, metavar="AGE", help="2y, 6m, 8w, 90d; or a day: 2024-12-31")
    parser.add_argument(
        "--also", type=_kinds, default=(), metavar="KIND[,KIND...]", help=f"what goes all the same: {', '.join(KEPT)}"
    )
    parser.add_argument("--dry-run", action="store_true", help="only tell how many of which source would go")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--json", action="store_true", help="print an array of one object: what goes, and from where")
    return parser


def prune(arguments: Sequence[str]) -> int:
    """Delete old articles."""
    parser = _parser()
    options = parser.parse_query(arguments)
    if options.json and not (options.yes or options.dry_run):
        parser.error("--json asks nothing: it needs --yes or --dry-run")
    text = asked(joined(options.query)) if options.query else ""
    with opened("prune", write=not options.dry_run) as library:
        found = _planned(library, options.older, text, options.also)
        if not options.json:
            _tell(found, options.older, asked_for=options.dry_run or not options.yes)
        if options.dry_run or not found.keys:
            if options.json:
                _print_json(found)
            hint("Nothing was deleted.")
            return 0
        if not options.yes and not _agreed(len(found.keys)):
            hint("Nothing was deleted.")
            return 1
        return _prune(library, found, json=options.json)


def _tell(found: Plan, older: str, *, asked_for: bool) -> None:
    tell = say if asked_for else report
    for title, count in found.sources:
        tell(f"{count}\t{line(title)}")
    kept = f"; {found.kept:,} as old stay, being marked or unread" if found.kept else ""
    tell(f"{counted(len(found.keys))} older than {line(older)}{kept}")


def _print_json(found: Plan, *, deleted: bool = False, given: int | None = None) -> None:
    from reader.cli.records import print_array

    told: dict[str, JSON] = {
        "articles": len(found.keys),
        "kept": found.kept,
        "deleted": deleted,
        "bytes": given,
        "sources": [{"title": title, "articles": count} for title, count in found.sources],
    }
    print_array([told])


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip().casefold() for kind in text.split(",") if kind.strip())
    wrong = next((kind for kind in kinds if kind not in KEPT), None)
    if wrong is not None:
        from difflib import get_close_matches

        close = get_close_matches(wrong, KEPT, 1)
        meant = f"did you mean {close[0]}?" if close else f"there are {', '.join(KEPT)}"
        raise argparse.ArgumentTypeError(f"{line(wrong)} is nothing that is kept; {meant}")
    return kinds


def _planned(library: Library, older: str, text: str, also: Sequence[str]) -> Plan:
    from reader.cli.reading import pace_of
    from reader.library import retention

    library.shelf.pace = pace_of(library)
    try:
        return retention.plan(library, older, text, also)
    except QueryError as error:
        told = str(error).replace("before:", "").replace(f"{older}: ", "", 1).strip()
        why = told if older.strip() else "it wants an age, such as 2y, 6m, 8w, 90d"
        raise Failure("--older", f"{line(older)}: {why}" if older.strip() else why, 2) from error


def _agreed(count: int) -> bool:
    """Ask whether so many articles are to go.

    Raises:
        Failure: nobody can be asked.
    """
    if not may_ask():
        raise Failure("prune", "nothing was deleted: --yes does it without asking", 2)
    sys.stderr.write(f"Delete {counted(count)} for good? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _prune(library: Library, found: Plan, *, json: bool) -> int:
    from reader.library import retention

    progress, total = Progress(), len(found.keys)
    try:
        given = retention.prune(library, found, lambda done: progress.tell(f"{done:,} of {total:,} deleted"))
    finally:
        progress.clear()
    if json:
        _print_json(found, deleted=True, given=given)
        return 0
    if given is None:
        room = "; the room stays in the file, for what comes next"
    else:
        room = f"; {given / _MEGA:,.1f} MiB given back" if given else ""
    report(f"{counted(total)} deleted{room}")
    return 0

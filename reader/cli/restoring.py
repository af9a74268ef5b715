"""`reader backup` and `reader restore`: copies of the marks, and the way back to one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Namespace, Parser
from reader.cli.collecting import uncollected
from reader.cli.terminal import Failure, fail, hint, line, may_ask, report, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.library import Library
    from reader.library.restoring import Backup, Plan
    from reader.model.annotation import JSON
    from reader.storage.comparing import Tally

_KIBI: Final = 1024
_TITLE: Final = 40


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_backup_parser(), _restore_parser())


def _backup_parser() -> Parser:
    parser = Parser(
        "backup",
        "Copy your marks, also while the app is open: what it marked is in the copy. reader makes copies by itself\n"
        "too, at the end of each session and hourly meanwhile when something changed. It keeps the newest twelve, one\n"
        "an hour of the last day, one a day of seven, one a week of four; those of the hours go first where all\n"
        "would take more than 256 MiB. A copy that you made somewhere else (--to) is yours and stays.",
    )
    parser.add_argument("--to", type=Path, metavar="FILE|FOLDER", help="where; an earlier copy there is replaced")
    parser.add_argument("--list", action="store_true", help="tell what copies there are, and make none")
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    return parser


@uncollected()
def backup(arguments: Sequence[str]) -> int:
    """Copy the marks, or tell what copies there are."""
    options = _backup_parser().parse_args(arguments)
    if options.list and options.to:
        raise Failure("backup", "--list tells of the copies that reader keeps; leave --to out", 2)

    from reader import settings
    from reader.library import restoring

    marks = settings.places().marks
    if options.list:
        return _list(restoring.all_of(marks), json=options.json)
    try:
        made, new = restoring.make(marks, options.to and options.to.expanduser())
    except restoring.BackupError as error:
        raise Failure("backup", str(error)) from error
    if options.json:
        _print_json([made])
    else:
        report(f"{line(str(made.path))}: {_counted(made)}, {_sized(made.size)}")
    if not new:
        hint("It was there: nothing changed since.")
    return 0


def _list(found: Iterable[Backup], *, json: bool) -> int:
    if json:
        _print_json(found)
        return 0
    told = False
    for one in found:
        told = True
        if sys.stdout.isatty():
            say(f"{_time(one)}  {_sized(one.size):>9}  {line(one.problem) or _counted(one)}")
        else:
            counts = (one.articles, one.notes, one.highlights, one.sources)
            say("\t".join(map(line, (_time(one), str(one.size), *map(str, counts), str(one.path), one.problem))))
    if not told:
        hint("There are no copies yet: `reader backup` makes one, and closing after a mark.")
    return 0


def _time(one: Backup) -> str:
    return one.made.strftime("%Y-%m-%d %H:%M:%S")


def _print_json(found: Iterable[Backup]) -> None:
    from reader.cli.records import print_array

    print_array(map(_record, found))


def _record(one: Backup) -> dict[str, JSON]:
    return {
        "made": one.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "path": str(one.path),
        "bytes": one.size,
        "articles": one.articles,
        "notes": one.notes,
        "highlights": one.highlights,
        "sources": one.sources,
        "problem": one.problem or None,
    }


def _counted(one: Backup) -> str:
    counts = {
        "marked article": one.articles, "note": one.notes, "highlight": one.highlights, "source": one.sources,
    }  # fmt: skip
    return ", ".join(f"{count:,} {what}{'' if count == 1 else 's'}" for what, count in counts.items())


def _sized(size: int) -> str:
    if size < _KIBI:
        return f"{size} B"
    return f"{size / _KIBI:,.0f} KiB" if size < _KIBI**2 else f"{size / _KIBI**2:,.1f} MiB"


def _restore_parser() -> Parser:
    parser = Parser(
        "restore",
        "Make your marks what a copy holds: what you read, bookmarks, tags, notes, highlights, views and sources.\n"
        "It tells first what would change, and asks. What is kept now is copied before, and `reader undo` (U in the\n"
        "app) takes all of it back, also later. Sources that the copy does not know stay, and so do the times you\n"
        "spent reading.",
        "A BACKUP is a file, or a time as `reader backup --list` tells it, which may be shortened while it fits one\n"
        "copy only: reader restore '2026-11-22 13'. Without one, the newest copy is taken that differs.",
    )
    parser.add_argument("backup", nargs="?", default="", metavar="BACKUP", help="a file, or a time")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would change")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--json", action="store_true", help="print an array of one object: what changes")
    return parser


@uncollected()
def restore(arguments: Sequence[str]) -> int:
    """Make the marks what a copy holds."""
    parser = _restore_parser()
    options = parser.parse_args(arguments)
    if options.json and not (options.yes or options.dry_run):
        parser.error("--json asks nothing: it needs --yes or --dry-run")

    from reader.cli.opening import opened
    from reader.library import restoring

    with opened("restore", write=not options.dry_run) as library:
        try:
            plan = restoring.planned(library, options.backup)
        except restoring.BackupError as error:
            raise Failure("restore", f"{error}. Nothing was changed.") from error
        for passed_over in plan.passed_over:
            fail("restore", f"passed over: {passed_over}")
        if plan.damage:
            fail("restore", plan.damage)
        return _restore(library, plan, options)


def _restore(library: Library, plan: Plan, options: Namespace) -> int:
    from reader.library import restoring

    if not options.json and plan.comparison:
        _tell(library, plan, say if options.dry_run or not options.yes else report)
    elif not options.json:
        report(f"{line(plan.name)}: nothing would change")
    if options.dry_run or not plan.comparison:
        if options.json:
            _print_plan(plan)
        hint("Nothing was changed.")
        return 0
    if not options.yes and not _agreed():
        hint("Nothing was changed.")
        return 1
    kept = restoring.restore(library, plan)
    if options.json:
        _print_plan(plan, kept)
    else:
        name = line(kept.name)
        report(f"restored: {line(plan.name)}; `reader undo` takes it back, and {name} holds what was before")
    return 0


def _print_plan(plan: Plan, kept: Path | None = None) -> None:
    from reader.cli.records import print_array

    changes: dict[str, JSON] = {
        kind: {"come": tally.come, "go": tally.go, "change": tally.change}
        for kind, tally in plan.comparison.tallies.items()
    }
    before = None if kept is None else str(kept)
    print_array([{"backup": plan.name, "restored": kept is not None, "before": before, "changes": changes}])


def _tell(library: Library, plan: Plan, tell: Callable[[str], None]) -> None:
    from reader.library.restoring import titles

    tell(f"{line(plan.name)}, against what is kept now:")
    for kind, tally in plan.comparison.tallies.items():
        named = [_short(line(title)) for title in titles(library, plan, tally.some)]
        more = ", …" if tally.total > len(named) else ""
        tell(f"  {kind:<11} {_changes(tally)}{': ' + ', '.join(named) + more if named else ''}")
    stay = plan.comparison.stay
    if stay:
        tell(f"  {len(stay):,} added since {'stays' if len(stay) == 1 else 'stay'}: {_short(line(', '.join(stay)))}")


def _changes(tally: Tally) -> str:
    told = ((tally.come, "comes", "come"), (tally.go, "goes", "go"), (tally.change, "changes", "change"))
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in told if count)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"


def _agreed() -> bool:
    """Ask whether that is to be changed.

    Raises:
        Failure: nobody can be asked.
    """
    if not may_ask():
        raise Failure("restore", "nothing was changed: --yes does it without asking", 2)
    sys.stderr.write("Change that? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}

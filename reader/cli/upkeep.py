"""`reader sources`, `reader keys` and `reader doctor`: what there is, and whether it is well."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.columns import cells, fit
from reader.cli.terminal import Failure, hint, line, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.commands import Command
    from reader.library import Library
    from reader.model.annotation import JSON

_VERDICTS: Final = {"ok": "ok", "note": "note", "wrong": "WRONG", "mended": "mended"}
_WHERE: Final = {"list": " (in the list)", "article": " (in the article)", "both": ""}
_WIDE: Final = 100


def sources(arguments: Sequence[str]) -> int:
    """Print where the articles come from, one line a source, or JSON."""
    parser = Parser("sources", "Print where the articles come from: id, kind, articles, unread, title, location.")
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    options = parser.parse_args(arguments)

    from reader.cli import records
    from reader.cli.opening import opened

    with opened("sources") as library:
        found = [*_sources(library)]
    if options.json:
        records.print_array(found)
        return 0
    if not found:
        hint("Nothing here yet: `reader add FILE` brings articles.")
    lined = [[line(str(value)) for value in source.values()] for source in found]
    for values in _aligned(lined) if sys.stdout.isatty() else ("\t".join(values) for values in lined):
        say(values)
    return 0


def _sources(library: Library) -> Iterator[dict[str, JSON]]:
    from reader.model.listing import Filter
    from reader.model.source import GUIDE

    counts = {source.id: count for source, count in library.cache.sources()}
    # Marks know every source, those too that a new library.db has no articles of.
    known = {source.id: source for source, _ in library.cache.sources()}
    known |= {source.id: source for source in library.marks.sources()}
    for source in known.values():
        if source.id != GUIDE:
            yield {
                "id": source.id,
                "kind": source.kind,
                "articles": counts.get(source.id, 0),
                "unread": library.shelf.listing(Filter(source=source.id)).unread,
                "title": source.title,
                "location": source.location or None,
            }


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    total = shutil.get_terminal_size().columns
    for row in rows:
        yield fit("  ".join(map(fit, row, widths)), total).rstrip()


def keys(arguments: Sequence[str]) -> int:
    """Print the keys of the app, in groups."""
    Parser("keys", "Print the keys of the app.").parse_args(arguments)

    from reader.commands import COMMANDS

    width = min(shutil.get_terminal_size().columns, _WIDE) if sys.stdout.isatty() else 0
    rows = [(_keys_of(command), command) for command in COMMANDS]
    left, middle = max(cells(keys) for keys, _ in rows), max(cells(command.name) for command in COMMANDS)
    group = ""
    for shown, command in rows:
        if command.group != group:
            say(f"\n{command.group}" if group else command.group)
            group = command.group
        begin = f"  {fit(shown, left)}  {fit(command.name, middle)}  "
        said = command.help + _WHERE[command.where]
        for number, part in enumerate(_wrapped(said, width - cells(begin)) if width else [said]):
            say((" " * cells(begin) if number else begin) + part)
    return 0


def _keys_of(command: Command) -> str:
    from reader.commands import shown

    names = [shown(key) for key in (*command.keys, *command.article_keys)]
    return " ".join(names) if names else f"{shown(':')} {command.name}"


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, max(width, 20))


def doctor(arguments: Sequence[str]) -> int:
    """Check what is kept, and mend it when asked to."""
    parser = Parser("doctor", "Check settings, marks and library. Marks are never thrown away, also by --repair.")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    options = parser.parse_args(arguments)

    from reader import settings
    from reader.cli.opening import busy
    from reader.library.checkup import BusyError, checkup

    status = 0
    try:
        for finding in checkup(settings.places(), repair=options.repair):
            status = max(status, finding.verdict == "wrong")
            say(f"{_VERDICTS[finding.verdict]:<7} {finding.part:<9} {line(finding.text)}")
    except BusyError as error:
        raise Failure("doctor", busy(error.holder)) from error
    if status:
        again = (
            "what is still WRONG could not be mended"
            if options.repair
            else "`reader doctor --repair` mends what can be"
        )
        hint(again)
    return status

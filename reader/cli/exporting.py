"""`reader export`: articles, notes and highlights taken elsewhere."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader import settings
from reader.cli import terminal
from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.query import both, epilog, joined, view_called
from reader.cli.terminal import Failure, Progress, fail, hint, line
from reader.library import ERRORS
from reader.library.exporting import FORMATS, Asked, ExportError, Report, pieces
from reader.library.exporting import export as write
from reader.library.exporting.chosen import Chosen
from reader.model.listing import Filter
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.model.annotation import JSON

INTERRUPTED: Final = 130

_READ_THROUGH: Final = frozenset({"digest", "html", "epub"})
"""Formats that a person reads from the beginning, in the order of the list."""
_FILES: Final = frozenset({"markdown", "epub"})
"""Formats that are no text, but a folder or an archive."""
_INTERVAL: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Options:
    """What the command line asks for."""

    query: str
    view: str | None
    format: str
    to: Path | None
    title: str | None
    force: bool
    watch: bool
    json: bool


def export(arguments: Sequence[str]) -> int:
    """Write an export to a file or a folder, or print it."""
    options = _options(arguments)
    if options.watch:
        return _watch(options)
    with opened("export") as library:
        if options.to is None:
            _print(library, options)
            return 0
        return _tell(_write(library, options, options.to, replace=options.force), options)


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    said = "\n".join(f"  {one.name:<9} {one.said}" for one in FORMATS.values())
    parser = Parser(
        "export", "Take articles with their notes and highlights elsewhere.", f"Formats\n{said}\n\n{epilog()}"
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which articles; all of them without")
    parser.add_argument("--view", metavar="VIEW", help="those of a view: see `reader views`")
    parser.add_argument("--format", required=True, choices=tuple(FORMATS), metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument(
        "--to", type=Path, metavar="FILE|FOLDER", help="the file, or the folder; without it, it is printed"
    )
    parser.add_argument("--title", metavar="TITLE", help="what it is called")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    parser.add_argument("--watch", action="store_true", help="keep it up to date until Ctrl+C")
    parser.add_argument("--json", action="store_true", help="print what was written as an array of objects")
    return parser


def _options(arguments: Sequence[str]) -> _Options:
    found = _parser().parse_query(arguments)
    options = _Options(
        joined(found.query), found.view, found.format, found.to, found.title, found.force, found.watch, found.json
    )
    both(None, options.query)
    if options.to is None:
        _refuse_to_print(options)
    if options.format == "opml" and (options.query or options.view):
        raise Failure("export", "opml is the list of feeds: no query chooses among them", 2)
    return options


def _refuse_to_print(options: _Options) -> None:
    if options.format in _FILES:
        raise Failure("export", f"{options.format} is no text to be printed: --to says where it goes", 2)
    if options.watch or options.json:
        raise Failure("export", f"--{'watch' if options.watch else 'json'} needs --to", 2)


def _keys(library: Library, options: _Options) -> Sequence[int] | None:
    """Give the articles that are meant, None for all that there are."""
    view = None if options.view is None else view_called(library, options.view)
    asked = both(view, options.query)
    if asked:
        library.shelf.pace = settings.load(library.places.settings)[0].words_a_minute
        return library.shelf.listing(Filter("asked", query=asked)).keys
    return library.shelf.listing().keys if options.format in _READ_THROUGH else None


def _title(options: _Options) -> str:
    return options.title or options.view or options.query or "Articles"


def _print(library: Library, options: _Options) -> None:
    for text in pieces(Chosen(library, _keys(library, options)), options.format, _title(options)):
        terminal.write(text)
    _tell_left_out(library, options)


def _write(library: Library, options: _Options, to: Path, *, replace: bool) -> Report:
    """Write the export, and show how far it is.

    Raises:
        Failure: it cannot be put there.
    """
    progress = Progress()
    asked = Asked(options.format, to, _keys(library, options), _title(options), replace=replace)
    try:
        return write(library, asked, lambda done, total: progress.tell(f"{done:,} of {total:,} articles"))
    except ExportError as error:
        more = "; --force replaces it" if "there is a file already" in str(error) else ""
        raise Failure("export", f"{error}{more}") from error
    finally:
        progress.clear()


def _tell(report: Report, options: _Options, *, rounds: bool = False) -> int:
    if options.json and rounds:
        terminal.write(f"{_record(report)}\n")
    elif options.json:
        from reader.cli.records import print_array

        print_array((_record(report),))
    elif rounds:
        for path in report.written:
            terminal.report(line(str(path)))
    else:
        terminal.report(line(str(report)))
    for path in report.left:
        fail(str(path), "its marker line is gone, so it was left as it is")
    return 1 if report.left else 0


def _record(report: Report) -> dict[str, JSON]:
    return {
        "path": str(report.path),
        "articles": report.count,
        "written": [str(path) for path in report.written],
        "unchanged": report.unchanged,
        "left": [str(path) for path in report.left],
    }


def _tell_left_out(library: Library, options: _Options) -> None:
    if options.format == "opml":
        others = sum(source.kind == "topic" for source in library.marks.sources())
        if others:
            hint(f"{others} pages of headlines are no feeds, and not in it.")


def _watch(options: _Options) -> int:
    """Keep an export up to date until it is interrupted."""
    from reader.library.exporting.watching import watch

    assert options.to is not None  # noqa: S101 -- refused before
    to, first = options.to, [True]

    def do(library: Library) -> None:
        try:
            report = _write(library, options, to, replace=options.force or not first[0])
        except (*ERRORS, Failure) as error:
            if first[0]:
                raise
            terminal.told(error)
        else:
            first[0] = False
            _tell(report, options, rounds=True)
            terminal.flush()

    try:
        watch(settings.places(), do, _moment)
    except KeyboardInterrupt:
        hint("Stopped.")
    return INTERRUPTED


def _moment() -> bool:
    time.sleep(_INTERVAL)
    return True

"""`reader search`: articles that have some words, the best first, with the words where they stand."""

from __future__ import annotations

import argparse
import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader.cli import records
from reader.cli.arguments import Parser
from reader.cli.columns import fit
from reader.cli.opening import opened
from reader.cli.query import epilog, joined, understood
from reader.cli.reading import batches, fitted, pace_of, print_ids, records_of, tabbed
from reader.cli.terminal import hint, line, say
from reader.model.listing import Filter
from reader.model.query import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.model.annotation import JSON
    from reader.model.article import Row
    from reader.model.query import Words

_LIMIT: Final = 50
_INDENT: Final = " " * 4


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser(
        "search",
        "Print the articles that a query finds, the best match first: a line as `reader list` prints it, and where\n"
        "in the text the words stand. Notes and highlights are searched too. sort: in the query gives another order.",
        epilog(),
    )
    parser.add_argument("query", nargs="+", metavar="QUERY", help="what is looked for")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one array of objects, each with its snippet")
    form.add_argument("--ids", action="store_true", help="print the ids alone")
    parser.add_argument(
        "--limit", type=count, default=_LIMIT, metavar="N", help=f"how many at the most, 0 for all; else {_LIMIT}"
    )
    return parser


def search(arguments: Sequence[str]) -> int:
    """Print what has some words, the best match first."""
    options = _parser().parse_query(arguments)
    text = joined(options.query)
    words = words_of(understood(text))
    with opened("search") as library:
        pace = library.shelf.pace = pace_of(library)
        keys = library.shelf.listing(Filter(words=text)).keys
        wanted = keys[: options.limit] if options.limit else keys
        if options.json:
            records.print_array(_records(library, wanted, words))
            return 0
        if options.ids:
            print_ids(batches(library, wanted))
            return 0
        _print(library, wanted, words, pace)
    if not keys:
        hint("Nothing fits.")
    elif len(wanted) < len(keys):
        hint(f"{len(keys) - len(wanted):,} more: --limit 0 prints all.")
    return 0


def count(text: str) -> int:
    """Read a number that is not negative, as an option takes it."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{line(text)} is no number from 0 on")
    return int(text)


def _records(library: Library, keys: Sequence[int], words: Sequence[Words]) -> Iterator[dict[str, JSON]]:
    for rows, snippets in _found(library, keys, words):
        for row, record in zip(rows, records_of(library, rows), strict=True):
            yield {**record, "snippet": snippets.get(row.key)}


def _print(library: Library, keys: Sequence[int], words: Sequence[Words], pace: int) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for rows, snippets in _found(library, keys, words):
        for row in rows:
            snippet = line(snippets.get(row.key, ""))
            if not width:
                say(f"{tabbed(row, pace)}\t{snippet}")
                continue
            say(fitted(row, width, pace))
            if snippet:
                say(_INDENT + fit(snippet, width - len(_INDENT)).rstrip())


def _found(
    library: Library, keys: Sequence[int], words: Sequence[Words]
) -> Iterator[tuple[Sequence[Row], dict[int, str]]]:
    for rows in batches(library, keys):
        yield rows, library.shelf.snippets([row.key for row in rows], words) if words else {}

"""`reader highlights`: all that was highlighted, printed."""

from __future__ import annotations

import shutil
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Final

from reader.cli import records, rendering
from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.query import epilog, joined, understood
from reader.cli.terminal import hint, line, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.library.kept import Kept
    from reader.model.annotation import JSON, Highlight
    from reader.model.query import Query

BATCH: Final = 500
"""How many articles are asked about at a time: SQLite of old takes 999 values in a statement."""

_QUERY: Final = """\
Here words are searched for in the highlighted words, the notes on them, and what the article and its source are
called; text: is the highlighted words, and note: the notes on them.
"""


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser("highlights", "Print all highlights with their articles, the newest first.", _QUERY + epilog())
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which highlights; all of them without")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one array of objects")
    form.add_argument("--markdown", action="store_true", help="print them as Markdown")
    return parser


def highlights(arguments: Sequence[str]) -> int:
    """Print all highlights with their articles, the newest first, or those that are asked for."""
    options = _parser().parse_query(arguments)
    query = understood(joined(options.query))
    with opened("highlights") as library:
        # A highlight may be in what is listed by no query, such as the guide, or not in the library any more.
        found = _found(library, query)
        if options.json:
            urls = _urls(library, found)
            records.print_array(_record(entry, one, urls.get(entry.article, "")) for entry, one in found)
        elif not found:
            hint("Nothing fits." if query.node is not None else "Nothing is highlighted yet: H in an article does it.")
        elif options.markdown:
            _print_markdown(found, _urls(library, found))
        else:
            _print_plain(found)
    return 0


def _found(library: Library, query: Query) -> list[tuple[Kept, Highlight]]:
    """Give the highlights that are asked for, each with what is told of it."""
    entries = library.notebook.entries({"highlight"})
    kept = [(entry, entry.highlight) for entry in entries if entry.highlight is not None]
    if query.node is None:
        return kept
    from reader.library.asked import Asked

    asked = Asked(library, query, [entry for entry, _ in kept])
    return [(entry, one) for entry, one in kept if asked.meets(entry)]


def _urls(library: Library, found: Sequence[tuple[Kept, Highlight]]) -> dict[int, str]:
    """Give the addresses of the articles, by their ids."""
    urls = {entry.article: entry.url for entry, _ in found}
    keys = list(dict.fromkeys(entry.key for entry, _ in found if entry.key is not None))
    for start in range(0, len(keys), BATCH):
        urls |= {row.id: row.url or "" for row in library.shelf.rows(keys[start : start + BATCH])}
    return urls


def _record(entry: Kept, one: Highlight, url: str) -> dict[str, JSON]:
    return {
        "article": str(entry.article),
        "title": entry.title,
        "url": url or None,
        "exact": one.quote.exact,
        "color": one.color,
        "note": one.note or None,
        "created": one.created or None,
    }


def _print_plain(found: Sequence[tuple[Kept, Highlight]]) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for number, (entry, one) in enumerate(found):
        gone = "" if entry.key is not None else "no longer in the library"
        about = " · ".join(part for part in (line(entry.title), one.color, rendering.day(one.created), gone) if part)
        if number:
            say()
        say(rendering.wrapped(f"{entry.article}  {about}", width))
        say(rendering.quoted(one, width))


def _print_markdown(found: Sequence[tuple[Kept, Highlight]], urls: dict[int, str]) -> None:
    say("# Highlights")
    for article, entries in groupby(found, lambda kept: kept[0].article):
        for part in _as_markdown(list(entries), urls.get(article, "")):
            say()
            say(part)


def _as_markdown(found: Sequence[tuple[Kept, Highlight]], url: str) -> Iterator[str]:
    """Give the highlights of one article under its headline."""
    yield f"## {rendering.escaped(line(found[0][0].title))}"
    if url:
        yield f"<{line(url)}>"
    for _, one in found:
        yield rendering.quoted_as_markdown(one)

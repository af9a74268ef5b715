"""`reader list` and `reader show`: articles printed."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader import settings
from reader.cli import records, rendering
from reader.cli.arguments import Parser
from reader.cli.columns import fit
from reader.cli.opening import find, opened
from reader.cli.piped import expanded
from reader.cli.query import both, epilog, joined, view_called
from reader.cli.terminal import fail, hint, line, say
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, as_time
from reader.model.listing import Filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.annotation import JSON
    from reader.model.article import Row

BATCH: Final = 500
"""How many articles are fetched at a time: SQLite of old takes 999 values in a statement."""

IDS: Final = "an id, or the beginning of one; - takes the first word of each line of standard input"
CHANGED: Final = "print one array of objects: the articles as they are then"

_ID, _SIGNS, _MINUTES, _GAP = 15, 4, 7, 2
_AUTHOR_SHARE: Final = 6
_ROOM_FOR_AUTHOR: Final = 76
_LEAST_TITLE: Final = 12
_BETWEEN: Final = "\n---\n"
"""Between two articles that are shown."""


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_list_parser(), _show_parser())


def _list_parser() -> Parser:
    parser = Parser("list", "Print one line an article: id, state, headline, author, minutes.", epilog())
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which articles; all of them without")
    parser.add_argument("--view", metavar="VIEW", help="those of a view: see `reader views`")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one array of objects")
    form.add_argument("--ids", action="store_true", help="print the ids alone")
    return parser


def list(arguments: Sequence[str]) -> int:  # noqa: A001 -- named after its verb
    """Print one line an article, or JSON."""
    options = _list_parser().parse_query(arguments)
    text = joined(options.query)
    both(None, text)
    with opened("list") as library:
        pace = library.shelf.pace = pace_of(library)
        view = None if options.view is None else view_called(library, options.view)
        asked = both(view, text)
        found = batches(library, library.shelf.listing(Filter("asked", query=asked) if asked else Filter()).keys)
        if options.json:
            records.print_array(record for batch in found for record in records_of(library, batch))
        elif options.ids:
            print_ids(found)
        elif not print_rows(found, pace):
            hint("Nothing fits." if asked else "Nothing here yet: `reader add FILE` brings articles.")
    return 0


def batches(library: Library, keys: Sequence[int]) -> Iterator[Sequence[Row]]:
    """Give the rows of articles, some at a time."""
    for start in range(0, len(keys), BATCH):
        yield library.shelf.rows(keys[start : start + BATCH])


def print_ids(batches: Iterable[Sequence[Row]]) -> None:
    """Print the ids of articles, one a line."""
    for batch in batches:
        for row in batch:
            say(str(row.id))


def print_articles(library: Library, keys: Sequence[int]) -> None:
    """Print articles as they are now, as one array of objects."""
    records.print_array(record for batch in batches(library, keys) for record in records_of(library, batch))


def records_of(library: Library, rows: Sequence[Row]) -> Iterator[dict[str, JSON]]:
    """Give articles as `--json` prints them."""
    from reader.library.records import records_of

    return records_of(library, rows, pace_of(library))


def pace_of(library: Library) -> int:
    """Give the words a minute that reading times are told by."""
    return settings.load(library.places.settings)[0].words_a_minute


def print_rows(batches: Iterable[Sequence[Row]], pace: int) -> bool:
    """Print articles, one line each; tells whether there were any."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    anything = False
    for batch in batches:
        anything = True
        for row in batch:
            say(fitted(row, width, pace) if width else tabbed(row, pace))
    return anything


def tabbed(row: Row, pace: int) -> str:
    """Give a row for programs, its columns parted by tabs."""
    return "\t".join((str(row.id), signs(row), line(row.title), line(row.author or ""), str(row.minutes_at(pace))))


def fitted(row: Row, width: int, pace: int) -> str:
    """Lay a row out in columns; where there is no room for the author, the headline is worth more."""
    time = as_time(row.minutes_at(pace)).rjust(_MINUTES)
    longer = len(time) - _MINUTES
    room = width - _ID - _SIGNS - _MINUTES - 3 * _GAP
    author = ""
    if width >= _ROOM_FOR_AUTHOR:
        room -= width // _AUTHOR_SHARE + _GAP
        author = fit(line(row.author or ""), width // _AUTHOR_SHARE - longer) + " " * _GAP
    else:
        room -= longer
    gap = " " * _GAP
    title = fit(line(row.title), max(room, _LEAST_TITLE))
    return f"{row.id}{gap}{fit(signs(row), _SIGNS)}{gap}{title}{gap}{author}{time}"


def signs(row: Row) -> str:
    """Give an article's state: unread, begun or read; bookmarked; with a note; with a highlight."""
    state = "○" if row.has(READ) else "◐" if row.has(STARTED) else "●"
    more = ((BOOKMARKED, "★"), (NOTED, "✎"), (HIGHLIGHTED, "▍"))
    return state + "".join(sign for flag, sign in more if row.has(flag))


def _show_parser() -> Parser:
    parser = Parser("show", "Print articles: the text, your notes on it, and your highlights.")
    parser.add_argument("ids", nargs="+", metavar="ID", help=IDS)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one array of objects, notes and highlights in full")
    form.add_argument("--markdown", action="store_true", help="print it as Markdown")
    return parser


def show(arguments: Sequence[str]) -> int:
    """Print articles and what was noted on them; one that is not found does not keep out the others."""
    options = _show_parser().parse_args(arguments)
    ids = expanded("show", options.ids)
    with opened("show") as library:
        rows, status = find(library, ids)
        taken = _Taken(library, rows)
        if options.json:
            from reader.library.records import whole

            records.print_array(whole(library, found, taken.pace) for found in taken)
        else:
            for number, found in enumerate(taken):
                if number:
                    say(_BETWEEN)
                say(_shown(found, taken.pace, markdown=options.markdown))
    return max(status, taken.status)


def _shown(found: Opened, pace: int, *, markdown: bool) -> str:
    if markdown:
        return rendering.as_markdown(found, pace)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    return rendering.as_text(found, width, pace)


class _Taken:
    """Articles taken from the shelf, one after the other; one whose text is lost is told, and passed over.

    Args:
        library: the library.
        rows: the articles.
    """

    def __init__(self, library: Library, rows: Sequence[Row]) -> None:
        self.status, self.pace = 0, pace_of(library)
        self._library, self._rows = library, rows

    def __iter__(self) -> Iterator[Opened]:
        """Take the articles."""
        for row in self._rows:
            found = self._library.shelf.open(row.key)
            if found is None:
                self.status = fail(str(row.id), "its text is lost; `reader doctor --repair` mends the library")
            else:
                yield self._library.shelf.seek(found)

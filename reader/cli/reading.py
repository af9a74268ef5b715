"""`reader list` and `reader show`: articles printed."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader import settings
from reader.cli import records, rendering
from reader.cli.arguments import Parser
from reader.cli.columns import fit
from reader.cli.opening import find_one, opened
from reader.cli.query import both, epilog, joined, view_called
from reader.cli.terminal import Failure, hint, line, say
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, as_time
from reader.model.listing import Filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.library import Library
    from reader.model.annotation import JSON
    from reader.model.article import Row

BATCH: Final = 500
"""How many articles are fetched at a time: SQLite of old takes 999 values in a statement."""

_ID, _SIGNS, _MINUTES, _GAP = 15, 4, 7, 2
_AUTHOR_SHARE: Final = 6
_ROOM_FOR_AUTHOR: Final = 76
_LEAST_TITLE: Final = 12


def list(arguments: Sequence[str]) -> int:  # noqa: A001 -- named after its verb
    """Print one line an article, or JSON."""
    parser = Parser("list", "Print one line an article: id, state, headline, author, minutes.", epilog())
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which articles; all of them without")
    parser.add_argument("--view", metavar="NAME", help="those of a view: see `reader views`")
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    options = parser.parse_query(arguments)
    text = joined(options.query)
    both(None, text)
    with opened("list") as library:
        pace = library.shelf.pace = pace_of(library)
        view = None if options.view is None else view_called(library, options.view)
        asked = both(view, text)
        found = batches(library, library.shelf.listing(Filter("asked", query=asked) if asked else Filter()).keys)
        if options.json:
            records.print_array(record for batch in found for record in records_of(library, batch))
        elif not print_rows(found, pace):
            hint("Nothing fits." if asked else "Nothing here yet: `reader add FILE` brings articles.")
    return 0


def batches(library: Library, keys: Sequence[int]) -> Iterator[Sequence[Row]]:
    """Give the rows of articles, some at a time."""
    for start in range(0, len(keys), BATCH):
        yield library.shelf.rows(keys[start : start + BATCH])


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


def show(arguments: Sequence[str]) -> int:
    """Print an article and what was noted on it."""
    parser = Parser("show", "Print an article: its text, your notes on it, and your highlights.")
    parser.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print an array of one object, notes and highlights in full")
    form.add_argument("--markdown", action="store_true", help="print it as Markdown")
    options = parser.parse_args(arguments)
    with opened("show") as library:
        row = find_one(library, options.id)
        found = library.shelf.open(row.key)
        if found is None:
            raise Failure(options.id, "its text is lost; `reader doctor --repair` mends the library")
        found = library.shelf.seek(found)
        if options.json:
            from reader.library.records import whole

            records.print_array((whole(library, found, pace_of(library)),))
        elif options.markdown:
            say(rendering.as_markdown(found, pace_of(library)))
        else:
            width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
            say(rendering.as_text(found, width, pace_of(library)))
    return 0

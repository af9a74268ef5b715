"""Recording what the app will show first at its next start: the widgets themselves draw it, once the app is leaving."""

from __future__ import annotations

import os
import time
from calendar import timegm
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Final

from textual.geometry import Region
from textual.strip import Strip

from reader.library import ERRORS
from reader.model.keys import Keys
from reader.model.listing import VIEWS, Listing
from reader.model.signs import encoding
from reader.settings import FLAGS
from reader.storage.files import replace
from reader.ui.prelude import facts
from reader.ui.prelude.sheet import Sheet
from reader.ui.screens import list_words
from reader.ui.screens import session as sessions
from reader.ui.screens.reading import ReadingScreen
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from textual.app import App
    from textual.widget import Widget

    from reader.model.article import Row
    from reader.settings import Places
    from reader.ui.prelude.sheet import Runs

_HOUR: Final = 3600
_AHEAD: Final = 36 * _HOUR
"""Seconds for which a picture is right: the ages of the articles are worked out in advance."""
_LATELY: Final = 7 * 24 * _HOUR


def recorded(app: App[None]) -> Sheet | None:
    """Let an app that is leaving draw what it will show first at its next start; None where that is not known exactly.

    Nothing of it is seen: from here on the terminal stays as it is until the app leaves it.
    """
    screen = app.screen_stack[0]
    if not isinstance(screen, ReadingScreen):
        return None
    app._begin_batch()  # noqa: SLF001 -- a batch without an end; the public one ends by itself
    try:
        return _drawn(screen) if _begun_again(screen) else None
    except ERRORS:  # what they are about was said when it mattered
        return None


def keep(sheet: Sheet, places: Places) -> None:
    """Keep a picture, now that the library is closed: it is right as long as no file of it changes."""
    if FLAGS.given:
        return  # it is drawn under settings that hold only this once
    library, marks = str(places.library), str(places.marks)
    files = [library, f"{library}-wal", marks, f"{marks}.journal", str(places.settings)]
    files += [str(places.styles), *facts.code()]
    sheet.facts = facts.of_environment() | facts.of_files(files)
    with suppress(OSError, ValueError):
        replace(places.data / facts.NAME, sheet.written())


def _begun_again(screen: ReadingScreen) -> bool:
    """Let a screen show its list as at the next start; tells whether that is known exactly."""
    session = sessions.load(screen.library.cache)
    others = set(screen.query_one("#panes").children) - {screen.articles, screen.pane}
    whole = not any(other.display for other in others)
    focus = (screen.articles.has_focus, screen.pane.has_focus) == (not session.reading, session.reading)
    if screen.library.read_only or screen.lists.searched or not (whole and focus and screen.articles.display):
        return False
    screen.articles.forget_rows()
    screen.articles.mark(Keys())
    screen.articles.show_tags(None)  # they are known once the marks are open
    screen.articles.show(Listing(), None)  # the next start scrolls from the top
    listing, key = screen.lists.first(session, None)
    if not _timeless(listing):
        return False
    screen.lists.lay(listing, key)
    listing = screen.listing
    status, keys = screen.query_one(StatusLine), screen.query_one(KeyBar)
    status.left, status.right, status.busy = (
        list_words.status(listing, screen.keymap, name=screen.lists.name, searching=False, waiting=0),
        "reader",
        "",
    )
    keys.words, keys.hint = list_words.footer(screen), ""
    return True


def _timeless(listing: Listing) -> bool:
    """Tell whether a listing holds the same tomorrow."""
    chosen = listing.filter
    kept = chosen.view in VIEWS or chosen.view.startswith(("tag:", "folder:"))
    return kept and chosen.view != "today" and listing.grouping != "date"


def _drawn(screen: ReadingScreen) -> Sheet | None:
    """Draw a screen; None where there is more on it than is known here."""
    size, now = screen.size, int(time.time())
    shown = [screen.query_one(StatusLine), screen.articles, screen.pane, screen.query_one(KeyBar)]
    parts = [part for part in shown if part.display]
    if sum(part.region.area for part in parts) != size.area:
        return None
    screen.articles.draw_at(now)
    drawn = {
        y: {part: _line(screen, part, y) for part in parts if y in part.region.line_range} for y in range(size.height)
    }
    lines: dict[tuple[int, int], Runs] = {(y, now): [*chain.from_iterable(runs.values())] for y, runs in drawn.items()}
    for y, since, runs in _ageing(screen, now):
        lines[y, since] = [*chain.from_iterable((drawn[y] | {screen.articles: runs}).values())]
    if encoding(os.environ) != "utf-8" and not all(text.isascii() for runs in lines.values() for _, text in runs):
        return None  # it is painted as UTF-8
    return Sheet((size.width, size.height), (now, now + _AHEAD), {}, lines)


def _line(screen: ReadingScreen, part: Widget, y: int) -> Runs:
    """Draw what a part of the screen shows on a line; of the article only its frame."""
    width, height = part.outer_size
    line = y - part.region.y
    strip = part.render_lines(Region(0, line, width, 1))[0]
    if part is screen.pane and line not in (0, height - 1):
        strip = Strip.join([strip.crop(0, 1), Strip.blank(width - 2, part.rich_style), strip.crop(width - 1, width)])
    return _runs(strip, screen.app.console)


def _ageing(screen: ReadingScreen, now: int) -> Iterator[tuple[int, int, Runs]]:
    """Give the lines of the list that will be others as the articles get older, each with the moment when it will."""
    articles, top = screen.articles, screen.articles.content_region.y
    if articles.compact:  # such a row tells no age
        return
    lines: dict[Row, list[int]] = {}
    for row, y in articles.in_view():
        lines.setdefault(row, []).append(top + y)
    for row, ys in lines.items():
        before: dict[int, Runs] = {}
        for moment in (now, *sorted(_moments(row.published, row.revised, now))):
            articles.draw_at(moment)
            for y in ys:
                runs = _line(screen, articles, y)
                if before.setdefault(y, runs) != runs:
                    before[y], ys = runs, [y]  # there is one line that tells it
                    yield y, moment, runs


def _moments(published: int | None, revised: int | None, now: int) -> set[int]:
    """Give the moments ahead at which the age of an article is another one, in words."""
    moments = [timegm((time.gmtime(now).tm_year + 1, 1, 1, 0, 0, 0))]
    if published is not None:
        days = [published + day * 24 * _HOUR for day in range(8)]
        moments += [*days, *(published + hour * _HOUR for hour in range(1, 24))]
    if revised is not None:
        moments += [revised, revised + _LATELY]
    return {moment for moment in moments if now < moment < now + _AHEAD}


def _runs(strip: Strip, console: Console) -> Runs:
    """Give a line as pieces of text with the numbers of their colours."""
    runs = []
    for segment in strip:
        if segment.text and not segment.control:
            told = Strip([segment], segment.cell_length).render(console)
            runs.append((told[2 : told.index("m")] if told.startswith("\x1b[") else "", segment.text))
    return runs

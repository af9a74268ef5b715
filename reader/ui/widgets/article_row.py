"""One article of the list, and one heading, as lines of text with styles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, Row, as_time
from reader.ui.text import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style

    from reader.model.listing import Group

INDENT: Final = 3
_EXCERPT_LINES: Final = 2
_TITLE_LINES: Final = 4
_LATELY: Final = 7 * 86400
"""Seconds that an article is called updated."""
OFFLINE: Final = "⇣"
"""The sign of an article whose whole page is kept."""


@dataclass(frozen=True, slots=True)
class RowStyles:
    """The styles of one row in one state."""

    base: Style
    blank: Style
    title: Style
    byline: Style
    excerpt: Style
    mark: Style


def state_mark(flags: int) -> str:
    """Give the sign for how far an article was read: unread, begun, read."""
    if flags & READ:
        return "○"
    return "◐" if flags & STARTED else "●"


def marks(flags: int) -> str:
    """Give the signs of a bookmark, a note and a highlight, each with a space after it."""
    signs = ((BOOKMARKED, "★ "), (NOTED, "✎ "), (HIGHLIGHTED, "▍ "))
    return "".join(sign for flag, sign in signs if flags & flag)


def age(published: int, now: int) -> str:
    """Say when an article was published, shortly: `now`, `5 h`, `3 d`, `14 Mar`, `14 Mar 2024`."""
    seconds = now - published
    if 0 <= seconds < _LATELY:
        hours = seconds // 3600
        return f"{hours // 24} d" if hours >= 24 else f"{hours} h" if hours else "now"
    then = datetime.fromtimestamp(published, UTC)
    year = "" if then.year == datetime.fromtimestamp(now, UTC).year else f" {then.year}"
    return f"{then.day} {then:%b}{year}"


def byline(row: Row, now: int, pace: int) -> str:
    """Give the line under a headline: who, when, how long, whether it changed lately and is kept whole."""
    when = age(row.published, now) if row.published is not None else None
    changed = "updated" if row.revised is not None and 0 <= now - row.revised < _LATELY else None
    parts = (row.author, when, changed, as_time(row.minutes_at(pace)), OFFLINE if row.offline else None)
    return " · ".join(part for part in parts if part)


def full_row(row: Row, width: int, now: int, cursor: bool, styles: RowStyles, pace: int) -> list[Strip]:
    """Draw an article with its wrapped headline, byline and up to two lines of excerpt.

    Args:
        row: the article.
        width: cells the row takes.
        now: seconds since 1970, for its age.
        cursor: whether the cursor is on it.
        styles: how to draw it.
        pace: words a minute, for its reading time.
    """
    room = max(8, width - INDENT - 2)  # a space, and the column of the scroll mark
    signs = marks(row.flags)
    heading = signs + row.title
    lines = wrap(heading, room)
    shown = [heading[start:end] for start, end in lines[:_TITLE_LINES]]
    if len(lines) > _TITLE_LINES:
        shown[-1] = shorten(heading[lines[_TITLE_LINES - 1][0] :], room)
    draw = _line_of(width, cursor, styles)
    strips = [
        draw(state_mark(row.flags) if not number else " ", line, styles.title) for number, line in enumerate(shown)
    ]
    strips.append(draw(" ", shorten(byline(row, now, pace), room), styles.byline))
    strips.extend(draw(" ", line, styles.excerpt) for line in _excerpt(row, room))
    strips.append(_blank(width, styles))
    return strips


def _excerpt(row: Row, room: int) -> list[str]:
    text = row.excerpt[: room * (_EXCERPT_LINES + 1)]
    if not text:
        return []
    lines = wrap(text, room)
    shown = [text[start:end] for start, end in lines[:_EXCERPT_LINES]]
    if len(lines) > _EXCERPT_LINES or len(text) < len(row.excerpt) or row.cut:
        shown[-1] = _trailing_off(shown[-1], room)
    return shown


def _trailing_off(line: str, room: int) -> str:
    """End a line with an ellipsis, at the end of a word."""
    line = line.rstrip(" …")
    while cell_len(line) + 2 > room and " " in line:
        line = line.rpartition(" ")[0]
    return f"{line} …" if cell_len(line) + 2 <= room else shorten(f"{line}…", room)


def compact_row(row: Row, width: int, now: int, cursor: bool, styles: RowStyles, pace: int) -> list[Strip]:
    """Draw an article on one line: mark, headline, and its reading time at the right."""
    tail = f" {OFFLINE if row.offline else ''} {as_time(row.minutes_at(pace))}".replace("  ", " ")
    room = max(1, width - INDENT - 1 - len(tail))
    heading = shorten(marks(row.flags) + row.title, room)
    draw = _line_of(width - len(tail) - 1, cursor, styles)
    line = draw(state_mark(row.flags), heading, styles.title)
    return [Strip([*line, Segment(tail + " ", styles.byline)]).adjust_cell_length(width, styles.base)]


def heading_row(group: Group, unread: int, width: int, styles: RowStyles, cursor: bool) -> list[Strip]:
    """Draw a section's heading: whether it is folded, its name, and how many are unread."""
    count = f"{unread:,}" if unread else ""
    sign = "▸" if group.folded else "▾"
    room = max(1, width - INDENT - len(count) - 2)
    name = shorten(group.title, room)
    gap = " " * max(1, width - INDENT - cell_len(name) - len(count) - 1)
    bar = "▌" if cursor else " "
    segments = [Segment(bar, styles.mark), Segment(f"{sign} {name}{gap}{count} ", styles.title)]
    return [Strip(segments).adjust_cell_length(width, styles.base)]


def _line_of(width: int, cursor: bool, styles: RowStyles) -> Callable[[str, str, Style], Strip]:
    bar = Segment("▌" if cursor else " ", styles.mark)

    def draw(mark: str, text: str, style: Style) -> Strip:
        pad = max(0, width - INDENT - cell_len(text))
        segments = [bar, Segment(f"{mark} ", styles.mark), Segment(text, style), Segment(" " * pad, styles.base)]
        return Strip(segments, INDENT + cell_len(text) + pad)

    return draw


def _blank(width: int, styles: RowStyles) -> Strip:
    return Strip([Segment(" " * width, styles.blank)], width)

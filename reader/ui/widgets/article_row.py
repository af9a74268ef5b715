"""One article of the list, and one heading, as lines of text with styles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, Row, as_time
from reader.ui.text import shorten, wrap
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.model.listing import Group

INDENT: Final = 3
_EXCERPT_LINES: Final = 2
_TITLE_LINES: Final = 4
_LATELY: Final = 7 * 86400
"""Seconds that an article is called updated."""
OFFLINE: Final = "⇣"
"""The sign of an article whose whole page is kept."""
_TAG: Final = 20
"""Cells that a tag takes of a line at most."""
_OTHERS: Final = 2
"""Other sources that a line names."""
MARKED: Final = "✓"
"""The sign of an article that is marked for what is done next."""


_PLAIN: Final = Style.null()


@dataclass(frozen=True, slots=True)
class RowStyles:
    """The styles of one row in one state."""

    base: Style
    blank: Style
    title: Style
    byline: Style
    excerpt: Style
    mark: Style
    match: Style = _PLAIN
    """Laid over the others where a word is that was searched for."""
    marked: Style = _PLAIN
    """What tells that a row is marked."""


@dataclass(frozen=True, slots=True)
class More:
    """What the reader did with a row that is not among its flags: its tags, and whether it is marked."""

    marked: bool = False
    tags: tuple[str, ...] = ()


NOTHING_MORE: Final = More()


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found in a row: `spans` gives where its words are in a text.

    `snippet` is the passage to show in the place of the excerpt, None for the excerpt itself.
    """

    spans: Callable[[str], Sequence[tuple[int, int]]]
    snippet: str | None = None


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


def byline(row: Row, now: int, pace: int, tags: Sequence[str] = (), room: int = 0) -> str:
    """Give the line under a headline: who, when, how long, whether it changed lately and is kept whole, tags, others.

    As many of the other sources are named as there is room for, two at most; without `room` it does not matter.
    """
    when = age(row.published, now) if row.published is not None else None
    changed = "updated" if row.revised is not None and 0 <= now - row.revised < _LATELY else None
    tagged = " ".join(shorten(f"#{tag}", _TAG) for tag in tags)
    parts = (row.author, when, changed, as_time(row.minutes_at(pace)), OFFLINE if row.offline else None, tagged)
    said = [part for part in parts if part]
    if not row.others:
        return " · ".join(said)
    lines = [" · ".join((*said, also_in(row.others, most))) for most in range(_OTHERS, -1, -1)]
    return next((line for line in lines if not room or cell_len(line) <= room), lines[-1])


def also_in(others: Sequence[str], most: int = _OTHERS) -> str:
    """Name the other sources of an article: `also in The Hour, Daily Sketch +3`, or only count them."""
    if not most:
        return f"also in {len(others)}" if others else ""
    named = ", ".join(shorten(title, _TAG) for title in others[:most])
    return f"also in {named}{f' +{len(others) - most}' if len(others) > most else ''}" if others else ""


def full_row(
    row: Row,
    width: int,
    now: int,
    cursor: bool,
    styles: RowStyles,
    pace: int,
    searched: Searched | None = None,
    more: More = NOTHING_MORE,
) -> list[Strip]:
    """Draw an article with its wrapped headline, byline and up to two lines of excerpt.

    Args:
        row: the article.
        width: cells the row takes.
        now: seconds since 1970, for its age.
        cursor: whether the cursor is on it.
        styles: how to draw it.
        pace: words a minute, for its reading time.
        searched: what a search found in it, None where nothing was searched for.
        more: its tags, and whether it is marked.
    """
    room = max(8, width - INDENT - 2)  # a space, and the column of the scroll mark
    heading, quoted = marks(row.flags) + row.title, _quoted(row, room, searched)
    draw = _line_of(width, cursor, styles)
    first = _line_of(width, cursor, styles, marked=True) if more.marked else draw
    strips: list[Strip] = []
    for text, lines, style in (
        (heading, _title(heading, room), styles.title),
        (line := byline(row, now, pace, more.tags, room), [(0, shorten(line, room))], styles.byline),
        (quoted[0], quoted[1], styles.excerpt),
    ):
        spans = searched.spans(text) if searched is not None and text else ()
        for start, shown in lines:
            mark, put = (" ", draw) if strips else (state_mark(row.flags), first)
            strips.append(put(mark, shown, style, spans, start))
    strips.append(_blank(width, styles))
    return strips


def _title(heading: str, room: int) -> list[tuple[int, str]]:
    """Give the lines of a headline, each with where it begins."""
    lines = wrap(heading, room)
    shown = [(start, heading[start:end]) for start, end in lines[:_TITLE_LINES]]
    if len(lines) > _TITLE_LINES:
        start = lines[_TITLE_LINES - 1][0]
        shown[-1] = start, shorten(heading[start:], room)
    return shown


def _quoted(row: Row, room: int, searched: Searched | None) -> tuple[str, list[tuple[int, str]]]:
    """Give what is shown of an article's text, and its lines, each with where it begins."""
    if searched is not None and searched.snippet is not None:
        return searched.snippet, _excerpt(searched.snippet, room, cut=False)
    return row.excerpt, _excerpt(row.excerpt, room, cut=row.cut)


def _excerpt(whole: str, room: int, *, cut: bool) -> list[tuple[int, str]]:
    text = whole[: room * (_EXCERPT_LINES + 1)]
    if not text:
        return []
    lines = wrap(text, room)
    shown = [(start, text[start:end]) for start, end in lines[:_EXCERPT_LINES]]
    if len(lines) > _EXCERPT_LINES or len(text) < len(whole) or cut:
        shown[-1] = shown[-1][0], _trailing_off(shown[-1][1], room)
    return shown


def _trailing_off(line: str, room: int) -> str:
    """End a line with an ellipsis, at the end of a word."""
    line = line.rstrip(" …")
    while cell_len(line) + 2 > room and " " in line:
        line = line.rpartition(" ")[0]
    return f"{line} …" if cell_len(line) + 2 <= room else shorten(f"{line}…", room)


def compact_row(
    row: Row,
    width: int,
    now: int,
    cursor: bool,
    styles: RowStyles,
    pace: int,
    searched: Searched | None = None,
    more: More = NOTHING_MORE,
) -> list[Strip]:
    """Draw an article on one line: mark, headline, and its reading time at the right."""
    tail = f" {OFFLINE if row.offline else ''} {as_time(row.minutes_at(pace))}".replace("  ", " ")
    room = max(1, width - INDENT - 1 - len(tail))
    heading = marks(row.flags) + row.title
    spans = searched.spans(heading) if searched is not None else ()
    draw = _line_of(width - len(tail) - 1, cursor, styles, marked=more.marked)
    line = draw(state_mark(row.flags), shorten(heading, room), styles.title, spans)
    return [Strip([*line, Segment(tail + " ", styles.byline)]).adjust_cell_length(width, styles.base)]


def heading_row(group: Group, unread: int, width: int, styles: RowStyles, cursor: bool, marked: int = 0) -> list[Strip]:
    """Draw a section's heading: whether it is folded, its name, how many are unread, and how many are marked."""
    count = " ".join([*([f"{MARKED}{marked:,}"] if marked else []), *([f"{unread:,}"] if unread else [])])
    sign = "▸" if group.folded else "▾"
    room = max(1, width - INDENT - len(count) - 2)
    name = shorten(group.title, room)
    gap = " " * max(1, width - INDENT - cell_len(name) - len(count) - 1)
    bar = "▌" if cursor else " "
    segments = [Segment(bar, styles.mark), Segment(f"{sign} {name}{gap}{count} ", styles.title)]
    return [Strip(segments).adjust_cell_length(width, styles.base)]


def _line_of(width: int, cursor: bool, styles: RowStyles, *, marked: bool = False) -> Callable[..., Strip]:
    bar = Segment("▌" if cursor else " ", styles.mark)

    def draw(mark: str, text: str, style: Style, spans: Sequence[tuple[int, int]] = (), start: int = 0) -> Strip:
        pad = max(0, width - INDENT - cell_len(text))
        words = _marked(text, style, style + styles.match, spans, start)
        begun = [bar, Segment(f"{mark} ", styles.mark)]
        if marked:  # the cursor is told as well, without colour too: its bar goes behind the sign of the state
            begun = [Segment(MARKED, styles.marked), Segment(mark, styles.mark), bar]
        segments = [*begun, *words, Segment(" " * pad, styles.base)]
        return Strip(segments, INDENT + cell_len(text) + pad)

    return draw


def _marked(line: str, style: Style, match: Style, spans: Sequence[tuple[int, int]], start: int) -> list[Segment]:
    """Part a line, which begins at an offset of a text, where spans of the text are."""
    segments, at = [], 0
    for begin, end in spans:
        first, last = max(begin - start, at), min(end - start, len(line))
        if first < last:
            segments += [Segment(line[at:first], style), Segment(line[first:last], match)]
            at = last
    return [segment for segment in (*segments, Segment(line[at:], style)) if segment.text or not segments]


def _blank(width: int, styles: RowStyles) -> Strip:
    return Strip([Segment(" " * width, styles.blank)], width)

"""What the article list draws with: rows fetched a page at a time, and their lines kept once drawn."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rich.style import Style

from reader.model.article import READ, TAGGED, Row
from reader.model.keys import Keys
from reader.ui.styling import part_style
from reader.ui.widgets.article_row import NOTHING_MORE, More, RowStyles, Searched, compact_row, full_row, heading_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.strip import Strip
    from textual.widget import Widget

    from reader.model.listing import Group, Listing
    from reader.ui.widgets.found import Found

PARTS: Final = (
    "list--heading", "list--title", "list--title-read", "list--byline", "list--excerpt", "list--mark",
    "list--cursor", "list--cursor-focus", "list--thumb", "list--match", "list--marked",
)  # fmt: skip
"""The component classes of the list."""
PAGE: Final = 32
"""Rows asked for at once."""
_CACHED: Final = 2000


def _lost(key: int) -> Row:
    title = "This article is lost: close the app and run `reader doctor --repair`"
    return Row(0, key, title, None, None, source="", excerpt="", cut=False, words=0, published=None, url=None)


class RowPages:
    """The rows of a listing, asked for when they come near.

    Args:
        rows_of: gives rows by their keys.
    """

    def __init__(self, rows_of: Callable[[Sequence[int]], list[Row]]) -> None:
        self._rows_of = rows_of
        self._rows: dict[int, Row] = {}

    def row(self, listing: Listing, index: int) -> Row:
        """Give the row at a position of a listing, in its present state."""
        key = listing.keys[index]
        found = self._rows.get(key)
        if found is None:
            first = index - index % PAGE
            if len(self._rows) > _CACHED:
                self._rows.clear()
            self._rows.update((row.key, row) for row in self._rows_of(listing.keys[first : first + PAGE]))
            found = self._rows.setdefault(key, _lost(key))
        return found.with_flags(listing.flags[index])

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()


class RowPainter:
    """Draws rows and headings in the colours of a widget's stylesheet.

    Args:
        widget: the list.
        pace: words a minute that reading times are told by.
    """

    def __init__(self, widget: Widget, pace: int) -> None:
        self._widget, self.pace = widget, pace
        self._drawn: dict[object, list[Strip]] = {}
        self._styles: dict[object, RowStyles] = {}
        self._parts: dict[str, Style] = {}
        self.clock: Callable[[], float] = time.time
        """Gives the moment that ages are told for."""
        self.found: Found | None = None
        """What a search found in the rows."""
        self.moment: int | None = None
        """The moment at which ages are told, None for the present."""
        self.marked = Keys()
        """The rows that are marked for what is done next."""
        self.tags_of: Callable[[int], tuple[str, ...]] | None = None
        """Gives the tags of an article, None while they are not known."""
        self.tags: dict[int, tuple[str, ...]] = {}
        """Those that were asked for."""
        self.base = Style.null()

    def clear(self) -> None:
        """Forget what was drawn."""
        self._drawn.clear()

    def restyle(self) -> None:
        """Take the colours from the stylesheet, and forget what was drawn in others."""
        before, base = self._parts, self.base
        self.base = self._widget.rich_style
        self._parts = {name: part_style(self._widget, name, self.base) for name in PARTS}
        if (self._parts, self.base) != (before, base):
            self._styles.clear()
            self._drawn.clear()

    def row(self, row: Row, width: int, *, cursor: bool, compact: bool, snippet: str | None = None) -> list[Strip]:
        """Give the lines of an article; `snippet` is the passage that a search found."""
        more = self._more(row) if self.marked or row.has(TAGGED) else NOTHING_MORE
        key = (row.key, row.flags, width, cursor, cursor and self._widget.has_focus, compact, more)
        strips = self._drawn.get(key)
        if strips is None:
            if len(self._drawn) > _CACHED:
                self._drawn.clear()
            draw = compact_row if compact else full_row
            styles = self._styles_for(cursor, "list--title-read" if row.has(READ) else "list--title")
            searched = Searched(self.found.spans, snippet) if self.found is not None else None
            strips = draw(row, width, int(self.clock()), cursor, styles, self.pace, searched, more)
            self._drawn[key] = strips
        return strips

    def _more(self, row: Row) -> More:
        tags: tuple[str, ...] = ()
        if row.has(TAGGED) and self.tags_of is not None:
            found = self.tags.get(row.id)
            tags = self.tags[row.id] = self.tags_of(row.id) if found is None else found
        return More(row.key in self.marked, tags)

    def heading(self, group: Group, unread: int, width: int, *, cursor: bool, marked: int = 0) -> list[Strip]:
        """Give the line of a heading; `marked` is how many of its articles are marked."""
        return heading_row(group, unread, width, self._styles_for(cursor, "list--heading"), cursor, marked)

    def _styles_for(self, cursor: bool, title: str) -> RowStyles:
        focus = cursor and self._widget.has_focus
        key = (cursor, focus, title)
        found = self._styles.get(key)
        if found is None:
            base = self.part("list--cursor-focus" if focus else "list--cursor") if cursor else self.base
            names = (title, "list--byline", "list--excerpt", "list--mark", "list--match", "list--marked")
            found = self._styles[key] = RowStyles(
                base, self.base, *(part_style(self._widget, name, base) for name in names)
            )
        return found

    def part(self, name: str) -> Style:
        """Give the style of a part, as it was when `restyle` was called last."""
        if not self._parts:
            self.restyle()
        return self._parts[name]

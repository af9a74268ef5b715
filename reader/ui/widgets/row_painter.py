"""What the article list draws with: rows fetched a page at a time, and their lines kept once drawn."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rich.style import Style

from reader.model.article import READ, Row
from reader.ui.styling import part_style
from reader.ui.widgets.article_row import RowStyles, compact_row, full_row, heading_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.strip import Strip
    from textual.widget import Widget

    from reader.model.listing import Group, Listing

PARTS: Final = (
    "list--heading", "list--title", "list--title-read", "list--byline", "list--excerpt", "list--mark",
    "list--cursor", "list--cursor-focus", "list--thumb",
)  # fmt: skip
"""The component classes of the list."""
PAGE: Final = 64
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
        self._widget, self._pace = widget, pace
        self._drawn: dict[object, list[Strip]] = {}
        self._styles: dict[object, RowStyles] = {}
        self._look: tuple[Style, ...] = ()
        self.base = Style.null()

    def clear(self) -> None:
        """Forget what was drawn."""
        self._drawn.clear()

    def restyle(self) -> None:
        """Take the colours from the stylesheet, and forget what was drawn in others."""
        self.base = self._widget.rich_style
        look = (self.base, *(self.part(name) for name in PARTS))
        if look != self._look:
            self._look = look
            self._styles.clear()
            self._drawn.clear()

    def row(self, row: Row, width: int, *, cursor: bool, compact: bool) -> list[Strip]:
        """Give the lines of an article."""
        key = (row.key, row.flags, width, cursor, cursor and self._widget.has_focus, compact)
        strips = self._drawn.get(key)
        if strips is None:
            if len(self._drawn) > _CACHED:
                self._drawn.clear()
            draw = compact_row if compact else full_row
            styles = self._styles_for(cursor, "list--title-read" if row.has(READ) else "list--title")
            strips = self._drawn[key] = draw(row, width, int(time.time()), cursor, styles, self._pace)
        return strips

    def heading(self, group: Group, unread: int, width: int, *, cursor: bool) -> list[Strip]:
        """Give the line of a heading."""
        return heading_row(group, unread, width, self._styles_for(cursor, "list--heading"), cursor)

    def _styles_for(self, cursor: bool, title: str) -> RowStyles:
        focus = cursor and self._widget.has_focus
        key = (cursor, focus, title)
        found = self._styles.get(key)
        if found is None:
            base = self.part("list--cursor-focus" if focus else "list--cursor") if cursor else self.base
            names = (title, "list--byline", "list--excerpt", "list--mark")
            found = self._styles[key] = RowStyles(
                base, self.base, *(part_style(self._widget, name, base) for name in names)
            )
        return found

    def part(self, name: str) -> Style:
        """Give the style of a part."""
        return part_style(self._widget, name, self.base)

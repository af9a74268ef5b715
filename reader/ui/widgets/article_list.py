"""The article list: draws what is in view of a Listing, whatever its length."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.model.listing import Listing
from reader.ui.widgets.bordered import Bordered
from reader.ui.widgets.frame import empty_line, thumb, with_thumb
from reader.ui.widgets.list_pointing import Pointed
from reader.ui.widgets.row_painter import PARTS, RowPages, RowPainter
from reader.ui.widgets.staying import Staying
from reader.ui.widgets.stops import next_stop, stop_after_page, stop_from
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.model.article import Row
    from reader.ui.widgets.found import Found


class ArticleList(Pointed, Bordered, can_focus=True):
    """The list on the left.

    It holds a Listing and a cursor, which is the position of an article in it, or a folded heading. The
    rows in view come from `rows`, a page at a time.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set(PARTS)

    compact: reactive[bool] = reactive(default=False, repaint=False)
    empty: reactive[str] = reactive("")
    """What to say when there is nothing to show."""

    @dataclass
    class CursorMoved(Message):
        """The cursor is on another article now, or on a heading (`index` None)."""

        index: int | None

    @dataclass
    class Chosen(Message):
        """A person asked to go into the article under the cursor."""

        index: int

    @dataclass
    class FoldAsked(Message):
        """A person asked to fold or unfold a section."""

        group: int
        folded: bool

    def __init__(self, rows: Callable[[Sequence[int]], list[Row]], *, pace: int, id: str | None = None) -> None:  # noqa: A002 -- Textual calls it so
        super().__init__(id=id)
        self.listing = Listing()
        self._rows = RowPages(rows)
        self._painter = RowPainter(self, pace)
        self._lines: list[tuple[int, int]] | None = None
        self._view = Viewport(lambda item: len(self._strips(item)))
        self._fitted, self._restyled, self.cursor = Size(0, 0), True, 0

    def marked_in(self, group: int) -> int:
        """Count the articles of a group that are marked."""
        del group
        return 0

    # -- what is shown

    @property
    def index(self) -> int | None:
        """The position in the listing of the article under the cursor, None on a heading."""
        return self.listing.index_at(self.cursor)

    @property
    def found(self) -> Found | None:
        """What a search found in the rows, None where nothing was searched for."""
        return self._painter.found

    def row(self, index: int) -> Row:
        """Give the row at a position of the listing, in its present state."""
        return self._rows.row(self.listing, index)

    def rows_in_view(self) -> Iterator[tuple[Row, int, int]]:
        """Give the rows in view, each with its first line in view and the one behind its last."""
        for item, lines in groupby(enumerate(self._visible()), key=lambda one: one[1][0]):
            index = self.listing.index_at(item)
            if index is not None:
                first = next(lines)[0]
                yield self.row(index), first, first + 1 + sum(1 for _ in lines)

    def at(self, moment: int | None) -> None:
        """Draw the ages of the articles as they are at a moment, None for the present."""
        self._painter.moment = moment
        self._painter.clear()

    def forget_rows(self) -> None:
        """Ask for all rows anew: the library changed."""
        self._rows.clear()
        self._painter.clear()

    def show(self, listing: Listing, index: int | None, found: Found | None = None) -> None:
        """Show another listing, the cursor on the article at a position of it (None: on its first item).

        `found` is what a search found in the rows, None where nothing was searched for.
        """
        if found is not self._painter.found:
            self._painter.found = found
            self._painter.clear()
        self.listing = listing
        self.cursor = 0 if index is None else listing.item_of(index)
        self._view.count = listing.items
        self._settle()

    def update(self, listing: Listing) -> None:
        """Show the same articles in the same order, some of them in another state."""
        old, self.listing = self.listing, listing
        before, self._lines = self._lines, None
        if self._visible() != before:
            self._settle()
            return
        for item in {item for item, _ in self._visible()}:
            index = listing.index_at(item)
            if index is None or old.flags[index] != listing.flags[index]:
                self._refresh_item(item)

    def take_in(self, listing: Listing, found: Found | None = None) -> None:
        """Show a listing that has more articles or fewer; what is on the screen stays where it is."""
        stays = Staying.of(self.listing, self.cursor, self._visible() if self._fitted.width else ())
        before = [self.render_line(y) for y in range(self._fitted.height)]
        self._painter.found = found or self.found
        self.forget_rows()
        self.listing, self.cursor = listing, stays.cursor_in(listing)
        self._view.count = listing.items
        item = stays.anchor_in(listing)
        if item is not None:
            self._view.put(item, stays.y)
            self._lines = None
            for y in [y for y, strip in enumerate(before) if self.render_line(y) != strip]:
                self.refresh(Region(0, y, self._fitted.width, 1))
        else:
            self._settle()

    def watch_compact(self) -> None:
        """Draw the rows in the other form, the cursor staying in view."""
        self._painter.clear()
        self._settle()

    def _settle(self) -> None:
        if self._fitted.width:
            self._view.settle()
            self._show_item(self.cursor)
        self._changed()

    def _show_item(self, item: int) -> None:
        """Bring an item into view, the first of a section with its heading."""
        if 0 <= item < self.listing.items:
            first = self.listing.heading_of(self.listing.group_of(item)) == item - 1
            self._view.show(item, context=1 if first else 0)

    def _changed(self) -> None:
        self._lines = None
        self.refresh()

    # -- moving

    def go_to(self, index: int, *, top: bool = False) -> None:
        """Put the cursor on the article at a position of the listing; `top` also shows it at the top."""
        item = self.listing.item_of(index)
        if top:
            self._view.to(max(0, item - 1))
        self._move_to(item)

    def move(self, step: int) -> None:
        """Move the cursor by articles and folded headings."""
        item = next_stop(self.listing, self.cursor, step)
        if item is not None:
            self._move_to(item)
        elif step < 0:
            self._view.to(0)
            self._changed()

    def move_to_edge(self, end: bool) -> None:
        """Move the cursor to the first or the last article."""
        item = stop_from(self.listing, self.listing.items - 1 if end else 0, -1 if end else 1)
        if item is not None:
            self._view.to(self.listing.items - 1 if end else 0)
            self._move_to(item)

    def page(self, pages: float) -> None:
        """Scroll by pages, two lines kept, and take the cursor along."""
        step = 1 if pages > 0 else -1
        before = self._view.lines()
        moved = self._view.scroll(round(pages * self._fitted.height) - (2 * step if abs(pages) >= 1 else 0))
        stop = stop_after_page(self.listing, self.cursor, before, self._view.lines(), step) if moved else None
        self._lines = None
        if stop is not None:
            self._move_to(stop)
        else:
            self.move_to_edge(pages > 0)

    def _move_to(self, item: int) -> None:
        if not 0 <= item < self.listing.items:
            return
        before, anchor = self.cursor, (self._view.top, self._view.line)
        self.cursor = item
        self._show_item(item)
        if self._lines is None or anchor != (self._view.top, self._view.line):
            self._changed()
        elif before != item:
            self._refresh_item(before)
            self._refresh_item(item)
        if before != item:
            self.post_message(self.CursorMoved(self.index))

    def _refresh_item(self, item: int) -> None:
        rows = [y for y, (shown, _) in enumerate(self._visible()) if shown == item]
        if rows:
            self.refresh(Region(0, rows[0], self._fitted.width, len(rows)))

    # -- drawing

    def _visible(self) -> list[tuple[int, int]]:
        if self._lines is None:
            self._lines = self._view.lines()
        return self._lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the first time after a change of size, see that the cursor is among them."""
        if self._restyled:
            self._restyled = False
            self._painter.restyle()
        if self._fitted != self.size:
            self._fitted = self.size
            self._view.height = max(1, self.size.height)
            self._painter.clear()
            self._settle()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        lines = self._visible()
        if not self.listing.items:
            quiet, width = self._painter.part("list--byline"), self._fitted.width - 4
            return empty_line(self.empty, y, self._fitted, 2, width, quiet, self._painter.base)
        if y >= len(lines):
            return Strip.blank(self._fitted.width, self._painter.base)
        item, line = lines[y]
        bar = thumb(self._fitted.height, self.listing.items, lines[0][0], lines[-1][0])
        return with_thumb(self._strips(item)[line], y, bar, self._painter.part("list--thumb"))

    def _strips(self, item: int) -> list[Strip]:
        index = self.listing.index_at(item)
        width, cursor = self._fitted.width, item == self.cursor
        if index is None:
            group, unread = self.listing.groups[number := self.listing.group_of(item)], self.listing.unread_in(number)
            return self._painter.heading(group, unread, width, cursor=cursor, marked=self.marked_in(number))
        snippet = self.found.snippet(self.listing.keys, index) if self.found and not self.compact else None
        return self._painter.row(self.row(index), width, cursor=cursor, compact=self.compact, snippet=snippet)

    def notify_style_update(self) -> None:
        """See at the next drawing whether the colours changed; a mere change of focus changes none."""
        super().notify_style_update()
        self._restyled = True

    # -- events

    def on_focus(self) -> None:
        """Show whether the cursor is here."""
        self._refresh_item(self.cursor)

    on_blur = on_focus

    def wheeled(self, lines: int) -> None:
        """Scroll, the cursor staying on its article."""
        self._view.scroll(lines)
        self._changed()

    def pointed(self, y: int) -> None:
        """Choose an article, go into the chosen one, or fold a section."""
        item = self._visible()[y][0] if y < len(self._visible()) else -1
        index = self.listing.index_at(item)
        if item < 0:
            return
        if index is None:
            number = self.listing.group_of(item)
            self.post_message(self.FoldAsked(number, not self.listing.groups[number].folded))
        elif item == self.cursor:
            self.post_message(self.Chosen(index))
        else:
            self._move_to(item)

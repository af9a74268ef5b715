"""The article list: draws what is in view of a Listing, whatever its length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.model.listing import Listing
from reader.ui.widgets.frame import empty_line, thumb
from reader.ui.widgets.row_painter import PARTS, RowPages, RowPainter
from reader.ui.widgets.staying import Staying
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from reader.model.article import Row


class ArticleList(Widget, can_focus=True):
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

    # -- what is shown

    @property
    def index(self) -> int | None:
        """The position in the listing of the article under the cursor, None on a heading."""
        return self.listing.index_at(self.cursor)

    def row(self, index: int) -> Row:
        """Give the row at a position of the listing, in its present state."""
        return self._rows.row(self.listing, index)

    def forget_rows(self) -> None:
        """Ask for all rows anew: the library changed."""
        self._rows.clear()
        self._painter.clear()

    def show(self, listing: Listing, index: int | None) -> None:
        """Show another listing, the cursor on the article at a position of it, or on its first item."""
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

    def take_in(self, listing: Listing) -> None:
        """Show a listing that has more articles or fewer; what is on the screen stays where it is."""
        stays = Staying.of(self.listing, self.cursor, self._visible() if self._fitted.width else ())
        before = [self.render_line(y) for y in range(self._fitted.height)]
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
        """Bring an item into view, the first of a section together with its heading."""
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
        item = self.cursor + step
        while 0 <= item < self.listing.items and not self._stop(item):
            item += 1 if step > 0 else -1
        if 0 <= item < self.listing.items:
            self._move_to(item)
        elif step < 0:
            self._view.to(0)
            self._changed()

    def _stop(self, item: int) -> bool:
        """Tell whether the cursor rests here: on articles, and on headings only when they are folded."""
        return self.listing.index_at(item) is not None or self.listing.groups[self.listing.group_of(item)].folded

    def move_to_edge(self, end: bool) -> None:
        """Move the cursor to the first or the last article."""
        items = range(self.listing.items - 1, -1, -1) if end else range(self.listing.items)
        item = next((item for item in items if self._stop(item)), None)
        if item is not None:
            self._view.to(self.listing.items - 1 if end else 0)
            self._move_to(item)

    def page(self, pages: float) -> None:
        """Scroll by pages, two lines kept, and take the cursor along."""
        step = 1 if pages > 0 else -1
        at = [number for number, (item, _) in enumerate(self._view.lines()) if item == self.cursor]
        moved = self._view.scroll(round(pages * self._fitted.height) - (2 * step if abs(pages) >= 1 else 0))
        if not moved:
            self.move_to_edge(pages > 0)
            return
        lines = self._view.lines()
        item = lines[min(at[0] if at else 0, len(lines) - 1)][0]
        if at:  # what is half in view is shown whole again, so without a step on it would stay there
            item = max(item, self.cursor + 1) if step > 0 else min(item, self.cursor - 1)
        while 0 <= item < self.listing.items and not self._stop(item):
            item += step
        self._lines = None
        if 0 <= item < self.listing.items:
            self._move_to(item)
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
        if self._fitted != self.size:
            self._fitted = self.size
            self._view.height = max(1, self.size.height)
            self._painter.clear()
            self._settle()
        if self._restyled:
            self._restyled = False
            self._painter.restyle()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        lines = self._visible()
        if not self.listing.items:
            return self._empty_line(y)
        if y >= len(lines):
            return Strip.blank(self._fitted.width, self._painter.base)
        item, line = lines[y]
        strip = self._strips(item)[line]
        bar = thumb(self._fitted.height, self.listing.items, lines[0][0], lines[-1][0])
        if bar is not None and bar[0] <= y < bar[1]:
            sign = Segment("▐", self._painter.part("list--thumb"))
            strip = Strip.join([strip.crop(0, self._fitted.width - 1), Strip([sign], 1)])
        return strip

    def _empty_line(self, y: int) -> Strip:
        size, style = self._fitted, self._painter.part("list--byline")
        return empty_line(self.empty, y, size, 2, size.width - 4, style, self._painter.base)

    def _strips(self, item: int) -> list[Strip]:
        index = self.listing.index_at(item)
        width, cursor = self._fitted.width, item == self.cursor
        if index is None:
            number = self.listing.group_of(item)
            group, unread = self.listing.groups[number], self.listing.unread_in(number)
            return self._painter.heading(group, unread, width, cursor=cursor)
        return self._painter.row(self.row(index), width, cursor=cursor, compact=self.compact)

    def notify_style_update(self) -> None:
        """See at the next drawing whether the colours changed; a mere change of focus changes none."""
        super().notify_style_update()
        self._restyled = True

    # -- events

    def on_focus(self) -> None:
        """Show whether the cursor is here."""
        self._refresh_item(self.cursor)

    on_blur = on_focus

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll, the cursor staying on its article."""
        self._wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back, the cursor staying on its article."""
        self._wheel(event, -3)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        self._view.scroll(lines)
        self._changed()

    def on_click(self, event: events.Click) -> None:
        """Choose an article, go into the chosen one, or fold a section."""
        lines, offset = self._visible(), event.get_content_offset(self)
        if offset is None or not offset.y < len(lines):
            return
        item = lines[offset.y][0]
        index = self.listing.index_at(item)
        if index is None:
            group = self.listing.group_of(item)
            self.post_message(self.FoldAsked(group, not self.listing.groups[group].folded))
        elif item == self.cursor:
            self.post_message(self.Chosen(index))
        else:
            self._move_to(item)

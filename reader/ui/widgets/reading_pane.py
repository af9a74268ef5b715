"""The reading pane: the article on the right, its points, its current paragraph, and what is marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.geometry import Region
from textual.message import Message

from reader.model.annotation import Place
from reader.model.document import Point
from reader.ui.widgets.current_view import CurrentView
from reader.ui.widgets.page_view import UNDER_HEADER
from reader.ui.widgets.pointing import linked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.binding import BindingType

    from reader.library.shelf import Opened
    from reader.model.document import Block, Passage, Span
    from reader.ui.widgets.painting import Overlay

_AROUND: Final = 8
"""Cells of a wide line that are shown around a point."""


class ReadingPane(CurrentView, can_focus=True):
    """The article on the right."""

    BINDINGS: ClassVar[list[BindingType]] = []

    @dataclass
    class Moved(Message):
        """Another part of the article is in view; `place` is None when there is no article."""

        place: Place | None

    @dataclass
    class PointClicked(Message):
        """The text was clicked; `span` is the link or the footnote there, if there is one."""

        point: Point
        span: Span | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- the name that Textual gives it
        super().__init__(id=id)
        self.end_said = False
        """Whether the reader was told that the end is reached."""
        self._pressed: tuple[int, int] | None = None
        self._ending = False
        """Whether to go to the end as soon as the rest of the text is there."""

    def show(self, opened: Opened | None, place: Place | None = None) -> None:
        """Show an article, see `PageView.show`."""
        ending = self._ending and place is None
        if opened is None or self.opened is None or opened.row.id != self.opened.row.id:
            self._cursor.begin()
            self._band.y = self._drawing.shift = 0
            ending = False
        super().show(opened, place)
        if ending:
            self.move_to_edge(end=True)

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the body and of what stands below it, by their numbers."""
        return self._page.blocks if self._page is not None else ()

    def renew_block(self, number: int) -> None:
        """Lay a block out anew, as its picture came; the text at the top stays there."""
        if self._page is None:
            return
        rows = [y for y, (item, _) in enumerate(self._visible()) if item == number + 1]
        before = self._page.renew(number)
        self._drawing.forget()
        if not rows:
            return  # to lay it out now would ask for its picture, which may just have gone
        if len(self._page.lines(number + 1)) == before:
            self.refresh(Region(0, rows[0], self.size.width, len(rows)))
        else:
            self._to_held()

    def _changed(self) -> None:
        super()._changed()
        self.end_said = False
        if self._page is not None:
            self._shift_to(self._drawing.shift)
        told = self._page is not None and not self.at_once and not self._coming
        left = self._page.left(self._progress()) if told and self._page is not None else ""
        if left != (self.border_subtitle or ""):
            self.border_subtitle = left
        if self.is_mounted:
            self.post_message(self.Moved(self.place if self.opened is not None else None))

    # -- moving

    def move_to_edge(self, end: bool) -> None:
        """Scroll to the beginning or the end; to that of a text that is coming when it is there."""
        super().move_to_edge(end)
        self._ending = end and self._coming

    def _moved(self) -> None:
        self._ending = False
        super()._moved()

    def to_point(self, point: Point) -> None:
        """Put a point's line at the top, and mark its paragraph."""
        if self.opened is None:
            return
        coming = self._coming and self.opened is not None and point.block >= len(self.opened.document.blocks)
        if self._pointing is None or self._beyond or coming:
            self._cursor.put(point.block)
            self._show(Place(point.block, UNDER_HEADER))
            return
        item, number, cell = self._pointing.spot(point)
        self._view.to(item, number)
        if self._page is not None:
            self._cursor.take(point.block, self._page)
        self._moved()
        self._reveal(item, number, cell)

    def show_point(self, point: Point, *, context: int = 3) -> None:
        """Scroll as little as brings a point into view, sideways too; nothing moves while it is there."""
        if self._pointing is None:
            return
        item, number, cell = self._pointing.spot(point)
        if self._view.bring(item, number, context=context):
            self._moved()
        self._reveal(item, number, cell)

    # -- points

    @property
    def top(self) -> Point:
        """The first point of the body in view."""
        return self._pointing.first(self._visible()) if self._pointing is not None else Point()

    @property
    def bottom(self) -> Point:
        """The last point of the body in view."""
        return self._pointing.last(self._visible()) if self._pointing is not None else Point()

    def in_view(self, point: Point) -> bool:
        """Tell whether a point is in view."""
        if self._page is None or self._pointing is None:
            return False
        item, number, cell = self._pointing.spot(point)
        if (item, number) not in self._visible():
            return False
        line = self._page.lines(item)[number]
        return not line.wide or self.shift <= cell < self.shift + self._page.room(line)

    def step(self, point: Point, lines: int) -> Point:
        """Give the point that is some lines further, about in the same column."""
        return self._pointing.step(point, lines) if self._pointing is not None else point

    def line_ends(self, point: Point) -> tuple[Point, Point]:
        """Give the first point of the line that a point is on, and the one behind its last character."""
        return self._pointing.ends(point) if self._pointing is not None else (point, point)

    def point_at(self, x: int, y: int) -> Point | None:
        """Give the point at a cell, counted from the upper left one inside the border; None beside the text."""
        lines = self._visible()
        if self._page is None or self._pointing is None or not 0 <= y < len(lines):
            return None
        item, number = lines[y]
        line = self._page.lines(item)[number]
        cell = x - self._margin - (self._page.width - self._page.room(line))
        if line.wide and not 0 <= cell < self._page.room(line):
            return None
        return self._pointing.at(item, number, cell + self.shift if line.wide else cell)

    @property
    def selected_passage(self) -> Passage | None:
        """What the mouse has selected of the body."""
        selection = self.text_selection
        return self._pointing.passage(selection) if selection is not None and self._pointing is not None else None

    # -- wide lines

    @property
    def shift(self) -> int:
        """Cells by which wide lines are scrolled sideways."""
        return self._drawing.shift

    def move_sideways(self, cells: int) -> bool:
        """Scroll wide lines sideways, as far as those in view need it; tell whether anything moved."""
        return self._shift_to(self.shift + cells)

    def _shift_to(self, shift: int) -> bool:
        if self._page is None:
            return False
        most = max((self._page.overhang(item) for item in {item for item, _ in self._visible()}), default=0)
        shift = max(0, min(shift, most))
        if shift == self.shift:
            return False
        self._drawing.shift = shift
        self._drawing.forget()
        self.refresh()
        return True

    def _reveal(self, item: int, number: int, cell: int) -> None:
        """Scroll sideways as little as brings a cell of a wide line into view, some cells before and after it."""
        if self._page is None or not (line := self._page.lines(item)[number]).wide:
            return
        room = self._page.room(line)
        if not self.shift <= cell < self.shift + room:
            around = min(_AROUND, room // 4)
            self._shift_to(cell - around if cell < self.shift else cell - room + 1 + around)

    # -- what lies over the text

    def mark(self, name: str, overlays: Sequence[Overlay]) -> None:
        """Paint passages over; replaces those of the same name."""
        lines = self._visible()
        first, last = (lines[0][0] - 1, lines[-1][0] - 1) if lines else (0, -1)
        if self._drawing.mark(name, overlays, first, last):
            self.refresh()

    def label(self, labels: Mapping[Point, str]) -> None:
        """Paint labels over the beginnings of links, nothing moving; an empty mapping takes them away."""
        self._drawing.label(labels)
        self.refresh()

    # -- events

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click or a drag begins."""
        self._pressed = (event.screen_x, event.screen_y)

    def on_click(self, event: events.Click) -> None:
        """Tell which point was clicked; a drag is no click."""
        if event.button != 1 or event.chain != 1 or self._pressed != (event.screen_x, event.screen_y):
            return
        at = event.get_content_offset(self)
        if at is None or (point := self.point_at(at.x, at.y)) is None:
            return
        self.post_message(self.PointClicked(point, linked(self.blocks[point.block], point.offset)))

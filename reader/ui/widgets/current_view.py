"""A page with a current paragraph, and a ruler on the line that is read, which takes the paragraph along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.reactive import reactive

from reader.ui.widgets.current import Cursor, block_of, orphan
from reader.ui.widgets.page_view import PageView
from reader.ui.widgets.ruler import Ruler

if TYPE_CHECKING:
    from textual.strip import Strip

    from reader.model.annotation import Highlight


class CurrentView(PageView):
    """A page of which one paragraph is the current one."""

    ruler: reactive[bool] = reactive(False)  # noqa: FBT003 -- Textual's
    """Whether a quiet band lies on the line that is read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- the name that Textual gives it
        super().__init__(id=id)
        self._cursor = Cursor()
        self._band = Ruler(self._view, lambda item, number: self._page is None or self._page.written(item, number))

    # -- the current paragraph

    @property
    def cursor(self) -> int:
        """The block of the paragraph cursor: it stays while it is in view, else it is the first that begins there."""
        return self._cursor.block

    @cursor.setter
    def cursor(self, block: int) -> None:
        self._cursor.put(block)
        self._lay_band()
        self.refresh()

    def step_cursor(self, step: int) -> None:
        """Go to the next or the previous block that can be marked, also to the quotes of highlights below the body.

        It comes into view, whole if it fits.
        """
        if self._page is None or self._page.count < 2:  # nothing but its header
            return
        before = (self._view.top, self._view.line)
        self._cursor.step(step, self._page)
        self._view.show(self._cursor.block + 1)
        if before != (self._view.top, self._view.line):
            self._moved()
        else:
            self._lay_band()
            self.refresh()

    def orphan_at(self, block: int) -> Highlight | None:
        """Give the highlight whose quote a block below the body shows, as its words are not in the text any more."""
        return orphan(self._page, block) if self._page is not None else None

    def block_of(self, highlight: int) -> int | None:
        """Give the block below the body that shows the quote of a highlight, None where its words are in the body."""
        return block_of(self._page, highlight) if self._page is not None else None

    def _is_current(self, block: int) -> bool:
        return self.has_focus and block == self._cursor.block

    def _moved(self) -> None:
        super()._moved()
        self._cursor.stay()

    def _changed(self) -> None:
        super()._changed()
        if self._page is not None and not self._beyond:
            self._cursor.follow(self._page, self._visible())
            self._lay_band()

    # -- moving

    def move(self, lines: int) -> None:
        """Go some lines on: the text moves, or the ruler's band."""
        if not self.ruler:
            self._scroll(lines)
            return
        before = self._band.y
        moved = self._band.move(lines)
        y, visible = self._band.y, self._view.lines()
        taken = bool(visible) and self._page is not None and self._cursor.take(visible[y][0] - 1, self._page)
        if moved:
            self._moved()
            self._band.y = y
        elif taken:
            self.refresh()
        elif y != before:
            self.refresh(*(Region(0, at, self.size.width, 1) for at in (before, y)))

    def page(self, pages: float) -> None:
        """Scroll by pages, two lines kept with whole ones."""
        kept = 2 if pages >= 1 else -2 if pages <= -1 else 0
        self._scroll(round(pages * self._fitted.height) - kept)

    def move_to_edge(self, end: bool) -> None:
        """Scroll to the beginning or the end."""
        if end:
            self._view.to_end()
        else:
            self._view.to(0)
        visible = self._view.lines()
        if self.ruler and visible and self._page is not None:
            self._band.y = len(visible) - 1 if end else 0
            self._cursor.take(visible[self._band.y][0] - 1, self._page)
        self._moved()

    # -- the ruler

    def _lay_band(self) -> None:
        """Lay the ruler on the current paragraph, if it lies on another."""
        page = self._page
        if not self.ruler or page is None or not (visible := self._visible()):
            return
        self._band.settle()
        if visible[self._band.y][0] != self._cursor.block + 1:
            own = (y for y, spot in enumerate(visible) if spot[0] == self._cursor.block + 1 and page.written(*spot))
            self._band.y = next(own, self._band.y)
        self._band.rest()

    def watch_ruler(self) -> None:
        """Lay the band on the current paragraph."""
        self._lay_band()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        strip = super().render_line(y)
        return self._drawing.banded(strip) if self.ruler and y == self._band.y and self._page is not None else strip

    def on_focus(self) -> None:
        """Show the mark of the current paragraph."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the mark of the current paragraph."""
        self.refresh()

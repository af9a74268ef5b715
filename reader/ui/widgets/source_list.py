"""The list of sources: draws what is in view, however many there are."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.styling import part_style
from reader.ui.text import shorten
from reader.ui.widgets import source_row
from reader.ui.widgets.frame import empty_line, thumb
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

    from reader.library.subscriptions import Standing


class SourceList(Widget, can_focus=True):
    """Sources, a line each, and a second one for what is wrong with them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--heading", "list--title", "list--byline", "list--mark", "list--cursor-focus", "list--thumb",
        "list--trouble",
    }  # fmt: skip

    empty: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A person asked for the articles of the source under the cursor."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, Style], Style] = {}
        super().__init__()
        self.standings: Sequence[Standing] = ()
        self.cursor = 0
        self._view = Viewport(lambda item: 2 if source_row.trouble(self.standings[item]) else 1)
        self._fitted = Size(0, 0)

    @property
    def chosen(self) -> Standing | None:
        """The source under the cursor."""
        return self.standings[self.cursor] if self.standings else None

    def show(self, standings: Sequence[Standing]) -> None:
        """Show sources; the cursor stays on its own."""
        before = self.chosen.source.id if self.chosen is not None else None
        self.standings = standings
        ids = [standing.source.id for standing in standings]
        self.cursor = ids.index(before) if before in ids else min(self.cursor, max(0, len(ids) - 1))
        self._view.count = len(ids)
        self._settle()

    def go_to(self, source: str) -> None:
        """Put the cursor on a source."""
        ids = [standing.source.id for standing in self.standings]
        if source in ids:
            self.cursor = ids.index(source)
            self._settle()

    def move(self, step: int) -> None:
        """Move the cursor."""
        if not self.standings:
            return
        before, anchor = self.cursor, (self._view.top, self._view.line)
        self.cursor = max(0, min(len(self.standings) - 1, self.cursor + step))
        self._view.show(self.cursor)
        if anchor != (self._view.top, self._view.line):
            self.refresh()
        elif before != self.cursor:
            rows = [y for y, (item, _) in enumerate(self._view.lines(), 1) if item in (before, self.cursor)]
            self.refresh(*(Region(0, y, self.size.width, 1) for y in rows))

    def page(self, step: int) -> None:
        """Move the cursor by pages."""
        self.move(step * max(1, self._view.height - 2))

    def _settle(self) -> None:
        self._view.settle()
        if self.standings:
            self._view.show(self.cursor)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        size, base = self.size, self.rich_style
        if self._fitted != size:
            self._fitted = size
            self._view.height = max(1, size.height - 1)
            self._view.settle()
            if self.standings:
                self._view.show(self.cursor)
        if not self.standings:
            return empty_line(self.empty, y, size, 2, max(1, size.width - 4), self._part("list--byline", base), base)
        width = size.width - 2
        if y == 0:
            return self._strip(" ", source_row.head(width), self._part("list--byline", base), base)
        lines = self._view.lines()
        if y > len(lines):
            return Strip.blank(size.width, base)
        item, number = lines[y - 1]
        strip = self._source(item, number, width, base)
        bar = thumb(size.height - 1, len(self.standings), lines[0][0], lines[-1][0])
        if bar is not None and bar[0] <= y - 1 < bar[1]:
            strip = Strip.join([strip.crop(0, width + 1), Strip([Segment("▐", self._part("list--thumb", base))], 1)])
        return strip

    def _source(self, item: int, number: int, width: int, base: Style) -> Strip:
        standing = self.standings[item]
        cursor = item == self.cursor
        below = self._part("list--cursor-focus", base) if cursor else base
        bar = "▌" if cursor else " "
        if number:
            text = shorten(f"  {source_row.trouble(standing)}", width)
            return self._strip(bar, text, self._part("list--trouble", below), below)
        text = source_row.line(standing, width, int(time.time()))
        return self._strip(bar, text, self._part("list--title", below) if standing.unread else below, below)

    def _strip(self, bar: str, text: str, style: Style, base: Style) -> Strip:
        segments = [Segment(bar, self._part("list--mark", base)), Segment(text, style)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _part(self, name: str, base: Style) -> Style:
        found = self._styles.get((name, base))
        if found is None:
            found = self._styles[name, base] = part_style(self, name, base)
        return found

    def notify_style_update(self) -> None:
        """Take the colours anew."""
        super().notify_style_update()
        self._styles.clear()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self._view.scroll(3)
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._view.scroll(-3)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a source, or ask for the articles of the one it is on."""
        lines = self._view.lines()
        if not 1 <= event.y <= len(lines):
            return
        item = lines[event.y - 1][0]
        if item == self.cursor:
            self.post_message(self.Chosen())
        else:
            self.cursor = item
            self.refresh()

"""The reading pane: an article in a centred measure, laid out only where it is looked at."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.model.annotation import Place
from reader.model.document import Block
from reader.ui.styling import part_style
from reader.ui.text import wrap
from reader.ui.widgets.article_row import byline
from reader.ui.widgets.layout import PARTS, SPAN_PARTS, Line, lay_out, title_lines
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.selection import Selection

    from reader.library.shelf import Opened

_LINES: Final = 100_000
"""An offset's y is the item times this, plus the line inside the item, so that selections keep their order."""

_NOTE_HEAD: Final = (Block("rule", ""), Block("heading", "Your note"))


class ReadingPane(Widget, can_focus=True):
    """The article on the right: a header, the blocks of its body, and the reader's notes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pane--{part}" for part in (*PARTS, "selection", "empty")}
    BINDINGS: ClassVar[list[BindingType]] = []
    ALLOW_SELECT = True

    measure: reactive[int] = reactive(66, repaint=False)
    empty: reactive[str] = reactive("")
    """What to say when there is no article."""

    @dataclass
    class Moved(Message):
        """Another part of the article is in view; `place` is None when there is no article."""

        place: Place | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.opened: Opened | None = None
        self.end_said = False
        """Whether the reader was told that the end is reached."""
        self._blocks: tuple[Block, ...] = ()
        self._read_to: list[int] = [0]
        self._laid: dict[int, list[Line]] = {}
        self._styles: dict[str, Style] = {}
        self._lines: list[tuple[int, int]] | None = None
        self._fitted = Size(0, 0)
        self._base = Style.null()
        self._restyled = True
        self._wanted: Place | None = None
        """The place to show as soon as the size is known."""
        self._view = Viewport(lambda item: len(self._layout(item)))

    # -- what is shown

    def show(self, opened: Opened | None, place: Place | None = None) -> None:
        """Show an article.

        Args:
            opened: the article, None for none.
            place: where to begin; None keeps the place when it is the same article, and else begins at
                the place its marks keep.
        """
        same = opened is not None and self.opened is not None and opened.row.id == self.opened.row.id
        if place is None:
            place = (self.place if same else opened.marks.place) if opened is not None else None
        self.opened = opened
        notes = opened.notes if opened is not None else ()
        written = [block for note in notes for block in (*_NOTE_HEAD, *note.blocks)]
        self._blocks = (*opened.document.blocks, *written) if opened is not None else ()
        sizes = [len(block.text) + 1 for block in opened.document.blocks] if opened is not None else []
        self._read_to = list(accumulate(sizes, initial=0))
        self._laid.clear()
        self._view.count = len(self._blocks) + 1 if opened is not None else 0
        if not same and self.is_mounted:
            self.screen.clear_selection()
        self._restore(place)

    @property
    def place(self) -> Place:
        """The place that is at the top of the view, and the share of the article above its bottom."""
        if self.opened is None or not self._fitted.width:
            return self._wanted or Place()
        progress = self._progress()
        if self._view.top == 0:
            return Place(0, 0.0, progress)
        body = len(self.opened.document.blocks)
        block = min(self._view.top - 1, max(0, body - 1))
        return Place(block, self._view.line / len(self._layout(self._view.top)), progress)

    def _progress(self) -> float:
        lines = self._visible()
        if not lines or self.opened is None:
            return 0.0
        item, line = lines[-1]
        last = len(self._read_to) - 1
        if item > last or self._view.at_end:
            return 1.0
        if item == 0:
            return 0.0
        share = (line + 1) / len(self._layout(item))
        read = self._read_to[item - 1] + share * (self._read_to[item] - self._read_to[item - 1])
        return min(1.0, read / max(1, self._read_to[-1]))

    def _restore(self, place: Place | None) -> None:
        self._wanted = None if self._fitted.width else place
        if self._wanted is not None:
            return
        if self.opened is None or place is None or (place.block == 0 and place.fraction == 0):
            self._view.to(0)
        else:
            item = self.opened.document.anchored(place.block) + 1
            self._view.to(item, round(place.fraction * len(self._layout(item))))
        self._changed()

    def _relaid(self, place: Place) -> None:
        self._laid.clear()
        self._restore(place)

    def _changed(self) -> None:
        self._lines = None
        self.end_said = False
        self._say_progress()
        self.refresh()
        if self.is_mounted:
            self.post_message(self.Moved(self.place if self.opened is not None else None))

    def _say_progress(self) -> None:
        shown = "" if self.opened is None or not self._fitted.width or self.at_once else f"{self._progress():.0%}"
        text = shown.replace("%", " %")
        if text != (self.border_subtitle or ""):
            self.border_subtitle = text

    def watch_measure(self) -> None:
        """Set the text in the new measure, the place staying."""
        place = self.place
        self._relaid(place)

    # -- moving

    @property
    def at_once(self) -> bool:
        """Whether all of the article is in view."""
        return self._view.at_top and self._view.at_end

    @property
    def at_end(self) -> bool:
        """Whether the end of the article is in view."""
        return self._view.at_end

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        if self._view.scroll(lines):
            self._changed()

    def page(self, pages: float) -> None:
        """Scroll by pages, two lines kept with whole ones."""
        kept = 2 if pages >= 1 else -2 if pages <= -1 else 0
        self.move(round(pages * self._fitted.height) - kept)

    def move_to_edge(self, end: bool) -> None:
        """Scroll to the beginning or the end."""
        self._view.to(self._view.count - 1 if end else 0, 0)
        if end:
            self._view.scroll(len(self._layout(self._view.count - 1)) if self._view.count else 0)
        self._changed()

    # -- drawing

    @property
    def _width(self) -> int:
        return max(1, min(self.measure, self._fitted.width - 2))

    @property
    def _margin(self) -> int:
        return max(0, (self._fitted.width - self._width) // 2)

    def _layout(self, item: int) -> list[Line]:
        found = self._laid.get(item)
        if found is None:
            found = self._laid[item] = self._lay_out(item)
        return found

    def _lay_out(self, item: int) -> list[Line]:
        if not self._styles:
            self._restyle()
        if item == 0:
            return self._header()
        block = self._blocks[item - 1]
        following = self._blocks[item] if item < len(self._blocks) else None
        close = block.kind == "item" and following is not None and following.kind == "item"
        return lay_out(block, self._width, self._styles, close=close)

    def _header(self) -> list[Line]:
        assert self.opened is not None  # noqa: S101 -- there is no item without an article
        row = self.opened.row
        parts = [byline(row, int(time.time())), row.section or row.source, *self.opened.article.meta]
        return title_lines(row.title, " · ".join(parts), self._width, self._styles)

    def _style(self, part: str) -> Style:
        if part in SPAN_PARTS:
            return self.get_component_rich_style(f"pane--{part}", partial=True)
        return part_style(self, f"pane--{part}", self.rich_style)

    def _visible(self) -> list[tuple[int, int]]:
        if self._lines is None:
            self._lines = self._view.lines()
        return self._lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the first time after a change of size, lay out anew at the same place."""
        if self._restyled:
            self._restyle()
        if self._fitted != self.size:
            place = self._wanted or self.place
            self._fitted = self.size
            self._view.height = max(1, self.size.height)
            self._relaid(place)
        return super().render_lines(crop)

    def _restyle(self) -> None:
        self._restyled = False
        self._base = self.rich_style
        styles = {part: self._style(part) for part in PARTS}
        if styles != self._styles:
            self._styles = styles
            self._laid.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        base, width = self._base, self._fitted.width
        if self.opened is None:
            return self._empty_line(y)
        lines = self._visible()
        if y >= len(lines):
            return Strip.blank(width, base)
        item, number = lines[y]
        line = self._layout(item)[number]
        at = item * _LINES + number
        body = Strip(self._selected(line, at)).apply_offsets(0, at)
        lead = Strip([Segment(" " * self._margin, base), *line.lead])
        return Strip.join([lead, body]).adjust_cell_length(width, base)

    def _selected(self, line: Line, at: int) -> tuple[Segment, ...]:
        selection = self.text_selection
        span = selection.get_span(at) if selection is not None else None
        if span is None:
            return line.body or (Segment(" ", self._base),)
        start, end = span
        whole = Strip(line.body)
        stop = len(line.text) if end == -1 else end
        style = self._style("selection")
        left, right = whole.index_to_cell_position(start), whole.index_to_cell_position(stop)
        parts = whole.crop(0, left), whole.crop(left, right), whole.crop(right)
        return (*parts[0], *(Segment(part.text, (part.style or style) + style) for part in parts[1]), *parts[2])

    def _empty_line(self, y: int) -> Strip:
        lines = [self.empty[start:end] for start, end in wrap(self.empty, self._width)]
        first = max(1, self._fitted.height // 3)
        text = lines[y - first] if 0 <= y - first < len(lines) else ""
        strip = Strip([Segment(" " * self._margin + text, self._style("empty"))])
        return strip.adjust_cell_length(self._fitted.width, self._base)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text: lines of a block joined, blocks parted by a blank line."""
        parts: list[str] = []
        for item in range(self._view.count):
            texts = []
            for number, line in enumerate(self._layout(item)):
                span = selection.get_span(item * _LINES + number)
                if span is not None:
                    texts.append(line.text[span[0] : None if span[1] == -1 else span[1]])
            code = item > 0 and self._blocks[item - 1].kind == "code"
            parts.append(("\n" if code else " ").join(texts).strip())
        return "\n\n".join(part for part in parts if part), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def notify_style_update(self) -> None:
        """See at the next drawing whether the colours changed; a mere change of focus changes none."""
        super().notify_style_update()
        self._restyled = True

    # -- events

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self.move(-3)

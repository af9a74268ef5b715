"""The reading pane: an article in a centred measure, laid out only where it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.model.annotation import Place
from reader.model.document import Block, Document
from reader.ui.styling import part_style
from reader.ui.widgets.frame import empty_line
from reader.ui.widgets.page import Page, offset_of
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.selection import Selection

    from reader.library.shelf import Opened
    from reader.ui.widgets.lines import Line

_UNDER_HEADER: Final = 1e-6
"""The fraction of a place at a block's first line; 0 in the first block means the header above it."""

_COMING: Final = Document((Block("aside", "Laying out…"),))
"""What stands for a long text whose end is to be shown, until it is there."""

_PARTS: Final = ("title", "byline", "heading", "quote", "code", "rule", "note")
_OVER: Final = ("link", "reference")
_SPANS: Final = {"strong": Style(bold=True), "emphasis": Style(italic=True), "strike": Style(strike=True)}


class ReadingPane(Widget, can_focus=True):
    """The article on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pane--{part}" for part in (*_PARTS, *_OVER, "selection")}
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
        self._page: Page | None = None
        self._styles: dict[str, Style] = {}
        self._lines: list[tuple[int, int]] | None = None
        self._fitted = Size(0, 0)
        self._base = Style.null()
        self._restyled = True
        self._wanted: Place | None = None
        """The place to show as soon as the size is known."""
        self._view = Viewport(lambda item: len(self._page.lines(item)) if self._page is not None else 1)

    # -- what is shown

    def show(self, opened: Opened | None, place: Place | None = None) -> None:
        """Show an article.

        Args:
            opened: the article, None for none.
            place: where to begin; None keeps the place when it is the same article, and else begins at
                the place its marks keep.
        """
        same = opened is not None and self.opened is not None and opened.row.id == self.opened.row.id
        if opened is not None and place is None:
            place = self.place if same else opened.marks.place
        self.opened = opened
        if not same and self.is_mounted:
            self.screen.clear_selection()
        self._lay_out(place or Place())

    def _lay_out(self, place: Place) -> None:
        """Lay the article out anew, a place at the top."""
        self._wanted = place
        if not self._fitted.width:
            return
        if self._restyled:
            self._restyle()
        shown = replace(self.opened, document=_COMING) if self.opened is not None and self._beyond else self.opened
        self._page = Page(shown, self._width, self._styles) if shown is not None else None
        self._view.count = self._page.count if self._page is not None else 0
        if self._page is None or (place.block == 0 and place.fraction == 0):
            self._view.to(0)
        else:
            item = self._page.opened.document.anchored(place.block) + 1
            self._view.to(item, round(place.fraction * len(self._page.lines(item))))
        self._changed()

    @property
    def place(self) -> Place:
        """The place that is at the top of the view, and the share of the article above its bottom."""
        if self._page is None or self._beyond:
            return self._wanted or Place()
        item, progress = self._view.top, self._progress()
        if item == 0:
            return Place(0, 0.0, progress)
        if item > self._page.body:
            return Place(max(0, self._page.body - 1), 1.0, progress)
        fraction = self._view.line / len(self._page.lines(item))
        return Place(item - 1, max(_UNDER_HEADER, fraction), progress)

    @property
    def _beyond(self) -> bool:
        """Whether the place to show is in what is still coming."""
        opened, wanted = self.opened, self._wanted
        return (
            opened is not None and opened.coming and wanted is not None and wanted.block >= len(opened.document.blocks)
        )

    @property
    def _coming(self) -> bool:
        return self.opened is not None and self.opened.coming

    def _progress(self) -> float:
        lines = self._visible()
        if self._page is None or not lines:
            return 0.0
        return 1.0 if self._view.at_end else self._page.read(*lines[-1])

    def _changed(self) -> None:
        self._lines = None
        self.end_said = False
        shown = (
            "" if self._page is None or self.at_once or self._coming else f"{self._progress():.0%}".replace("%", " %")
        )
        if shown != (self.border_subtitle or ""):
            self.border_subtitle = shown
        self.refresh()
        if self.is_mounted:
            self.post_message(self.Moved(self.place if self.opened is not None else None))

    def watch_measure(self) -> None:
        """Set the text in the new measure, the place staying."""
        self._lay_out(self.place)

    # -- moving

    @property
    def at_once(self) -> bool:
        """Whether all of the article is in view."""
        return self._view.at_top and self._view.at_end

    @property
    def at_end(self) -> bool:
        """Whether the end of the article is in view."""
        return self._view.at_end and not self._coming

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
        if end:
            self._view.to_end()
        else:
            self._view.to(0)
        self._changed()

    # -- drawing

    @property
    def text_room(self) -> int:
        """Columns that a line of text can take here at the most."""
        return max(1, self._fitted.width - 2)

    @property
    def _width(self) -> int:
        return min(self.measure, self.text_room)

    @property
    def _margin(self) -> int:
        return max(0, (self._fitted.width - self._width) // 2)

    def _visible(self) -> list[tuple[int, int]]:
        if self._lines is None:
            self._lines = self._view.lines()
        return self._lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the first time after a change of size or colours, lay out anew at the same place."""
        if self._fitted != self.size:
            place = self.place
            self._fitted = self.size
            self._view.height = max(1, self.size.height)
            self._lay_out(place)
        elif self._restyled and self._restyle():
            self._lay_out(self.place)
        return super().render_lines(crop)

    def _restyle(self) -> bool:
        """Take the colours from the stylesheet, and tell whether they changed."""
        self._restyled = False
        self._base = self.rich_style
        before = self._styles
        parts = {part: self._style(part) for part in _PARTS}
        over = {part: self.get_component_rich_style(f"pane--{part}", partial=True) for part in _OVER}
        self._styles = {**parts, **_SPANS, **over, "text": self._base}
        return self._styles != before

    def _style(self, part: str) -> Style:
        return part_style(self, f"pane--{part}", self._base)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        base, width = self._base, self._fitted.width
        if self._page is None:
            return self._empty_line(y)
        lines = self._visible()
        if y >= len(lines):
            return Strip.blank(width, base)
        item, number = lines[y]
        line = self._page.lines(item)[number]
        at = offset_of(item, number)
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
        style = self._styles["byline"]
        return empty_line(self.empty, y, self._fitted, self._margin, self._width, style, self._base)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text."""
        return (self._page.selected(selection), "\n") if self._page is not None else None

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

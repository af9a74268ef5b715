"""Draws the lines of a page: in the stylesheet's colours, painted over, in strips that are kept while they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.model.annotation import COLORS
from reader.ui.styling import part_style
from reader.ui.widgets.hyperlinks import steady
from reader.ui.widgets.lines import CODE, OVER, PAINTED
from reader.ui.widgets.margin import AFTER, Signs, margin
from reader.ui.widgets.measured import cells_of
from reader.ui.widgets.painting import HIGHLIGHTS, OVERLAYS, Cover, Overlay, Overlays, painted
from reader.ui.widgets.spots import offset_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.widget import Widget

    from reader.model.document import Point
    from reader.ui.widgets.page import Page

    Stretch = tuple[int, int]

_LAID_OVER: Final = (*OVERLAYS, *(f"sign-{color}" for color in COLORS), "selection", "label", "ruler")
_SPANS: Final = {"strong": Style(bold=True), "emphasis": Style(italic=True), "strike": Style(strike=True)}
_KEPT: Final = 100
"""Strips that are kept, if the view is not higher."""

COMPONENTS: Final = frozenset(f"pane--{part}" for part in (*PAINTED, *CODE, *OVER, *_LAID_OVER, "cursor"))


class Drawing:
    """The styles, what lies over the text, and the strips drawn so far."""

    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}
        self.base = Style.null()
        self.height = 1
        """Lines of the view."""
        self.shift = 0
        """Cells by which wide lines are scrolled sideways."""
        self._overlays = Overlays()
        self._labels: dict[int, list[tuple[int, str]]] = {}
        self._signs = Signs(())
        self._strips: dict[tuple[int, int, int, int, bool, bool], Strip] = {}

    def restyle(self, widget: Widget) -> bool:
        """Take the colours from the stylesheet, and tell whether they changed."""
        before, base = self.styles, widget.rich_style
        ground = Style(bgcolor=base.bgcolor)
        self.base = base
        self.styles = {
            **{part: part_style(widget, f"pane--{part}", base) for part in (*PAINTED, *CODE, "cursor")},
            **{part: part_style(widget, f"pane--{part}", ground) for part in _LAID_OVER},
            **{part: widget.get_component_rich_style(f"pane--{part}", partial=True) for part in OVER},
            **_SPANS,
            "text": base,
        }  # fmt: skip
        if self.styles == before:
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """Forget the strips: something else is to be seen now."""
        self._strips.clear()

    # -- what lies over the text

    def take(self, page: Page | None) -> None:
        """Draw another page from now on."""
        highlights = page.highlights if page is not None else []
        over = [Overlay(passage, HIGHLIGHTS[highlight.color]) for passage, highlight in highlights]
        self._overlays.put("", over, 0, -1)
        self._signs = Signs(highlights)
        self.forget()

    def mark(self, name: str, overlays: Sequence[Overlay], first: int, last: int) -> bool:
        """Replace the overlays of a name; tell whether that changes any of the blocks from `first` to `last`."""
        changed = self._overlays.put(name, overlays, first, last)
        self.forget()
        return changed

    def label(self, labels: Mapping[Point, str]) -> None:
        """Lay labels over the space before some points, or over what begins there."""
        self._labels = {}
        for point, text in labels.items():
            self._labels.setdefault(point.block, []).append((point.offset, text))
        self.forget()

    # -- strips

    def strip(
        self,
        page: Page,
        item: int,
        number: int,
        left: int,
        width: int,
        *,
        current: bool,
        first: bool,
        selected: Stretch | None,
    ) -> Strip:
        """Draw a line of a page, a margin before it.

        Args:
            page: the page.
            item: the item.
            number: the line inside it.
            left: cells of the margin.
            width: cells of all.
            current: whether the item is the current paragraph.
            first: whether no text above it is in view.
            selected: from where up to where the item's text is selected; -1 is its end.
        """
        key = (item, number, left, width, current, first)
        found = self._strips.get(key) if selected is None else None
        if found is not None:
            return found
        body, hidden, more = self._body(page, item, number, selected)
        lines = page.lines(item)
        signs = self._signs.at(item - 1, lines, number, first=first) if item else ()
        marked = current and bool(lines[number].runs or lines[number].body)
        segments = [*margin(left, signs, marked, hidden, self.styles, self.base), *body]
        if more:
            gap = " " * max(0, page.width - _cells(body))
            segments += [Segment(gap, self.base), Segment(AFTER, self.styles["byline"])]
        cells = _cells(segments)
        if cells < width:
            segments.append(Segment(" " * (width - cells), self.base))
        whole = Strip(segments, max(cells, width)).adjust_cell_length(width)
        if selected is None:
            if len(self._strips) >= max(_KEPT, 2 * self.height):
                self._strips.clear()
            self._strips[key] = whole
        return whole

    def _body(
        self, page: Page, item: int, number: int, selected: Stretch | None
    ) -> tuple[Sequence[Segment], bool, bool]:
        """Draw a line without its margin; tell whether something is hidden at its left and at its right."""
        lines = page.lines(item)
        line = lines[number]
        if not line.runs and not line.text:
            return self._blank(line.lead, line.body, item, _nearby(page, item, number)), False, False
        start = min((run.start for run in line.runs), default=0)
        end = max((run.end for run in line.runs), default=0)
        window, hidden, more = None, False, False
        if line.wide:
            right, cells = self.shift + page.room(line), page.cells(line)
            window, hidden, more = (self.shift, right), self.shift > 0 and cells > 0, cells > right
            if more or hidden:
                start, end = offset_at(lines, number, self.shift), offset_at(lines, number, right) + 1
        covers = self._covers(item, start, end) if item else []
        if selected is not None:
            stop = end if selected[1] == -1 else selected[1]
            covers.append(Cover(selected[0], stop, self.styles["selection"]))
        own = self._labels.get(item - 1, ()) if item else ()
        text = page.blocks[item - 1].text if own else ""
        labels = [(_label_at(text, at, start), label, self.styles["label"]) for at, label in own if start <= at < end]
        body = painted(line, item, covers, window=window, labels=labels)
        if not body:
            return self._blank(line.lead, (), item, start), hidden, more
        return [*line.lead, *body], hidden, more

    def _covers(self, item: int, start: int, end: int) -> list[Cover]:
        over = self._overlays.within(item - 1, start, end)
        return [Cover(begin, stop, self.styles[part]) for begin, stop, part in over]

    def _blank(self, lead: Sequence[Segment], body: Sequence[Segment], item: int, offset: int) -> list[Segment]:
        """Draw a line without text; a selection may begin and end there."""
        return [*lead, *(body or (Segment(" ", self.base + Style.from_meta({"offset": (offset, item)})),))]

    def banded(self, strip: Strip) -> Strip:
        """Lay the ruler's band behind a strip."""
        band, ground = self.styles["ruler"], self.base.bgcolor
        return Strip(
            [
                Segment(text, steady(style + band) if style is not None and style.bgcolor == ground else style)
                for text, style, _ in strip
            ],
            strip.cell_length,
        )


def _cells(segments: Sequence[Segment]) -> int:
    return sum(cells_of(segment.text) for segment in segments)


def _nearby(page: Page, item: int, number: int) -> int:
    """Give the offset into the text of an item at which a line without text stands."""
    lines = page.lines(item)
    before = next((lines[at].runs for at in range(number - 1, -1, -1) if lines[at].runs), ())
    return max((run.end for run in before), default=0)


def _label_at(text: str, offset: int, start: int) -> int:
    """Give where a label is laid: over the space before what it is for, where there is one in the line."""
    return offset - 1 if offset > start and text[offset - 1] == " " else offset

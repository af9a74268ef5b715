"""Points of a text and lines of its page: which is where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.document import Passage, Point
from reader.ui.widgets.spots import cell_of, offset_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.selection import Selection

    from reader.model.annotation import Place
    from reader.model.document import Block, Document, Span
    from reader.ui.widgets.page import Page

    Visible = Sequence[tuple[int, int]]

TOP: Final = -1
"""What is held of an item whose very first line is at the top, above its first character perhaps."""


class Pointing:
    """Finds points on a page; block numbers are one less than those of its items.

    Args:
        page: the page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page

    def spot(self, point: Point) -> tuple[int, int, int]:
        """Give the item, the line inside it and the cell of its body that a point is at."""
        item = max(1, min(point.block + 1, self._page.count - 1))
        if item >= self._page.count:
            return 0, 0, 0
        return item, *cell_of(self._page.lines(item), max(0, point.offset))

    def at(self, item: int, number: int, cell: int) -> Point | None:
        """Give the point at a cell of a line's body, None where there is no text."""
        line = self._page.lines(item)[number]
        if item == 0 or not line.runs or not 0 <= cell < max(1, self._page.cells(line)):
            return None
        return Point(item - 1, offset_at(self._page.lines(item), number, cell))

    def first(self, visible: Visible) -> Point:
        """Give the first point of the body in view, the nearest one where there is none."""
        body = self._page.body
        for item, number in visible:
            if 0 < item <= body and (runs := self._page.lines(item)[number].runs):
                return Point(item - 1, min(run.start for run in runs))
        return self._outside(visible)

    def last(self, visible: Visible) -> Point:
        """Give the last point of the body in view, the nearest one where there is none."""
        body = self._page.body
        for item, number in reversed(visible):
            if 0 < item <= body and (runs := self._page.lines(item)[number].runs):
                return Point(item - 1, max(max(run.start, run.end - 1) for run in runs))
        return self._outside(visible)

    def _outside(self, visible: Visible) -> Point:
        body = self._page.body
        if not body or not visible or visible[0][0] == 0:
            return Point()
        block = min(visible[0][0], body) - 1
        return Point(block, len(self._page.blocks[block].text) if visible[0][0] > body else 0)

    def step(self, point: Point, lines: int) -> Point:
        """Give the point some lines of text further, about in the same column, in the body if it is there."""
        item, number, cell = self.spot(point)
        page = self._page
        last = page.body if item <= page.body else page.count - 1
        ahead, found = (1 if lines > 0 else -1), (item, number)
        left = abs(lines)
        while left:
            number += ahead
            if not 0 <= number < len(page.lines(item)):
                item += ahead
                if not 0 < item <= last:
                    break
                number = 0 if ahead > 0 else len(page.lines(item)) - 1
            if page.lines(item)[number].runs:
                found, left = (item, number), left - 1
        item, number = found
        return Point(item - 1, offset_at(page.lines(item), number, cell)) if item else point

    def ends(self, point: Point) -> tuple[Point, Point]:
        """Give the first point of the line that a point is on, and the one behind its last character."""
        item, number, _ = self.spot(point)
        runs = self._page.lines(item)[number].runs
        if not item or not runs:
            return point, point
        return Point(item - 1, min(run.start for run in runs)), Point(item - 1, max(run.end for run in runs))

    def passage(self, selection: Selection) -> Passage | None:
        """Give what Textual's selection covers of the body: its offsets are those of items."""
        body, blocks = self._page.body, self._page.blocks
        if not body:
            return None
        end = Point(body - 1, len(blocks[body - 1].text))
        first = Point(selection.start.y - 1, selection.start.x) if selection.start is not None else Point()
        last = Point(selection.end.y - 1, selection.end.x) if selection.end is not None else end
        first, last = max(first, Point()), min(last, end)
        return Passage(first, last) if first < last else None

    # -- what is held at the top

    def held(self, item: int, number: int) -> tuple[int, int]:
        """Give what to hold at the top where a line of an item is there: the item, and an offset into its text.

        That is the first character from there on, and TOP at the very top of an item. In the header it is the line;
        what follows the text of an item stands for its end.
        """
        if item == 0 or number == 0:
            return item, number if item == 0 else TOP
        lines = self._page.lines(item)
        starts = (min(run.start for run in line.runs) for line in lines[number:] if line.runs)
        return item, next(starts, len(self._page.blocks[item - 1].text))

    def line_of(self, item: int, offset: int) -> int:
        """Give the line of an item that what is held there stands on."""
        if item == 0 or offset == TOP:
            return max(0, offset)
        lines = self._page.lines(item)
        if offset >= len(self._page.blocks[item - 1].text):
            return len(lines) - 1
        return cell_of(lines, offset)[0]


def linked(block: Block, offset: int) -> Span | None:
    """Give the link or the reference that an offset into a block's text is in."""
    spans = (span for span in block.spans if span.kind in ("link", "reference"))
    return next((span for span in spans if span.start <= offset < span.end), None)


def kept(document: Document, place: Place) -> tuple[int, int]:
    """Give the item and the offset to hold at the top for a place that was kept; the text may have changed since."""
    if (place.block == 0 and place.fraction == 0) or not document.blocks:
        return 0, 0
    from reader.model.anchoring import find_place  # most articles begin at their beginning

    found = find_place(document, place)
    number = document.anchored(found.block)
    offset = round(found.fraction * len(document.blocks[number].text))
    return number + 1, offset or TOP

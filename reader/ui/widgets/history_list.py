"""What was read, day by day: draws what is in view, whatever the number of days."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.model.article import as_time
from reader.model.figures import About
from reader.ui.styling import part_style
from reader.ui.text import shorten
from reader.ui.widgets.figure_sheet import said_day
from reader.ui.widgets.frame import empty_line, thumb, with_thumb
from reader.ui.widgets.list_pointing import Pointed
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from rich.style import Style

    from reader.model.figures import Day, Reading

_PAGE: Final = 64
"""Articles that are asked for at once."""
_CACHED: Final = 4000
_FAR: Final = 10**9
_BESIDE: Final = 70
"""Columns from which the source stands beside the title."""


class HistoryList(Pointed, can_focus=True):
    """Days, and under each the articles that were read.

    Args:
        about: gives whose articles are by their ids.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--heading", "list--title-read", "list--byline", "list--mark", "list--cursor", "list--cursor-focus",
        "list--thumb",
    }  # fmt: skip
    BORDER_TITLE = "History"

    empty: reactive[str] = reactive("…")

    @dataclass
    class Chosen(Message):
        """A person asked for the article under the cursor."""

    def __init__(self, about: Callable[[Collection[int]], Mapping[int, About]]) -> None:
        super().__init__()
        self._about = about
        self._known: dict[int, About] = {}
        self._days: Sequence[Day] = ()
        self._firsts: list[int] = [0]
        """The item of each day's heading; at the end how many items there are."""
        self._today = date.min
        self._cursor = 1
        self._view = Viewport(self._height)
        self._fitted = Size(0, 0)

    def show(self, days: Sequence[Day], today: date) -> None:
        """Show days, the newest first."""
        self._days, self._today, self._cursor = days, today, 1
        self._firsts = list(accumulate((1 + len(day.articles) for day in days), initial=0))
        self._view.count = self._firsts[-1]
        self._view.to(0)
        self._cursor = self._stop(0, 1) or 0
        self.refresh()

    @property
    def chosen(self) -> Reading | None:
        """What is under the cursor."""
        return self._at(self._cursor)

    def about(self, article: int) -> About:
        """Tell whose an article is."""
        return self._known.get(article) or self._about((article,)).get(article, About())

    def _at(self, item: int) -> Reading | None:
        """Give the article at an item, None for a heading."""
        if not 0 <= item < self._firsts[-1]:
            return None
        number = bisect_right(self._firsts, item) - 1
        within = item - self._firsts[number] - 1
        return None if within < 0 else self._days[number].articles[within]

    def _height(self, item: int) -> int:
        # A blank line parts the days.
        return 2 if item and self._at(item) is None else 1

    # -- moving

    def move(self, step: int) -> None:
        """Move the cursor by some articles."""
        for _ in range(min(abs(step), 1 if abs(step) >= _FAR else abs(step))):
            start = (0 if step < 0 else self._firsts[-1] - 1) if abs(step) >= _FAR else self._cursor + step
            found = self._stop(start, (-1 if step > 0 else 1) if abs(step) >= _FAR else step)
            self._cursor = self._cursor if found is None else found
        self._bring()

    def _stop(self, item: int, step: int) -> int | None:
        """Give the first article from an item on, down or up."""
        while 0 <= item < self._firsts[-1]:
            if self._at(item) is not None:
                return item
            item += 1 if step > 0 else -1
        return None

    def page(self, step: int) -> None:
        """Move the cursor by a page."""
        at = self._cursor + step * max(1, self._fitted.height - 2)
        at = max(0, min(self._firsts[-1] - 1, at))
        found = self._stop(at, step)
        self._cursor = found if found is not None else self._stop(at, -step) or self._cursor
        self._bring()

    def _bring(self) -> None:
        if self._firsts[-1]:
            heading = self._at(self._cursor - 1) is None
            self._view.show(self._cursor, context=self._height(self._cursor - 1) if heading else 0)
        self.refresh()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        size, base = self.size, self.rich_style
        if self._fitted != size:
            self._fitted, self._view.height = size, max(1, size.height)
            self._view.settle()
            if self._firsts[-1]:
                self._view.show(self._cursor)
        if not self._firsts[-1]:
            quiet = part_style(self, "list--byline", base)
            return empty_line(self.empty, y, size, 2, max(1, size.width - 4), quiet, base)
        lines = self._view.lines()
        if y >= len(lines):
            return Strip.blank(size.width, base)
        bar = thumb(size.height, self._firsts[-1], lines[0][0], lines[-1][0])
        return with_thumb(self._strip(*lines[y], base), y, bar, part_style(self, "list--thumb", base))

    def _strip(self, item: int, line: int, base: Style) -> Strip:
        width, reading = self.size.width, self._at(item)
        if reading is None:
            if item and not line:
                return Strip.blank(width, base)
            return self._heading(self._days[bisect_right(self._firsts, item) - 1], width, base)
        here, about = item == self._cursor, self._named(item, reading)
        back = part_style(self, "list--cursor-focus" if self.has_focus else "list--cursor", base) if here else base
        title, quiet, mark = (part_style(self, f"list--{name}", back) for name in ("title-read", "byline", "mark"))
        when = f"{datetime.fromtimestamp(reading.at):%H:%M}" if reading.at is not None else " " * 5  # noqa: DTZ006 -- the day is the reader's
        spent = as_time(max(1, round(reading.seconds / 60))) if reading.seconds else ""
        source = shorten(about.source, width // 4) if width >= _BESIDE else ""
        tail = " · ".join(part for part in (source, spent) if part)
        room = max(1, width - cell_len(tail) - 12)
        text = shorten(about.title or "An article that is gone", room)
        gap = " " * (room - cell_len(text) + 2)
        segments = [Segment("▌" if here else " ", mark), Segment(f" {when}  ", quiet), Segment(text, title)]
        return Strip([*segments, Segment(f"{gap}{tail} ", quiet)]).adjust_cell_length(width, back)

    def _heading(self, day: Day, width: int, base: Style) -> Strip:
        count = len(day.articles)
        parts = ["1 article" if count == 1 else f"{count:,} articles"]
        parts += [as_time(max(1, round(day.seconds / 60)))] if day.seconds else []
        more = f"  {', '.join(parts)}"
        name = shorten(said_day(day.date, self._today), max(1, width - len(more) - 2))
        heading, quiet = (part_style(self, f"list--{part}", base) for part in ("heading", "byline"))
        return Strip([Segment(f" {name}", heading), Segment(more, quiet)]).adjust_cell_length(width, base)

    def _named(self, item: int, reading: Reading) -> About:
        found = self._known.get(reading.article)
        if found is None:
            if len(self._known) > _CACHED:
                self._known.clear()
            near = (self._at(one) for one in range(item - item % _PAGE, item - item % _PAGE + _PAGE))
            wanted = {one.article for one in near if one is not None and one.article not in self._known}
            self._known.update(self._about(wanted))
            found = self._known.setdefault(reading.article, About())
        return found

    # -- the mouse

    def wheeled(self, lines: int) -> None:
        """Scroll."""
        self._view.scroll(lines)
        self.refresh()

    def pointed(self, y: int) -> None:
        """Put the cursor on an article, or ask for the one it is on."""
        lines = self._view.lines()
        item = lines[y][0] if y < len(lines) else -1
        if item == self._cursor:
            self.post_message(self.Chosen())
        elif self._at(item) is not None:
            self._cursor = item
            self.refresh()

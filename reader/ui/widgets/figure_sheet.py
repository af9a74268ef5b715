"""Figures of what was read, on a sheet: days in a row, two charts, and of what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.model.article import as_time
from reader.ui.styling import part_style
from reader.ui.text import shorten, wrap
from reader.ui.widgets.chart import chart
from reader.ui.widgets.frame import empty_line, thumb, with_thumb
from reader.ui.widgets.list_pointing import Pointed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reader.model.figures import Figures, Share

_TOP: Final = 10
_HEIGHT: Final = 5
_MOST: Final = 70
"""Days that a chart has at most: ten weeks."""
_LEAST: Final = 28
_NOTHING: Final = "Nothing was read yet.\nFigures come with what you read."

Line = tuple[str, str]
"""The component class of a line, and its text."""


def sheet(figures: Figures, width: int) -> list[Line]:
    """Give the lines of a sheet.

    Args:
        figures: what is told.
        width: cells of a line.
    """
    room = max(_LEAST, min(_MOST, width - 8))
    days = figures.days[-room:]
    weeks = len(days) // 7
    days = days[-weeks * 7 :] if weeks else days
    lines: list[Line] = [("list--title", line) for line in _cut(_streak(figures), width)]
    lines += [("list--byline", line) for line in _cut(_whole(figures), width)]
    for name, values in (
        ("Minutes a day", [(day, round(seconds / 60)) for day, _, seconds in days]),
        ("Articles a day", [(day, count) for day, count, _ in days]),
    ):
        lines += [("", ""), ("list--heading", shorten(f"{name}, the last {weeks} weeks", width))]
        lines += [("figures--chart", line[:width]) for line in chart(values, _HEIGHT)]
    for name, shares in (
        ("By source", figures.sources),
        ("By author", figures.authors),
        ("By section", figures.sections),
    ):
        if shares:
            lines += [("", ""), ("list--heading", name), *_table(shares[:_TOP], width)]
    return lines


def _cut(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def _streak(figures: Figures) -> str:
    now = "1 day in a row" if figures.streak == 1 else f"{figures.streak:,} days in a row"
    return f"{now}; the longest were {figures.longest:,}" if figures.longest > figures.streak else now


def _whole(figures: Figures) -> str:
    count = "1 article" if figures.articles == 1 else f"{figures.articles:,} articles"
    return f"{count}, {as_time(figures.minutes)} in the last {len(figures.days):,} days"


def _table(shares: Sequence[Share], width: int) -> list[Line]:
    """Give a line for each share: its name, how many articles, how long."""
    counts = [f"{share.articles:,}" for share in shares]
    times = [as_time(round(share.seconds / 60)) for share in shares]
    right = max(map(len, counts)) + max(map(len, times)) + 4
    room = max(8, min(40, width - right))
    lines = []
    for share, count, spent in zip(shares, counts, times, strict=True):
        name = shorten(share.name, room)
        gap = " " * (room - cell_len(name))
        lines.append(("", f"{name}{gap}  {count:>{max(map(len, counts))}}  {spent:>{max(map(len, times))}}"))
    return lines


class FigureSheet(Pointed, can_focus=True):
    """Shows the figures, and scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--heading", "list--title", "list--byline", "list--thumb", "figures--chart",
    }  # fmt: skip
    BORDER_TITLE = "Figures"

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self._lines: list[Line] = []
        self._laid = 0
        self._top = 0

    def show(self, figures: Figures) -> None:
        """Show figures."""
        self._figures, self._laid = figures, 0
        self.refresh()

    def move(self, step: int) -> None:
        """Scroll by lines."""
        self._top = max(0, min(self._top + step, len(self._lines) - self.size.height))
        self.refresh()

    def page(self, step: int) -> None:
        """Scroll by pages."""
        self.move(step * max(1, self.size.height - 2))

    def wheeled(self, lines: int) -> None:
        """Scroll."""
        self.move(lines)

    def pointed(self, y: int) -> None:
        """Do nothing: there is nothing to choose."""

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        base, size = self.rich_style, self.size
        if self._figures is None or not self._figures.longest:
            said = _NOTHING if self._figures is not None else "…"
            quiet = part_style(self, "list--byline", base)
            return empty_line(said, y, size, 2, max(1, size.width - 4), quiet, base)
        if self._laid != size.width:
            self._laid, self._lines = size.width, sheet(self._figures, max(20, size.width - 3))
            self._top = max(0, min(self._top, len(self._lines) - size.height))
        at = self._top + y
        part, text = self._lines[at] if at < len(self._lines) else ("", "")
        style = part_style(self, part, base) if part else base
        strip = Strip([Segment(f" {text}", style)]).adjust_cell_length(size.width, base)
        last = min(len(self._lines), self._top + size.height) - 1
        bar = thumb(size.height, len(self._lines), self._top, last)
        return with_thumb(strip, y, bar, part_style(self, "list--thumb", base))


def said_day(day: date, today: date) -> str:
    """Name a day: today, yesterday, its weekday and date."""
    if day == today:
        return "Today"
    if (today - day).days == 1:
        return "Yesterday"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A}, {day.day} {day:%B}{year}"

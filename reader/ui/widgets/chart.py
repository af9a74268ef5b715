"""A chart of columns in plain characters, with an axis that begins at nothing and says what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_STEPS: Final = (1, 2, 4, 6, 8, 10)
_WEEK: Final = 7


def top_of(most: int) -> int:
    """Give the round number at which an axis ends: even where it can be, so that its half is told too."""
    power = 1
    while most > 10 * power:
        power *= 10
    return max(2, next(step * power for step in _STEPS if step * power >= most))


def columns(values: Sequence[int], height: int) -> list[str]:
    """Draw values as lines of text, the highest first; whatever is more than nothing is to be seen.

    Args:
        values: one for each column.
        height: lines.
    """
    top = top_of(max(values, default=0))
    eighths = [min(8 * height, max(1, round(value * 8 * height / top))) if value > 0 else 0 for value in values]
    return [
        "".join(_EIGHTHS[max(0, min(8, value - 8 * (height - 1 - line)))] for value in eighths)
        for line in range(height)
    ]


def chart(days: Sequence[tuple[date, int]], height: int) -> list[str]:
    """Draw what there was on each day: a column a day, the numbers of the axis at the left, the Mondays below.

    Args:
        days: the days in a row, each with a number.
        height: lines of the columns; two more are for the days.
    """
    values = [value for _, value in days]
    top = top_of(max(values, default=0))
    half = top // 2 if top % 2 == 0 and height > 2 else None
    wide = len(f"{top:,}")
    told = {0: f"{top:,}", height // 2: f"{half:,}" if half is not None else ""}
    lines = [
        f"{told.get(number, ''):>{wide}} {'┤' if told.get(number) else '│'}{line}"
        for number, line in enumerate(columns(values, height))
    ]
    mondays = [number for number, (day, _) in enumerate(days) if day.weekday() == 0]
    axis = "".join("┴" if number in mondays else "─" for number in range(len(days)))
    return [*lines, f"{'0':>{wide}} └{axis}", " " * (wide + 2) + _names(days, mondays)]


def _names(days: Sequence[tuple[date, int]], mondays: Sequence[int]) -> str:
    """Give the names of the Mondays, each under its own day, as many as have room."""
    line = ""
    for number in mondays:
        day = days[number][0]
        name = f"{day.day} {day:%b}"
        if number >= len(line) + bool(line) and number + len(name) <= len(days) + _WEEK // 2:
            line = f"{line:<{number}}{name}"
    return line

"""What lists and panes have around their lines: the mark of where the view is, and a word where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from reader.ui.text import wrap

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Size


def thumb(height: int, items: int, first: int, last: int) -> tuple[int, int] | None:
    """Give the lines that show where in a list the view is, None when all of it is in view.

    Args:
        height: lines of the view.
        items: how many items the list has.
        first: the first item in view.
        last: the last one.
    """
    shown = last - first + 1
    if shown >= items:
        return None
    long = max(1, height * shown // items)
    start = min(height - long, round((height - long) * first / (items - shown)))
    return start, start + long


def with_thumb(strip: Strip, y: int, bar: tuple[int, int] | None, style: Style) -> Strip:
    """Give a line with the mark of where the view is at its right end, where `bar` has it."""
    if bar is None or not bar[0] <= y < bar[1]:
        return strip
    return Strip.join([strip.crop(0, strip.cell_length - 1), Strip([Segment("▐", style)], 1)])


def empty_line(text: str, y: int, size: Size, margin: int, width: int, style: Style, base: Style) -> Strip:
    """Give a line of a widget that has nothing to show but a text.

    Args:
        text: what to say.
        y: the line.
        size: the widget's.
        margin: cells before the text.
        width: cells that the text may take.
        style: the text's.
        base: what is behind it.
    """
    lines = [text[start:end] for start, end in wrap(text, width)]
    first = max(1, size.height // 3)
    shown = lines[y - first] if 0 <= y - first < len(lines) else ""
    return Strip([Segment(" " * margin + shown, style)]).adjust_cell_length(size.width, base)

"""Texts and lines measured in cells, once: a line of code may be thousands long, and is asked again with every key."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ui.widgets.lines import Line, Run


def cells_of(text: str) -> int:
    """Count the cells of a text without control characters; at once where it is plain, however long."""
    if text.isascii():
        return len(text)
    return cell_len(text) if len(text) < _LONG else ruled(text).cells[-1]


_LONG = 512
"""Characters from which Rich counts the cells of a text each time anew."""


class Ruler(NamedTuple):
    """Where in a text each of what the eye takes for a character begins: in it, and in cells; both tell its end too."""

    begins: Sequence[int]
    cells: Sequence[int]

    def at(self, offset: int) -> int:
        """Give the cell at which the character that an offset is in begins."""
        return self.cells[bisect_right(self.begins, offset) - 1]

    def offset(self, cell: int) -> int:
        """Give where the last character begins that takes room and begins no later than at a cell."""
        number = bisect_right(self.cells, cell) - 1
        if number >= len(self.begins) - 1:
            number = bisect_left(self.cells, self.cells[-1]) - 1
        return self.begins[max(0, number)]


@lru_cache(maxsize=128)
def ruled(text: str) -> Ruler:
    """Measure a text."""
    spans = split_graphemes(text)[0]
    begins = array("I", [begin for begin, _, _ in spans])
    begins.append(len(text))
    return Ruler(begins, array("I", accumulate((size for _, _, size in spans), initial=0)))


def cut(text: str, cells: int) -> tuple[str, str]:
    """Cut a text at some cells; what is wide and cut in two becomes spaces."""
    if cells <= 0:
        return "", text
    if text.isascii():
        return text[:cells], text[cells:]
    begins, ruler = ruled(text)
    if cells >= ruler[-1]:
        return text, ""
    at = bisect_left(ruler, cells)
    if ruler[at] == cells:
        return text[: begins[at]], text[begins[at] :]
    return text[: begins[at - 1]] + " ", " " + text[begins[at] :]


class Measured:
    """The body of a line as one text, and where its segments begin in it.

    Args:
        line: the line.
    """

    def __init__(self, line: Line) -> None:
        texts = [segment.text for segment in line.body]
        self.text = "".join(texts)
        self.cells: Sequence[int] = array("I", accumulate(map(cells_of, texts), initial=0))
        """At how many cells from the left each segment begins, and the last one ends."""
        self._chars = array("I", accumulate(map(len, texts), initial=0))
        self.runs = [run for run in line.runs if run.start < run.end]
        """The runs that hold something."""
        self._begins = [run.cell for run in self.runs]

    def of(self, run: Run) -> str:
        """Give the text of a run: the segments of a body are cut where one begins."""
        at = self._chars[self._segment(run)]
        return self.text[at : at + run.end - run.start]

    def _segment(self, run: Run) -> int:
        return min(bisect_left(self.cells, run.cell), len(self._chars) - 1)

    def first(self, cell: int) -> int:
        """Give the segment that a cell is in, the last end where none is."""
        return bisect_right(self.cells, cell) - 1

    def running(self, segment: int) -> tuple[int, int | None]:
        """Give the first run that does not end before a segment, and where the segment begins in it if it is inside."""
        number = bisect_right(self._begins, self.cells[segment]) - 1
        if number < 0:
            return 0, None
        run = self.runs[number]
        offset = run.start + self._chars[segment] - self._chars[self._segment(run)]
        return (number, offset) if offset < run.end else (number + 1, None)


class _Same:
    """A line that is the same as itself only: to compare what two hold takes longer than to measure one."""

    __slots__ = ("line",)

    def __init__(self, line: Line) -> None:
        self.line = line

    def __hash__(self) -> int:
        return id(self.line)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.line is other.line


@lru_cache(maxsize=256)
def _measured(same: _Same) -> Measured:
    return Measured(same.line)


def measured(line: Line) -> Measured:
    """Measure a line, or tell what is known of it."""
    return _measured(_Same(line))

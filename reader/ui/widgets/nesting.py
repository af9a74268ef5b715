"""What stands before the lines of a block inside quotes and lists: bars, markers and indents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment

from reader.ui.widgets.lines import BLANK, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.model.document import Block
    from reader.ui.widgets.lines import Styles

_BAR: Final = "▎ "
_MARKED: Final = ("item", "footnote", "heading")
_FOOTNOTE: Final = 4
_DEFINITION: Final = 4

Leads = tuple[Segment, ...]


def leads(block: Block, width: int, styles: Styles) -> tuple[Leads, Leads]:
    """Give what stands before the first line of a block, and before each line after it; both are as wide.

    They take at most half of the width, however deep the block is, where the innermost one leaves it.
    """
    steps = _fitted(block.within or _usual(block), width)
    if not (steps and block.marker and block.kind in _MARKED):
        hang = _drawn(steps, styles)
        return hang, hang
    marker = f"{block.marker}. " if block.kind == "footnote" else f"{block.marker} "
    pad = marker.ljust if block.kind == "footnote" else marker.rjust
    steps[-1] = max(steps[-1], cell_len(marker))
    own = Segment(pad(steps[-1] + len(marker) - cell_len(marker)), styles["byline"])
    return (*_drawn(steps[:-1], styles), own), _drawn(steps, styles)


def nested(lines: Iterable[Line], first: Leads, hang: Leads) -> Iterator[Line]:
    """Put what a block is nested in before its lines."""
    for number, line in enumerate(lines):
        lead = hang if number else first
        yield replace(line, lead=(*lead, *line.lead)) if lead else line


def joined(block: Block, other: Block | None, width: int, styles: Styles) -> Line:
    """Give the blank line between a block and the one above or below: the bar of a quote that holds both goes on."""
    if other is None:
        return BLANK
    here, there = block.within or _usual(block), other.within or _usual(other)
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    while same and here[same - 1]:
        same -= 1
    return Line(_drawn(_fitted(here, width)[:same], styles), ()) if same else BLANK


def _usual(block: Block) -> tuple[int, ...]:
    """Give what a block is nested in by its kind alone."""
    match block.kind:
        case "quote":
            return (0,) * max(1, block.level)
        case "item":
            return (2 * block.level + cell_len(block.marker or " ") + 1,)
        case "definition":
            return (_DEFINITION,) * block.level
        case "footnote":
            return (max(_FOOTNOTE, cell_len(block.marker) + 2),)
    return ()


def _fitted(within: Sequence[int], width: int) -> list[int]:
    """Leave out what would take more than half of the width, but for the innermost."""
    if not within:
        return []
    left = width // 2 - (within[-1] or len(_BAR))
    kept = []
    for step in within[:-1]:
        left -= step or len(_BAR)
        if left < 0:
            break
        kept.append(step)
    return [*kept, within[-1]]


def _drawn(steps: Sequence[int], styles: Styles) -> Leads:
    return tuple(Segment(" " * step, styles["text"]) if step else Segment(_BAR, styles["rule"]) for step in steps)

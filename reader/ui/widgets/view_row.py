"""One line of the tree of views, tags and sources, as cells of text with styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.ui.text import shorten
from reader.values import dataclass

if TYPE_CHECKING:
    from rich.style import Style

    from reader.library.tree import Node

_SIGNS: Final = (1, 2, 4)
"""The cell of the sign of a node, by its depth: how it is folded, or its digit."""
_NAMES: Final = (3, 4, 5)
"""The cell at which its name begins."""


@dataclass(frozen=True, slots=True)
class NodeStyles:
    """The styles of one line in one state."""

    base: Style
    heading: Style
    name: Style
    read: Style
    quiet: Style
    mark: Style
    here: Style
    thumb: Style


def node_row(node: Node, width: int, styles: NodeStyles, *, folded: bool, here: bool, cursor: bool) -> Strip:
    """Draw a node: whether it is folded, its digit, its name, and how many articles are unread in it.

    Args:
        node: the node.
        width: cells that the line takes.
        styles: how to draw it.
        folded: whether what it holds is folded away.
        here: whether the list shows it.
        cursor: whether the cursor is on it.
    """
    depth = min(node.depth, len(_NAMES) - 1)
    sign = ("▸" if folded else "▾") if node.holds else str(node.place) if node.place else " "
    before, after = _SIGNS[depth] - 1, _NAMES[depth] - _SIGNS[depth] - 1
    lead = f"{'›' if here else ' '}{' ' * (before - 1)}" if before else ""
    count = f"{node.count:,}" if node.count else ""
    room = max(1, width - _NAMES[depth] - (len(count) + 2 if count else 1))
    name = shorten(node.name, room)
    gap = " " * (room - cell_len(name) + (1 if count else 0))
    segments = [
        Segment("▌" if cursor else " ", styles.mark),
        Segment(lead, styles.here),
        Segment(sign + " " * after, styles.heading if node.kind == "section" else styles.quiet),
        Segment(name, _name_style(node, styles, here=here)),
        Segment(gap, styles.base),
        Segment(f"{count} ", styles.here if here else styles.quiet),
    ]
    return Strip(segments).adjust_cell_length(width, styles.base)


def _name_style(node: Node, styles: NodeStyles, *, here: bool) -> Style:
    if node.kind in ("section", "hint"):
        return styles.heading if node.kind == "section" else styles.quiet
    if here:
        return styles.here
    return styles.name if node.count else styles.read

"""Code laid out line by line: never wrapped, wider than the measure where it has to be."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from reader.ui.text import measured, shorten
from reader.ui.widgets.lines import Line, Run
from reader.ui.widgets.pen import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.document import Block
    from reader.ui.widgets.lines import Styles

_LEAD: Final = "  "
_REST: Final = "code"
_MOST: Final = 1_200
"""Parts of a block that are coloured at the most: it is laid out while a key waits."""
_ROW: Final = 600
"""Places in a row at the most where one begins or ends: each of them is drawn apart, whenever the row is."""


def lay_out_code(block: Block, width: int, styles: Styles) -> Iterator[Line]:
    """Lay code out.

    Args:
        block: the code.
        width: cells that a line may take; where one takes more, all scroll sideways.
        styles: a style for each part; the parts of code may be missing.
    """
    lead = (Segment(_LEAD, styles["text"]),)
    if block.marker and not block.continues:
        yield Line((Segment(shorten(f"{_LEAD}{block.marker}", width), styles["byline"]),), ())
    text = block.text.replace("\t", " ")
    starts, parts = _parts(text, block.marker)
    rows = text.split("\n")
    wide = any(measured(row) > width - len(_LEAD) for row in rows)
    at = 0
    for row in rows:
        end = at + len(row)
        first, last = bisect_right(starts, at), bisect_left(starts, end)
        if last - first > _ROW:
            last = first + _ROW
            last -= parts[last - 1] != _REST
        cuts = [at, *starts[first:last], end]
        if len(cuts) > 2 and not row.isascii():
            cuts = whole(text, cuts)
        body = (
            Segment(text[left:right], styles.get(parts[bisect_right(starts, left) - 1], styles[_REST]))
            for left, right in pairwise(cuts)
            if left < right
        )
        yield Line(lead, tuple(body), (Run(0, at, end),), wide)
        at = end + 1


def _parts(text: str, name: str) -> tuple[list[int], list[str]]:
    """Give where each part of the code begins, and the style it is drawn in."""
    if not name:
        return [0], [_REST]
    from reader.ui.widgets.code_parts import parts

    starts, kinds = [0], [_REST]
    for start, end, kind in islice(parts(text, name), _MOST):
        if starts[-1] == start:
            kinds[-1] = kind
        else:
            starts.append(start)
            kinds.append(kind)
        starts.append(end)
        kinds.append(_REST)
    return starts, kinds

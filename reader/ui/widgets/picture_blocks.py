"""A picture in half blocks, as every terminal with colours can show it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from PIL.Image import Image

CELL_BYTES: Final = 300
"""What a cell of half blocks takes in memory, about."""

_COLOURS: Final = 128
"""Colours of a picture in half blocks: with as few, neighbours are often alike, and drawn as one."""


def half_blocks(image: Image) -> list[tuple[Segment, ...]]:
    """Draw a picture in half blocks, two pixels to a cell, one above the other.

    Args:
        image: in RGB, as wide as it has cells, and twice as high as it has lines.

    Returns:
        The segments of each line.
    """
    few = image.quantize(_COLOURS)
    palette = few.getpalette() or []
    colours = [Color.from_rgb(*palette[at : at + 3]) for at in range(0, len(palette), 3)]
    width, pixels = few.width, few.tobytes()
    styles: dict[tuple[int, int], Style] = {}
    lines = []
    for start in range(0, len(pixels) - width, 2 * width):
        upper, lower = pixels[start : start + width], pixels[start + width : start + 2 * width]
        segments = []
        for pair, cells in groupby(zip(upper, lower, strict=True)):
            style = styles.get(pair)
            if style is None:
                style = styles[pair] = Style.from_color(colours[pair[0]], colours[pair[1]])
            segments.append(Segment("▀" * sum(1 for _ in cells), style))
        lines.append(tuple(segments))
    return lines

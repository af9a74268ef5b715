"""A picture drawn in one way or another: what is made of its bytes, off the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from reader.ui.widgets import picture_pixels
from reader.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

    from reader.ui.widgets.picture_box import Box, Cell
    from reader.ui.widgets.picture_way import Way

_FAILED: Final = "This picture cannot be drawn."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture as it is to be drawn."""

    url: str
    box: Box
    cell: Cell
    background: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn.

    `lines` are the segments of its lines, `cost` what it takes in bytes. Where the terminal keeps it, `number` is its
    own there, and `sending` tells the terminal of it. Where it is to be drawn over its half blocks, `image` is itself.
    """

    lines: tuple[tuple[Segment, ...], ...]
    cost: int = 0
    number: int = 0
    sending: str = ""
    image: Image | None = None


def drawn(wanted: Wanted, data: bytes, way: Way, number: int) -> Drawn:
    """Draw a picture.

    Args:
        wanted: how.
        data: its bytes; of what is broken the lines say that it is.
        way: what the terminal understands.
        number: its own among those that the terminal keeps.
    """
    box, cell = wanted.box, wanted.cell
    cells, pixels = (box.columns, 2 * box.lines), (box.columns * cell.width, box.lines * cell.height)
    try:
        image = picture_pixels.scaled(data, *(cells if way == "blocks" else pixels), wanted.background)
    except picture_pixels.PictureError:
        return Drawn(_failed(wanted))
    if way == "kitty":
        from reader.ui.widgets.picture_kitty import placeholders, sending

        return Drawn(tuple(placeholders(number, box)), 4 * pixels[0] * pixels[1], number, sending(image, number, box))
    from reader.ui.widgets.picture_blocks import CELL_BYTES, half_blocks

    cost = CELL_BYTES * box.columns * box.lines
    if way == "blocks":
        return Drawn(tuple(half_blocks(image)), cost)
    return Drawn(tuple(half_blocks(image.resize(cells))), cost + 3 * pixels[0] * pixels[1], image=image)


def blank(wanted: Wanted, said: str = "") -> Segment:
    """Give what stands in a line of a picture that is not there."""
    return Segment(said or " " * wanted.box.columns, Style(dim=bool(said), bgcolor=Color.from_rgb(*wanted.background)))


def _failed(wanted: Wanted) -> tuple[tuple[Segment, ...], ...]:
    """Say instead of a picture that there is none, in as many lines."""
    middle, empty, said = wanted.box.lines // 2, blank(wanted), blank(wanted, _FAILED)
    return tuple((said if line == middle else empty,) for line in range(wanted.box.lines))

"""A picture in pixels over its half blocks, as sixels or in iTerm2's way: there until text is written in its place."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

    from reader.ui.widgets.picture_box import Cell

_COLOURS: Final = 64
"""Colours of one line of cells in sixels; each line has its own."""


def knows_sixels() -> bool:
    """Tell whether the library that writes sixels is there; the module is not one that it promises to keep."""
    from importlib.util import find_spec

    return find_spec("textual_image") is not None and find_spec("textual_image._sixel") is not None


def sixels(image: Image, cell: Cell, line: int) -> str:
    """Give one line of a picture as sixels.

    Args:
        image: the whole picture in RGB, in the pixels that it takes on the screen.
        cell: the size of a cell.
        line: the line.
    """
    # Nothing else of textual-image is imported: its packages ask the terminal when they are.
    from textual_image._sixel import SixelOptions, image_to_sixels

    part = image.crop((0, line * cell.height, image.width, (line + 1) * cell.height))
    return image_to_sixels(part, SixelOptions(colors=_COLOURS))


def inline(image: Image, cell: Cell, first: int, count: int) -> str:
    """Give some lines of a picture in iTerm2's way.

    Args:
        image: the whole picture in RGB, in the pixels that it takes on the screen.
        cell: the size of a cell.
        first: the first line.
        count: how many lines.
    """
    part = image.crop((0, first * cell.height, image.width, (first + count) * cell.height))
    data = BytesIO()
    part.save(data, "PNG", compress_level=1)
    size = f"size={data.tell()};width={image.width // cell.width};height={count};preserveAspectRatio=0"
    return f"\x1b]1337;File=inline=1;{size};doNotMoveCursor=1:{b64encode(data.getvalue()).decode('ascii')}\x07"


def placed(data: str, x: int, y: int) -> str:
    """Give what draws something at a cell of the screen, and puts the cursor back."""
    return f"\x1b7\x1b[{y + 1};{x + 1}H{data}\x1b8"

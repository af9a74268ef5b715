"""How many cells a picture takes: known from its size alone, before anything of it is drawn."""

from __future__ import annotations

import sys
from typing import Final

from reader.values import dataclass

LINES: Final = 40
"""Lines that a picture takes at the most, however large the view is."""

_SMALLEST: Final = 16
"""Pixels on a side: what is smaller is no picture but a mark, a spacer or a counter."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The size of a cell of the terminal in pixels."""

    width: int = 10
    height: int = 20


@dataclass(frozen=True, slots=True)
class Box:
    """The cells that a picture takes."""

    columns: int
    lines: int


def box(width: int, height: int, columns: int, view: int, cell: Cell) -> Box | None:
    """Fit a picture into a column of text; it is never made larger than it is.

    Args:
        width: its pixels across.
        height: its pixels down.
        columns: the cells of a line of text.
        view: the lines that are in view; a picture takes two thirds of them at the most.
        cell: the size of a cell.

    Returns:
        The cells it takes, None when it is too small or there is no room.
    """
    lines = min(LINES, view * 2 // 3)
    if min(width, height) < _SMALLEST or columns < 4 or lines < 2:
        return None
    scale = min(1.0, columns * cell.width / width, lines * cell.height / height)
    across, down = round(width * scale / cell.width), round(height * scale / cell.height)
    return Box(max(1, min(columns, across)), max(1, min(lines, down)))


def cell_size() -> Cell:
    """Ask the system, not the terminal, how large a cell is; a usual one where it does not know.

    The terminal's answer to a query would come in among the keys, and be read as some.
    """
    if sys.platform == "win32":
        return Cell()
    import fcntl
    import struct
    import termios

    for stream in (sys.__stderr__, sys.__stdout__, sys.__stdin__):
        try:
            if stream is None:
                continue
            told = fcntl.ioctl(stream.fileno(), termios.TIOCGWINSZ, bytes(8))
        except (OSError, ValueError):
            continue
        rows, columns, width, height = struct.unpack("HHHH", told)
        if rows and columns and width // columns > 1 and height // rows > 1:
            return Cell(width // columns, height // rows)
    return Cell()

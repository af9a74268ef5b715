"""Pictures in kitty's way: the terminal is told of one once, and shows it where certain characters stand.

These are characters like any others, so that a picture scrolls, is cut and is covered as text is. See
<https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders>.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from PIL.Image import Image

    from reader.ui.widgets.picture_box import Box

_CHUNK: Final = 4096
_PLACE: Final = "\U0010eeee"
_MARKS: Final = (
    (0x305, 0x305), (0x30D, 0x30E), (0x310, 0x310), (0x312, 0x312), (0x33D, 0x33F), (0x346, 0x346), (0x34A, 0x34C),
    (0x350, 0x352), (0x357, 0x357), (0x35B, 0x35B), (0x363, 0x36F), (0x483, 0x487), (0x592, 0x595), (0x597, 0x599),
    (0x59C, 0x5A1), (0x5A8, 0x5A9), (0x5AB, 0x5AC), (0x5AF, 0x5AF), (0x5C4, 0x5C4), (0x610, 0x617), (0x657, 0x65B),
    (0x65D, 0x65E), (0x6D6, 0x6DC), (0x6DF, 0x6E2), (0x6E4, 0x6E4), (0x6E7, 0x6E8), (0x6EB, 0x6EC), (0x730, 0x730),
    (0x732, 0x733), (0x735, 0x736), (0x73A, 0x73A), (0x73D, 0x73D), (0x73F, 0x741), (0x743, 0x743),
    (0x745, 0x745), (0x747, 0x747), (0x749, 0x74A),
)  # fmt: skip
"""The combining characters that count lines and columns, from the beginning of kitty's table, as far as we go."""

_NUMBERS: Final = tuple(chr(code) for first, last in _MARKS for code in range(first, last + 1))
COLUMNS: Final = len(_NUMBERS)
"""Columns and lines of a picture at the most."""


def sending(image: Image, number: int, box: Box) -> str:
    """Give what tells the terminal of a picture.

    Args:
        image: in RGB, in the pixels that it takes on the screen.
        number: its own among those the terminal knows, of 24 bits.
        box: the cells that it takes.
    """
    written = BytesIO()
    image.save(written, "PNG", compress_level=1)
    data = b64encode(written.getvalue()).decode("ascii")
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    first = f"a=T,U=1,f=100,t=d,q=2,i={number},c={box.columns},r={box.lines},"
    parts = [
        f"\x1b_G{'' if at else first}{'q=2,' if at else ''}m={int(at + 1 < len(chunks))};{chunk}\x1b\\"
        for at, chunk in enumerate(chunks)
    ]
    return "".join(parts)


def forgetting(number: int) -> str:
    """Give what makes the terminal forget a picture."""
    return f"\x1b_Ga=d,d=I,q=2,i={number}\x1b\\"


def placeholders(number: int, box: Box) -> list[tuple[Segment, ...]]:
    """Give the segments of each line of a picture; its number is said by their colour."""
    style = Style.from_color(Color.from_rgb(number >> 16 & 255, number >> 8 & 255, number & 255))
    across = [f"{_PLACE}{{}}{_NUMBERS[column]}" for column in range(min(box.columns, COLUMNS))]
    line = "".join(across)
    return [(Segment(line.replace("{}", _NUMBERS[row]), style),) for row in range(min(box.lines, COLUMNS))]

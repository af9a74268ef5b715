"""The blocks of Markdown while they are put together."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ROOM: Final = re.compile("\n(?!\n|$)")


class Piece(NamedTuple):
    """A block of Markdown, and of what kind it is."""

    kind: str
    text: str


def joined(pieces: list[Piece], between: str = "\n\n") -> str:
    """Give pieces as one text."""
    return between.join(piece.text for piece in pieces)


def indented(text: str, pad: str) -> str:
    """Give a text with all lines but the first further in."""
    return _ROOM.sub("\n" + pad, text) if "\n" in text else text

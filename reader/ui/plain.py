"""What is drawn, in ASCII, or in what a terminal can write."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from textual.filter import LineFilter

from reader.model.signs import ASCII, plain

if TYPE_CHECKING:
    from rich.style import Style
    from textual.color import Color

_KEPT: Final = 4096
"""Graphemes that are kept with what stands for them."""


class Plain(LineFilter):
    """Puts ASCII in the place of our signs; the text of articles is left as it is, if it can be written.

    Args:
        signs: whether signs are to be ASCII.
        encoding: what the terminal is written to in.
    """

    def __init__(self, *, signs: bool, encoding: str = "utf-8") -> None:
        super().__init__()
        self._signs, self._encoding = signs, "" if encoding == "utf-8" else encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give a line in what can be written."""
        del background
        return [
            segment if segment.text.isascii() else Segment(self._plain(segment.text, segment.style), segment.style)
            for segment in segments
        ]

    def _plain(self, text: str, style: Style | None) -> str:
        if self._signs and not (style is not None and "article" in style.meta):
            text = plain(text)
        return writable(text, self._encoding) if self._encoding else text


def writable(text: str, encoding: str) -> str:
    """Give a text of as many cells that an encoding can write: close letters, or question marks."""
    return "".join(_close(text[start:end], cells, encoding) for start, end, cells in split_graphemes(text)[0])


@lru_cache(_KEPT)
def _close(one: str, cells: int, encoding: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", one) if not unicodedata.combining(char))
    for found in (one, ASCII.get(one, ""), bare):
        if found and cell_len(found) == cells and found.encode(encoding, "ignore").decode(encoding) == found:
            return found
    return "?" * cells

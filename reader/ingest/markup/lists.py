"""Lists as Markdown: with bullets or the right numbers, and of terms with their definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from turbohtml import Element, Text

from reader.ingest.markup.inline import HEADING
from reader.ingest.markup.pieces import Piece, indented, joined
from reader.ingest.markup.skip import skipped

if TYPE_CHECKING:
    from reader.ingest.markup.blocks import Blocks

_LISTS = (".", ")", "-", "*")
"""The kinds of pieces that are lists, by what stands before their items."""

_CLOSE = ("-", "*", "1.", "1)")
"""How a list begins that may follow a text without a blank line."""


def write(blocks: Blocks, element: Element, on: int, depth: int, out: list[Piece]) -> None:
    """Write a list."""
    items = _Items(out, _first(element) if element.tag == "ol" else None)
    for child in element.children:
        if type(child) is Text and not child.data.isspace():
            stray: list[Piece] = []
            blocks.flush([blocks.inline.text(child.data, on)], on, stray)
            items.add(stray)
        elif type(child) is not Element or skipped(child) or child in blocks.notes:
            continue
        elif child.tag == "li":
            items.add(blocks.inside(child, on, depth), _whole(child.attr("value")), own=True)
        else:
            items.add(blocks.alone(child, on, depth))
    items.close()


def flat(blocks: Blocks, element: Element, on: int, depth: int, out: list[Piece]) -> None:
    """Write a list as paragraphs, where none can stand."""
    number = _first(element)
    for child in element.children:
        if type(child) is Element and not skipped(child) and child not in blocks.notes:
            inside: list[Piece] = []
            blocks.flow(child, on, depth, inside)
            if inside and child.tag == "li" and not on & HEADING:
                marker = f"{number}\\." if element.tag == "ol" else "•"
                inside[0] = Piece("p", f"{marker} {inside[0].text}")
                number += 1
            out.extend(inside)


def define(blocks: Blocks, element: Element, on: int, depth: int, out: list[Piece]) -> None:
    """Write terms, in bold type, and their definitions."""
    terms: list[str] = []
    for child in _parts(element):
        if skipped(child) or child in blocks.notes:
            continue
        if child.tag == "dt":
            named: list[Piece] = []
            blocks.strong(child, on | HEADING, depth, named)
            terms += [" ".join(piece.text.split()) for piece in named]
        elif inside := blocks.inside(child, on, depth):
            _definition(terms, inside, out)
            terms = []
    if terms:
        out.append(Piece("p", ", ".join(terms)))


def _definition(terms: list[str], inside: list[Piece], out: list[Piece]) -> None:
    text = f": {indented(joined(inside), '  ')}"
    if terms:
        out.append(Piece("dl", f"{', '.join(terms)}\n{text}"))
    elif out and out[-1].kind == "dl":
        between = "\n\n" if "\n\n" in text or "\n\n" in out[-1].text else "\n"
        out[-1] = Piece("dl", f"{out[-1].text}{between}{text}")
    else:
        out.extend(inside)


def _parts(element: Element) -> list[Element]:
    """Give the terms and definitions of a list of them, out of the groups they may stand in."""
    parts: list[Element] = []
    for child in element.children:
        if type(child) is not Element:
            continue
        if child.tag in ("dt", "dd"):
            parts.append(child)
        else:
            parts += [inner for inner in child.children if type(inner) is Element and inner.tag in ("dt", "dd")]
    return parts


def _first(element: Element) -> int:
    start = _whole(element.attr("start")) if element.tag == "ol" else None
    return 1 if start is None else start


def _whole(value: str | None) -> int | None:
    """Give the number that a list begins with or an item has, as far as Markdown can write it."""
    bare = (value or "").strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 8 else None


class _Items:
    """The items of a list, gathered; where the numbers jump, another list begins.

    Args:
        out: where the list goes; one right before it must not run into it.
        number: the first number, None for bullets.
    """

    def __init__(self, out: list[Piece], number: int | None) -> None:
        self._out = out
        self._numbered = number is not None
        self._number = number or 0
        self._items: list[str] = []
        self._loose = False
        self._begin()

    def _begin(self) -> None:
        before = self._out[-1].kind if self._out else ""
        usual, other = (".", ")") if self._numbered else ("-", "*")
        self._sign = other if before == usual else usual

    def add(self, inside: list[Piece], value: int | None = None, *, own: bool = False) -> None:
        """Add an item.

        Args:
            inside: what it holds.
            value: the number it says it has.
            own: whether it is an item by its own right; a list that stands between items belongs to the one before.
        """
        while inside and inside[0].kind == "hr":
            inside = inside[1:]
        if not inside:
            self._number += own
            return
        if not own and self._items and inside[0].kind in _LISTS:
            pad = " " * len(self._marker(self._number - 1))
            between = "\n" if inside[0].text.startswith(_CLOSE) else "\n\n"
            self._items[-1] += f"{between}{pad}{indented(joined(inside), pad)}"
            return
        if value is not None and self._numbered and value != self._number:
            self.close()
            self._number = value
        marker = self._marker(self._number)
        tight = _is_tight(inside)
        self._loose = self._loose or not tight
        self._items.append(marker + indented(joined(inside, "\n" if tight else "\n\n"), " " * len(marker)))
        self._number += 1

    def _marker(self, number: int) -> str:
        return f"{number}{self._sign} " if self._numbered else f"{self._sign} "

    def close(self) -> None:
        """Put the list where it belongs."""
        if self._items:
            self._out.append(Piece(self._sign, ("\n\n" if self._loose else "\n").join(self._items)))
        self._items, self._loose = [], False
        self._begin()


def _is_tight(inside: list[Piece]) -> bool:
    """Tell whether an item needs no blank line; a list from another number than 1 does, to be one below a text."""
    if len(inside) != 2 or inside[0].kind != "p" or inside[1].kind not in _LISTS:
        return len(inside) == 1
    return inside[1].text.startswith(_CLOSE)

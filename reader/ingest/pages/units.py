"""A page's text in units: each the run of text, emphasis and links that stands between two blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

from reader.ingest.markup.blocks import BLOCKS
from reader.ingest.markup.skip import skipped, text_of

if TYPE_CHECKING:
    from turbohtml import Node

MOST: Final = 60_000
"""The units of a page that are looked at; what follows is left out."""
_DEEPEST: Final = 150
_MOST_BLOCKS: Final = 200_000
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_CONTAINERS: Final = frozenset(BLOCKS)
_BESIDE: Final = frozenset(("nav", "footer", "dialog", "menu"))


class Unit:
    """A run of what stands within lines.

    `key` is its letters and digits; `linked` how many of them are in links; `holder` the element that the
    run stands in, `inside` what that stands in, the innermost first.
    """

    __slots__ = ("holder", "inside", "key", "linked", "nodes", "pictures")

    def __init__(self, holder: Element, inside: tuple[Element, ...], nodes: list[Node]) -> None:
        self.holder = holder
        self.inside = inside
        self.nodes = nodes
        self.key = letters("".join(_text(node) for node in nodes))
        links = [link for node in nodes if isinstance(node, Element) for link in _all(node, "a")]
        self.linked = sum(len(letters(link.text)) for link in links)
        self.pictures = [image for node in nodes if isinstance(node, Element) for image in _all(node, "img")]

    def within(self, *tags: str) -> Element | None:
        """Give the innermost element of some kinds that the run stands in."""
        return next((element for element in self.inside if element.tag in tags), None)

    @property
    def beside(self) -> bool:
        """Tell whether it stands in what is made to find one's way."""
        return any(element.tag in _BESIDE for element in self.inside)


def letters(text: str) -> str:
    """Give the letters and digits of a text, by which texts are compared."""
    return _NOT_LETTERS.sub("", text).lower()


def _text(node: Node) -> str:
    return node.data if type(node) is Text else text_of(node)


def _all(element: Element, tag: str) -> list[Element]:
    return list(element.iter_elements((tag,), include_self=True))


def units(body: Element) -> list[Unit]:
    """Part a page into its units, in their order."""
    mixed = _mixed(body)
    found: list[Unit] = []
    waiting: list[tuple[Element, tuple[Element, ...]] | Unit] = [(body, (body,))]
    left = _MOST_BLOCKS
    while waiting and len(found) < MOST and left:
        one = waiting.pop()
        left -= 1
        if isinstance(one, Unit):
            found.append(one)
            continue
        element, inside = one
        waiting.extend(reversed(_parts(element, inside, mixed)))
    return found


def _parts(
    element: Element, inside: tuple[Element, ...], mixed: set[Element]
) -> list[tuple[Element, tuple[Element, ...]] | Unit]:
    """Give what an element holds: blocks to look into, and runs between them."""
    parts: list[tuple[Element, tuple[Element, ...]] | Unit] = []
    run: list[Node] = []
    deep = len(inside) >= _DEEPEST
    for child in element.children:
        block = isinstance(child, Element) and (child.tag in _CONTAINERS or child in mixed)
        if isinstance(child, Element) and skipped(child):
            continue
        if not block or deep:
            if type(child) is Text or isinstance(child, Element):
                run.append(child)
            continue
        _close(run, element, inside, parts)
        run = []
        assert isinstance(child, Element)  # noqa: S101 -- only an element is a block
        parts.append((child, (child, *inside)))
    _close(run, element, inside, parts)
    return parts


def _close(
    run: list[Node],
    element: Element,
    inside: tuple[Element, ...],
    parts: list[tuple[Element, tuple[Element, ...]] | Unit],
) -> None:
    if any(type(node) is not Text or not node.data.isspace() for node in run):
        parts.append(Unit(element, inside, run))


def _mixed(body: Element) -> set[Element]:
    """Find what should stand within a line but holds blocks."""
    mixed: set[Element] = set()
    for element in body.iter_elements(BLOCKS):
        above = element.parent
        while isinstance(above, Element) and above.tag not in _CONTAINERS and above not in mixed:
            mixed.add(above)
            above = above.parent
    return mixed

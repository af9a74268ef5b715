"""The structure of a page around the text that was chosen from it.

Trafilatura tells well which text of a page is the article and badly how it is built: it loses quotes,
captions and the numbers of lists. The page itself knows. So each run of text of the page is looked up in
the chosen text, what is not there is taken out of the page, and what remains is the article as it was
built. A few things are kept that trafilatura leaves out, where they stand in the midst of the article:
code, captions, the rest of a table or a list.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from reader.ingest.pages import rescue as page_rescue
from reader.ingest.pages import units as page_units
from reader.ingest.pages.units import letters

if TYPE_CHECKING:
    from collections.abc import Collection

LEAST: Final = 60
"""A chosen text with fewer letters tells nothing."""
_ANCHOR: Final = 20
"""So many letters are hardly twice in a text by chance."""
_LONG: Final = 60
_HEAD: Final = 40
_WORK: Final = 3_000_000_000
"""Letters compared at most, in the worst case; past it only whole lines are looked up."""


class Graft:
    """The units of a page, and which of them are the article's.

    Args:
        body: the body of the page.
        text: the text that was chosen from it, a block a line.
        notes: the texts of footnotes, which are left as they are.
        known: what need not be told in the article again: its title, its author.
    """

    def __init__(self, body: Element, text: str, notes: Collection[Element] = (), known: Collection[str] = ()) -> None:
        self.body = body
        self.known = [letters(one) for one in known if letters(one)]
        self._notes = notes
        self.units = page_units.units(body)
        self.kept: list[bool] = []
        self.scores: dict[Element, int] = {}
        self.texts: dict[Element, int] = {}
        self.total = 0
        self.all = sum(len(unit.key) for unit in self.units)
        self._chosen = letters(text)
        self._lines = {letters(line) for line in text.split("\n")}

    def made(self) -> Element | None:
        """Give the element that holds the article, all else taken out of it; None when the text is not found there."""
        if len(self._chosen) < LEAST:
            return None
        self._match()
        self.count()
        if self.total < 0.5 * len(self._chosen):
            return None
        if page_rescue.thread(self):
            self.count()
        root = self._root()
        page_rescue.judge(self, root)
        self._cut(root)
        return root

    def _match(self) -> None:
        """Find the units in the chosen text: the long ones by themselves, the short ones between them."""
        if len(self.units) * len(self._chosen) > _WORK:
            self.kept = [unit.key in self._lines and len(unit.key) >= _ANCHOR for unit in self.units]
            return
        places: list[tuple[int, int, int]] = []
        seen: set[str] = set()
        at = 0
        for number, unit in enumerate(self.units):
            start = self._found(unit.key, at)
            ahead = start >= at
            self.kept.append(start >= 0 and (ahead or unit.key not in seen))
            if self.kept[-1] and len(unit.key) >= _ANCHOR:
                seen.add(unit.key)
                # A sentence of the article that a teaser repeats must not carry us to its end.
                if ahead and start - at <= max(4000, len(self._chosen) // 3):
                    at = start + len(unit.key)
                    places.append((number, start, at))
        self._match_short(places)

    def _found(self, key: str, at: int) -> int:
        """Give the place of a unit in the chosen text, after another if it can be; -1 if it is not there."""
        if len(key) < _ANCHOR:
            return -1
        start = self._chosen.find(key, at)
        if start < 0:
            start = self._chosen.find(key)
        if start < 0 and len(key) >= _LONG:
            # What is not the article's may stand at the end of a paragraph or in its midst.
            start = self._chosen.find(key[:_HEAD], at)
            if start < 0 or (self._chosen.find(key[-_HEAD:], start) < 0 and key[:_LONG] not in self._chosen):
                return -1
        return start

    def _match_short(self, places: list[tuple[int, int, int]]) -> None:
        """Find short units in what the chosen text has between the long ones around them."""
        gaps = [(-1, 0, 0), *places, (len(self.units), len(self._chosen), len(self._chosen))]
        for (before, _, start), (after, end, _) in pairwise(gaps):
            if end <= start:
                continue
            gap, at = self._chosen[start:end], 0
            for number in range(before + 1, after):
                key = self.units[number].key
                if self.kept[number] or not key or len(key) >= _ANCHOR:
                    continue
                found = gap.find(key, at)
                if found >= 0 and (len(key) > 3 or key in self._lines or found == at):
                    self.kept[number] = True
                    at = found + len(key)

    def count(self) -> None:
        """Count the letters that each element holds, kept and in all."""
        self.total = 0
        self.texts.clear()
        self.scores.clear()
        for unit, kept in zip(self.units, self.kept, strict=True):
            size = len(unit.key)
            self.total += size * kept
            for element in unit.inside:
                self.texts[element] = self.texts.get(element, 0) + size
                if kept:
                    self.scores[element] = self.scores.get(element, 0) + size

    def _root(self) -> Element:
        """Give the innermost element that holds all that is kept."""
        root = self.body
        while True:
            inner = [child for child in root.children if isinstance(child, Element) and self.scores.get(child)]
            if (
                len(inner) != 1
                or self.scores[inner[0]] < self.total
                or inner[0].tag in ("table", "ul", "ol", "blockquote")
            ):
                return root
            root = inner[0]

    def _cut(self, root: Element) -> None:
        """Take out of the page what is not kept."""
        span = [number for number, kept in enumerate(self.kept) if kept]
        first, last = (span[0], span[-1]) if span else (0, -1)
        for number, (unit, kept) in enumerate(zip(self.units, self.kept, strict=True)):
            near = first - 6 <= number <= last
            if kept or root not in unit.inside or (near and not unit.key and not unit.pictures):
                continue
            if any(element in self._notes for element in unit.inside):
                continue
            pictures = unit.pictures if page_rescue.shows(self, unit, near=near) else []
            spared = {id(node) for picture in pictures for node in (picture, *picture.ancestors)}
            for node in unit.nodes:
                if id(node) not in spared:
                    node.extract()
                elif isinstance(node, Element) and node not in pictures:
                    _only(node, pictures)


def _only(element: Element, pictures: list[Element]) -> None:
    """Leave only the pictures of an element."""
    inside = [picture for picture in pictures if element in picture.ancestors]
    wrapped = {one for picture in inside if (one := picture.closest("picture")) is not None}
    parts = [one for one in element.iter_elements(("picture", "img")) if one in wrapped or one in inside]
    element.clear()
    element.extend(parts)

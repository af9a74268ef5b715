"""A body as one text, for looking through it, and the way back from there to points of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from reader.model.document import Passage, Point, seam

if TYPE_CHECKING:
    from reader.model.document import Document

_WORD: Final = re.compile(r"\S+")


class Woven:
    """The text of a document as `Document.said` gives it, blocks without text left out.

    Args:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        self._texts = [block.text for block in document.blocks if block.text]
        self._numbers = [number for number, block in enumerate(document.blocks) if block.text]
        numbers = self._numbers
        self._gaps = [seam(document.blocks, *pair) for pair in pairwise(numbers)] + [""] * bool(numbers)
        pieces = list(zip(self._texts, self._gaps, strict=True))
        self._begins = list(accumulate((len(text) + len(gap) for text, gap in pieces), initial=0))
        self.text = "".join(text + gap for text, gap in pieces)

    def at(self, point: Point) -> int:
        """Give where a point is in the text; the nearest place for a point that is not there."""
        index = bisect_left(self._numbers, point.block)
        if index == len(self._numbers):
            return len(self.text)
        inside = point.offset if self._numbers[index] == point.block else 0
        return self._begins[index] + max(0, min(inside, len(self._texts[index])))

    def passage(self, start: int, end: int) -> Passage | None:
        """Give the passage of a stretch of the text, None when there are no words in it."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return self.exactly(start, end)

    def exactly(self, start: int, end: int) -> Passage | None:
        """Give the passage of a stretch of the text with the space around it, None when it is empty."""
        if not 0 <= start < end <= len(self.text):
            return None
        index = bisect_right(self._begins, start) - 1
        if start - self._begins[index] >= len(self._texts[index]):
            index, start = index + 1, self._begins[index + 1]
        last = bisect_left(self._begins, end) - 1
        end = min(end - self._begins[last], len(self._texts[last]))
        first = Point(self._numbers[index], start - self._begins[index])
        after = Point(self._numbers[last], end)
        return Passage(first, after) if first < after else None

    @cached_property
    def folded(self) -> str:
        """The text with a single space for all space between two words."""
        return "".join(self._folded).rstrip(" ")

    @cached_property
    def _folded(self) -> list[str]:
        # A block of nothing but space takes no room, and no space comes into a word that goes on in the next block.
        texts = [" ".join(text.split()) for text in self._texts]
        return [
            text if number + 1 < len(texts) and self._goes_on(number) else text and text + " "
            for number, text in enumerate(texts)
        ]

    def _goes_on(self, number: int) -> bool:
        """Tell whether a word goes on in the next block."""
        ends = self._texts[number][-1], self._texts[number + 1][0]
        return not self._gaps[number] and not any(one.isspace() for one in ends)

    @cached_property
    def _folded_begins(self) -> list[int]:
        return list(accumulate((len(text) for text in self._folded), initial=0))

    def unfolded(self, position: int) -> int:
        """Give where a character of the folded text is in the text."""
        index = bisect_right(self._folded_begins, position) - 1
        if index >= len(self._texts):
            return len(self.text)
        left, begin, end = position - self._folded_begins[index], self._begins[index], 0
        for word in _WORD.finditer(self._texts[index]):
            if left < len(word[0]):
                return begin + word.start() + left
            left, end = left - len(word[0]) - 1, word.end()
            if left < 0:
                break
        return begin + end

    def folded_at(self, position: int) -> int:
        """Give where a place of the text is in the folded text, at the nearest word's beginning or so."""
        index = min(bisect_right(self._begins, position) - 1, len(self._texts) - 1)
        if index < 0:
            return 0
        before = self._texts[index][: max(0, position - self._begins[index])]
        return self._folded_begins[index] + len(" ".join(before.split()))

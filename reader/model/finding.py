"""Finding words in a text as a person means them: small letters for all, accents and kinds of quotes alike."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

from reader.model.document import Passage, Point, seam

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.document import Block, Document

LONGEST: Final = 200
"""Characters of what can be looked for."""

_AT_ONCE: Final = 100_000
"""What is searched without a pause, in characters …"""
_ONE: Final = 20
"""… of which a match counts as many …"""
_DEAR: Final = 4
"""… and a character that is not ASCII, where it is folded first or is no single one then."""
_SPACE: Final = " {1,50}"
"""What a space finds: bounded, lest a text of nothing else takes forever."""
_REACH: Final = 2 * LONGEST
"""Characters on each side of the seam of a parted paragraph that are looked through as one."""
_KEPT: Final = 20_000
"""Characters whose folded forms are remembered: more than any language has."""
_ACCENTS: Final = 200
"""Combining classes from here on are accents; below 36 they are the points of Hebrew and Arabic."""
_POINTS: Final = range(10, 36)
_ALIKE: Final = {
    **dict.fromkeys("‘’‚‛′´`", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"),
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "ẞ": "SS",
}  # fmt: skip


def _plain(text: str) -> str:
    """Give letters without what is set on them, and signs as a keyboard has them."""
    parts = (_ALIKE.get(part, part) for part in unicodedata.normalize("NFKD", text))
    bare = "".join(part for part in "".join(parts) if not _hidden(part))
    # What are letters of their own, such as Korean syllables, is put together again.
    return "".join(" " if part.isspace() else part for part in unicodedata.normalize("NFC", bare))


def _hidden(char: str) -> bool:
    mark = unicodedata.combining(char)
    return mark >= _ACCENTS or mark in _POINTS or unicodedata.category(char) == "Cf"


class _Folds(dict[int, str]):
    """What each character is folded to, made when it is met first.

    Args:
        exact: whether capitals stay what they are.
    """

    def __init__(self, *, exact: bool) -> None:
        super().__init__()
        self._exact = exact

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # Some characters have no accent before they are small, or are no small letter before it is gone.
        folded = _plain(char) if self._exact else _plain(_plain(char).casefold()).casefold()
        if len(self) < _KEPT:
            self[code] = folded
        return folded


_FOLDS: Final = {exact: _Folds(exact=exact) for exact in (False, True)}


def fold(text: str, *, exact: bool = False) -> str:
    """Give a text as it is compared: without accents, and in small letters unless they are to be `exact`."""
    return text.translate(_FOLDS[exact])


class Folded:
    """A text as it is compared, and where each of its characters comes from.

    Args:
        source: the text.
        exact: whether capitals make a difference.
    """

    __slots__ = ("_folds", "_origins", "_source", "text")

    def __init__(self, source: str, *, exact: bool) -> None:
        self._source, self._folds = source, _FOLDS[exact]
        self.text = source.translate(self._folds)
        self._origins: array[int] | None = None

    def places(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Give where a pattern is, from where to where in the block's text."""
        found = pattern.search(self.text)
        if found is None:
            return
        if self._origins is None:
            self._origins = self._traced()
        origins = self._origins
        while found is not None:
            start, end = found.span()
            whole = not origins or (_begins(origins, start) and _begins(origins, end))
            if whole:
                yield (origins[start], origins[end]) if origins else (start, end)
            found = pattern.search(self.text, end if whole else start + 1)

    @property
    def uneven(self) -> bool:
        """Whether characters of it are known to be none or several when they are folded."""
        return bool(self._origins)

    def _traced(self) -> array[int]:
        """Give the character that each folded one comes from; nothing where each comes from its like."""
        folds, source, origins = self._folds, self._source, array("I")
        if not source.isascii() and any(len(folds[ord(char)]) != 1 for char in set(source)):
            for number, char in enumerate(source):
                origins.extend([number] * len(folds[ord(char)]))
            origins.append(len(source))
        return origins


def _begins(origins: array[int], at: int) -> bool:
    """Tell whether a character of the text begins at a folded one, and not only a part of its folded form."""
    return at == 0 or origins[at] != origins[at - 1]


class Matches(Sequence[Passage]):
    """The passages where words are, in order; each is made when it is asked for."""

    def __init__(self) -> None:
        self._blocks, self._starts, self._ends = array("I"), array("I"), array("I")
        self._on: set[int] = set()
        """The numbers of those that end in the next block, which continues theirs."""

    def add(self, block: int, start: int, end: int, *, on: bool = False) -> None:
        """Add one behind all others, which ends in the same block or goes `on` into the next."""
        if on:
            self._on.add(len(self._blocks))
        self._blocks.append(block)
        self._starts.append(start)
        self._ends.append(end)

    def __len__(self) -> int:
        """Count them."""
        return len(self._blocks)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        """Give one, or some."""
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        block = self._blocks[at]
        at %= len(self._blocks)
        return Passage(Point(block, self._starts[at]), Point(block + (at in self._on), self._ends[at]))

    def from_point(self, point: Point) -> int:
        """Give the number of the first that begins at a point or after it; their count if none does."""
        first = bisect_left(self._blocks, point.block)
        last = bisect_left(self._blocks, point.block + 1, first)
        return bisect_left(self._starts, point.offset, first, last)


def _pattern(folded: str) -> re.Pattern[str] | None:
    """Give what finds some words, however many spaces part them; None where there is nothing to find."""
    words = re.sub(" +", " ", folded)
    return re.compile(re.escape(words).replace("\\ ", _SPACE)) if words else None


class Finder:
    """Finds words in a text. What was folded once is kept, so that the next letter typed costs little.

    Args:
        blocks: the text.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._folded: dict[bool, list[Folded]] = {False: [], True: []}

    def search(self, words: str) -> Iterator[Matches]:
        """Look for words, in steps of some milliseconds: gives all that is found so far after each.

        Args:
            words: what to look for, as it was typed; a capital among it makes a difference.
        """
        exact = any(char.isupper() or char.istitle() for char in words)
        yield from self.search_for(_pattern(fold(words[:LONGEST], exact=exact)), exact=exact)

    def search_for(self, pattern: re.Pattern[str] | None, *, exact: bool = False) -> Iterator[Matches]:
        """Look for a pattern in the folded text, in steps as `search` does; None finds nothing."""
        matches, left = Matches(), _AT_ONCE
        if pattern is not None:
            for number, block in enumerate(self._blocks):
                new = number >= len(self._folded[exact])
                folded = self._block(number, exact=exact)
                begun = self._over_seam(number, pattern, matches, exact=exact) if block.continues and number else 0
                for start, end in folded.places(pattern):
                    if start >= begun:
                        matches.add(number, start, end)
                    left -= _ONE
                dear = folded.uneven or (new and not block.text.isascii())
                left -= 5 + len(block.text) * (_DEAR if dear else 1)
                if left <= 0:
                    left = _AT_ONCE
                    yield matches
        yield matches

    def _over_seam(self, number: int, pattern: re.Pattern[str], matches: Matches, *, exact: bool) -> int:
        """Find what begins in the block before one that continues it; give where that ends, 0 for nothing."""
        before, here = self._blocks[number - 1].text, self._blocks[number].text[:_REACH]
        cut = max(0, len(before) - _REACH)
        behind = before[cut:] + seam(self._blocks, number - 1, number)
        last = matches[-1].end if matches else Point()
        free = last.offset if last.block == number - 1 else 0
        for start, end in Folded(behind + here, exact=exact).places(pattern):
            if free - cut <= start < len(before) - cut and end > len(behind):
                matches.add(number - 1, cut + start, end - len(behind), on=True)
                return end - len(behind)
        return 0

    def _block(self, number: int, *, exact: bool) -> Folded:
        folded = self._folded[exact]
        while len(folded) <= number:
            folded.append(Folded(self._blocks[len(folded)].text, exact=exact))
        return folded[number]


def matches(document: Document, words: str) -> Matches:
    """Give all passages of a document where words are, each in one paragraph or other block."""
    *_, found = Finder(document.blocks).search(words)
    return found

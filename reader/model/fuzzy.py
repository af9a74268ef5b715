"""Names found by some of their letters, the likeliest first."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_APART: Final = 1 << 20
"""More than any measure of how well a name fits, so that the ways of fitting stay apart."""
_SPREAD: Final = 3
"""The last way in which a word fits a name: its letters are spread over it."""
_LONGEST: Final = 64
"""Letters of what is typed that count."""


class Names:
    """Names to be found.

    What is typed is found in a name that has its letters in their order, whatever is between them; several words
    are found each for itself, in any order. Capitals and accents make no difference.

    Args:
        names: the names; of those that fit as well, the earlier one comes first.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._folded = list(map(fold, names))
        # A line feed parts them; a folded name has none.
        self._all = "\n".join(self._folded)
        self._starts = array("I", accumulate((len(name) + 1 for name in self._folded), initial=0))

    def best(self, typed: str, limit: int = 200) -> list[int]:
        """Give the numbers of the names that fit, the best ones first; where nothing is typed, the first names."""
        words = fold(typed)[:_LONGEST].split()
        if not words:
            return list(range(min(limit, len(self._folded))))
        scores = self._scores(words[0], limit) if len(words) == 1 else self._scores_of_all(words)
        return nsmallest(limit, scores, key=lambda number: (scores[number], number))

    def marked(self, number: int, typed: str) -> set[int]:
        """Give the letters of a name, counted from 0, that what is typed was found by."""
        name, marked = self._folded[number], set[int]()
        for word in fold(typed)[:_LONGEST].split():
            at = _place(name, word)
            if at >= 0:
                marked.update(range(at, at + len(word)))
            elif (span := _spread(name, word)) is not None:
                marked.update(span)
        return marked

    def _scores(self, word: str, enough: int) -> dict[int, int]:
        """Score the names that a word fits: way by way, until there are enough."""
        scores: dict[int, int] = {}
        for way, pattern in enumerate(_ways(word)):
            if way != _SPREAD and word not in self._all:
                continue
            number = 0
            for found in pattern.finditer(self._all):
                number = bisect_right(self._starts, found.start(), number) - 1
                if number not in scores:
                    scores[number] = _score(self._folded[number], word, way)
            if len(scores) >= enough:
                break
        return scores

    def _scores_of_all(self, words: list[str]) -> dict[int, int]:
        """Score the names that all words fit."""
        first, *others = sorted(words, key=len, reverse=True)
        number, fit = 0, []
        for found in _letters(first).finditer(self._all):
            number = bisect_right(self._starts, found.start(), number) - 1
            fit.append(number)
        folded = self._folded
        for word in others:
            pattern = _letters(word)
            fit = [number for number in fit if pattern.match(folded[number])]
        return {
            number: sum(_score(folded[number], word, _way(folded[number], word)) for word in words) for number in fit
        }


def _way(name: str, word: str) -> int:
    """Say in which way a word fits a name, the best one first: it begins it, or a word of it, is in it, or spread."""
    at = name.find(word)
    if at <= 0:
        return _SPREAD if at else 0
    return 1 if not name[at - 1].isalnum() or f" {word}" in name else 2


def _score(name: str, word: str, way: int) -> int:
    """Say how well a word fits a name, the less the better."""
    span = _spread(name, word) if way == _SPREAD else None
    return way * _APART + len(name) + (0 if span is None else 64 * (span[-1] - span[0]))


def _place(name: str, word: str) -> int:
    """Say where a word begins in a name, at the beginning of one of its words if that can be; -1 for nowhere."""
    if name.startswith(word):
        return 0
    found = name.find(f" {word}")
    return found + 1 if found >= 0 else name.find(word)


def _spread(name: str, word: str) -> list[int] | None:
    """Give the places of a word's letters in a name, as near to one another as the last one allows."""
    at = -1
    for char in word:
        at = name.find(char, at + 1)
        if at < 0:
            return None
    places, end = [], at + 1
    for char in reversed(word):
        end = name.rfind(char, 0, end)
        places.append(end)
    return places[::-1]


@lru_cache(maxsize=8)
def _ways(word: str) -> tuple[re.Pattern[str], ...]:
    """Give what finds the lines that a word fits in each way, once each."""
    whole = re.escape(word)
    begins, begins_word, inside = f"^{whole}", f"[^\\w\n]{whole}[^\n]*+", f"{whole}[^\n]*+"
    return (*(re.compile(pattern, re.MULTILINE) for pattern in (begins, begins_word, inside)), _letters(word))


@lru_cache(maxsize=8)
def _letters(word: str) -> re.Pattern[str]:
    """Give what finds a line with the letters of a word in their order, in time that grows with the text alone."""
    parts = (f"[^{re.escape(char)}\n]*+{re.escape(char)}" for char in word)
    return re.compile(f"^{''.join(parts)}", re.MULTILINE)


def fold(text: str) -> str:
    """Give a text without capitals and accents, each character in its place."""
    if text.isascii():
        return text.lower().replace("\n", " ")
    return "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char)[:1].casefold()[:1] or char
    return " " if plain.isspace() else plain

"""The words of a text as the full text index sees them: FTS5's tokenizer `unicode61 remove_diacritics 2`."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.model.query.tree import Words

_KEPT: Final = 20_000
"""Characters that are remembered: more than any language has."""

_PARTED: Final = re.compile("[^ ]+")
_ASCII: Final = re.compile(r"[0-9a-z]+")


def tokens(text: str) -> list[str]:
    """Give the words of a text in order, in small letters and without accents."""
    if text.isascii():
        return _ASCII.findall(text.lower())
    return text.translate(_letters()).split()


def has_words(text: str) -> bool:
    """Tell whether there is a word in a text."""
    return bool(tokens(text))


def padded(text: str) -> str:
    """Give the words of a text each between two spaces, as `holds` looks for them."""
    return f" {' '.join(tokens(text))} "


def wanted(words: Words) -> str:
    """Give what stands in a `padded` text that holds some words; nothing if they are none."""
    joined = " ".join(tokens(words.text))
    return joined and (f" {joined} " if words.exact else f" {joined}")


def holds(among: str, words: Words) -> bool:
    """Tell whether words are found in a `padded` text; those without a letter never are."""
    sought = wanted(words)
    return bool(sought) and sought in among


def placed(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each word of a text, and from where to where it stands there."""
    plain, words = (text.lower(), _ASCII) if text.isascii() else (text.translate(_letters()), _PARTED)
    if len(plain) == len(text):
        yield from ((found[0], found.start(), found.end()) for found in words.finditer(plain))
    else:
        yield from _placed_by_letter(text)


def _placed_by_letter(text: str) -> Iterator[tuple[str, int, int]]:
    """Do as `placed` does, also where an accent is a character of its own, which goes with the letter before it."""
    letters, begun, word = _letters(), -1, ""
    for at, char in enumerate(text):
        letter = letters[ord(char)]
        if letter == " ":
            if word:
                yield word, begun, at
            begun, word = -1, ""
        elif letter is not None:
            begun = at if begun < 0 else begun
            word += letter
    if word:
        yield word, begun, len(text)


def occurrences(text: str, sought: Iterable[Words]) -> list[tuple[int, int]]:
    """Give from where to where words stand in a text, in order; what overlaps is one.

    A word that was only begun is given whole.
    """
    places = list(placed(text))
    joined = f" {' '.join(word for word, _, _ in places)} "
    begins = list(accumulate((len(word) + 1 for word, _, _ in places), initial=1))
    found: list[tuple[int, int]] = []
    for phrase in {wanted(words) for words in sought} - {""}:
        count = len(phrase.split())
        at = joined.find(phrase)
        while at >= 0:
            first = bisect_right(begins, at + 1) - 1
            found.append((places[first][1], places[first + count - 1][2]))
            at = joined.find(phrase, at + 1)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


class _Letters(dict[int, str | None]):
    """What becomes of each character: a letter, nothing, or a space; found out when it is met first."""

    def __init__(self) -> None:
        from reader.model.query.unicode61 import ACCENTS, EDGES, FOLDS

        super().__init__()
        self._edges = list(accumulate(int(step, 36) for step in EDGES.split()))
        self._accents = frozenset(ACCENTS)
        self._folds: dict[int, int] = {}
        start = 0
        for run in FOLDS.split():
            further, count, added, *apart = (int(number, 36) for number in run.split(","))
            start += further
            step = apart[0] if apart else 1
            self._folds.update((letter, letter + added) for letter in range(start, start + count * step, step))

    def __missing__(self, code: int) -> str | None:
        if len(self) > _KEPT:
            self.clear()
        if code in self._accents:
            self[code] = None
        elif bisect_right(self._edges, code) % 2 and not 0xD800 <= code < 0xE000:
            self[code] = chr(self._folds.get(code, code))
        else:
            self[code] = " "
        return self[code]


_made: list[_Letters] = []


def _letters() -> _Letters:
    if not _made:
        _made.append(_Letters())
    return _made[0]

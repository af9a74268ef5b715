"""The words of a text as the full text index sees them: FTS5's tokenizer `unicode61 remove_diacritics 2`."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.model.query.tree import Words

_KEPT: Final = 20_000
"""Characters that are remembered: more than any language has."""

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


def _placed_by_letter(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each word of a text, and from where to where it stands there, an accent going with the letter before it."""
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
    if text.isascii():
        plain, inside = text.lower(), "0-9a-z"
    else:
        plain, inside = text.translate(_letters()), "^ "
    if len(plain) == len(text):
        found = [span for words in sought for span in _spans(plain, words, inside)]
    else:
        found = _spans_by_letter(text, sought)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _spans(plain: str, words: Words, inside: str) -> Iterator[tuple[int, int]]:
    """Give where words stand in a text of small letters without accents, `inside` being what words are made of."""
    first, pattern = _pattern(words, inside)
    # To look for the letters, and only then for where words begin and end, is what takes the least time.
    at = plain.find(first) if first else -1
    while at >= 0:
        if found := pattern.match(plain, at):
            yield found.span()
        at = plain.find(first, at + 1)


@lru_cache(maxsize=64)
def _pattern(words: Words, inside: str) -> tuple[str, re.Pattern[str]]:
    """Give the first of some words, nothing where there is none, and what all of them match."""
    parts = tokens(words.text)
    outside = inside[1:] if inside.startswith("^") else f"^{inside}"
    end = f"(?![{inside}])" if words.exact else f"[{inside}]*"
    joined = f"[{outside}]+".join(map(re.escape, parts))
    return parts[0] if parts else "", re.compile(f"(?<![{inside}]){joined}{end}")


def _spans_by_letter(text: str, sought: Iterable[Words]) -> list[tuple[int, int]]:
    """Find them where an accent is a character of its own, so that not each has its place in what becomes of it."""
    places = list(_placed_by_letter(text))
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
    return found


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

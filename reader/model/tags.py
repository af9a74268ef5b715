"""Tags: the reader's own words for articles."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST: Final = 100
"""Characters that a tag has at most."""

_BLANKS: Final = {"Cc", "Zl", "Zp", "Zs"}
_NOTHING: Final = {"Cf", "Cs", "Co", "Cn"}


def tidy(text: str) -> str:
    """Give a tag as it is kept: on one line, without what cannot be seen, trimmed, not too long; perhaps nothing."""
    shown = (" " if kind in _BLANKS else "" if kind in _NOTHING else char for char, kind in _kinds(text))
    return unicodedata.normalize("NFC", " ".join("".join(shown).split()))[:LONGEST].rstrip()


def _kinds(text: str) -> Iterable[tuple[str, str]]:
    return ((char, unicodedata.category(char)) for char in text)


def folded(tag: str) -> str:
    """Give a tag as it is compared: capitals make no difference."""
    return tag.casefold()


def tidied(tags: Iterable[str]) -> tuple[str, ...]:
    """Give tags as they are kept, each once and none empty; of those that differ in capitals only, the first."""
    found: dict[str, str] = {}
    for text in tags:
        tag = tidy(text)
        if tag:
            found.setdefault(folded(tag), tag)
    return tuple(found.values())


def retagged(old: Collection[str], add: Collection[str], remove: Collection[str]) -> tuple[str, ...]:
    """Give an article's tags after some were taken away and others added; all of them tidy."""
    gone = {folded(tag) for tag in remove}
    left = {folded(tag): tag for tag in old if folded(tag) not in gone}
    for tag in add:
        left.setdefault(folded(tag), tag)
    return tuple(left.values())

"""Small questions about the text of a record, and about what its elements are called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.ingest.plain import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.ingest.topics.sheet import Attributes

_WORDS: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")


def is_byline(text: str) -> bool:
    """Tell whether a line names an author."""
    return names.says_by(text) or names.looks_like_names(text)


def called(attrs: Attributes) -> frozenset[str]:
    """Give the words that an element's class and property are made of."""
    return _words_of(attrs.get("class", "")[:300], attrs.get("itemprop", "")[:100])


@lru_cache(2048)
def _words_of(*told: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(" ".join(told)))


def without(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """Give a stretch of text without what lies in some spans, which are in order."""
    kept: list[str] = []
    for opens, closes in spans:
        if closes <= start:
            continue
        if opens >= end:
            break
        kept.append(text[start : max(start, opens)])
        start = max(start, closes)
    kept.append(text[start:end])
    return "".join(kept)


def covered(spans: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """Count the characters of a stretch that lie in spans."""
    return sum(max(0, min(end, closes) - max(start, opens)) for opens, closes in spans)

"""The words of a query as they are found in a text: the beginnings of words, or the words of a phrase in a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.model.finding import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.query import Words

_TOKEN: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = r"[\W_]{1,50}"
"""What parts two words of a phrase: bounded, lest a text of nothing else takes forever."""
_MANY: Final = 40
"""Words of a query that are looked for in a text."""


class Terms:
    """Finds the words of a query, as the full-text index finds them.

    Args:
        words: each begins a word of the text, or stands in it exactly.
    """

    def __init__(self, words: Sequence[Words]) -> None:
        self.words = tuple(words)
        parts = [part for one in self.words[:_MANY] if (part := _pattern(one))]
        self.pattern = re.compile("|".join(parts)) if parts else None

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Give where the words are in a text, from where to where."""
        return Folded(text, exact=False).places(self.pattern) if self.pattern is not None else iter(())

    def __str__(self) -> str:
        """Give the words as one would say them."""
        return " ".join(one.text for one in self.words)


def _pattern(one: Words) -> str:
    tokens = _TOKEN.findall(fold(one.text))
    end = r"(?![^\W_])" if one.exact else r"[^\W_]*"
    return rf"(?<![^\W_]){_BETWEEN.join(map(re.escape, tokens))}{end}" if tokens else ""

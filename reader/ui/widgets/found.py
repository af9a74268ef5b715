"""What a search found in the rows of a list: a passage of each to show, and where the words are in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.query.tokens import occurrences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reader.model.terms import Terms

FIRST: Final = 16
"""Passages asked for before the list is shown: what is in view, and what a page brings."""
_AT_ONCE: Final = 3
"""Passages asked for when a row comes into view."""
_NEAR: Final = 24
"""Rows below the one in view from which on passages have to be known."""
_AHEAD: Final = 64
"""Rows whose passages are asked for beforehand then, in a thread."""
_KEPT: Final = 2000


class Found:
    """The words of a search, and the passages that they are in.

    Args:
        terms: the words.
        passages: gives a passage of each article by their keys, nothing for one without the words in its text.
        later: does some work in a thread.
    """

    def __init__(
        self,
        terms: Terms,
        passages: Callable[[Sequence[int]], Mapping[int, str]],
        later: Callable[[Callable[[], None]], None] = lambda _: None,
    ) -> None:
        self.terms, self._passages, self._later = terms, passages, later
        self._kept: dict[int, str] = {}
        self._looking = False

    def fetch(self, keys: Sequence[int]) -> None:
        """Ask for the passages of some articles, those that are not known yet."""
        wanted = [key for key in keys if key not in self._kept]
        if len(self._kept) > _KEPT:
            self._kept.clear()
        found = self._passages(wanted)
        self._kept.update((key, found.get(key, "")) for key in wanted)

    def snippet(self, keys: Sequence[int], index: int) -> str | None:
        """Give the passage to show of the article at a position, None where its text has none."""
        if keys[index] not in self._kept:
            self.fetch(keys[index : index + _AT_ONCE])
        if not self._looking and keys[min(index + _NEAR, len(keys) - 1)] not in self._kept:
            self._looking = True
            wanted = keys[index + 1 : index + 1 + _AHEAD]
            self._later(lambda: self._look_ahead(wanted))
        return self._kept.get(keys[index]) or None

    def _look_ahead(self, keys: Sequence[int]) -> None:
        try:
            for start in range(0, len(keys), _AT_ONCE):
                self.fetch(keys[start : start + _AT_ONCE])
        finally:
            self._looking = False

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Give where the words are in a text, from where to where."""
        return occurrences(text, self.terms.words)

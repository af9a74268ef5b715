"""Many names, looked through for those that hold what was typed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Holding:
    """Names as one text: to look through a hundred thousand takes a millisecond or two.

    Args:
        names: the names, those wanted most first.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        folded = list(map(_folded, names))
        # A line feed stands before each; a folded name has none.
        self._text = "".join(f"\n{name}" for name in folded)
        self._starts = array("I", accumulate((len(name) + 1 for name in folded), initial=0))

    def holding(self, typed: str, most: int) -> list[str]:
        """Give the names that begin so, then those in which a word does, then those that hold it.

        Args:
            typed: what they begin with or hold; capitals make no difference.
            most: how many are given at the most.
        """
        sought, found = _folded(typed), dict[int, None]()
        if not sought:
            return list(self._names[:most])
        for part in (f"\n{sought}", f" {sought}", sought):
            at = self._text.find(part)
            while at >= 0 and len(found) < most:
                number = bisect_right(self._starts, at, hi=len(self._names)) - 1
                found.setdefault(number)
                at = self._text.find(part, self._starts[number + 1])
        return [self._names[number] for number in found]


def _folded(text: str) -> str:
    return text.casefold().replace("\n", " ")

"""Words looked for in an article in linear mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.finding import Finder
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.document import Block


@dataclass(frozen=True, slots=True)
class Match:
    """A block that has the words, None for none; which one of how many it is."""

    at: int | None = None
    number: int = 0
    count: int = 0


class Words:
    """Finds the blocks that have some words.

    Args:
        blocks: where they are looked for.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._finder = Finder(blocks)
        self.last = ""
        """What was looked for last."""

    def find(self, words: str, after: int) -> Match:
        """Find the next block after one that has some words, going round; no words are the last ones again."""
        self.last = words or self.last
        if not self.last:
            return Match()
        *_, matches = self._finder.search(self.last)
        found = sorted({passage.start.block for passage in matches})
        if not found:
            return Match()
        # New words may be in the paragraph that was just read; the same ones go on from there.
        at = next((at for at in found if at > after or (at == after and bool(words))), found[0])
        return Match(at, found.index(at) + 1, len(found))

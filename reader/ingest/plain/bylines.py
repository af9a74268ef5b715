"""Telling bylines from headlines among the short lines of a listing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reader.ingest.plain.names import author, cannot_be_byline, looks_like_names, says_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.ingest.plain.blocks import Block


class Bylines:
    """What a page teaches about its bylines: a line that stands before others again and again is likelier one."""

    def __init__(self, runs: Iterable[Sequence[Block]]) -> None:
        """Learn from the runs of short lines of a page."""
        self._seen = Counter(_key(block) for run in runs for block in run[:-1])
        self._likelihood: dict[int, int] = {}

    def knows(self, block: Block) -> bool:
        """Tell whether a line stands in a byline's place anywhere."""
        return self._seen[_key(block)] > 0

    def recurs(self, block: Block) -> bool:
        """Tell whether a line stands in a byline's place more than once."""
        return self._seen[_key(block)] > 1

    def likelihood(self, block: Block) -> int:
        """Give how likely a line is a byline by itself: 0 is not at all."""
        known = self._likelihood.get(block.number)
        if known is None:
            known = self._likelihood[block.number] = self._judge(block)
        return known

    def _judge(self, block: Block) -> int:
        if cannot_be_byline(block.text):
            return 0
        return looks_like_names(block.text) + self.recurs(block) + 2 * says_by(block.text)

    def follows(self, headline: Block, line: Block) -> bool:
        """Tell whether a line is the byline of the headline before it."""
        return self.likelihood(headline) == 0 and says_by(line.text)

    def pair(self, run: Sequence[Block], *, closed: bool) -> list[tuple[Block | None, Block]]:
        """Part a run of short lines into bylines and headlines.

        Args:
            run: short lines that stand together.
            closed: whether an excerpt follows, so that the last is its headline and the line before
                that its byline, whatever they look like.
        """
        pairs: list[tuple[Block | None, Block]] = []
        at, last = 0, len(run) - 1
        while at <= last:
            if at < last and self.follows(run[at], run[at + 1]):
                pairs.append((run[at + 1], run[at]))
                at += 2
            elif at < last and self._opens(run, at, closed=closed):
                pairs.append((run[at], run[at + 1]))
                at += 2
            else:
                pairs.append((None, run[at]))
                at += 1
        return pairs

    def _opens(self, run: Sequence[Block], at: int, *, closed: bool) -> bool:
        """Tell whether the line at a place is the byline of the next one."""
        here, after = self.likelihood(run[at]), self.likelihood(run[at + 1])
        final = len(run) - 2
        if at == final:
            return not cannot_be_byline(run[at].text) if closed else here > after
        if at + 1 == final and closed:
            return here > after
        return here > 0 and here >= after


def _key(block: Block) -> str:
    """Give what two bylines of one author have in common."""
    return author(block.text).casefold()

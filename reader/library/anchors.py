"""Highlights found again in the text that is shown: at once where that is quick, the rest when there is time."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from reader.model.document import Passage, Point
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.model.annotation import Highlight, Quote
    from reader.model.document import Document

_QUICK: Final = 300_000
"""Characters of a text that is gone through at once; in a longer one, highlights are looked for where they were."""

_PATIENCE: Final = 0.003
"""Seconds for what is looked for at once beside what is where it was."""

_REMEMBERED: Final = 4_000
_UNKNOWN: Final = Passage(Point(-1), Point(-1))
_NOWHERE: Final = Point(1 << 62)


@dataclass(frozen=True, slots=True)
class Anchored:
    """A highlight, and where its passage is in the text; None where it cannot be found there."""

    highlight: Highlight
    passage: Passage | None


class Anchors:
    """Finds highlights, and remembers what it found in which text."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Quote], Passage | None] = {}
        self._tried: set[tuple[int, Quote]] = set()
        """What was not found at once."""

    def at_once(
        self, text: str, document: Document, highlights: Sequence[Highlight], *, whole: bool
    ) -> tuple[tuple[Anchored, ...], tuple[Highlight, ...]]:
        """Find highlights as far as that is quick.

        Args:
            text: what the document was made of.
            document: the text to look in.
            highlights: what to look for.
            whole: whether all of the text is there.

        Returns:
            Those found, and those that are certainly not there, the former in the order of the text; and
            those still to be sought.
        """
        if not highlights:
            return (), ()
        from reader.model import anchoring

        name = hash(text)
        found: list[tuple[Highlight, Passage | None]] = []
        left: list[Highlight] = []
        for one in highlights:
            passage = anchoring.at_hint(document, one.quote)
            known = self._known.get((name, one.quote), _UNKNOWN) if whole and passage is None else passage
            if known is _UNKNOWN or (known is None and not whole):
                left.append(one)
            else:
                found.append((one, known))
        if whole and len(text) <= _QUICK:
            left = self._try(name, document, left, found)
        return _in_order(found), tuple(left)

    def _try(
        self, name: int, document: Document, left: list[Highlight], found: list[tuple[Highlight, Passage | None]]
    ) -> list[Highlight]:
        """Look for highlights word by word as long as there is time, and give those that are left."""
        from reader.model import anchoring

        untried = [one for one in left if (name, one.quote) not in self._tried]
        waiting = {one.id: one for one in left}
        until = monotonic() + _PATIENCE
        passages = anchoring.find_each(document, (one.quote for one in untried), fuzzy=False)
        for one, passage in zip(untried, passages, strict=True):
            if passage is None:
                self._tried.add((name, one.quote))
            else:
                self._known[(name, one.quote)] = passage
                found.append((waiting.pop(one.id), passage))
            if monotonic() > until:
                break
        return list(waiting.values())

    def seek(self, text: str, document: Document, highlights: Sequence[Highlight]) -> None:
        """Look for highlights everywhere, also for what is nearly the same; `at_once` knows the answers then.

        This may take a tenth of a second: it is for another thread than the one that draws.
        """
        from reader.model import anchoring

        if len(self._known) + len(self._tried) > _REMEMBERED:
            self._known, self._tried = {}, set()
        name, quotes = hash(text), [one.quote for one in highlights]
        for quote, passage in zip(quotes, anchoring.find_each(document, quotes), strict=True):
            self._known[(name, quote)] = passage


def _in_order(found: Iterable[tuple[Highlight, Passage | None]]) -> tuple[Anchored, ...]:
    anchored = [Anchored(clean(one), passage) for one, passage in found]
    return tuple(sorted(anchored, key=lambda one: (one.passage.start if one.passage else _NOWHERE, one.highlight.id)))


def clean(highlight: Highlight) -> Highlight:
    """Give a highlight as it can be shown: anyone may have written into the file."""
    from reader.ingest import sanitize

    quote = highlight.quote
    texts = (quote.exact, quote.prefix, quote.suffix, highlight.note)
    if sanitize.is_clean("".join(texts)):
        return highlight
    exact, prefix, suffix, note = map(sanitize.clean, texts)
    return replace(highlight, quote=replace(quote, exact=exact, prefix=prefix, suffix=suffix), note=note)

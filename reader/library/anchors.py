"""Highlights found again in the text that is shown: at once where that is quick, the rest when there is time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reader.model.document import Passage, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.model.annotation import Highlight, Quote
    from reader.model.document import Document

_QUICK: Final = 300_000
"""Characters of a text that is gone through at once; in a longer one, highlights are looked for where they were."""

_REMEMBERED: Final = 4_000
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

        passages = {one.id: anchoring.at_hint(document, one.quote) for one in highlights}
        left = [one for one in highlights if passages[one.id] is None]
        name, known = hash(text), self._known
        if whole and left:
            if len(text) <= _QUICK and any((name, one.quote) not in known for one in left):
                for one, passage in zip(
                    left, anchoring.find_all(document, (one.quote for one in left), fuzzy=False), strict=True
                ):
                    if passage is not None:
                        self._remember(name, one.quote, passage)
            passages |= {one.id: known.get((name, one.quote)) for one in left}
            left = [one for one in left if (name, one.quote) not in known]
        waiting = frozenset(one.id for one in left)
        return _in_order((one, passages[one.id]) for one in highlights if one.id not in waiting), tuple(left)

    def seek(self, text: str, document: Document, highlights: Sequence[Highlight]) -> None:
        """Look for highlights everywhere, also for what is nearly the same; `at_once` knows the answers then.

        This may take a tenth of a second: it is for another thread than the one that draws.
        """
        from reader.model import anchoring

        if len(self._known) > _REMEMBERED:
            self._known.clear()
        quotes = [one.quote for one in highlights]
        for quote, passage in zip(quotes, anchoring.find_all(document, quotes), strict=True):
            self._remember(hash(text), quote, passage)

    def _remember(self, name: int, quote: Quote, passage: Passage | None) -> None:
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

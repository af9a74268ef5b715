"""A selection by keys: a passage of which one end moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model import motions
from reader.model.document import Passage, Point
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.document import Document


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is selected; `forward` tells which of its ends moves. Its start always comes before its end."""

    start: Point
    end: Point
    forward: bool = True

    @property
    def passage(self) -> Passage:
        """The passage."""
        return Passage(self.start, self.end)

    @property
    def head(self) -> Point:
        """The end that moves."""
        return self.end if self.forward else self.start

    def last(self, document: Document) -> Point:
        """Give where the character stands that was selected last."""
        return motions.before(document, self.end) if self.forward else self.start

    def swapped(self) -> Chosen:
        """Let the other end move."""
        return replace(self, forward=not self.forward)

    def to(self, document: Document, point: Point) -> Chosen:
        """Move the end to a point; beyond the other end, the word that was there stays selected."""
        if self.forward:
            back = point <= self.start
            return Chosen(point, self._first(document), forward=False) if back else replace(self, end=point)
        on = point >= self.end
        return Chosen(self._final(document), point) if on else replace(self, start=point)

    def around(self, document: Document, point: Point) -> Chosen:
        """Move the end to the word at a point, so that it is selected."""
        word = motions.word_around(document, point)
        on = point >= (self.start if self.forward else self.end)
        return self.to(document, word.end if on else word.start)

    def word_on(self, document: Document, *, closed: bool = True) -> Chosen:
        """Take a word more at the end or, where the beginning moves, a word less; `closed`: with its comma."""
        if not self.forward:
            following = motions.word_from(document, motions.after(document, self.start))
            if following is not None and following.start < self.end:
                return replace(self, start=following.start)
        end = motions.word_end(document, self.end, closed=closed)
        return self if end is None else self.to(document, end)

    def word_back(self, document: Document) -> Chosen:
        """Take a word more at the beginning or, where the end moves, a word less."""
        if self.forward:
            last = motions.word_before(document, self.end)
            rest = motions.word_before(document, last.start) if last is not None else None
            if rest is not None and rest.end > self.start:
                return replace(self, end=rest.end)
        word = motions.word_before(document, self.start)
        return self if word is None else self.to(document, word.start)

    def character_on(self, document: Document) -> Chosen:
        """Move the end a character on."""
        if self.forward:
            return replace(self, end=motions.after(document, self.end))
        start = motions.after(document, self.start)
        if start < self.end:
            return replace(self, start=start)
        return Chosen(self.start, motions.after(document, self.end))

    def character_back(self, document: Document) -> Chosen:
        """Move the end a character back."""
        if not self.forward:
            return replace(self, start=motions.before(document, self.start))
        end = motions.before(document, self.end)
        if end > self.start:
            return replace(self, end=end)
        return Chosen(motions.before(document, self.start), self.end, forward=False)

    def _first(self, document: Document) -> Point:
        """Give the end of the first word or character."""
        word = motions.word_from(document, self.start)
        if word is not None and word.start == self.start:
            return min(word.end, self.end)
        return motions.after(document, self.start)

    def _final(self, document: Document) -> Point:
        """Give where the last word or character begins."""
        word = motions.word_before(document, self.end)
        if word is not None and word.end == self.end:
            return max(word.start, self.start)
        return motions.before(document, self.end)


def begin(document: Document, point: Point) -> Chosen | None:
    """Select the first word from a point on, None when nothing more is there."""
    word = motions.word_from(document, point)
    if word is None:
        word = Passage(point, motions.after(document, point))
    return Chosen(word.start, word.end) if word.start < word.end else None


MOVES: Final[dict[str, Callable[[Chosen, Document], Chosen]]] = {
    "w": Chosen.word_on,
    "e": lambda chosen, document: chosen.word_on(document, closed=False),
    "b": Chosen.word_back,
    "l": Chosen.character_on,
    "h": Chosen.character_back,
    "{": lambda chosen, document: chosen.to(document, motions.block_begin(document, chosen.head)),
    "}": lambda chosen, document: chosen.to(document, motions.block_end(document, chosen.head)),
    "(": lambda chosen, document: chosen.to(document, motions.sentence_begin(document, chosen.head)),
    ")": lambda chosen, document: chosen.to(document, motions.sentence_end(document, chosen.head)),
    "gg": lambda chosen, document: chosen.to(document, motions.body_begin(document)),
    "G": lambda chosen, document: chosen.to(document, motions.body_end(document)),
    "o": lambda chosen, _: chosen.swapped(),
}
"""What each key does to a selection, where that needs no screen."""

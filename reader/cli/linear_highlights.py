"""Highlights in linear mode: told after their paragraph, made of the paragraph that was just read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import anchoring
from reader.model.annotation import COLORS, Color
from reader.model.document import Passage, Point

if TYPE_CHECKING:
    from reader.cli.linear_marks import Marking
    from reader.cli.linear_talk import Talk
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row


class Highlights:
    """Tells and makes highlights.

    Args:
        library: both stores.
        talk: where it is said.
        marking: tells whether anything may be marked.
    """

    def __init__(self, library: Library, talk: Talk, marking: Marking) -> None:
        self._library, self._talk, self._marking = library, talk, marking

    def tell(self, opened: Opened, block: int) -> None:
        """Tell what of a block is highlighted, and the notes on it."""
        for one in opened.highlights:
            if one.passage is None or not one.passage.start.block <= block <= one.passage.end.block:
                continue
            pieces = {number: (start, end) for number, start, end in opened.document.pieces(one.passage)}
            if block in pieces:
                start, end = pieces[block]
                text = opened.document.blocks[block].text
                words = f": {text[start:end]}" if end - start < len(text.strip()) else "."
                self._talk.say(f"Highlighted in {one.highlight.color}{words}")
                if one.highlight.note and block == max(pieces):
                    self._talk.say(f"Your note on it: {one.highlight.note}")

    def tell_lost(self, opened: Opened) -> None:
        """Tell the highlights whose words the text has no more."""
        for one in opened.highlights:
            if one.passage is None:
                self._talk.say(f"You highlighted, and it is not in the text any more: {one.highlight.quote.exact}")
                self._talk.say(*([f"Your note on it: {one.highlight.note}"] if one.highlight.note else []))

    def can_be_made(self, opened: Opened, block: int) -> bool:
        """Tell whether a block can be highlighted; say why when it cannot."""
        if not self._marking.may():
            return False
        blocks = opened.document.blocks
        if not (0 <= block < len(blocks) and blocks[block].text.strip()):
            self._talk.say("There is nothing to highlight here.")
            return False
        if any(one.passage == _whole(opened, block) for one in opened.highlights):
            self._talk.say("It is highlighted already.")
            return False
        return True

    def make(self, opened: Opened, block: int, color: str = "", note: str = "") -> Row | None:
        """Highlight a block, and give the article's row as it is then; None when it was not done."""
        chosen: Color | None = next((name for name, letter in COLORS.items() if color in {name, letter}), None)
        if color and chosen is None:
            self._talk.say(f"The colours are {', '.join(COLORS)}.")
            return None
        if not self.can_be_made(opened, block):
            return None
        quote = anchoring.quote_of(opened.document, _whole(opened, block))
        row, _ = self._library.notebook.add_highlight(opened.row, quote, chosen or "yellow", note)
        self._talk.say("Highlighted, with your note." if note else "Highlighted. u takes it back.")
        return row


def _whole(opened: Opened, block: int) -> Passage:
    return Passage(Point(block, 0), Point(block, len(opened.document.blocks[block].text)))

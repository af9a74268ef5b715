"""Highlights in linear mode: told after their paragraph, made of the paragraph that was just read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.linear_talk import counted, number
from reader.cli.rendering import day
from reader.model import anchoring
from reader.model.annotation import COLORS, Color
from reader.model.document import Passage, Point

if TYPE_CHECKING:
    from reader.cli.linear_marks import Marking
    from reader.cli.linear_talk import Talk
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.annotation import Highlight
    from reader.model.article import Row

_UNDO = "u takes it back."


class Highlights:
    """Tells, makes and changes the highlights of an article.

    Args:
        library: both stores.
        talk: where it is said.
        marking: tells whether anything may be marked.
    """

    def __init__(self, library: Library, talk: Talk, marking: Marking) -> None:
        self._library, self._talk, self._marking = library, talk, marking

    # -- what is told

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
                if block == max(pieces):
                    self._tell_note(one.highlight)

    def tell_lost(self, opened: Opened) -> None:
        """Tell the highlights whose words the text has no more."""
        for one in opened.highlights:
            if one.passage is None:
                self._talk.say(
                    f"You highlighted, and it is not in the text any more: {_flat(one.highlight.quote.exact)}"
                )
                self._tell_note(one.highlight)

    def tell_all(self, opened: Opened) -> None:
        """Tell all highlights of an article, numbered."""
        for at, one in enumerate(opened.highlights, 1):
            where = "" if one.passage is not None else ", not in the text any more"
            self._talk.say(f"{at}. Highlighted in {one.highlight.color}{where}: {_flat(one.highlight.quote.exact)}")
            self._tell_note(one.highlight)
        self._talk.say(
            "d and a number deletes one." if opened.highlights else "Nothing is highlighted in this article."
        )

    def _tell_note(self, one: Highlight) -> None:
        if one.note:
            self._talk.say(f"Your note on it: {_flat(one.note)}")

    # -- what is changed: each gives the article's row as it is then, None when nothing was done

    def make(self, opened: Opened, block: int, color: str) -> Row | None:
        """Highlight a block; one that is highlighted already takes the colour."""
        chosen: Color | None = next((name for name, letter in COLORS.items() if color.lower() in {name, letter}), None)
        if color and chosen is None:
            self._talk.say(f"The colours are {', '.join(COLORS)}.")
            return None
        if not self._can_be_made(opened, block):
            return None
        one = _on(opened, block)
        if one is None:
            return self._add(opened, block, chosen or "yellow", "")
        if chosen in {None, one.color}:
            self._talk.say("It is highlighted already.")
            return None
        row = self._library.notebook.edit_highlight(opened.row, one.id, color=chosen)
        self._talk.say(f"The highlight is {chosen} now. {_UNDO}")
        return row

    def note(self, opened: Opened, block: int, text: str) -> tuple[Row | None, bool]:
        """Highlight a block with a note, or add to the note on a highlight that is there.

        Args:
            opened: the article.
            block: the block's number.
            text: the note; without one it is asked for.

        Returns:
            The row, and whether the end of the input ended the note.
        """
        if not self._can_be_made(opened, block):
            return None, False
        one, ended = _on(opened, block), False
        written = one.note if one is not None else ""
        if written:
            self._talk.say("Your note on it so far:", *written.split("\n"))
        if not text:
            text, ended = self._marking.written("Add to it. An empty line ends it." if written else "")
        if one is None:
            return self._add(opened, block, "yellow", text), ended
        if not text:
            self._talk.say("Nothing was written.")
            return None, ended
        note = f"{written}\n\n{text}" if written else text
        row = self._library.notebook.edit_highlight(opened.row, one.id, note=note)
        self._talk.say(f"Noted on the highlight. {_UNDO}")
        return row, ended

    def delete(self, opened: Opened, rest: str) -> Row | None:
        """Delete the highlight of a number, as `tell_all` tells them."""
        if not self._marking.may():
            return None
        which, there = number(rest), opened.highlights
        if not there:
            self._talk.say("Nothing is highlighted in this article.")
            return None
        if which is None or not 1 <= which <= len(there):
            self._talk.say(f"Say a number from 1 to {len(there):,}.")
            return None
        one = there[which - 1].highlight
        row = self._library.notebook.delete_highlight(opened.row, one.id)
        self._talk.say(f"Deleted: {_flat(one.quote.exact).rstrip(' .')}. u brings it back.")
        return row

    def _can_be_made(self, opened: Opened, block: int) -> bool:
        """Tell whether a block can be highlighted; say why when it cannot."""
        if not self._marking.may():
            return False
        blocks = opened.document.blocks
        if not (0 <= block < len(blocks) and blocks[block].text.strip()):
            self._talk.say("There is nothing to highlight here.")
            return False
        return True

    def _add(self, opened: Opened, block: int, color: Color, note: str) -> Row:
        quote = anchoring.quote_of(opened.document, _whole(opened, block))
        row, _ = self._library.notebook.add_highlight(opened.row, quote, color, note)
        self._talk.say("Highlighted, with your note." if note else f"Highlighted. {_UNDO}")
        return row


def tell_kept(library: Library, talk: Talk) -> None:
    """Tell all highlights of the library with their articles, the newest first, until the reader stops it."""
    kept = library.notebook.entries({"highlight"})
    if not kept:
        talk.say("Nothing is highlighted yet. h does it, in an article.")
        return
    more = "; Ctrl+C stops it" if len(kept) > 10 else ""
    talk.say(f"{counted(len(kept), 'highlight')}, the newest first{more}:")
    try:
        for one in kept:
            color = f"in {one.highlight.color}" if one.highlight is not None else ""
            about = ", ".join(part for part in (f"In {one.title}", day(one.at), color) if part)
            talk.say(f"{about}: {_flat(one.text)}", *([f"Your note on it: {_flat(one.note)}"] if one.note else []))
    except KeyboardInterrupt:
        talk.say("Stopped.")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _on(opened: Opened, block: int) -> Highlight | None:
    """Give the highlight that is on all of a block: on nothing else if there is one, None if there is none."""
    whole = _whole(opened, block)
    found = [
        one
        for one in opened.highlights
        if one.passage and one.passage.start <= whole.start and whole.end <= one.passage.end
    ]
    return next((one.highlight for one in sorted(found, key=lambda one: one.passage != whole)), None)


def _whole(opened: Opened, block: int) -> Passage:
    return Passage(Point(block, 0), Point(block, len(opened.document.blocks[block].text)))

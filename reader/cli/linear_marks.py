"""Marks made in linear mode: read, bookmarks, notes, and all of it taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.linear_talk import EndOfInput
from reader.model.article import BOOKMARKED, READ

if TYPE_CHECKING:
    from reader.cli.linear_talk import Talk
    from reader.library import Library
    from reader.model.annotation import Undone
    from reader.model.article import Row


class Marking:
    """Marks articles and says what became of them; where nothing can be marked it says why.

    Args:
        library: both stores.
        talk: where it is said.
    """

    def __init__(self, library: Library, talk: Talk) -> None:
        self._library, self._talk = library, talk

    def may(self) -> bool:
        """Tell whether anything can be marked; say why when it cannot."""
        if self._library.read_only:
            self._talk.say(self._library.why_read_only)
        return not self._library.read_only

    def read(self, row: Row) -> Row:
        """Mark an article read, or unread again."""
        if not self.may():
            return row
        (row,) = self._library.notebook.set_read((row,), not row.has(READ))
        self._talk.say("Read." if row.has(READ) else "Unread.")
        return row

    def bookmark(self, row: Row) -> Row:
        """Set or remove a bookmark."""
        if not self.may():
            return row
        (row,) = self._library.notebook.set_bookmarked((row,), not row.has(BOOKMARKED))
        self._talk.say("Bookmarked." if row.has(BOOKMARKED) else "Bookmark removed.")
        return row

    def note(self, row: Row, text: str = "") -> Row:
        """Add to the note on an article: a text, or the lines that are asked for."""
        if not self.may():
            return row
        notes = self._library.notebook.marks(row.id).notes
        written = notes[0].text if notes else ""
        if written:
            self._talk.say("Your note so far:", *written.split("\n"))
        text, ended = (text, False) if text else self.written("Add to it. An empty line ends it." if written else "")
        if text:
            row = self._library.notebook.set_note(row, f"{written}\n\n{text}" if written else text)
        self._talk.say("Noted." if text else "Nothing was written.")
        if ended:
            raise EndOfInput
        return row

    def written(self, question: str = "") -> tuple[str, bool]:
        """Ask for lines until an empty one; give them, and whether the end of the input ended them."""
        written: list[str] = []
        question = question or "Write your note. An empty line ends it."
        while True:
            try:
                text = self._talk.ask(question)
            except EndOfInput:
                return "\n".join(written), True
            if not text.strip():
                return "\n".join(written), False
            written.append(text)
            question = ""

    def redo(self) -> Undone | None:
        """Do again what was taken back last."""
        if not self.may():
            return None
        redone = self._library.notebook.redo()
        self._talk.say("Nothing to do again." if redone is None else f"Done again: {redone.label}.")
        return redone

    def undo(self) -> Undone | None:
        """Take back the last change."""
        if not self.may():
            return None
        undone = self._library.notebook.undo()
        self._talk.say("Nothing to take back." if undone is None else f"Taken back: {undone.label}.")
        return undone

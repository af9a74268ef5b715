"""The notes among the marks: one an article, in the reader's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage.belonging import ByArticle
from reader.storage.shapes import NOTES, as_note

if TYPE_CHECKING:
    from reader.model.annotation import Note
    from reader.storage.records import Doc
    from reader.storage.table import JournalDB


class Notes:
    """The table of notes, to be changed within a transaction of the caller.

    Args:
        db: the marks.
    """

    def __init__(self, db: JournalDB) -> None:
        self._db = db
        self.index = ByArticle(NOTES, lambda: db.journal.docs(NOTES), _owner)

    def of(self, article: int) -> tuple[Note, ...]:
        """Give the notes on an article, oldest first."""
        docs = self._db.journal.docs(NOTES)
        found = (as_note(key, docs[key]) for key in self.index.of(article))
        return tuple(note for note in found if note is not None)

    def all(self) -> list[Note]:
        """Give the notes on all articles."""
        docs = self._db.journal.docs(NOTES)
        found = (as_note(key, doc) for key, doc in docs.items())
        return [note for note in found if note is not None]

    def write(self, article: int, text: str, now: str) -> None:
        """Write the note on an article anew, or edit it."""
        table, old = self._db.at(NOTES), self.of(article)
        if old:
            table.patch({"text": text, "updated": now}, [old[0].id])
        else:
            table.insert({"article": str(article), "text": text, "created": now, "updated": now})

    def delete(self, note: Note) -> None:
        """Delete a note."""
        self._db.at(NOTES).remove(doc_ids=[note.id])


def _owner(doc: Doc) -> int | None:
    note = as_note("0", doc)
    return None if note is None else note.article

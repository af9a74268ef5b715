"""The list of sources in marks.json: a document each, of which only what changed is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.source import REMOVED
from reader.storage.shapes import SOURCES, as_source, care_doc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.model.source import Source
    from reader.storage.records import Doc
    from reader.storage.table import JournalDB


class Listed:
    """The sources.

    Args:
        db: the marks.
        now: gives the time that goes into them.
    """

    def __init__(self, db: JournalDB, now: Callable[[], str]) -> None:
        self._table, self._journal, self._now = db.at(SOURCES), db.journal, now

    def all(self) -> list[Source]:
        """Give the sources in the order they were added."""
        with self._journal.lock:
            docs = self._journal.docs(SOURCES)
            found = [as_source(docs[key]) for key in sorted(docs, key=int)]
        return [source for source in found if source is not None]

    def one(self, name: str) -> Source | None:
        """Give a source by its id; the others are not looked into, of which there may be a thousand."""
        with self._journal.lock:
            doc = next((doc for doc in self._journal.docs(SOURCES).values() if doc.get("id") == name), None)
            return None if doc is None else as_source(doc)

    def put(self, sources: Sequence[Source]) -> None:
        """Add sources, and change those of the same id; fields that we do not know stay."""
        with self._journal.transaction():
            docs = self._journal.docs(SOURCES)
            known = {str(doc["id"]): key for key, doc in docs.items() if isinstance(doc.get("id"), str)}
            for source in sources:
                key = known.get(source.id)
                old = docs[key] if key is not None else {}
                new = {name: value for name, value in _fields(source, old).items() if old.get(name) != value}
                if key is None:
                    fields = {name: value for name, value in new.items() if value is not None}
                    known[source.id] = str(self._table.insert({**fields, "added": self._now()}))
                elif new:
                    self._table.patch(new, [int(key)])
                docs = self._journal.docs(SOURCES)

    def one_each(self) -> None:
        """Let go of a source that stays as a removed one, where it came back beside that."""
        with self._journal.transaction():
            docs = self._journal.docs(SOURCES)
            listed = {doc.get("id") for doc in docs.values() if doc.get("kind") != REMOVED}
            gone = [int(key) for key, doc in docs.items() if doc.get("kind") == REMOVED and doc.get("id") in listed]
            if gone:
                self._table.remove(doc_ids=gone)

    def remove(self, name: str) -> None:
        """Remove a source by its id."""
        with self._journal.transaction():
            keys = [int(key) for key, doc in self._journal.docs(SOURCES).items() if doc.get("id") == name]
            if keys:
                self._table.remove(doc_ids=keys)


def _fields(source: Source, old: Doc) -> Doc:
    """Give a source's fields as they are kept; None for one that is not."""
    return {
        "id": source.id,
        "kind": source.kind,
        "title": source.title,
        "location": source.location,
        "site": source.site or None,
        "care": care_doc(source.care, old.get("care")) or None,
    }

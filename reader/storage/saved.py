"""The reader's own views among the marks: queries that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage.shapes import VIEWS, as_text

if TYPE_CHECKING:
    from reader.storage.records import Doc
    from reader.storage.table import JournalDB


class Saved:
    """The table of saved views, to be changed within a transaction of the caller; of one name there is one.

    Args:
        db: the marks.
    """

    def __init__(self, db: JournalDB) -> None:
        self._db = db

    def all(self) -> list[tuple[str, str]]:
        """Give the name and the query of each, in the order they were saved."""
        docs = self._db.journal.docs(VIEWS)
        found = ((as_text(docs[key].get("name")), as_text(docs[key].get("query"))) for key in sorted(docs, key=int))
        return [(name, query) for name, query in found if name is not None and query is not None]

    def put(self, name: str, query: str, now: str) -> bool:
        """Save a view, or give that of the name another query; tells whether anything changed."""
        key = self._key(name)
        table = self._db.at(VIEWS)
        if key is None:
            table.insert({"name": name, "query": query, "created": now})
        elif self._doc(key).get("query") == query and self._doc(key).get("name") == name:
            return False
        else:
            table.patch({"name": name, "query": query}, [key])
        return True

    def rename(self, old: str, new: str) -> bool:
        """Give a view another name, in place of the one that had it; tells whether anything changed."""
        key, other = self._key(old), self._key(new)
        if key is None or self._doc(key).get("name") == new:
            return False
        if other is not None and other != key:
            self._db.at(VIEWS).remove(doc_ids=[other])
        self._db.at(VIEWS).patch({"name": new}, [key])
        return True

    def remove(self, name: str) -> bool:
        """Remove a view; tells whether there was one."""
        key = self._key(name)
        if key is not None:
            self._db.at(VIEWS).remove(doc_ids=[key])
        return key is not None

    def _doc(self, key: int) -> Doc:
        return self._db.journal.docs(VIEWS).get(str(key), {})

    def _key(self, name: str) -> int | None:
        for key, doc in self._db.journal.docs(VIEWS).items():
            kept = as_text(doc.get("name"))
            if kept is not None and kept.casefold() == name.casefold():
                return int(key)
        return None

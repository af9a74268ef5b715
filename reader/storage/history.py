"""What can be undone: the newest actions, each with the ops that take it back, kept in the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from reader.storage.records import as_ops
from reader.storage.shapes import ARTICLES, HIGHLIGHTS, HISTORY, NOTES, as_text

if TYPE_CHECKING:
    from reader.model.annotation import JSON
    from reader.storage.journal import Transaction
    from reader.storage.records import Doc, Op
    from reader.storage.table import JournalDB

ENTRIES: Final = 500
"""How many actions can be undone."""

DOCUMENTS: Final = 200_000
"""How many documents the actions may touch between them; the newest is kept however many it touches."""

_UNDOABLE = {ARTICLES, NOTES, HIGHLIGHTS}


class History:
    """The actions that can be undone."""

    def __init__(self, db: JournalDB) -> None:
        self._table = db.at(HISTORY)
        self._docs = db.journal.docs
        self._sizes = {int(key): _size(self._docs(HISTORY)[key]) for key in sorted(self._docs(HISTORY), key=int)}
        self._total = sum(self._sizes.values())

    def add(self, label: str, at: str, done: Transaction) -> None:
        """Remember how to take back what a transaction, still open, has done; forget the oldest beyond the bounds."""
        # An article's document stays when its first mark is undone: a place may have been saved in it since.
        ops = [op for op in done.inverse if not (op["t"] == ARTICLES and "d" in op)]
        if not ops:
            return
        doc: Doc = {"label": label, "at": at, "ops": cast("JSON", ops)}
        self._forget(_size(doc))
        self._table.insert(doc)

    def _forget(self, coming: int) -> None:
        count, total, old = len(self._sizes) + 1, self._total + coming, []
        for key, size in self._sizes.items():
            if count <= ENTRIES and total <= DOCUMENTS:
                break
            old.append(key)
            count, total = count - 1, total - size
        if old:
            self._table.remove(doc_ids=old)

    def take(self) -> tuple[str, list[Op]] | None:
        """Remove the newest action, and give its label and the ops that take it back; None when there is none."""
        for key in reversed(self._sizes):
            doc = self._docs(HISTORY)[str(key)]
            self._table.remove(doc_ids=[key])
            ops, label = as_ops(doc.get("ops")), as_text(doc.get("label"))
            if ops and all(op["t"] in _UNDOABLE for op in ops):
                return label or "", ops
        return None

    def follow(self, op: Op) -> None:
        """Take note of a change that was committed."""
        if op["t"] != HISTORY:
            return
        for name in op.get("d", ()):
            self._total -= self._sizes.pop(int(name), 0)
        for name, doc in op.get("s", {}).items():
            self._sizes[int(name)] = size = _size(doc)
            self._total += size


def _size(doc: Doc) -> int:
    ops = doc.get("ops")
    kinds = [op.get(kind) for op in ops if isinstance(op, dict) for kind in "sdu"] if isinstance(ops, list) else []
    return sum(len(kind) for kind in kinds if isinstance(kind, list | dict))

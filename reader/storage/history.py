"""What can be undone and redone: the newest actions, each with the ops for it, kept in the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from reader.storage.records import as_ops
from reader.storage.shapes import (
    ARTICLES,
    HIGHLIGHTS,
    HISTORY,
    LOG,
    NOTES,
    QUARANTINE,
    REDO,
    SOURCES,
    VIEWS,
    as_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.annotation import JSON
    from reader.storage.records import Doc, Op
    from reader.storage.table import JournalDB

ENTRIES: Final = 500
"""How many actions can be undone."""

DOCUMENTS: Final = 500_000
"""How many documents the actions may touch between them; the newest is kept however many it touches."""

_UNDOABLE: Final = {ARTICLES, NOTES, HIGHLIGHTS, VIEWS, SOURCES, LOG, QUARANTINE}
_MANY: Final = 100
_PACKED: Final = {"u": "us", "m": "ms", "d": "ds"}


class History:
    """The actions that can be undone, and those that were.

    Args:
        db: the marks.
    """

    def __init__(self, db: JournalDB) -> None:
        self._done, self._undone = _Stack(db, HISTORY), _Stack(db, REDO)

    def add(self, label: str, at: str, back: list[Op]) -> None:
        """Remember how to take back what was done, and forget what could be redone."""
        if self._done.push(label, at, back):
            self._undone.clear()

    def undone(self, label: str, at: str, again: list[Op]) -> None:
        """Remember how to do again what was taken back."""
        self._undone.push(label, at, again)

    def redone(self, label: str, at: str, back: list[Op]) -> None:
        """Remember how to take back what was done again; the rest can still be redone."""
        self._done.push(label, at, back)

    def to_undo(self) -> tuple[str, list[Op]] | None:
        """Remove the newest action, and give its label and the ops that take it back; None when there is none."""
        return self._done.pop()

    def to_redo(self) -> tuple[str, list[Op]] | None:
        """Remove what was taken back last, and give its label and the ops that do it again; None for nothing."""
        return self._undone.pop()

    def follow(self, op: Op) -> None:
        """Take note of a change that was committed."""
        for stack in (self._done, self._undone):
            stack.follow(op)


class _Stack:
    """A table of actions, the newest last."""

    def __init__(self, db: JournalDB, name: str) -> None:
        # Past TinyDB's own ways, which copy a document: the ids of a million articles are in some.
        self._name, self._journal, self._docs = name, db.journal, db.journal.docs
        self._read()

    def _read(self) -> None:
        docs = self._docs(self._name)
        self._sizes = {int(key): _size(docs[key]) for key in sorted(docs, key=int)}
        self._total = sum(self._sizes.values())

    def push(self, label: str, at: str, ops: list[Op]) -> bool:
        """Add an action, and forget the oldest beyond the bounds; tells whether there was anything to add."""
        # An article's document stays when its first mark is undone: a place may have been saved in it since.
        ops = [op for op in ops if not (op["t"] == ARTICLES and "d" in op)]
        if not ops:
            return False
        doc: Doc = {"label": label, "at": at, "ops": [_packed(op) for op in ops], "size": sum(map(_touched, ops))}
        self._forget(_size(doc))
        self._journal.change({"t": self._name, "s": {str(self._journal.next_id(self._name)): doc}})
        return True

    def _forget(self, coming: int) -> None:
        count, total, old = len(self._sizes) + 1, self._total + coming, []
        for key, size in self._sizes.items():
            if count <= ENTRIES and total <= DOCUMENTS:
                break
            old.append(key)
            count, total = count - 1, total - size
        self._remove(old)

    def _remove(self, entries: Iterable[int]) -> None:
        docs = self._docs(self._name)
        keys = [key for key in map(str, entries) if key in docs]
        if keys:
            self._journal.change({"t": self._name, "d": keys})

    def pop(self) -> tuple[str, list[Op]] | None:
        """Remove the newest action that can be made out, and give its label and its ops."""
        for key in reversed(self._sizes):
            doc = self._docs(self._name).get(str(key))
            if doc is None:
                continue
            self._remove([key])
            ops, label = _unpacked(doc.get("ops")), as_text(doc.get("label"))
            if ops and all(op["t"] in _UNDOABLE for op in ops):
                return label or "", ops
        return None

    def clear(self) -> None:
        """Forget all actions."""
        self._remove(self._sizes)

    def follow(self, op: Op) -> None:
        """Take note of a change that was committed."""
        if op["t"] != self._name:
            return
        if "r" in op:
            self._read()
            return
        for name in op.get("d", ()):
            self._total -= self._sizes.pop(int(name), 0)
        for name, doc in op.get("s", {}).items():
            self._sizes[int(name)] = size = _size(doc)
            self._total += size


def is_sound(doc: Doc) -> bool:
    """Tell whether an entry can be made out; one that cannot is passed over by whoever takes back."""
    ops = _unpacked(doc.get("ops"))
    return bool(ops) and all(op["t"] in _UNDOABLE for op in ops or ())


def _packed(op: Op) -> JSON:
    """Give an op as it is kept: the ids of very many articles as one text, which needs a fifth of the memory."""
    kept = cast("dict[str, JSON]", dict(op))
    for kind, packed in _PACKED.items():
        keys = kept.get(kind)
        if isinstance(keys, list) and len(keys) > _MANY:
            del kept[kind]
            kept[packed] = " ".join(cast("Iterable[str]", keys))
    return kept


def _unpacked(value: JSON) -> list[Op] | None:
    if not isinstance(value, list):
        return None
    bare, ids = list["JSON"](), list[tuple[int, str, str]]()
    for op in value:
        packed = next((kind for kind in _PACKED if isinstance(op, dict) and _PACKED[kind] in op), None)
        if isinstance(op, dict) and packed is not None:
            keys = op[_PACKED[packed]]
            if not isinstance(keys, str) or not keys.isascii() or not keys.replace(" ", "").isdecimal():
                return None
            ids.append((len(bare), packed, keys))
            op = {name: kept for name, kept in op.items() if name != _PACKED[packed]} | {packed: []}
        bare.append(op)
    ops = as_ops(bare)
    for index, packed, keys in ids if ops is not None else ():
        cast("dict[str, list[str]]", cast("list[Op]", ops)[index])[packed] = keys.split()
    return ops


def _touched(op: Op) -> int:
    return sum(len(kind) for kind in (op.get("s"), op.get("d"), op.get("u"), op.get("m")) if kind)


def _size(doc: Doc) -> int:
    size = doc.get("size")
    if isinstance(size, int) and not isinstance(size, bool) and size >= 0:
        return size
    ops = doc.get("ops")
    kinds = [op.get(kind) for op in ops if isinstance(op, dict) for kind in "sdum"] if isinstance(ops, list) else []
    return sum(len(kind) for kind in kinds if isinstance(kind, list | dict))

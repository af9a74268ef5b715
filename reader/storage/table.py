"""TinyDB's tables over the journal: they tell the storage what changed instead of writing everything anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import orjson
from tinydb import TinyDB
from tinydb.table import Document, Table

from reader.storage.journal import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinydb.queries import QueryLike
    from tinydb.storages import Storage

    from reader.model.annotation import JSON
    from reader.storage.records import Doc, Docs, Known, Op

    Fields: TypeAlias = "Mapping[str, JSON] | Callable[[MutableMapping[str, Any]], None]"


class View(MutableMapping[int, "Mapping[str, JSON]"]):
    """A table as TinyDB's updaters see it: what they touch is copied, the rest is only looked through."""

    def __init__(self, table: Docs) -> None:
        self._table = table
        self._touched: dict[str, Mapping[str, JSON] | None] = {}

    def __contains__(self, doc_id: object) -> bool:
        key = str(doc_id)
        return self._touched[key] is not None if key in self._touched else key in self._table

    def __getitem__(self, doc_id: int) -> Mapping[str, JSON]:
        key = str(doc_id)
        if key not in self._touched:
            if key not in self._table:
                raise KeyError(doc_id)
            # Copied to the bottom, since an updater may change a list inside.
            self._touched[key] = orjson.loads(orjson.dumps(self._table[key]))
        found = self._touched[key]
        if found is None:
            raise KeyError(doc_id)
        return found

    def __setitem__(self, doc_id: int, doc: Mapping[str, JSON]) -> None:
        self._touched[str(doc_id)] = doc

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched[str(doc_id)] = None

    def __iter__(self) -> Iterator[int]:
        keys = [key for key in self._table if self._touched.get(key, ...) is not None]
        keys += [key for key, doc in self._touched.items() if doc is not None and key not in self._table]
        return iter([int(key) for key in keys])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Delete every document."""
        self._touched = dict.fromkeys(self._table)

    def changes(self) -> tuple[Docs, list[str]]:
        """Give the documents that are new or different, and the keys of those that are gone."""
        changed = {
            key: cast("Doc", doc)
            for key, doc in self._touched.items()
            if doc is not None and not self._is_same(key, doc)
        }
        gone = [key for key, doc in self._touched.items() if doc is None and key in self._table]
        return changed, gone

    def _is_same(self, key: str, doc: Mapping[str, JSON]) -> bool:
        # Compared as JSON, since Python holds 1 and true to be equal.
        return key in self._table and orjson.dumps(doc) == orjson.dumps(self._table[key])


class JournalTable(Table):
    """A TinyDB table whose changes cost as much as the documents they touch.

    With `doc_ids`, nothing walks the table; with a condition, it is walked once to find who is meant.
    """

    def __init__(self, storage: Storage, name: str, cache_size: int = 10, persist_empty: bool = False) -> None:
        if not isinstance(storage, JournalStorage):
            raise TypeError("A JournalTable needs a JournalStorage.")
        self._journal = storage
        self._cached_at = storage.version
        super().__init__(storage, name, cache_size, persist_empty)

    def patch(
        self, fields: Mapping[str, JSON], doc_ids: Iterable[int | str], *, make: bool = False, looked_up: Known = None
    ) -> None:
        """Set fields of documents and remove those whose value is None; taken back field by field.

        Args:
            fields: the fields.
            doc_ids: of which documents; those that do not exist are passed over.
            make: they are made instead.
            looked_up: those documents as they are now, where they are known; see `alike`.
        """
        keys = list(map(str, doc_ids))
        if keys and fields:
            kind: Literal["u", "m"] = "m" if make else "u"
            op: Op = {"t": self.name, "f": dict(fields)}
            op[kind] = keys
            self._journal.change(op, looked_up)

    def put(self, docs: Mapping[int, Doc]) -> None:
        """Set whole documents by id, new ones and old ones alike; cheaper than TinyDB's way for many."""
        if docs:
            self._journal.change({"t": self.name, "s": {str(doc_id): doc for doc_id, doc in docs.items()}})

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Do as TinyDB does; fields that are not null are journaled as a patch."""
        with self._journal.lock:
            meant = self._meant(cond, doc_ids)
            if callable(fields) or None in fields.values():
                return super().update(fields, None, meant)
            docs = self._journal.docs(self.name)
            found = [doc_id for doc_id in meant if str(doc_id) in docs]
            self.patch(fields, found)
            return found

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Do as TinyDB does."""
        with self._journal.lock:
            if cond is not None or doc_ids is not None:
                doc_ids = self._meant(cond, doc_ids)
            return super().remove(None, doc_ids)

    def search(self, cond: QueryLike) -> list[Document]:
        """Do as TinyDB does, while no other thread changes the table."""
        with self._journal.lock:
            # Undoing and other tables of the same name change documents past this table's cache.
            if self._cached_at != self._journal.version:
                self.clear_cache()
                self._cached_at = self._journal.version
            return super().search(cond)

    def __iter__(self) -> Iterator[Document]:
        with self._journal.lock:
            return iter(list(super().__iter__()))

    def _meant(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        if doc_ids is not None:
            return list(doc_ids)
        return [int(key) for key, doc in self._journal.docs(self.name).items() if cond is None or cond(doc)]

    def _get_next_id(self) -> int:
        return self._journal.next_id(self.name)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._journal.transaction():
            view = View(self._journal.docs(self.name))
            updater(cast("dict[int, Mapping[str, Any]]", view))
            changed, gone = view.changes()
            if gone:
                self._journal.change({"t": self.name, "d": gone})
            if changed:
                self._journal.change({"t": self.name, "s": changed})


class JournalDB(TinyDB):
    """TinyDB with our storage and tables; takes the arguments of `JournalStorage`."""

    table_class = JournalTable
    default_storage_class = cast("Any", JournalStorage)

    @property
    def journal(self) -> JournalStorage:
        """The storage, known for what it is."""
        return cast("JournalStorage", self.storage)

    def at(self, name: str) -> JournalTable:
        """Give a table, known for what it is."""
        return cast("JournalTable", self.table(name))

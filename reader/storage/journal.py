"""A TinyDB storage that costs as much as what changes, survives crashes, and tells when it cannot save.

The document is in memory. Each change appends one line to a journal beside the file (see `records`);
`compact` folds the journal into a snapshot that stock `TinyDB(path)` opens.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

import orjson
from tinydb.storages import Storage

from reader.storage import backups, snapshot
from reader.storage.appender import Appender, cannot_save
from reader.storage.errors import MarksError, ReadOnlyError
from reader.storage.files import replace
from reader.storage.opening import load
from reader.storage.records import Docs, Known, Op, Tables, apply, encode, inverse, known
from reader.storage.stamp import journal_of, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

COMPACT_AT: Final = 8 << 20
"""How many bytes the journal may reach before it is folded into the snapshot."""


class Transaction:
    """What one action of a person changes, all of it or nothing; made by `JournalStorage.transaction`."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self._payloads: list[bytes] = []
        self._back: list[list[Op]] = []

    @property
    def inverse(self) -> list[Op]:
        """The ops that take everything back, in the order they have to be made in."""
        return [op for back in reversed(self._back) for op in back]

    @property
    def parts(self) -> list[bytes]:
        """The ops as JSON, to be joined."""
        commas = [part for payload in self._payloads for part in (b",", payload)][1:]
        return [b"[", *commas, b"]"]

    def change(self, tables: Tables, op: Op, looked_up: Known = None) -> None:
        """Make one change, of which the documents may be known.

        A value that JSON cannot hold raises TypeError and changes nothing.
        """
        payload = orjson.dumps(op)
        # Memory gets what the file will hold, and nothing that the caller may still change.
        op = _held(op, payload)
        found = looked_up if looked_up is not None else known(tables, op)
        self._back.append(inverse(tables, op, found))
        apply(tables, op, found)
        self._payloads.append(payload)
        self.ops.append(op)

    def join(self, inner: Transaction) -> None:
        """Take over what a transaction inside this one has changed."""
        self.ops += inner.ops
        self._payloads += inner._payloads
        self._back += inner._back


def _held(op: Op, payload: bytes) -> Op:
    if "f" not in op:
        return cast("Op", orjson.loads(payload))
    # The ids of a million articles take long to be read, and need not be: they are texts.
    kind: Literal["u", "m"] = "u" if "u" in op else "m"
    held: Op = {"t": op["t"], "f": orjson.loads(orjson.dumps(op["f"]))}
    held[kind] = list(map(str, op[kind]))
    return held


class JournalStorage(Storage):
    """The storage; to be used through `JournalDB`, whose tables tell it what changes.

    Args:
        path: the snapshot. The journal and the folder of backups are beside it.
        read_only: opens without creating, cutting or moving anything; every change raises ReadOnlyError.
        on_trouble: is told, in words for people and from another thread, that the disk does not take the
            marks, and later that it does again.
        clock: gives the time for the names of backups and of what is put aside.
        compact_at: the journal's length in bytes at which it is folded into the snapshot.

    Attributes:
        notices: what happened on opening, in words for people.
        lock: held while memory is changed; whoever walks a table holds it too.
        version: a number that is another after every change.
        on_commit: is told the ops of every transaction, while the lock is held.

    Raises:
        MarksError: the file cannot be read, or a later version of reader wrote it.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        on_trouble: Callable[[str], None] = lambda _message: None,
        clock: Callable[[], datetime] = backups.utc_now,
        compact_at: int = COMPACT_AT,
    ) -> None:
        # A link to the file stays a link; what it leads to is replaced.
        self.path = Path(path).resolve()
        self.read_only = read_only
        self.lock = threading.RLock()
        self.version = 0
        self.on_commit: Callable[[list[Op]], None] | None = None
        opened = load(self.path, read_only=read_only, now=backups.dated(clock()))
        self.notices = opened.notices
        self._tables = opened.tables
        self._next_ids: dict[str, int] = {}
        self._clock = clock
        self._on_trouble = on_trouble
        self._compact_at = self._compact_next = compact_at
        self._compacting = threading.Lock()
        self._compactor: threading.Thread | None = None
        self._inside: Transaction | None = None
        self._closed = False
        self._appender = Appender(
            journal_of(self.path), opened.journal_size, on_trouble, self._compact_if_long, torn=opened.journal_torn
        )

    @property
    def pending(self) -> bool:
        """Tell whether a change is not on the disk yet."""
        return self._appender.pending

    def stamp(self) -> str:
        """Give a text that differs after every change that reached the disk."""
        return stamp(self.path)

    def docs(self, table: str) -> Docs:
        """Give a table's documents by id, live: to be read only, and walked only while holding the lock."""
        return self._tables.get(table, {})

    def next_id(self, table: str) -> int:
        """Give the id for a new document of a table; the table is walked for the first one only."""
        with self.lock:
            if table not in self._next_ids:
                self._next_ids[table] = max(map(int, self.docs(table)), default=0) + 1
            given = self._next_ids[table]
            self._next_ids[table] = given + 1
            return given

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Make all changes inside one record: after a crash, all of them are there or none.

        An exception inside takes them back. Inside another transaction it becomes a part of that one.
        """
        with self.lock:
            if self.read_only:
                raise ReadOnlyError
            if self._closed:
                raise MarksError("The marks are closed.")
            outer, made = self._inside, Transaction()
            self._inside = made
            try:
                yield made
            except BaseException:
                for op in made.inverse:
                    apply(self._tables, op)
                raise
            finally:
                self._inside = outer
                self.version += 1
            if outer is not None:
                outer.join(made)
            elif made.ops:
                self._appender.add(encode(*made.parts))
                if self.on_commit is not None:
                    self.on_commit(made.ops)

    def change(self, op: Op, looked_up: Known = None) -> None:
        """Make one change, as a part of the transaction around it or as a transaction of its own.

        Args:
            op: the change.
            looked_up: the documents that it patches as they are now, where they are known; see `alike`.
        """
        with self.transaction() as made:
            made.change(self._tables, op, looked_up)
            self._count_ids(op)

    def _count_ids(self, op: Op) -> None:
        name = op["t"]
        if name not in self._next_ids:
            return
        made = op.get("s") or op.get("m")
        if made:
            self._next_ids[name] = max(self._next_ids[name], max(map(int, made), default=0) + 1)
        elif "r" in op:
            del self._next_ids[name]

    def flush(self) -> None:
        """Return when every change is on the disk.

        Raises:
            MarksError: the disk does not take them; they are kept and tried again.
        """
        try:
            self._appender.flush()
            if self._appender.vanished:
                self.compact()
        except OSError as error:
            raise MarksError(cannot_save(error)) from error

    def compact(self) -> None:
        """Fold the journal into the snapshot, and make a backup of it.

        Raises:
            OSError: the disk does not take it; the journal stays, and nothing is lost.
        """
        if self.read_only:
            raise ReadOnlyError
        with self._compacting:
            with suppress(OSError):
                # If only the journal cannot be written, the snapshot still can be.
                self._appender.flush()
            with self.lock:
                if self._inside is not None:
                    raise MarksError("A transaction is not finished.")
                # Documents are never changed in place, so nobody waits while they are written out.
                tables, upto = {name: dict(docs) for name, docs in self._tables.items()}, self._appender.added
            data = snapshot.packed(tables)
            replace(self.path, data)
            backups.save(self.path, data, self._clock())
            self._appender.empty(upto)

    def _compact_if_long(self, size: int) -> None:
        long = size >= self._compact_next or self._appender.vanished
        if not long or (self._compactor is not None and self._compactor.is_alive()):
            return
        self._compact_next = size + self._compact_at
        # The journal's own thread must go on writing meanwhile.
        self._compactor = threading.Thread(target=self._compact_quietly, name="marks-snapshot", daemon=True)
        self._compactor.start()

    def _compact_quietly(self) -> None:
        try:
            self.compact()
        except OSError as error:
            with suppress(Exception):
                self._on_trouble(_not_renewed(self.path, error))
        else:
            self._compact_next = self._compact_at

    def close(self) -> None:
        """Save everything, fold the journal into the snapshot, and let go of the files.

        Raises:
            MarksError: something is not on the disk. The marks stay open: free some space and close again,
                or `abandon` what is not saved.
        """
        if self._closed:
            return
        if not self.read_only and (self._appender.size or self._appender.pending):
            try:
                self.compact()
            except OSError as error:
                self.flush()
                self.notices.append(_not_renewed(self.path, error))
        self.abandon()

    def abandon(self) -> None:
        """Let go of the files at once; what `pending` tells of is lost."""
        self._closed = True
        self._appender.stop()
        if self._compactor is not None:
            self._compactor.join()

    def read(self) -> Tables:
        """Give all tables; the inner ones are live and to be read only."""
        return dict(self._tables)

    def write(self, data: Tables) -> None:
        """Replace all tables, as TinyDB does to drop one; costs as much as everything."""
        with self.transaction():
            for name in [name for name in self._tables if name not in data]:
                self.change({"t": name, "r": None})
            for name, docs in data.items():
                if docs is not self._tables.get(name):
                    self.change({"t": name, "r": docs})


def _not_renewed(path: Path, error: OSError) -> str:
    why = error.strerror or str(error)
    return f"{path.name} could not be renewed: {why}. Your marks are safe in {journal_of(path).name} beside it."

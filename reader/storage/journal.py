"""A TinyDB storage that costs as much as what changes, survives crashes, and tells when it cannot save.

The document is in memory. Each change appends one line to a journal beside the file (see `records`);
`compact` folds the journal into a snapshot that stock `TinyDB(path)` opens.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tinydb.storages import Storage

from reader.storage import backups, snapshot
from reader.storage.appender import Appender, cannot_save, not_renewed
from reader.storage.errors import MarksError, OvertakenError, ReadOnlyError
from reader.storage.files import replace
from reader.storage.opening import load
from reader.storage.records import Docs, Known, Op, Tables, apply, encode
from reader.storage.stamp import journal_of, stamp, state_of
from reader.storage.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

COMPACT_AT: Final = 8 << 20
"""How many bytes the journal may reach before it is folded into the snapshot."""

HOUR: Final = 3600
"""Seconds after which a change lets the journal be folded, however short it is, so that there is a backup."""


class JournalStorage(Storage):
    """The storage; to be used through `JournalDB`, whose tables tell it what changes.

    Args:
        path: the snapshot. The journal and the folder of backups are beside it.
        read_only: opens without creating, cutting or moving anything; every change raises ReadOnlyError.
        on_trouble: is told, in words for people and from another thread, that the disk does not take the
            marks, and later that it does again.
        clock: gives the time for the names of backups and of what is put aside.
        compact_at: the journal's length in bytes at which it is folded into the snapshot.
        seconds: gives the seconds since 1970 by which backups are made hourly.

    Attributes:
        notices: what happened on opening, in words for people.
        found: the stamp of the files as they were opened.
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
        seconds: Callable[[], float] = time.time,
    ) -> None:
        # A link to the file stays a link; what it leads to is replaced.
        self.path = Path(path).resolve()
        self.read_only = read_only
        self.lock = threading.RLock()
        self.version = 0
        self.on_commit: Callable[[list[Op]], None] | None = None
        self.found = stamp(self.path)
        opened = load(self.path, read_only=read_only, now=backups.dated(clock()))
        self.notices = opened.notices
        self._tables = opened.tables
        self._next_ids: dict[str, int] = {}
        self._clock = clock
        self._on_trouble = on_trouble
        self._compact_at = self._compact_next = compact_at
        self._compacting = threading.Lock()
        self._compactor: threading.Thread | None = None
        self._seconds = seconds
        self._backed_up = seconds()
        self._inside: Transaction | None = None
        self._closed = False
        self._appender = Appender(
            journal_of(self.path), opened.journal_size, on_trouble, self._compact_if_due, torn=opened.journal_torn
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

    def _copied(self) -> Tables:
        # Documents are never changed in place, so nobody waits while they are written out.
        return {name: dict(docs) for name, docs in self._tables.items()}

    def packed(self) -> bytes:
        """Give all that is kept as the snapshot that would be written now."""
        with self.lock:
            tables = self._copied()
        return snapshot.packed(tables)

    def back_up(self) -> tuple[Path, bool]:
        """Make a backup of all that is kept, unless the newest one is just that.

        What was opened for reading only may be copied so too: the snapshot and the journal were read together.

        Returns:
            The backup, and whether it is a new one.

        Raises:
            OSError: the disk does not take it.
            OvertakenError: this was opened for reading only, and whoever writes made a backup of more since.
        """
        data = self.packed()
        there = backups.same(self.path, data)
        made = there or backups.save(self.path, data, self._clock(), alone=not self.read_only)
        if self.read_only and state_of(self.path) != self.found.partition(" ")[0]:
            if there is None:
                # The newest backup must not be of an older state than the one before it.
                made.unlink(missing_ok=True)
            raise OvertakenError
        return made, there is None

    def compact(self) -> None:
        """Fold the journal into the snapshot, and make a backup of it.

        Raises:
            OSError: the disk does not take it; the journal stays, and nothing is lost.
        """
        if self.read_only:
            raise ReadOnlyError
        with self._compacting:
            self._fold()
            while self._appender.vanished:
                # The journal was taken away meanwhile: what had gone into it since is in memory only.
                self._fold()

    def _fold(self) -> None:
        with suppress(OSError):
            # If only the journal cannot be written, the snapshot still can be.
            self._appender.flush()
        with self.lock:
            if self._inside is not None:
                raise MarksError("A transaction is not finished.")
            tables, upto = self._copied(), self._appender.added
        data = snapshot.packed(tables)
        replace(self.path, data)
        backups.save(self.path, data, self._clock())
        self._backed_up = self._seconds()
        self._appender.empty(upto)

    def _compact_if_due(self, size: int) -> None:
        """Fold the journal where it is long, or the last backup an hour old; told by the thread that just wrote."""
        # A clock that was set back makes a backup too many rather than none for long.
        hourly = not 0 <= self._seconds() - self._backed_up < HOUR
        due = hourly or size >= self._compact_next or self._appender.vanished
        if not due or (self._compactor is not None and self._compactor.is_alive()):
            return
        # Where the disk takes no backup, the next write is not to try again at once.
        self._compact_next, self._backed_up = size + self._compact_at, self._seconds()
        # The journal's own thread must go on writing meanwhile.
        self._compactor = threading.Thread(target=self._compact_quietly, name="marks-snapshot", daemon=True)
        self._compactor.start()

    def _compact_quietly(self) -> None:
        try:
            self.compact()
        except OSError as error:
            with suppress(Exception):
                self._on_trouble(not_renewed(self.path, error))
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
        if not self.read_only and (self._appender.size or self._appender.pending or self._appender.vanished):
            try:
                self.compact()
            except OSError as error:
                self.flush()
                self.notices.append(not_renewed(self.path, error))
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

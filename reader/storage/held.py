"""The file of the marks as it is opened, saved, looked through and closed."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from reader.storage import backups, mending
from reader.storage.table import JournalDB

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from reader.storage.proof import Proof
    from reader.storage.records import Doc


class Held:
    """A file of marks, opened; usable from several threads.

    Args:
        path: the file, `marks.json`; made at the first mark if it is not there.
        read_only: opens without touching the disk; every change raises ReadOnlyError.
        on_trouble: is told, in words for people and from another thread, that the disk does not take the
            marks, and later that it does again.
        clock: gives the time that goes into the marks.

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
    ) -> None:
        self._db = JournalDB(path, read_only=read_only, on_trouble=on_trouble, clock=clock)
        self._journal = self._db.journal
        self._clock = clock

    @property
    def notices(self) -> list[str]:
        """What happened on opening (and on closing), in words for people."""
        return self._journal.notices

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be changed."""
        return self._journal.read_only

    @property
    def pending(self) -> bool:
        """Tell whether a mark is not on the disk yet."""
        return self._journal.pending

    @property
    def lock(self) -> AbstractContextManager[object]:
        """Held by whoever enters marks in a mirror, lest what another changes meanwhile be entered first."""
        return self._journal.lock

    def flush(self) -> None:
        """Return when every mark is on the disk, or raise MarksError."""
        self._journal.flush()

    def stamp(self) -> str:
        """Give a text that differs after every change that reached the disk; see `storage.stamp`."""
        return self._journal.stamp()

    def close(self) -> None:
        """Save everything and let go of the file; on MarksError the marks stay open."""
        self._db.close()

    def abandon(self) -> None:
        """Let go of the file at once; what `pending` tells of is lost."""
        self._journal.abandon()

    def packed(self) -> bytes:
        """Give all marks as the bytes of a file like this one, as it would be written now."""
        return self._journal.packed()

    def back_up(self) -> tuple[Path, bool]:
        """Make a backup, and tell which it is and whether it is new; see `JournalStorage.back_up`."""
        return self._journal.back_up()

    def prove(self) -> Proof:
        """Hold the files against what is in memory, all of which is flushed before."""
        from reader.storage.proof import prove

        if not self.read_only:
            self.flush()
        with self._journal.lock:
            # What was opened for reading only is as old as its opening.
            before = self._journal.found if self.read_only else self._journal.stamp()
            return prove(self._journal.path, self._journal.read(), before)

    def put_aside(self, lost: Sequence[tuple[str, str, Doc]], why: str) -> None:
        """Keep documents in the table `quarantine` that nobody saw.

        Args:
            lost: of each its table, its id and itself.
            why: what was wrong with them.
        """
        with self._journal.transaction():
            for table, key, doc in lost:
                mending.put_aside(self._db, table, key, doc, why, self._now())

    def check(self) -> list[str]:
        """Tell in words what is wrong with the documents; an empty list when nothing is."""
        return mending.problems(self._db)

    def repair(self) -> list[str]:
        """Put what is wrong aside, into the table `quarantine`, and tell what was done."""
        return mending.repair(self._db, self._now())

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

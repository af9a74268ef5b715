"""The journal's file: a thread of its own appends to it, a few times a second at most, and makes it durable."""

from __future__ import annotations

import errno
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reader import logs
from reader.storage.files import PRIVATE, holds, make_folder, make_private, replace, sync, sync_folder, write_all
from reader.storage.stamp import journal_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAG: Final = 0.03
"""How many seconds a record may wait for others, to share one write with them."""

RETRY: Final = 1.0
"""How many seconds to wait before trying again what failed."""

SAVED_AGAIN: Final = "Your marks are saved again."

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Appender:
    """Lines on their way to a file: kept in memory until they are on the disk, however long that takes.

    `add` only ever touches memory. The file has a lock of its own, so whoever adds never waits for the disk.

    Args:
        path: the file; made when the first line comes.
        size: how many bytes of it are good.
        on_trouble: is told, from the thread, when the disk refuses and when it takes lines again.
        on_written: is told the file's size, from the thread, after writing.
        torn: whether more bytes follow the good ones and have to be cut off first.

    Attributes:
        vanished: whether somebody took the file away, so that lines which had been in it are in memory only, or
            had to be written anew; a snapshot is to be made soon.
    """

    def __init__(
        self,
        path: Path,
        size: int,
        on_trouble: Callable[[str], None],
        on_written: Callable[[int], None],
        *,
        torn: bool = False,
    ) -> None:
        self.size = size
        self.added = 0
        self.vanished = False
        self._vanished_at = 0
        self._path = path
        self._on_trouble = on_trouble
        self._on_written = on_written
        self._buffer: list[bytes] = []
        self._written = 0
        self._torn = torn
        self._told = False
        self._fd: int | None = None
        self._file = threading.Lock()
        self._memory = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def pending(self) -> bool:
        """Tell whether a line is not on the disk yet."""
        return bool(self._buffer)

    def add(self, line: bytes) -> None:
        """Take one line to be written within `LAG`."""
        with self._memory:
            self._buffer.append(line)
            self.added += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="marks-journal", daemon=True)
                self._thread.start()
        self._wake.set()

    def flush(self) -> None:
        """Return when every line added before is on the disk.

        Raises:
            OSError: the disk does not take them; they are kept and tried again.
        """
        with self._file:
            with self._memory:
                lines = self._buffer[:]
            if lines:
                self._append(b"".join(lines))
                with self._memory:
                    del self._buffer[: len(lines)]
                    self._written += len(lines)

    def _append(self, data: bytes) -> None:
        fd = self._open()
        if self._torn:
            os.ftruncate(fd, self.size)
        # Whatever stops this half-way, an interrupt too, the next attempt begins by cutting off the half.
        self._torn = True
        try:
            write_all(fd, data)
            sync(fd)
        except OSError:
            with suppress(OSError):
                os.ftruncate(fd, self.size)
            raise
        self._torn = False
        self.size += len(data)

    def _open(self) -> int:
        if self._fd is not None and not self._is_there(self._fd):
            self._put_back(self._fd)
            self._let_go()
        if self._fd is None:
            make_folder(self._path.parent)
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE)
            make_private(self._fd)
            sync_folder(self._path.parent)
            if os.fstat(self._fd).st_size < self.size:
                self._lose()
        return self._fd

    def _put_back(self, fd: int) -> None:
        held = b""
        # Most file systems let those read a file who have it open, though its name is gone.
        with suppress(OSError):
            os.lseek(fd, 0, os.SEEK_SET)
            held = os.read(fd, self.size)
        if len(held) < self.size:
            self._lose()
            return
        replace(self._path, held)
        self._torn = False
        self.vanished, self._vanished_at = True, self._written

    def _lose(self) -> None:
        # What somebody put there instead is none of ours, and is cut off too.
        self.size, self._torn = 0, True
        self.vanished, self._vanished_at = True, self._written

    def _is_there(self, fd: int) -> bool:
        try:
            return os.path.samestat(os.fstat(fd), self._path.stat())
        except FileNotFoundError:
            return False

    def empty(self, upto: int) -> None:
        """Drop the first `upto` lines ever added, which a snapshot holds by now; later ones stay."""
        logs.info("marks folded", records=upto, bytes=self.size)
        with self._file:
            newer = self._written - upto
            if newer > 0:
                self._keep_last(newer)
            else:
                if self.size or self._torn:
                    fd = self._open()
                    os.ftruncate(fd, 0)
                    self.size, self._torn = 0, False
                    sync(fd)
                with self._memory:
                    del self._buffer[:-newer]
                    self._written = upto
            # What vanished after the snapshot was begun is in no file.
            if self._vanished_at <= upto:
                self.vanished = False

    def _keep_last(self, count: int) -> None:
        self._open()
        lines = self._path.read_bytes()[: self.size].splitlines(keepends=True)
        tail = b"".join(lines[-count:])
        self._let_go()
        try:
            replace(self._path, tail)
        finally:
            if holds(self._path, tail):
                self.size, self._torn = len(tail), False

    def _let_go(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def stop(self) -> None:
        """End the thread and close the file, whether or not everything was written."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        with self._file:
            self._let_go()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait()
            self._stop.wait(LAG)
            self._wake.clear()
            while not self._written_out():
                if self._stop.wait(RETRY):
                    return
            # A stop that came before the clearing must not be slept through.
            if not self._stop.is_set():
                self._on_written(self.size)

    def _written_out(self) -> bool:
        try:
            self.flush()
        except OSError as error:
            if not self._told:
                self._told = True
                logs.warning("marks not saved", error=errno.errorcode.get(error.errno or 0, "-"))
                self._tell(cannot_save(error))
            return False
        if self._told:
            self._told = False
            logs.info("marks saved again")
            self._tell(SAVED_AGAIN)
        return True

    def _tell(self, message: str) -> None:
        # The thread that keeps the marks safe must outlive a mistake in whoever listens.
        with suppress(Exception):
            self._on_trouble(message)


def cannot_save(error: OSError) -> str:
    """Say for people that the disk does not take their marks, and what helps."""
    why = error.strerror or str(error)
    helps = "free some space and they" if error.errno in _FULL else "saving is tried again each second, and they"
    return f"Your marks cannot be saved: {why}. They are kept in memory; {helps} will be written."


def not_renewed(path: Path, error: OSError) -> str:
    """Say for people that the journal could not be folded into the snapshot, and that nothing is lost by that."""
    why = error.strerror or str(error)
    return f"{path.name} could not be renewed: {why}. Your marks are safe in {journal_of(path).name} beside it."

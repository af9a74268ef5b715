"""One writer at a time: a lock that a dead process lets go of by itself."""

from __future__ import annotations

import errno
import os
import platform
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from reader.storage.files import PRIVATE, make_empty, make_folder, make_private, write_all

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMED: Final = 60
"""Seconds after which whoever made a `.held` file must have written its name into it."""

_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}


class Lock:
    """The right to write, held through a file; two locks on one file exclude each other, in one process too.

    A file system that cannot lock (some network ones) gets a second file instead, `.held`, that names the
    holder; it is taken over when that process is dead.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._fd: int | None = None
        self._held = _HeldFile(self._path.with_name(self._path.name + ".held"))
        self.denied = ""
        """Why nothing may be written in this folder whoever else is there; empty when it may."""

    def acquire(self) -> bool:
        """Take the lock if it is free, and tell whether it is ours now; never waits."""
        if self._fd is not None:
            return True
        self.denied = ""
        try:
            make_folder(self._path.parent)
            make_empty(self._path)
            fd = os.open(self._path, os.O_RDWR)
        except OSError as error:
            if error.errno not in _DENIED:
                raise
            self.denied = error.strerror or str(error)
            return False
        try:
            ours = self._take(fd)
        except BaseException:
            os.close(fd)
            raise
        if not ours:
            os.close(fd)
            return False
        self._fd = fd
        # The number only serves people; the lock holds without it, on a full disk for one.
        with suppress(OSError):
            os.ftruncate(fd, 0)
            write_all(fd, str(os.getpid()).encode())
        return True

    def _take(self, fd: int) -> bool:
        try:
            _lock(fd)
        except OSError as error:
            if error.errno in _HELD:
                return False
            return self._held.acquire()
        return True

    def holder(self) -> int | None:
        """Give the number of the process that holds the lock, None when it is free or not known."""
        if self._fd is not None:
            return os.getpid()
        try:
            fd = os.open(self._path, os.O_RDWR)
        except OSError:
            return None
        try:
            _lock(fd)
        except OSError as error:
            if error.errno not in _HELD:
                return self._held.holder()
            with suppress(OSError, ValueError):
                return int(os.read(fd, 20))
            return None
        else:
            return None
        finally:
            os.close(fd)

    def release(self) -> None:
        """Let go of the lock; does nothing when it is not ours."""
        if self._fd is not None:
            # The file stays: removing it would let two processes lock two files of one name.
            with suppress(OSError):
                os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = None
            self._held.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class _HeldFile:
    """The lock of file systems that cannot lock: a file that exists while the lock is held."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ours = False

    def acquire(self) -> bool:
        if self._made():
            return True
        if not self._is_left():
            return False
        # One at a time, so that of two who find the same dead holder only one takes over.
        taking = _HeldFile(self._path.with_name(f"{self._path.name}.taking"))
        try:
            if not taking._made():
                if taking._is_left():
                    taking._path.unlink()
                return False
            if not self._is_left():
                return False
            self._path.unlink()
            return self._made()
        except OSError:
            return False
        finally:
            taking.release()

    def _is_left(self) -> bool:
        """Tell whether a process that is dead left the file: that it names, or that had no time to write its name."""
        seen = self._content()
        if seen:
            return not _alive(seen)
        try:
            return time.time() - self._path.stat().st_mtime > _NAMED
        except OSError:
            return False

    def _made(self) -> bool:
        try:
            fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        except FileExistsError:
            return False
        try:
            make_private(fd)
            write_all(fd, f"{os.getpid()} {platform.node()}".encode())
        except BaseException:
            # It names nobody, so nobody could be found dead.
            os.close(fd)
            with suppress(OSError):
                self._path.unlink()
            raise
        os.close(fd)
        self._ours = True
        return True

    def _content(self) -> str | None:
        try:
            return self._path.read_text("utf-8", "replace")
        except OSError:
            return None

    def holder(self) -> int | None:
        seen = self._content() or ""
        number = seen.partition(" ")[0]
        return int(number) if number.isdecimal() and _alive(seen) else None

    def release(self) -> None:
        if self._ours:
            self._ours = False
            with suppress(OSError):
                self._path.unlink()


def _alive(content: str) -> bool:
    """Tell whether the process that a `.held` file names may still run."""
    number, _, host = content.partition(" ")
    if not number.isdecimal() or host != platform.node():
        # Who cannot be asked counts as alive.
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


_lock: Callable[[int], None]

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        # A byte far behind the content, so that others can read who holds it.
        os.lseek(fd, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(fd, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

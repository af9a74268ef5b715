"""Every call of a program that changes a file passes here: to be counted, refused, or taken for the last one."""

from __future__ import annotations

import builtins
import io
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = ("link", "symlink", "sendfile", "copy_file_range", "pwrite", "writev", "pwritev")
"""What nothing under test does; a call that came to be made would have to be understood here first."""


class Calls:
    """Stands between this process and the files under a folder, within a `with` block.

    Args:
        root: the folder; what is elsewhere is let through unseen.

    Attributes:
        count: how many calls came.
    """

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        self.count = 0
        self.real: dict[str, Callable[..., Any]] = {}
        self._fds: dict[int, str] = {}
        self._one = threading.RLock()
        self._patch = pytest.MonkeyPatch()

    def before(self, call: str, path: str) -> None:
        """Be told of a call before it is made; what is raised here is raised to the caller."""

    def taken(self, data: bytes) -> bytes:
        """Choose how much of what is to be written is taken."""
        return data

    def opened(self, fd: int, path: str, flags: int, *, new: bool) -> None:
        """Be told of a file or a folder that was opened."""

    def closed(self, fd: int) -> None:
        """Be told that it was closed."""

    def wrote(self, fd: int, offset: int, data: bytes) -> None:
        """Be told of bytes that were written."""

    def cut(self, path: str, size: int) -> None:
        """Be told that a file has another length."""

    def synced(self, path: str) -> None:
        """Be told that a file's bytes or a folder's names are on the disk."""

    def renamed(self, old: str, new: str) -> None:
        """Be told of another name."""

    def removed(self, path: str) -> None:
        """Be told that a name is gone."""

    def folder_made(self, path: str) -> None:
        """Be told of a new folder."""

    # -- the calls

    def __enter__(self) -> Self:
        for name in ("open", "close", "write", "fsync", "fdatasync", "ftruncate", "truncate", "replace", "rename"):
            self._stand_before(os, name)
        for name in ("unlink", "remove", "mkdir", "rmdir"):
            self._stand_before(os, name)
        for name in UNKNOWN:
            self._patch.setattr(os, name, self._never(name, getattr(os, name)))
        self.real["io"] = io.open
        self._patch.setattr(io, "open", self._io_open)
        self._patch.setattr(builtins, "open", self._io_open)
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()

    def _stand_before(self, module: Any, name: str) -> None:
        self.real[name] = getattr(module, name)
        self._patch.setattr(module, name, getattr(self, f"_{name}"))

    def _never(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if any(self._inside(one) for one in args if isinstance(one, str | bytes | os.PathLike | int)):
                raise AssertionError(f"the laboratory does not know os.{name}")
            return real(*args, **kwargs)

        return call

    def _inside(self, path: Any) -> str | None:
        """Give a path of ours in full, None for one of others."""
        if isinstance(path, int):
            return self._fds.get(path)
        found = str(Path(os.fsdecode(path)).absolute())
        return found if found == self.root or found.startswith(self.root + os.sep) else None

    def _come(self, call: str, path: str) -> None:
        self.count += 1
        self.before(call, path)

    def _open(self, path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        ours = self._inside(path)
        if ours is None:
            return self.real["open"](path, flags, mode, **more)
        with self._one:
            new = bool(flags & os.O_CREAT) and not os.path.lexists(ours)
            if new or flags & (os.O_TRUNC | os.O_WRONLY | os.O_RDWR):
                self._come("make" if new else "open", ours)
            fd = self.real["open"](path, flags, mode, **more)
            self._fds[fd] = ours
            self.opened(fd, ours, flags, new=new)
            return fd

    def _close(self, fd: int) -> None:
        with self._one:
            if self._fds.pop(fd, None) is not None:
                self.closed(fd)
            self.real["close"](fd)

    def _write(self, fd: int, data: Any) -> int:
        path = self._fds.get(fd)
        if path is None:
            return self.real["write"](fd, data)
        with self._one:
            self._come("write", path)
            taken = self.real["write"](fd, self.taken(bytes(data)))
            # At its end an appending file is where it has written to, wherever it was before.
            self.wrote(fd, os.lseek(fd, 0, os.SEEK_CUR) - taken, bytes(data[:taken]))
            return taken

    def _fsync(self, fd: int) -> None:
        self._make_safe("fsync", fd)

    def _fdatasync(self, fd: int) -> None:
        self._make_safe("fdatasync", fd)

    def _make_safe(self, call: str, fd: int) -> None:
        path = self._fds.get(fd)
        if path is None:
            self.real[call](fd)
            return
        with self._one:
            # Nobody pulls the plug on the machine itself.
            self._come("sync", path)
            self.synced(path)

    def _ftruncate(self, fd: int, size: int) -> None:
        self._cut("ftruncate", fd, size)

    def _truncate(self, path: Any, size: int) -> None:
        self._cut("truncate", path, size)

    def _cut(self, call: str, what: Any, size: int) -> None:
        path = self._inside(what)
        if path is None:
            self.real[call](what, size)
            return
        with self._one:
            self._come("cut", path)
            self.real[call](what, size)
            self.cut(path, size)

    def _replace(self, old: Any, new: Any, **more: Any) -> None:
        self._rename_as("replace", old, new, more)

    def _rename(self, old: Any, new: Any, **more: Any) -> None:
        self._rename_as("rename", old, new, more)

    def _rename_as(self, call: str, old: Any, new: Any, more: dict[str, Any]) -> None:
        first, second = self._inside(old), self._inside(new)
        if first is None or second is None:
            assert first is second, "a file moves in or out"
            self.real[call](old, new, **more)
            return
        with self._one:
            self._come("rename", first)
            self.real[call](old, new, **more)
            for fd, path in self._fds.items():
                if path == first:
                    self._fds[fd] = second
            self.renamed(first, second)

    def _unlink(self, path: Any, **more: Any) -> None:
        self._remove_as("unlink", path, more)

    def _remove(self, path: Any, **more: Any) -> None:
        self._remove_as("remove", path, more)

    def _rmdir(self, path: Any, **more: Any) -> None:
        self._remove_as("rmdir", path, more)

    def _remove_as(self, call: str, path: Any, more: dict[str, Any]) -> None:
        ours = self._inside(path)
        if ours is None:
            self.real[call](path, **more)
            return
        with self._one:
            if os.path.lexists(ours):
                self._come("unlink", ours)
            self.real[call](path, **more)
            self.removed(ours)

    def _mkdir(self, path: Any, mode: int = 0o777, **more: Any) -> None:
        ours = self._inside(path)
        if ours is None:
            self.real["mkdir"](path, mode, **more)
            return
        with self._one:
            if not os.path.lexists(ours):
                self._come("mkdir", ours)
            self.real["mkdir"](path, mode, **more)
            self.folder_made(ours)

    def _io_open(self, file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        ours = None if isinstance(file, int) else self._inside(file)
        if ours is None or not set(mode) & set("wax+"):
            return self.real["io"](file, mode, *args, **more)
        assert "b" in mode, "the laboratory knows no text that is written through io.open"
        flags = os.O_RDWR if "+" in mode else os.O_WRONLY
        flags |= {"w": os.O_CREAT | os.O_TRUNC, "a": os.O_CREAT | os.O_APPEND, "x": os.O_CREAT | os.O_EXCL}.get(
            mode[0], 0
        )
        raw = _Raw(os.open(file, flags, 0o666), readable="+" in mode)
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)


class _Raw(io.RawIOBase):
    """A file opened through `io.open`, of which every call is one of `os`."""

    def __init__(self, fd: int, *, readable: bool) -> None:
        self._fd, self._readable = fd, readable

    def fileno(self) -> int:
        return self._fd

    def readable(self) -> bool:
        return self._readable

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = os.read(self._fd, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data: Any) -> int:
        return os.write(self._fd, bytes(data))

    def seek(self, offset: int, whence: int = 0) -> int:
        return os.lseek(self._fd, offset, whence)

    def truncate(self, size: int | None = None) -> int:
        size = os.lseek(self._fd, 0, os.SEEK_CUR) if size is None else size
        os.ftruncate(self._fd, size)
        return size

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self._fd)

"""Writing files so that they are either whole or not there at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = 0o600
_FOLDER = 0o700


def make_private(fd: int) -> None:
    """Let nobody but its owner read or write a file, whatever the umask says; some file systems know no owners."""
    if os.name == "nt":
        return
    with suppress(OSError):
        os.fchmod(fd, PRIVATE)


def make_empty(path: Path) -> None:
    """Make a file for its owner alone, unless it is there."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    except FileExistsError:
        # It is not opened: closing it again would take the locks away that this process has on it.
        return
    try:
        make_private(fd)
    finally:
        os.close(fd)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however few the system takes at a time."""
    left = memoryview(data)
    while left:
        taken = os.write(fd, left)
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left = left[taken:]


def sync(fd: int) -> None:
    """Return when a file's bytes and its length are on the disk."""
    # macOS and Windows have no fdatasync.
    getattr(os, "fdatasync", os.fsync)(fd)


def sync_folder(folder: Path) -> None:
    """Return when a folder's names are on the disk, so that a new or renamed file is found after a power cut."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path) -> None:
    """Return when a folder is there, and its name on the disk; what is missing of its parents is made too."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=_FOLDER, exist_ok=True)
        # A umask may have taken away what its owner needs.
        with suppress(OSError):
            one.chmod(_FOLDER)
        # A folder that may not be looked into can be made in all the same.
        with suppress(PermissionError):
            sync_folder(one.parent)


def replace(path: Path, data: bytes, beside: Path | None = None) -> None:
    """Put a file in place whole: written beside, synced, renamed over the old one, the folder synced.

    Args:
        path: the file to be there afterwards, readable by its owner only.
        data: all of its bytes.
        beside: where to write first, in the same folder; one writer at a time, so the name is fixed
            and what a crash leaves behind is overwritten by the next.
    """
    make_folder(path.parent)
    first = beside or path.with_name(path.name + ".tmp")
    try:
        fd = os.open(first, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        try:
            make_private(fd)
            write_all(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)
        first.replace(path)
    except OSError:
        # On a full disk the half-written file would take the room that the journal needs.
        with suppress(OSError):
            first.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a file holds this, as it may though `replace` failed: perhaps only the folder was not synced."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def read(path: Path) -> bytes | None:
    """Give a file's bytes, None when there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

"""Files written aside and put in their place when they are whole; what stops half-way leaves nothing."""

from __future__ import annotations

import filecmp
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class ExportError(Exception):
    """An export cannot be put where it is to be; the message says why."""


class Aside:
    """A file on its way.

    Args:
        file: to be written to.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.changed = False
        """Afterwards: whether what is there now is not what was there before."""


@contextmanager
def aside(path: Path, *, replace: bool) -> Iterator[Aside]:
    """Write a file that is put in place when the block ends well.

    Args:
        path: where it is to be; folders that are missing are made.
        replace: whether another file that is there may go; else it stays, and nothing is written.

    Raises:
        ExportError: something is there that is to stay.
        OSError: the disk does not take it.
    """
    path = path.resolve()
    refuse(path, replace=replace)
    path.parent.mkdir(parents=True, exist_ok=True)
    first = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        with first.open("xb") as file:
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
            with suppress(OSError):
                first.chmod(mode)
            made = Aside(file)
            yield made
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and filecmp.cmp(first, path, shallow=False):
            return
        refuse(path, replace=replace)
        first.replace(path)
        made.changed = True
    finally:
        with suppress(OSError):
            first.unlink(missing_ok=True)


def refuse(path: Path, *, replace: bool) -> None:
    """Refuse to write where something is that is to stay.

    Raises:
        ExportError: it is so.
    """
    if not os.path.lexists(path):
        return
    if not path.is_file():
        raise ExportError(f"{path}: something else than a file is there, and was left as it is")
    if not replace:
        raise ExportError(f"{path}: there is a file already, which was left as it is")

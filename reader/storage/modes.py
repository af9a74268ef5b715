"""Who may read what is kept: its owner, and nobody else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reader.storage.files import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER: Final = 0o700
"""The mode of a folder; that of a file is `PRIVATE`."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def open_to_others(folder: Path) -> Iterator[Path]:
    """Give the folder, and what of reader's is in it, as far as others than its owner may look into it or change it.

    Args:
        folder: that of the marks and the library.
    """
    # Windows has other ways to say who may read.
    for path in () if os.name == "nt" else (folder, *_ours(folder)):
        with suppress(FileNotFoundError):
            if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
                yield path


def _ours(folder: Path) -> Iterator[Path]:
    for name in ("marks.json*", "library.db*", "reader.lock*", "first-picture*", "backups", "backups/marks*"):
        yield from sorted(folder.glob(name))


def close(path: Path) -> None:
    """Let nobody but its owner look into a file or a folder.

    Raises:
        OSError: it is another's.
    """
    path.chmod(FOLDER if path.is_dir() else PRIVATE)

"""Which files of a folder can be read: a listing, nothing is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES: Final = 5000
MAX_LOOKED_AT: Final = 100_000
MAX_DEPTH: Final = 20

ENDINGS: Final = frozenset(
    {
        *(".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml", ".epub", ".pdf"),
        *(".xml", ".rss", ".atom", ".rdf", ".opml", ".jsonfeed", ".gz"),
    }
)
"""Of these a file in a folder is opened; what it is, its bytes decide then. A file named itself needs none."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder in the order of their names; `more` tells that some were left out for their number."""

    files: tuple[Path, ...]
    more: bool = False


def listed(folder: Path) -> Listing:
    """List the readable files of a folder and of the folders in it, hidden ones left out, no link followed.

    Args:
        folder: the folder.

    Raises:
        OSError: the folder cannot be read.
    """
    next(folder.iterdir(), None)
    files: list[Path] = []
    for looked_at, path in enumerate(_walked(folder), 1):
        if len(files) >= MAX_FILES or looked_at > MAX_LOOKED_AT:
            return Listing(tuple(files), more=True)
        if path.suffix.lower() in ENDINGS:
            files.append(path)
    return Listing(tuple(files))


def _walked(folder: Path) -> Iterator[Path]:
    """Give all plain files, a folder's own before those of the folders in it."""
    top = len(folder.parts)
    for place, folders, names in os.walk(folder):
        here = Path(place)
        deep = len(here.parts) - top >= MAX_DEPTH
        folders[:] = [] if deep else sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = here / name
            if not name.startswith(".") and path.is_file():
                yield path

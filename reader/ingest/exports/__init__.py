"""Exports of other programs, recognised by what is in them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from reader.ingest.errors import IngestError
from reader.ingest.exports.telling import HEAD as HEAD
from reader.ingest.exports.telling import is_database as is_database
from reader.ingest.exports.telling import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ingest.exports.telling import Program
    from reader.ingest.found import Found

MAX_BYTES: Final = 100 * 1024 * 1024
"""The most that is taken of one file: the texts of ten thousand articles."""

_READERS: Final[dict[Program, str]] = {
    "pocket": "later:pocket",
    "pocket-html": "links:pocket",
    "instapaper": "later:instapaper",
    "readwise": "readwise:read",
    "reader": "later:reader",
    "wallabag": "wallabag:read",
    "wallabag-csv": "wallabag:table",
    "bookmarks": "links:bookmarks",
    "urls": "newsboat:urls",
}


def limit(head: bytes) -> int:
    """Tell how many bytes of an export that begins so are taken: of a database its beginning; 0 for all else."""
    if is_database(head):
        return HEAD
    return MAX_BYTES if program(head[:HEAD]) is not None else 0


def read(data: bytes, name: str = "") -> Found | None:
    """Read an export; None when it is none.

    Args:
        data: the bytes of a file.
        name: what it is called.

    Raises:
        IngestError: it is one, and cannot be read; the message tells the place.
    """
    if data.startswith(b"PK\x03\x04"):
        from reader.ingest.exports import boxes

        return boxes.zipped(data)
    if is_database(data):
        raise IngestError("it is a database: name the file itself (newsboat's cache.db), it is read where it lies")
    kind = program(data, name)
    if kind is None:
        return None
    module, _, function = _READERS[kind].partition(":")
    reader: Callable[[bytes], Found] = getattr(import_module(f"reader.ingest.exports.{module}"), function)
    return reader(data)

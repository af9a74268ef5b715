"""Folders of this computer that are looked through for what is new, like a feed."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.model.identity import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.workshop import Workshop
    from reader.model.article import Entry
    from reader.model.source import Source

READABLE: Final = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".pdf", ".gz", ".xml", ".rss", ".atom"}
)
"""Endings of the files that are looked at; what they are is told by what is in them."""

MOST: Final = 5000
"""Files of one folder, at the most."""


@dataclass(frozen=True, slots=True)
class _Read:
    entries: tuple[Entry, ...] = ()
    problem: str = ""


def files(folder: Path) -> Iterator[Path]:
    """Give the readable files of a folder and of those in it, in order of name; what is hidden is passed over."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(path, name)
            if not name.startswith(".") and file.suffix.lower() in READABLE and file.is_file():
                yield file


async def look_through(source: Source, since: int | None, shop: Workshop, largest: int) -> Found:
    """Read the files of a folder that came or changed.

    Args:
        source: the folder.
        since: when it was looked through before, in seconds since 1970; None for never.
        shop: where the files are read.
        largest: the most bytes that a file may have.

    Returns:
        The articles in them; `problem` names the files that cannot be read.

    Raises:
        IngestError: there is no such folder any more.
    """
    folder = Path(source.location)
    changed, left_out = await asyncio.to_thread(_changed, folder, since)
    read = [await _read(folder, file, shop, largest) for file in changed]
    problems = [one.problem for one in read if one.problem]
    if left_out:
        problems.append(f"only {MOST:,} files are looked at: divide it into several folders")
    more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
    entries = tuple(entry for one in read for entry in one.entries)
    return Found("listing", source.title, entries, problem=problems[0] + more if problems else "", total=len(entries))


def _changed(folder: Path, since: int | None) -> tuple[list[Path], bool]:
    if not folder.is_dir():
        raise IngestError(f"{folder} is no folder any more: put it back, or remove this source")
    changed: list[Path] = []
    for number, file in enumerate(files(folder)):
        if number == MOST:
            return changed, True
        if since is None or _touched(file) >= since:
            changed.append(file)
    return changed, False


def _touched(file: Path) -> int:
    """Tell when a file changed, or was put there: a copy may carry the date of what it is a copy of."""
    try:
        found = file.stat()
    except OSError:
        return 0
    return int(max(found.st_mtime, found.st_ctime))


async def _read(folder: Path, file: Path, shop: Workshop, largest: int) -> _Read:
    name = str(file.relative_to(folder))
    try:
        data = await asyncio.to_thread(_bytes, file, largest)
        found: Found = await shop.run("reader.ingest.detect:read", data, file.name)
    except IngestError as error:
        return _Read(problem=f"{name}: {error}")
    except OSError as error:
        return _Read(problem=f"{name}: {error.strerror or error}")
    if found.kind == "subscriptions":
        return _Read()
    return _Read(tuple(_named(entry, name, alone=len(found.entries) == 1) for entry in found.entries))


def _bytes(file: Path, largest: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(largest + 1)


def _named(entry: Entry, name: str, *, alone: bool) -> Entry:
    """Let an article be known by its file, so that it is the same when its text or title changes."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return replace(entry, guid=name if alone else f"{name}#{entry.guid or fingerprint(entry.title)}")

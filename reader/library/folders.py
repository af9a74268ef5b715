"""Folders of this computer that are looked through for what is new, like a feed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.ingest import detect
from reader.ingest import folder as files
from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.library.recognising import utf8
from reader.model.identity import fingerprint
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.ingest.folder import Listing
    from reader.ingest.workshop import Workshop
    from reader.model.article import Entry
    from reader.model.source import Source
    from reader.storage.cache import Cache

_KEPT: Final = "unreadable "
_PATIENCE: Final = 10_000
"""Milliseconds."""

TOLD: Final = 500
"""Files that cannot be read, at the most, of which it is kept why."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a folder has: articles, and the files that cannot be read, each with the reason."""

    found: Found
    unreadable: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    entries: tuple[Entry, ...] = ()
    problem: str = ""


def unreadable(cache: Cache, source: str) -> dict[str, str]:
    """Give the files of a folder that could not be read when they were looked at last, each with the reason."""
    return dict(json.loads(cache.kept(f"{_KEPT}{source}") or b"{}"))


def keep_unreadable(cache: Cache, source: str, files: Mapping[str, str]) -> None:
    """Keep which files of a folder could not be read: they are not looked at again before they change.

    Raises:
        LibraryError: the file cannot be written.
    """
    told = json.dumps(dict(islice(files.items(), TOLD))).encode() if files else b""
    cache.keep(f"{_KEPT}{source}", told, patience=_PATIENCE)


async def look_through(source: Source, since: int | None, shop: Workshop, before: Mapping[str, str]) -> Looked:
    """Read the files of a folder that came or changed.

    Args:
        source: the folder.
        since: when it was looked through before, in seconds since 1970; None for never.
        shop: where the files are read.
        before: the files that could not be read then, each with the reason.

    Returns:
        The articles in them; `problem` names the files that cannot be read.

    Raises:
        IngestError: there is no such folder any more, or it cannot be looked into.
    """
    folder = Path(source.location)
    listed = await asyncio.to_thread(_listed, folder)
    entries: list[Entry] = []
    wrong: dict[str, str] = {}
    for file in listed.files:
        name = utf8(str(file.relative_to(folder)))
        if since is not None and _touched(file) < since:
            wrong |= {name: before[name]} if name in before else {}
            continue
        read = await _read(name, file, shop)
        entries += read.entries
        wrong |= {name: read.problem} if read.problem else {}
    found = Found("listing", source.title, tuple(entries), problem=_told(wrong, listed), total=len(entries))
    return Looked(found, wrong)


def _listed(folder: Path) -> Listing:
    if not folder.is_dir():
        raise IngestError(f"{folder} is no folder any more: put it back, or remove this source")
    try:
        return files.listed(folder)
    except OSError as error:
        raise IngestError(f"{folder} cannot be looked into: {error.strerror or error}") from error


def _told(wrong: Mapping[str, str], listed: Listing) -> str:
    problems = [f"{name}: {why}" for name, why in wrong.items()]
    if listed.more:
        problems.append(f"only {len(listed.files):,} files are looked at: divide it into several folders")
    more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
    return problems[0] + more if problems else ""


def _touched(file: Path) -> int:
    """Tell when a file changed, or was put there: a copy may carry the date of what it is a copy of."""
    try:
        found = file.stat()
    except OSError:
        return 0
    return int(max(found.st_mtime, found.st_ctime))


async def _read(name: str, file: Path, shop: Workshop) -> _Read:
    try:
        data = await asyncio.to_thread(_bytes, file)
        found: Found = await shop.run("reader.ingest.detect:read", data, file.name)
    except IngestError as error:
        return _Read(problem=str(error))
    except OSError as error:
        return _Read(problem=error.strerror or str(error))
    if found.kind == "subscriptions":
        return _Read()
    return _Read(tuple(_named(entry, name, alone=len(found.entries) == 1) for entry in found.entries))


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return detect.taken(opened)


def _named(entry: Entry, name: str, *, alone: bool) -> Entry:
    """Let an article be known by its file, so that it is the same when its text or title changes."""
    return replace(entry, guid=name if alone else f"{name}#{entry.guid or fingerprint(entry.title)}")

"""Opening the marks whatever state they are in: the snapshot, or a backup of it, and the journal upon it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reader import logs
from reader.storage import backups, snapshot
from reader.storage.errors import FormatError, MarksError
from reader.storage.files import holds, read, replace
from reader.storage.records import Tables, apply, decode
from reader.storage.stamp import journal_of, state_of

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 1
"""The number of the file's layout; a file with a greater one is left to a later version of reader."""

_ATTEMPTS = 10


@dataclass
class Opened:
    """The marks as found, what has to be told to people, and how much of the journal is good.

    `journal_torn` tells that bytes behind `journal_size` could not be cut off yet.
    """

    tables: Tables
    journal_size: int = 0
    journal_torn: bool = False
    notices: list[str] = field(default_factory=list)


def parse(data: bytes) -> Tables:
    """Read a snapshot.

    Raises:
        ValueError: it is not JSON, or not in the layout of TinyDB.
        FormatError: a later version of reader wrote it.
    """
    tables = snapshot.unpacked(data)
    found = tables.get("meta", {}).get("1", {}).get("format")
    if isinstance(found, int) and found > FORMAT:
        raise FormatError(
            f"The marks were written by a later version of reader (format {found}; this one knows {FORMAT}). "
            "They were left as they are."
        )
    return tables


def load(path: Path, *, read_only: bool, now: str) -> Opened:
    """Open the marks, and mend what is broken on the disk unless it is for reading only.

    Args:
        path: the snapshot; the journal and the backups are beside it.
        read_only: whether nothing may be created, cut, moved or written.
        now: the present moment, as it goes into the names of what is put aside.

    Raises:
        MarksError: a file cannot be read, or a later version of reader wrote it.
    """
    try:
        snapshot, journal = read_both(path)
        opened = _from_snapshot(path, snapshot, read_only=read_only, now=now)
    except OSError as error:
        raise MarksError(f"The marks cannot be opened: {error.strerror}: {error.filename}") from error
    opened.tables.setdefault("meta", {}).setdefault("1", {"format": FORMAT})
    if journal:
        _replay(path, journal, opened, read_only=read_only, now=now)
    return opened


def read_both(path: Path) -> tuple[bytes | None, bytes]:
    """Read a snapshot, None where there is none, and the journal that belongs to it.

    Raises:
        OSError: one of them is there and cannot be read.
    """
    # A writer may renew the snapshot and empty the journal between the two readings.
    for _ in range(_ATTEMPTS):
        before = state_of(path)
        snapshot, journal = read(path), read(journal_of(path)) or b""
        if state_of(path) == before:
            break
    return snapshot, journal


def _from_snapshot(path: Path, data: bytes | None, *, read_only: bool, now: str) -> Opened:
    if data:
        try:
            return Opened(parse(data))
        except FormatError as error:
            raise FormatError(f"{error} {_way_out(path)}") from error
        except ValueError as error:
            what = f"{path.name} is damaged ({error})"
            if not read_only:
                aside = _free(path.with_name(f"{path.name}.broken-{now}"))
                path.rename(aside)
                what += f" and was put aside as {aside.name}"
    else:
        what = f"{path.name} is {'missing' if data is None else 'empty'}"
    found = backups.newest_good(path, _parse_backup)
    state = "damaged" if data else "missing" if data is None else "empty"
    if data or found:
        logs.warning(f"marks {state}", backup=found[0].name if found else "-")
    if found is None:
        return Opened({}, notices=[f"{what}. There is no good backup, so your marks start empty."] if data else [])
    backup, tables = found
    if not read_only:
        # If the disk is too full for it, the next opening finds the backup again.
        with suppress(OSError):
            replace(path, snapshot.packed(tables))
    return Opened(tables, notices=[f"{what}. The newest good backup was opened instead: {backup.name}."])


def _way_out(path: Path) -> str:
    """Say what helps where the number of the layout is too great: it may be true, or be damaged itself."""
    way = "A newer reader opens them."
    found = backups.newest_good(path, _parse_backup)
    if found is not None:
        way += f" If there never was one, {path.name} is damaged: move it away, and {found[0].name} is opened instead."
    return way


def _parse_backup(data: bytes) -> Tables:
    try:
        return parse(data)
    except MarksError as error:
        raise ValueError(str(error)) from error


def _free(path: Path) -> Path:
    """Give the path, or one with a number behind it when something is there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


@dataclass
class Split:
    """A journal's lines told apart: the good ones, where they end, how many are bad, and if the last is torn."""

    good: bytes
    end: int
    damaged: int
    torn: bool


def _replay(path: Path, journal: bytes, opened: Opened, *, read_only: bool, now: str) -> None:
    split = replay(opened.tables, journal)
    opened.journal_size = len(split.good)
    if len(split.good) == len(journal):
        return
    file = journal_of(path)
    logs.warning("journal cut", damaged=split.damaged, torn=split.torn, bytes=len(journal) - len(split.good))
    if split.damaged:
        notice = f"{counted(split.damaged)} in {file.name} could not be read and left out; all others were taken."
        if not read_only:
            aside = _free(file.with_name(f"{file.name}.broken-{now}"))
            with suppress(OSError):
                replace(aside, journal)
                notice += f" The damaged file was kept as {aside.name}."
        opened.notices.append(notice)
    if split.torn and not read_only:
        opened.notices.append(
            "The last mark had not been written whole when reader was stopped, and was left out; "
            "everything before it is here."
        )
    if not read_only:
        _renew(file, split, opened)


def counted(records: int) -> str:
    """Say how many records."""
    return "1 record" if records == 1 else f"{records} records"


def _renew(file: Path, split: Split, opened: Opened) -> None:
    try:
        if split.damaged:
            replace(file, split.good)
        else:
            with file.open("r+b") as stream:
                stream.truncate(len(split.good))
    except OSError:
        if not holds(file, split.good):
            # The damage stays for now; what is torn has to go before anything is appended to it.
            opened.journal_size, opened.journal_torn = split.end, True


def replay(tables: Tables, journal: bytes) -> Split:
    """Apply every good line of a journal, in order.

    A bad stretch at the very end is a write that was cut short by a crash: torn. Anywhere else, or
    of more than one line, it is damage.
    """
    good: list[bytes] = []
    bad = bad_since_good = 0
    start = last = 0
    while start < len(journal):
        end = journal.find(b"\n", start) + 1 or len(journal) + 1
        ops = decode(journal[start : end - 1]) if end <= len(journal) else None
        if ops is None:
            bad_since_good += 1
        else:
            for op in ops:
                apply(tables, op)
            good.append(journal[start:end])
            bad, bad_since_good, last = bad + bad_since_good, 0, end
        start = end
    torn = bad_since_good == 1
    return Split(b"".join(good), last, bad + (0 if torn else bad_since_good), torn)

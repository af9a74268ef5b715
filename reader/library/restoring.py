"""Backups of the marks: made, told of, compared with what is kept, and restored as one action."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reader.model.source import REMOVED, Care
from reader.storage import backups, mirror
from reader.storage.errors import MarksError, OvertakenError
from reader.storage.files import replace as replace_file
from reader.storage.flagging import flags_of
from reader.storage.opening import counted, parse, read_both, replay
from reader.storage.shapes import ARTICLES, HIGHLIGHTS, NOTES, SOURCES, as_text
from reader.storage.stamp import journal_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from reader.library import Library
    from reader.storage.cache import Cache
    from reader.storage.comparing import Comparison
    from reader.storage.marks import Marks
    from reader.storage.records import Doc, Tables

_ATTEMPTS: Final = 10
_DIGITS: Final = 14
_LOCK: Final = "reader.lock"


class BackupError(Exception):
    """A backup is not there or no good; the message says which and why."""


class LaterError(BackupError):
    """A backup is of a later version of reader, which can read it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of the marks: when it was made in UTC, where it is, its bytes, and what is in it.

    `problem` says why it cannot be read; the counts are 0 then.
    """

    made: datetime
    path: Path
    size: int
    articles: int = 0
    notes: int = 0
    highlights: int = 0
    sources: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What restoring a backup would change; `passed_over` are newer ones, and `damage` is a part, not to be read."""

    name: str
    comparison: Comparison
    tables: Tables
    passed_over: tuple[str, ...] = ()
    damage: str = ""


def all_of(marks: Path) -> Iterator[Backup]:
    """Give the backups of a marks file, newest first; each is read to tell what is in it."""
    for made, path in backups.all_of(marks.resolve()):
        with suppress(FileNotFoundError):
            size = path.stat().st_size
            try:
                yield Backup(made, path, size, *_counts(read(path)[0]))
            except BackupError as error:
                yield Backup(made, path, size, problem=str(error))


def _counts(tables: Tables) -> tuple[int, int, int, int]:
    docs = tables.get(ARTICLES, {}).values()
    # Very many articles share few documents.
    kinds = {id(doc): doc for doc in docs}
    marked = sum(count for number, count in Counter(map(id, docs)).items() if flags_of(kinds[number]))
    return (marked, *(len(tables.get(name, {})) for name in (NOTES, HIGHLIGHTS, SOURCES)))  # type: ignore[return-value]


def read(path: Path) -> tuple[Tables, str]:
    """Read a backup, or any file of marks, with the journal that lies beside it if there is one.

    Returns:
        What it holds, and in words what cannot be read in its journal; that is empty where all can.

    Raises:
        BackupError: it cannot be read.
        LaterError: a later version of reader wrote it.
        FileNotFoundError: it is not there.
    """
    try:
        data, journal = read_both(path)
        if data is None:
            raise FileNotFoundError(path)
        tables = parse(data)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise BackupError(error.strerror or str(error)) from error
    except ValueError as error:
        raise BackupError(f"it is no good: {error}") from error
    except MarksError as error:
        raise LaterError(str(error)) from error
    split = replay(tables, journal)
    damage = f"{counted(split.damaged + split.torn)} in {journal_of(path).name} cannot be read and would be left out"
    return tables, damage if split.damaged or split.torn else ""


def make(marks: Path, to: Path | None = None) -> tuple[Backup, bool]:
    """Make a backup, while another process writes too: the snapshot and the journal are read together.

    Args:
        marks: the marks file.
        to: a file, which may be an earlier backup, or a folder; else the folder of backups, where the oldest
            go by themselves.

    Returns:
        The backup, read back, and whether it is a new one: where nothing changed since the newest, that will do.

    Raises:
        BackupError: there is nothing to back up, or it cannot be put there.
        MarksError: the marks cannot be read.
        OSError: the disk does not take it.
    """
    for _ in range(_ATTEMPTS):
        with suppress(OvertakenError):
            return _made(marks, to)
    raise OvertakenError


def _made(marks: Path, to: Path | None) -> tuple[Backup, bool]:
    from reader.storage.marks import Marks

    store, new = Marks(marks, read_only=True), True
    try:
        if store.notices:
            raise BackupError(f"{' '.join(store.notices)} `reader doctor --repair` mends that; no backup was made.")
        if not (marks.exists() or journal_of(marks.resolve()).exists()):
            raise BackupError("there is nothing to back up yet: the first mark makes the file")
        made = backups.utc_now()
        if to is None:
            path, new = store.back_up()
            made = next(moment for moment, file in backups.all_of(marks.resolve()) if file == path)
        else:
            path = _target(marks, to, made)
            replace_file(path, store.packed(), beside=path.with_name(f".{path.name}.{os.getpid()}.tmp"))
        return Backup(made, path, path.stat().st_size, *_counts(read(path)[0])), new
    finally:
        store.abandon()


def _target(marks: Path, to: Path, now: datetime) -> Path:
    path = (to / f"{marks.stem}-{backups.dated(now)}{marks.suffix}" if to.is_dir() else to).resolve()
    real = marks.resolve()
    if path in {real, journal_of(real)}:
        raise BackupError(f"{to}: that is what is to be backed up")
    if not path.parent.is_dir():
        raise BackupError(f"{path.parent}: there is no such folder")
    if path.parent == backups.folder_of(real).resolve():
        raise BackupError(f"{to}: reader keeps its own copies there, of which the oldest go; leave --to out for one")
    if journal_of(path).exists():
        # Whoever reads the copy would take what is in there for a part of it.
        raise BackupError(f"{to}: {journal_of(path).name} beside it belongs to other marks; nothing was copied")
    if path.exists():
        if not _is_copy(path):
            raise BackupError(f"{to}: something else is there, and was left as it is")
        for beside in (path.with_name(_LOCK), *(file for _, file in backups.all_of(path)[:1])):
            if beside.exists():
                raise BackupError(f"{to}: these are the marks of a library, as {beside.name} beside them shows")
    return path


def _is_copy(path: Path) -> bool:
    """Tell whether a file is a copy of marks: what else TinyDB may have written has no number of a layout."""
    try:
        return path.is_file() and "format" in read(path)[0].get("meta", {}).get("1", {})
    except (BackupError, FileNotFoundError):
        return False


def planned(library: Library, asked: str = "") -> Plan:
    """Compare what is kept with a backup.

    Args:
        library: the library.
        asked: a file, or the beginning of a time as it is listed; else the newest is taken that differs.

    Raises:
        BackupError: it is not there, cannot be read, is of a later version; or none differs.
    """
    marks = library.places.marks.resolve()
    if asked:
        name, path = _found(marks, asked)
        try:
            tables, damage = read(path)
        except BackupError as error:
            raise BackupError(f"{name}: {error}") from error
        return Plan(name, library.marks.compare(tables), tables, damage=damage)
    passed_over = []
    for made, path in backups.all_of(marks):
        try:
            tables, damage = read(path)
        except (BackupError, FileNotFoundError) as error:
            passed_over.append(f"{path.name}: {error}")
            continue
        comparison = library.marks.compare(tables)
        if comparison:
            return Plan(said(made), comparison, tables, tuple(passed_over), damage)
    raise BackupError("; ".join((*passed_over, "there is no backup that differs from what is kept")))


def _found(marks: Path, asked: str) -> tuple[str, Path]:
    """Find a backup by its time, or a file."""
    digits = "".join(char for char in asked if char.isdecimal())
    fitting = [
        (made, path)
        for made, path in backups.all_of(marks)
        if path.name == asked or (_is_time(asked) and made.strftime("%Y%m%d%H%M%S").startswith(digits))
    ]
    if len(fitting) > 1:
        times = ", ".join(f"{made:%Y-%m-%d %H:%M:%S}" for made, _ in fitting)
        raise BackupError(f"{asked}: {len(fitting)} backups are of that time: {times}")
    if fitting:
        return said(fitting[0][0]), fitting[0][1]
    from pathlib import Path

    path = Path(asked).expanduser()
    if not path.is_file():
        raise BackupError(f"{asked}: there is no such file, and no backup of that time: `reader backup --list`")
    return path.name, path


def _is_time(asked: str) -> bool:
    bare = asked.removesuffix("UTC").removesuffix("Z").strip()
    digits = sum(char.isdecimal() for char in bare)
    return 4 <= digits <= _DIGITS and all(char.isdecimal() or char in "-: T" for char in bare)


def said(moment: datetime) -> str:
    """Say when a backup was made."""
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


def titles(library: Library, plan: Plan, some: list[int | str]) -> list[str]:
    """Give the titles of some of what would change: of articles by their ids, names as they are."""
    return [one if isinstance(one, str) else _title(library, plan, one) for one in some]


def _title(library: Library, plan: Plan, article: int) -> str:
    known = library.marks.named(article)[0]
    if not known:
        doc: Doc = plan.tables.get(ARTICLES, {}).get(str(article), {})
        known = as_text(doc.get("title")) or ""
    if not known and (key := library.cache.key(article)) is not None:
        known = library.cache.rows((key,))[0].title
    return known or f"article {article}"


def restore(library: Library, plan: Plan) -> Path:
    """Restore a backup as one action, after a backup was made of what is kept now; gives that one.

    Raises:
        OSError: there is no room for the backup; nothing was changed.
        LibraryError: library.db could not follow; the marks are restored.
    """
    kept, _ = library.marks.back_up()
    library.notebook.restore(plan.comparison, f"restored the backup of {plan.name}")
    return kept


def agree(marks: Marks, cache: Cache) -> None:
    """Let library.db know the sources that the marks know, after these came or went at once.

    Raises:
        LibraryError: the file cannot be written.
    """
    marks.unite_sources()
    kept = {source.id: source for source in marks.sources()}
    for here, count in cache.sources():
        source = kept.get(here.id)
        if source is None and mirror.is_listed(here):
            # As where the user removed it: what is marked of it is still here under its name.
            mirror.put(cache, replace(here, kind=REMOVED))
            if count:
                marks.put_source(replace(here, kind=REMOVED, care=Care()))
        elif source is not None and replace(source, care=Care()) != here:
            mirror.put(cache, source)

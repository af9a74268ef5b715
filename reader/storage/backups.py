"""Copies of the marks beside the marks: made, thinned out with age, and found again when they are needed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from reader import logs
from reader.storage.files import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

T = TypeVar("T")

NEWEST: Final = 3
DAYS: Final = 7
WEEKS: Final = 4

_FORM = "%Y%m%d-%H%M%S"


def utc_now() -> datetime:
    """Give the time of day in UTC, which no change of clocks repeats."""
    return datetime.now(UTC)


def dated(moment: datetime) -> str:
    """Give a moment as it stands in file names: YYYYMMDD-HHMMSS."""
    return moment.strftime(_FORM)


def folder_of(path: Path) -> Path:
    """Give the folder that holds a marks file's backups."""
    return path.parent / "backups"


def all_of(path: Path) -> list[tuple[datetime, Path]]:
    """Give a marks file's backups, newest first; files of other names are not ours and not told of."""
    ours = re.compile(re.escape(path.stem) + r"-(\d{8}-\d{6})" + re.escape(path.suffix))
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for file in folder_of(path).iterdir():
            named = ours.fullmatch(file.name)
            if named and file.is_file():
                with suppress(ValueError):
                    found.append((datetime.strptime(named[1], _FORM).replace(tzinfo=UTC), file))
    return sorted(found, reverse=True)


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Choose which backups stay: the newest few, and the newest of each late day and week that has one.

    Days and weeks are counted among those that have a backup, so a reader who was away for a month
    comes back to as many as one who was not.
    """
    newest_first = sorted(set(moments), reverse=True)
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for moment in newest_first:
        days.setdefault(moment.date(), moment)
        weeks.setdefault(moment.isocalendar()[:2], moment)
    return {*newest_first[:NEWEST], *list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def save(path: Path, data: bytes, moment: datetime) -> Path:
    """Make a backup of a marks file's bytes and remove those that have had their time."""
    folder = folder_of(path)
    # A clock that was once ahead must not make the newest backup look like an old one.
    for newest, _ in all_of(path)[:1]:
        moment = max(moment, newest + timedelta(seconds=1))
    made = folder / f"{path.stem}-{dated(moment)}{path.suffix}"
    replace(made, data, beside=folder / f"{path.stem}.tmp")
    logs.info("backup made", file=made.name, bytes=len(data))
    thin_out(path)
    return made


def thin_out(path: Path) -> None:
    """Remove the backups that `kept` does not choose."""
    found = all_of(path)
    staying = kept(moment for moment, _ in found)
    for moment, file in found:
        if moment not in staying:
            # One that cannot be removed is one too many, which harms nobody.
            with suppress(OSError):
                file.unlink()


def newest_good(path: Path, parse: Callable[[bytes], T]) -> tuple[Path, T] | None:
    """Find the newest backup that can be read, and what it holds.

    Args:
        path: the marks file whose backups are meant.
        parse: reads a backup's bytes, and raises ValueError when they are no good.
    """
    for _, file in all_of(path):
        with suppress(OSError, ValueError):
            return file, parse(file.read_bytes())
    return None

"""Copies of the marks beside the marks: made, thinned out with age, and found again when they are needed."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final, TypeVar

from reader import logs
from reader.storage.files import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

T = TypeVar("T")

NEWEST: Final = 3
RECENT: Final = 12
HOURS: Final = 24
DAYS: Final = 7
WEEKS: Final = 4

ROOM: Final = 256 << 20
"""Bytes that the backups may take between them; the newest few stay however large they are."""

_DAY: Final = 86_400

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
    """Choose which backups stay where there is room for them: see `ranked`."""
    return set(ranked(moments))


def ranked(moments: Iterable[datetime], times: Mapping[datetime, datetime] | None = None) -> list[datetime]:
    """Choose which backups stay, those first that are worth most.

    The newest few; the newest of each late day and week that has one; some more of the newest, for what was done
    within the hour; the newest of each hour of the last day. Days and weeks are counted among those that have a
    backup, so a reader who was away for a month comes back to as many as one who was not.

    Args:
        moments: when they were made as their names tell it, which is in this order.
        times: when they were made in truth, those of which the names come from a clock that was ahead.
    """
    newest_first = sorted(set(moments), reverse=True)
    true = [(times or {}).get(moment, moment) for moment in newest_first]
    hours, days, weeks = dict[object, datetime](), dict[object, datetime](), dict[object, datetime]()
    for moment, made in zip(newest_first, true, strict=True):
        if abs(true[0] - made) < timedelta(hours=HOURS):
            hours.setdefault((made.date(), made.hour), moment)
        days.setdefault(made.date(), moment)
        weeks.setdefault(made.isocalendar()[:2], moment)
    late = zip_longest(list(days.values())[:DAYS], list(weeks.values())[:WEEKS])
    # The hours go first where there is little room: what they would bring back is of today.
    recent, hourly = newest_first[:RECENT], list(hours.values())[:HOURS]
    chosen = chain(newest_first[:NEWEST], chain.from_iterable(late), recent, hourly)
    return list(dict.fromkeys(moment for moment in chosen if moment is not None))


def save(path: Path, data: bytes, moment: datetime, *, alone: bool = True) -> Path:
    """Make a backup of a marks file's bytes and remove those that have had their time.

    Args:
        path: the marks file.
        data: its bytes.
        moment: now.
        alone: whether nobody else makes one meanwhile, as whoever holds the lock may be sure of.
    """
    folder, name = folder_of(path), moment
    # A clock that was once ahead must not make the newest backup look like an old one.
    for newest, _ in all_of(path)[:1]:
        name = max(moment, newest + timedelta(seconds=1))
    made = folder / f"{path.stem}-{dated(name)}{path.suffix}"
    replace(made, data, beside=folder / (f"{path.stem}.tmp" if alone else f"{path.stem}.{os.getpid()}.tmp"))
    # Nor must it end the choosing by days and weeks for as long as it was ahead: see `_times`.
    with suppress(OSError):
        os.utime(made, (moment.timestamp(), moment.timestamp()))
    logs.info("backup made", file=made.name, bytes=len(data))
    thin_out(path)
    return made


def same(path: Path, data: bytes) -> Path | None:
    """Give the newest backup of a marks file if it holds exactly these bytes."""
    for _, newest in all_of(path)[:1]:
        with suppress(OSError):
            if newest.stat().st_size == len(data) and newest.read_bytes() == data:
                return newest
    return None


def thin_out(path: Path, room: int = ROOM) -> None:
    """Remove the backups that `ranked` does not choose, and those of its last ones that find no room.

    Args:
        path: the marks file.
        room: bytes that all of them may take.
    """
    found = dict(all_of(path))
    used, staying = 0, set[datetime]()
    for number, moment in enumerate(ranked(found, _times(found))):
        size = _size(found[moment])
        if number < NEWEST or used + size <= room:
            staying.add(moment)
            used += size
    for moment, file in found.items():
        if moment not in staying:
            # One that cannot be removed is one too many, which harms nobody.
            with suppress(OSError):
                file.unlink()
    _sweep(path)


def _times(found: Mapping[datetime, Path]) -> dict[datetime, datetime]:
    """Tell when backups were made in truth: none is younger than the last change of its file."""
    times = {}
    for moment, file in found.items():
        with suppress(OSError, OverflowError, ValueError):
            times[moment] = min(moment, datetime.fromtimestamp(file.stat().st_mtime, UTC))
    return times


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _sweep(path: Path) -> None:
    """Remove what another process began to write long ago, and was stopped."""
    for file in folder_of(path).glob(f"{path.stem}.*.tmp"):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _DAY:
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

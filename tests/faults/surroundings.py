"""What goes on around the program: clocks that jump, files that vanish, folders half copied, a full library."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reader.library import ERRORS, Library
from reader.library.checkup import checkup
from reader.model.article import READ
from reader.storage import appender, backups, opening
from reader.storage.cache import Cache, LibraryError
from reader.storage.database import Database
from reader.storage.marks import Marks
from reader.storage.stamp import journal_of
from tests.faults.kills import ids, places_of
from tests.faults.session import RESTORED, Clock, Session, row, state_of
from tests.faults.verdicts import CorruptedError, kept, whole
from tests.invented import entry, listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from reader.settings import Places


class Jumping(Clock):
    """A clock that goes on and back by up to a year."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self._dice = dice

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=self._dice.randint(-500_000, 500_000))
        return self.now


def clock(seed: int, folder: Path) -> int:
    """Mark and fold while the clock jumps; gives how many times."""
    dice = random.Random(seed)
    path = folder / "marks.json"
    marks = Marks(path, clock=Jumping(dice))
    session = Session(lambda _: None, marks, seed=seed)
    for number in range(6):
        where = f"a clock that jumps, seed {seed}, folding {number}"
        session.act()
        session.fold()
        made = len(backups.all_of(path))
        whole(min(number + 1, backups.NEWEST) <= made, f"{where}: {made} backups")
        session.act()
        session.flush()
        if dice.random() < 0.5:
            state = state_of(marks)
            marks.abandon()
            marks = session.marks = Marks(path, clock=Jumping(dice))
            kept(state_of(marks) == state, f"{where}: marks are lost")
            whole(not marks.notices, f"{where}: {marks.notices}")
        session.fold()
        good = backups.newest_good(path, opening.parse)
        newest = {name: docs for name, docs in marks._journal.read().items() if docs}
        found = {name: docs for name, docs in good[1].items() if docs} if good else {}
        kept(found == newest, f"{where}: the newest backup is an old one")
    marks.abandon()
    return 6


VANISHING = ("journal", "snapshot", "backups", "folder")


def vanish(seed: int, folder: Path) -> int:
    """Let each of the files vanish while the marks are open, and kill the program afterwards; gives how many."""
    for what in VANISHING:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(appender, "LAG", 3600)
            path = folder / what / "marks.json"
            marks = Marks(path, clock=Clock())
            session = Session(lambda _: None, marks, seed=seed)
            for _ in range(3):
                session.act()
            session.fold()
            session.act()
            session.flush()
            {
                "journal": journal_of(path).unlink,
                "snapshot": path.unlink,
                "backups": lambda path=path: shutil.rmtree(backups.folder_of(path)),
                "folder": lambda path=path: shutil.rmtree(path.parent),
            }[what]()
            marks.set_note(row(50), "after it vanished", "note")
            session.flush()
            expected = state_of(marks)
            marks.abandon()
        where = f"{what} vanishes, seed {seed}"
        again = Marks(path)
        kept(state_of(again) == expected, f"{where}: marks are lost")
        for notice in again.notices:
            whole(what == "snapshot" and RESTORED in notice, f"{where}: {notice}")
        again.abandon()
    return len(VANISHING)


def _shore(home: Path, dice: random.Random) -> tuple[Places, list[int]]:
    """Make a library in which some articles are read; give the ids of these."""
    places = places_of(home)
    with Library(places) as library:
        library.subscriptions.add(listing("Sea", [entry(f"Crane number {n}x") for n in range(30)]))
        rows = library.shelf.rows(library.shelf.listing().keys[: dice.randint(1, 9)])
        library.notebook.set_read(rows, read=True)
    return places, [row.id for row in rows]


def _without_wal(places: Places, dice: random.Random) -> None:
    """Copy as one does who copies only what is called like a database, or while it is written."""
    with closing(Cache(places.library)) as cache:
        cache.keep("something", dice.randbytes(20_000))
        wal = places.library.with_name("library.db-wal")
        copied = {file: file.read_bytes() for file in (places.library, wal)}
    for file, data in copied.items():
        file.write_bytes(data)
    size = len(copied[wal])
    if dice.random() < 0.5:
        wal.unlink()
    else:
        wal.write_bytes(copied[wal][: dice.randrange(size)])


def _library_cut(places: Places, dice: random.Random) -> None:
    data = places.library.read_bytes()
    places.library.write_bytes(data[: dice.randrange(len(data))])


def _library_missing(places: Places, _: random.Random) -> None:
    places.library.unlink()


def _journal_missing(places: Places, _: random.Random) -> None:
    journal_of(places.marks).unlink()


def _marks_missing(places: Places, _: random.Random) -> None:
    places.marks.unlink()


def _marks_and_backups_missing(places: Places, _: random.Random) -> None:
    places.marks.unlink()
    shutil.rmtree(backups.folder_of(places.marks))


def _marks_cut(places: Places, dice: random.Random) -> None:
    data = places.marks.read_bytes()
    places.marks.write_bytes(data[: dice.randrange(len(data))])


HALVES = (
    _without_wal,
    _library_cut,
    _library_missing,
    _journal_missing,
    _marks_missing,
    _marks_and_backups_missing,
    _marks_cut,
)


def half_copied(seed: int, folder: Path) -> int:
    """Open libraries of which a part was not copied, or only half; gives how many."""
    for number, half in enumerate(HALVES):
        dice = random.Random(seed * 100 + number)
        places, read = _shore(folder / str(number), dice)
        half(places, dice)
        where = f"half copied, {half.__name__[1:]}, seed {seed}"
        told = _looked_at(places)
        for finding in checkup(places, repair=True):
            whole(finding.verdict != "wrong", f"{where}: the doctor cannot mend: {finding.text}")
            told.append(finding.text)
        with Library(places) as library:
            whole(library.cache.check() == [], f"{where}: {library.cache.check()}")
            found = {article for article, flags in library.marks.all_flags() if flags & READ}
        if half is _marks_and_backups_missing:
            whole(any("marks.json is missing" in text for text in told), f"{where}: nothing is told of it: {told}")
        else:
            kept(found == set(read), f"{where}: marks are lost")
    return len(HALVES)


def _looked_at(places: Places) -> list[str]:
    """Open a library to look; give what it tells."""
    try:
        with Library(places, write=False) as library:
            library.shelf.rows(library.shelf.listing().keys)
            return list(library.notices)
    except ERRORS as error:
        return [str(error)]


def full_library(seed: int, folder: Path) -> int:
    """Take articles in where library.db can grow by a few pages only; gives how many times it was full."""
    dice, rounds = random.Random(seed), 0
    for number in range(3):
        places, read = _shore(folder / str(number), dice)
        where = f"library.db full, seed {seed}, number {number}"
        before = ids(folder / str(number))
        more = listing("More", [entry(f"Barge number {n}x") for n in range(200)])
        with _at_most(dice.randrange(12)), Library(places) as library:
            try:
                library.subscriptions.add(more)
            except LibraryError as error:
                rounds += 1
                whole("full" in str(error), f"{where}: {error}")
            except sqlite3.Error as error:
                raise CorruptedError(f"{where}: {error!r} without a word for people") from error
            keys = library.shelf.listing().keys
            rows = [row for row in library.shelf.rows(keys) if not row.has(READ)][:1]
            library.notebook.set_read(rows, read=True)
            library.marks.flush()
        with Library(places) as library:
            library.subscriptions.add(more)
            found = {article for article, flags in library.marks.all_flags() if flags & READ}
        kept(found == {*read, *(row.id for row in rows)}, f"{where}: marks are lost")
        now = ids(folder / str(number))
        kept(set(before) <= set(now), f"{where}: articles are lost")
        whole(len(now) == 230, f"{where}: {len(now)} articles")
    return rounds


def _at_most(more: int) -> AbstractContextManager[None]:
    """Let every library.db grow by so many pages only."""
    connected = Database._connected

    def bounded(self: Database, name: str, *, uri: bool) -> sqlite3.Connection:
        connection = connected(self, name, uri=uri)
        (count,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {count + more}").close()
        return connection

    @contextmanager
    def patched() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Database, "_connected", bounded)
            yield

    return patched()


SURROUNDINGS = {
    "a clock that jumps": clock,
    "a file that vanishes": vanish,
    "a library half copied": half_copied,
    "library.db full": full_library,
}

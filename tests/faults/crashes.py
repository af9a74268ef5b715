"""Power cuts: each of some things that are done to the marks, cut short before each of its calls to the disk."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from reader.storage import appender, backups, opening
from reader.storage.marks import Marks
from tests.faults.disk import Contents, Disk, contents, put
from tests.faults.session import RESTORED, TORN, Acknowledged, Backed, Began, Clock, Session, row, state_of
from tests.faults.verdicts import kept, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.disk import Fate

OLD = Path(__file__).parents[1] / "fixtures" / "marks"


def one_mark(session: Session) -> None:
    session.act()
    session.flush()


def several_marks(session: Session) -> None:
    for _ in range(3):
        session.act()
        session.act()
        session.flush()


def folding(session: Session) -> None:
    several_marks(session)
    session.fold()
    one_mark(session)
    session.act()
    session.fold()
    session.act()
    session.close()


def folding_while_marking(session: Session) -> None:
    """What is marked while the snapshot is written stays in the journal, which is written anew."""
    one_mark(session)
    real = backups.save

    def busy(*given: Any) -> Path:
        one_mark(session)
        return real(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "save", busy)
        session.fold()
    one_mark(session)


def thinning(session: Session) -> None:
    session.marks._clock.minutes = 60 * 7
    for _ in range(9):
        session.act()
        session.fold()


def leaving(session: Session) -> None:
    one_mark(session)
    session.close()


@dataclass(frozen=True)
class Crash:
    """A thing that is done, and upon what.

    `before` puts what is there into the folder; `told` says what opening may tell of it.
    """

    do: Callable[[Session], None]
    before: Callable[[Path, int], None] = lambda _folder, _seed: None
    told: tuple[str, ...] = ()


def with_marks(folder: Path, seed: int) -> None:
    """Make marks with a snapshot, a backup and a journal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(appender, "LAG", 3600)
        marks = Marks(folder / "marks.json", clock=Clock())
        session = Session(lambda _: None, marks, seed=seed + 1)
        several_marks(session)
        marks._journal.compact()
        several_marks(session)
        marks.abandon()


def torn_journal(folder: Path, seed: int) -> None:
    with_marks(folder, seed)
    journal = folder / "marks.json.journal"
    data = journal.read_bytes()
    journal.write_bytes(data + data[: random.Random(seed).randrange(1, 40)])


def damaged_journal(folder: Path, seed: int) -> None:
    """Have one record in the middle that cannot be read; it is of no consequence for the others."""
    with_marks(folder, seed)
    journal = folder / "marks.json.journal"
    first, *rest = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([first, b"0" + first[1:], *rest]))


def damaged_snapshot(folder: Path, seed: int) -> None:
    with_marks(folder, seed)
    snapshot = folder / "marks.json"
    snapshot.write_bytes(snapshot.read_bytes()[: random.Random(seed).randrange(3, 100)])


def earlier_format(folder: Path, seed: int) -> None:
    names = sorted(path.stem for path in OLD.glob("*.json"))
    name = names[seed % len(names)]
    folder.mkdir(exist_ok=True)
    for ending in (".json", ".json.journal"):
        if (OLD / f"{name}{ending}").exists():
            shutil.copyfile(OLD / f"{name}{ending}", folder / f"marks{ending}")


CRASHES: dict[str, Crash] = {
    "the first mark": Crash(leaving),
    "a mark": Crash(one_mark, with_marks),
    "several marks": Crash(several_marks, with_marks),
    "a folding": Crash(folding, with_marks),
    "a folding while marks are made": Crash(folding_while_marking, with_marks),
    "backups and their thinning": Crash(thinning, with_marks),
    "marks of an earlier version": Crash(leaving, earlier_format),
    "opening after a crash": Crash(leaving, torn_journal, (TORN,)),
    "opening a damaged journal": Crash(leaving, damaged_journal, (TORN, "could not be read and left out")),
    "opening damaged marks": Crash(leaving, damaged_snapshot, (RESTORED,)),
}


@dataclass(frozen=True)
class Moment:
    """What may be on the disk, and what is known of it: the states it may be in, and the backups that may be there."""

    number: int
    fate: Fate
    found: Contents
    allowed: tuple[bytes, ...]
    backed: tuple[bytes, ...]


def moments(disk: Disk, first: bytes, seed: int) -> Iterator[Moment]:
    """Give every different thing that a power cut may leave, at every call."""
    dice, seen = random.Random(seed), set[Any]()
    fates: tuple[Fate, ...] = ("kept", "lost", "torn", "torn", "blank")
    for number, (platter, noted) in enumerate(disk.moments()):
        allowed, backed = [first], list[bytes]()
        for note in noted:
            match note:
                case Began(state):
                    allowed.append(state)
                    backed.append(state)
                case Acknowledged(state):
                    allowed = [state]
                case Backed(state):
                    backed = [state]
        for fate in fates:
            found = platter.after(fate, dice)
            key = (tuple(sorted(found.items())), len(allowed), allowed[0])
            if key not in seen:
                seen.add(key)
                is_backed = any(isinstance(note, Backed) for note in noted)
                yield Moment(number, fate, found, tuple(allowed), tuple(backed) if is_backed else ())


def crash(name: str, seed: int, folder: Path) -> int:
    """Do a thing, and open what is left by a power cut at each of its moments; gives how many there were."""
    case, rounds = CRASHES[name], 0
    root = folder / "root"
    root.mkdir(parents=True)
    case.before(root / "data", seed)
    with pytest.MonkeyPatch.context() as patch:
        # Only whoever asks for it writes, so that a seed is the same thing each time.
        patch.setattr(appender, "LAG", 3600)
        first = _first(root)
        with Disk(root) as disk:
            marks = Marks(root / "data" / "marks.json", clock=Clock())
            whole(state_of(marks) == first, f"{name}: opening for writing shows something else than looking")
            _told(marks, case.told, name)
            try:
                case.do(Session(disk.note, marks, seed=seed))
            finally:
                marks.abandon()
        whole(disk.now == contents(root), f"{name}: the laboratory did not see all that was done")
        for moment in moments(disk, first, seed):
            left = folder / "left"
            put(left, moment.found)
            where = f"{name}, seed {seed}, before call {moment.number}, {moment.fate}"
            _opened(left / "data" / "marks.json", moment, case.told, where)
            shutil.rmtree(left)
            rounds += 1
    return rounds


def _first(root: Path) -> bytes:
    marks = Marks(root / "data" / "marks.json", read_only=True)
    marks.abandon()
    return state_of(marks)


def _told(marks: Marks, may_say: tuple[str, ...], where: str) -> None:
    for notice in marks.notices:
        whole(any(said in notice for said in may_say), f"{where}: {notice}")


def _opened(path: Path, moment: Moment, may_say: tuple[str, ...], where: str) -> None:
    """Open what is left, look at it, and go on with it."""
    marks = Marks(path, clock=Clock())
    found = state_of(marks)
    kept(found in moment.allowed, f"{where}: {len(moment.allowed)} states may be, and it is none of them")
    _told(marks, (TORN, *may_say), where)
    whole(marks.check() == [], f"{where}: {marks.check()}")
    if moment.backed:
        backup = backups.newest_good(path, opening.parse)
        kept(backup is not None, f"{where}: there is no backup")
        tables = {name: docs for name, docs in backup[1].items() if docs and name != "meta"}
        state = orjson.dumps(tables, option=orjson.OPT_SORT_KEYS)
        kept(state in moment.backed, f"{where}: the newest backup is an old one")
    marks.set_bookmarked([row(77)], bookmarked=True, label="bookmark")
    marks.flush()
    then = state_of(marks)
    marks.abandon()
    marks = Marks(path, clock=Clock())
    kept(state_of(marks) == then, f"{where}: what was marked after it is not there")
    whole(marks.notices == [], f"{where}: {marks.notices}, though it had been opened before")
    marks.abandon()

"""Disks that refuse: full, read-only, forbidden or failing, from each call on of what is done to the marks."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from reader.storage import appender
from reader.storage.errors import MarksError
from reader.storage.marks import Marks
from tests.faults.crashes import CRASHES
from tests.faults.ending import Refusing
from tests.faults.session import Acknowledged, Began, Clock, Session, state_of
from tests.faults.verdicts import kept, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Refusal:
    """What a disk says, and to which calls."""

    error: int
    only: frozenset[str] = frozenset()
    once: bool = False


REFUSALS = {
    "disk full": Refusal(errno.ENOSPC, frozenset({"make", "mkdir", "write"})),
    "quota used up, told at the syncing": Refusal(errno.EDQUOT, frozenset({"make", "mkdir", "sync"})),
    "one call fails": Refusal(errno.EIO, once=True),
    "read-only disk": Refusal(errno.EROFS),
    "no permission": Refusal(errno.EACCES, frozenset({"open", "make", "mkdir", "rename", "unlink"})),
}
DONE = (
    "the first mark",
    "a folding",
    "a folding while marks are made",
    "opening damaged marks",
    "opening a damaged journal",
)


ENDINGS = ("killed", "closed", "saved and killed")


class Trying(Session):
    """Somebody who goes on when something is refused."""

    def flush(self) -> None:
        self._try(super().flush)

    def fold(self) -> None:
        self._try(super().fold)

    def close(self) -> None:
        self._try(super().close)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (MarksError, OSError) as error:
            whole(str(error), "it is refused without a word")


def refuse(kind: str, seed: int, folder: Path, step: int = 1) -> int:
    """Do some things on a disk that refuses at each of their calls, or at some; gives how many times it refused."""
    where = f"{kind}, {{}}, seed {seed}"
    return sum(_refused(REFUSALS[kind], name, seed, folder / name, where.format(name), step) for name in DONE)


def _refused(refusal: Refusal, name: str, seed: int, folder: Path, where: str, step: int) -> int:
    rounds, number = 0, seed % step
    first = folder / "first"
    first.mkdir(parents=True)
    CRASHES[name].before(first / "data", seed)
    while True:
        root = folder / str(number)
        shutil.copytree(first, root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(appender, "LAG", 3600)
            half = (number + seed) % 2 == 0 and refusal.error == errno.ENOSPC
            disk = Refusing(root, number, refusal.error, refusal.only, once=refusal.once, half=half)
            where_now = f"{where}, from call {number} on"
            _round(
                name, seed, root / "data" / "marks.json", disk, where_now, ending=ENDINGS[(number // step + seed) % 3]
            )
        shutil.rmtree(root)
        number += step
        if not disk.refused:
            return rounds
        rounds += 1


def _round(name: str, seed: int, path: Path, disk: Refusing, where: str, *, ending: str) -> None:
    first = Marks(path, read_only=True)
    allowed, full = [state_of(first)], None
    first.abandon()

    def note(what: object) -> None:
        match what:
            case Began(state):
                allowed.append(state)
            case Acknowledged(state):
                allowed[:] = [state]

    with disk:
        try:
            marks = Marks(path, clock=Clock())
        except MarksError as error:
            whole("cannot be opened" in str(error), f"{where}: {error}")
            marks = None
        if marks is not None:
            kept(state_of(marks) == allowed[0], f"{where}: a disk that refuses shows something else")
            CRASHES[name].do(Trying(note, marks, seed=seed))
            if ending == "killed":
                marks.abandon()
    if marks is not None and ending != "killed":
        # There is room again, or whatever it was.
        full = state_of(marks)
        marks.flush()
        if ending == "closed":
            marks.close()
        marks.abandon()
    again = Marks(path, clock=Clock())
    found = state_of(again)
    again.abandon()
    kept(found in ([full] if full is not None else allowed), f"{where}: marks are lost")
    whole(again.check() == [], f"{where}: {again.check()}")
    for notice in again.notices:
        whole(any(said in notice for said in (*CRASHES[name].told, "The last mark")), f"{where}: {notice}")

"""Files that are torn, flipped, missing or only half there: what can be read of them is, and the rest is told."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import orjson

from reader.storage import backups, opening, records
from reader.storage.errors import FormatError
from reader.storage.marks import Marks
from tests.faults.session import Clock, row, state_of
from tests.faults.verdicts import kept, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READ = 12
"""So many articles are read before the folding, and so many after it."""


def _made(folder: Path) -> Path:
    """Make marks: some in the snapshot and its backup, some in the journal."""
    path = folder / "marks.json"
    marks = Marks(path, clock=Clock())
    for number in range(READ):
        marks.set_read([row(number)], read=True, label="")
        marks.flush()
        if number == READ // 2:
            marks._journal.compact()
    marks._journal.compact()
    for number in range(READ, 2 * READ):
        marks.set_read([row(number)], read=True, label="")
        marks.flush()
    marks.abandon()
    return path


def flipped(data: bytes, dice: random.Random) -> bytes:
    """Turn one bit."""
    place = dice.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]


def cut(data: bytes, dice: random.Random) -> bytes:
    """Take the end away."""
    return data[: dice.randrange(len(data))]


def blank(data: bytes, dice: random.Random) -> bytes:
    """Put noughts in place of a part."""
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.randint(1, 600))
    return data[:start] + bytes(end - start) + data[end:]


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {"flipped": flipped, "cut": cut, "blank": blank}
FILES = ("snapshot", "journal", "backup")


def damage(how: str, which: str, seed: int, folder: Path, times: int = 20) -> int:
    """Damage a file of the marks in many places, one after the other; gives how often."""
    dice = random.Random(seed)
    good = folder / "good"
    path = _made(good)
    first = Marks(path, read_only=True)
    whole_state, articles = state_of(first), {article for article, _ in first.all_flags()}
    first.abandon()
    name = {
        "snapshot": "marks.json",
        "journal": "marks.json.journal",
        "backup": str(backups.all_of(path)[0][1].relative_to(good)),
    }[which]
    for number in range(times):
        left = folder / "left"
        shutil.copytree(good, left)
        data = (left / name).read_bytes()
        (left / name).write_bytes(damaged := DAMAGES[how](data, dice))
        where = f"{which} {how}, seed {seed}, number {number}"
        if which == "snapshot" and _is_later(damaged):
            _refused(left, data, whole_state, where)
        else:
            _judged(left, which, damaged, whole_state, articles, where)
        shutil.rmtree(left)
    return times


def _is_later(damaged: bytes) -> bool:
    """Tell whether what was damaged is the number of the layout, which nobody can tell from one of a later version."""
    try:
        number = orjson.loads(damaged)["meta"]["1"]["format"]
    except (ValueError, LookupError, TypeError):
        return False
    return isinstance(number, int) and number > opening.FORMAT


def _refused(folder: Path, good: bytes, state: bytes, where: str) -> None:
    """Hold that such marks are left as they are, and are all there when the file is good again."""
    before, refused = _files(folder), 0
    for read_only in (True, False):
        try:
            Marks(folder / "marks.json", read_only=read_only, clock=Clock()).abandon()
        except FormatError:
            refused += 1
    whole(refused == 2, f"{where}: marks of a later version are opened")
    kept(_files(folder) == before, f"{where}: files that cannot be read were changed")
    (folder / "marks.json").write_bytes(good)
    marks = Marks(folder / "marks.json", clock=Clock())
    kept(state_of(marks) == state and not marks.notices, f"{where}: not all is there when the file is good again")
    marks.close()


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _judged(folder: Path, which: str, damaged: bytes, state: bytes, articles: set[int], where: str) -> None:
    looking = Marks(folder / "marks.json", read_only=True)
    looking.abandon()
    marks = Marks(folder / "marks.json", clock=Clock())
    found = {article for article, _ in marks.all_flags()}
    kept(state_of(looking) == state_of(marks), f"{where}: looking shows something else")
    if which == "snapshot" and not marks.notices:
        # What can be read all the same is as somebody may have written it: no one can tell.
        whole(_readable(damaged), f"{where}: nothing is told of it")
    else:
        whole(found <= articles, f"{where}: marks that nobody made")
        _counted(marks, which, damaged, articles, where)
    if which == "backup":
        whole(state_of(marks) == state and not marks.notices, f"{where}: a backup is of no concern to the marks")
    marks.close()
    again = Marks(folder / "marks.json")
    kept({article for article, _ in again.all_flags()} == found, f"{where}: it is not so when it is opened again")
    whole(not again.notices, f"{where}: {again.notices} when it is opened again")
    again.close()


def _counted(marks: Marks, which: str, damaged: bytes, articles: set[int], where: str) -> None:
    found = {article for article, _ in marks.all_flags()}
    if which != "journal":
        kept(found == articles, f"{where}: marks are lost")
        return
    # Each line stands for itself: what can be read is there.
    ops = [op for line in damaged.split(b"\n")[:-1] for op in records.decode(line) or ()]
    there = {int(key) for op in ops for key in records.keys_of(op) if op["t"] == "articles"}
    kept(found >= {row(number).id for number in range(READ)} | there, f"{where}: more is lost than is damaged")
    # A journal that ends with a line is one that may have ended there.
    told = len(there) == READ or marks.notices or damaged.endswith(b"\n") or not damaged
    whole(told, f"{where}: nothing is told of it")


def _readable(data: bytes) -> bool:
    try:
        orjson.loads(data)
    except ValueError:
        return False
    return True

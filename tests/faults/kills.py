"""The real program killed: while it marks, takes in a large page, or brings an old library up to date."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from reader import settings
from reader.library.checkup import checkup
from reader.model.article import BOOKMARKED, READ
from reader.storage.cache import Cache
from reader.storage.marks import Marks
from tests.faults.session import TORN, row
from tests.faults.verdicts import kept, whole
from tests.invented import text
from tests.storage.test_migrations import PAGE, TEXTS, first_version
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
LARGE = examples(120, 1500)
OLD = 60


class Program:
    """`reader`, run in a process of its own and killed if that is asked for."""

    def __init__(self, folder: Path) -> None:
        self._out = folder / "out"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.victim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, home: Path, *arguments: str, **killed: float) -> tuple[int, int | None]:
        """Run a verb; gives its exit status, -9 when it was killed, and the calls that it made if it was not."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"home": str(home), "argv": arguments, "out": str(self._out), **killed}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["status"], answer["calls"]

    @property
    def said(self) -> str:
        """What the last one printed."""
        return self._out.read_text("utf-8", "replace")


def page(count: int, first: int = 0) -> str:
    """Give a page of headlines as text."""
    blocks = [
        "Harbours",
        *(f"Crane number {number}x of the quay\n\n{text(number, 2)}" for number in range(first, count)),
    ]
    return "\n\n".join(blocks) + "\n"


def places_of(home: Path) -> settings.Places:
    """Give the places that the program has there."""
    before = os.environ.get("READER_HOME")
    os.environ["READER_HOME"] = str(home)
    try:
        return settings.places()
    finally:
        if before is None:
            del os.environ["READER_HOME"]
        else:
            os.environ["READER_HOME"] = before


def examined(home: Path, where: str) -> None:
    """Let the doctor look, mend, and look again."""
    for finding in checkup(places_of(home), repair=False):
        explained = finding.verdict != "wrong" or TORN in finding.text
        whole(explained, f"{where}: the doctor says: {finding.text}")
    for _ in range(2):
        for finding in checkup(places_of(home), repair=True):
            whole(finding.verdict != "wrong", f"{where}: the doctor cannot mend: {finding.text}")


def flags(home: Path) -> dict[int, int]:
    """Give what is marked."""
    marks = Marks(places_of(home).marks, read_only=True)
    try:
        return dict(marks.all_flags())
    finally:
        marks.abandon()


def ids(home: Path) -> list[int]:
    """Give the articles that are there, but for the guide's."""
    with closing(Cache(places_of(home).library)) as cache:
        whole(cache.check() == [], f"library.db: {cache.check()}")
        cache.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        found = cache.connection.execute(
            "SELECT a.id FROM articles a JOIN sources s ON s.key = a.source WHERE s.id <> 'guide' ORDER BY a.key"
        )
        return [article for (article,) in found]


class Kills:
    """Homes that are made once and copied for each round.

    Args:
        folder: where they are.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.program = Program(folder)
        self._made: dict[str, tuple[Path, int, float]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.program.__exit__()
        for home in [home for home, *_ in self._made.values()]:
            GIVEN.pop(home, None)

    def kill(self, what: str, seed: int, *, by: str = "calls") -> int:
        """Kill the program while it does something, at a moment that the seed chooses; gives 1, the rounds."""
        dice = random.Random(seed)
        make, arguments, judge = WHAT[what]
        if what not in self._made:
            home = self._folder / what
            given = make(self, home)
            trial = self._copied(home)
            began = time.monotonic()
            status, calls = self.program.run(trial, *arguments(self, home))
            assert (status, bool(calls)) == (0, True), self.program.said
            self._made[what] = (home, calls, time.monotonic() - began)
            judge(self, trial, given, status == 0, f"{what}, not killed")
        home, calls, seconds = self._made[what]
        given = GIVEN[home]
        trial = self._copied(home)
        moment: dict[str, Any] = {"calls": dice.randrange(calls)}
        if by == "seconds":
            moment = {"seconds": dice.random() * seconds}
        status, _ = self.program.run(trial, *arguments(self, home), **moment)
        where = f"{what}, seed {seed}, killed after {moment}"
        whole(status in {0, -9}, f"{where}: it ended with {status}: {self.program.said}")
        examined(trial, where)
        judge(self, trial, given, status == 0, where)
        return 1

    def _copied(self, home: Path) -> Path:
        trial = self._folder / "trial"
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(home, trial)
        return trial


GIVEN: dict[Path, list[int]] = {}


def _harbours(kills: Kills, home: Path) -> list[int]:
    home.mkdir()
    small = kills._folder / "small.txt"
    small.write_text(page(12))
    assert kills.program.run(home, "add", str(small))[0] == 0, kills.program.said
    found = GIVEN[home] = ids(home)
    assert kills.program.run(home, "mark", "read", *map(str, found[:3]))[0] == 0
    return found


def _old_library(kills: Kills, home: Path) -> list[int]:
    data = places_of(home).data
    data.mkdir(mode=0o700, parents=True)
    first_version(data / "library.db", OLD)
    (data / "library.db").chmod(0o600)  # else the doctor tells of it
    small = kills._folder / "one.txt"
    small.write_text(page(1))
    GIVEN[home] = [10**14 + key for key in range(1, OLD + 1)]
    marks = Marks(data / "marks.json")
    marks.set_read([row(1), row(2), row(3)], read=True, label="read")
    marks.put_sources((PAGE, TEXTS))
    marks.close()
    return GIVEN[home]


def _marked(_: Kills, home: Path, given: list[int], done: bool, where: str) -> None:
    found = flags(home)
    kept(all(found.get(article) == READ for article in given[:3]), f"{where}: marks of before are lost")
    new = {article: found[article] for article in found if article not in given[:3]}
    meant = dict.fromkeys(given[4:7], BOOKMARKED)
    whole(new in ({}, meant), f"{where}: half a command is there, or what nobody did: {new}")
    kept(new or not done, f"{where}: it said that it was done")


def _taken_in(kills: Kills, home: Path, given: list[int], done: bool, where: str) -> None:
    found = ids(home)
    kept(set(given) <= set(found), f"{where}: articles of before are lost")
    kept(len(found) == LARGE or not done, f"{where}: {len(found)} articles, though it was done")
    kept(all(flags(home).get(article) == READ for article in given[:3]), f"{where}: marks are lost")
    if not done:
        status, _calls = kills.program.run(home, "add", str(kills._folder / "large.txt"))
        whole(status == 0, f"{where}: it cannot be added again: {kills.program.said}")
    again = ids(home)
    whole(len(again) == len(set(again)) == LARGE, f"{where}: {len(again)} articles after it was added again")


def _brought_up(_: Kills, home: Path, given: list[int], done: bool, where: str) -> None:
    found = ids(home)
    kept(set(given) <= set(found), f"{where}: articles are lost")
    kept(all(flags(home).get(article) == READ for article in given[:3]), f"{where}: marks are lost")
    whole(len(found) == OLD + 1 or not done, f"{where}: the new article is not there")


def _large(kills: Kills, _: Path) -> list[str]:
    (kills._folder / "large.txt").write_text(page(LARGE))
    return ["add", str(kills._folder / "large.txt")]


WHAT: dict[str, tuple[Any, Callable[[Kills, Path], list[str]], Any]] = {
    "reader mark": (_harbours, lambda _, home: ["mark", "bookmark", *map(str, GIVEN[home][4:7])], _marked),
    "reader add": (_harbours, _large, _taken_in),
    "an old library": (_old_library, lambda kills, _: ["add", str(kills._folder / "one.txt")], _brought_up),
}

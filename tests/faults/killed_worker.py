"""Somebody who marks without end is killed: the marks of more than 100 ms ago are there, and nothing else changed."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from tinydb import TinyDB

from reader.model.article import BOOKMARKED, NOTED, READ, STARTED
from reader.storage.marks import Marks
from tests.faults.session import TORN
from tests.faults.verdicts import kept, whole

CONTRACT = 100_000_000
"""A mark is on the disk within this many nanoseconds."""

FLAG = {"bookmark": BOOKMARKED, "note": NOTED, "place": STARTED, "read": READ}
CHOICES = ("bookmark", "note", "place", "read")

START = 60.0
"""Seconds that a worker may take to its first word."""


def round_of(path: Path, first: int, life: float) -> tuple[dict[int, tuple[str, int]], dict[int, str], int]:
    """Let a worker live for a while; give what it did and when, what it began, and when it was killed."""
    worker = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("kill_worker.py")), str(path), str(first)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert worker.stdout is not None
    told = bytearray()
    deadline = None
    # Its life begins with its first word, so that a slow start does not make an empty round.
    while deadline is None or time.monotonic() < deadline:
        wait = START if deadline is None else max(0.0, deadline - time.monotonic())
        if select.select([worker.stdout], [], [], wait)[0]:
            chunk = os.read(worker.stdout.fileno(), 1 << 16)
            assert chunk, "the worker ended by itself"
            told += chunk
            deadline = deadline or time.monotonic() + life
        else:
            assert deadline is not None, "the worker never began"
    killed = time.monotonic_ns()
    worker.send_signal(signal.SIGKILL)
    told += worker.stdout.read()
    worker.stdout.close()
    worker.wait()
    done: dict[int, tuple[str, int]] = {}
    begun: dict[int, str] = {}
    for line in told.decode().splitlines():
        match line.split():
            case ["begin", number, choice]:
                begun[int(number)] = CHOICES[int(choice)]
            case ["done", number, what, at] if told.endswith(b"\n") or not told.decode().endswith(line):
                done[int(number)] = (what, int(at))
    return done, begun, killed


def state(marks: Marks) -> dict[int, int]:
    return {article - 10**14: flags for article, flags in marks.all_flags()}


def worker(seed: int, folder: Path, rounds: int = 4) -> int:
    """Kill a worker some times, one after the other on the same marks; gives how often."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "marks.json"
    dice = random.Random(seed)
    expected: dict[int, int] = {}
    first = acknowledged = 0
    for number in range(rounds):
        where = f"a worker, seed {seed}, round {number}"
        done, begun, killed = round_of(path, first, dice.uniform(0.15, 0.3))
        marks = Marks(path)
        found = state(marks)
        must = {n: FLAG[what] for n, (what, at) in done.items() if killed - at > CONTRACT}
        may = {n: FLAG[what] for n, what in begun.items()}
        acknowledged += len(must)
        lost = {n for n in must if found.get(n) != must[n]}
        kept(not lost, f"{where}: lost {sorted(lost)} of {len(done)}")
        kept({n: flags for n, flags in found.items() if n < first} == expected, f"{where}: earlier marks changed")
        new = {n: flags for n, flags in found.items() if n >= first}
        whole(new.items() <= may.items(), f"{where}: marks that nobody made")
        # The journal is in order, so a mark that is there has all before it.
        whole(sorted(new) == list(range(first, first + len(new))), f"{where}: a mark in the middle is not there")
        for notice in marks.notices:
            whole(TORN in notice, f"{where}: {notice}")
        whole(marks.check() == [], f"{where}: {marks.check()}")
        for n, flags in new.items():
            if flags == NOTED:
                whole(marks.of(10**14 + n).notes[0].text == f"note {n}", f"{where}: another note")
        if dice.random() < 0.5:
            marks.close()
            with TinyDB(path) as stock:
                whole(len(stock.table("articles")) == len(found), f"{where}: stock TinyDB sees something else")
        else:
            marks.abandon()
        expected = found
        # Numbers that were begun and are not there stay unused, which keeps every number's story single.
        first = max([first + len(begun) + 1, *(n + 1 for n in begun)])
    assert acknowledged, "the worker was killed before anything was acknowledged"
    return rounds

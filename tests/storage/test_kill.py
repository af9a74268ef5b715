"""Killed at any moment, the marks of more than 100 ms ago are there, and nothing else has changed."""

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

ROUNDS = int(os.environ.get("READER_KILL_ROUNDS", "12"))
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


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path):
    path = tmp_path / "marks.json"
    dice = random.Random(2026)
    expected: dict[int, int] = {}
    first = 0
    acknowledged = 0
    for number in range(ROUNDS):
        done, begun, killed = round_of(path, first, dice.uniform(0.02, 0.3))
        marks = Marks(path)
        found = state(marks)
        must = {n: FLAG[what] for n, (what, at) in done.items() if killed - at > CONTRACT}
        may = {n: FLAG[what] for n, what in begun.items()}
        acknowledged += len(must)
        lost = {n for n in must if found.get(n) != must[n]}
        assert not lost, f"round {number}: lost {sorted(lost)} of {len(done)}"
        old = {n: flags for n, flags in found.items() if n < first}
        assert old == expected, f"round {number}: marks of earlier rounds changed"
        new = {n: flags for n, flags in found.items() if n >= first}
        assert new.items() <= may.items(), f"round {number}: marks that nobody made"
        # The journal is in order, so a mark that is there has all before it.
        assert sorted(new) == list(range(first, first + len(new)))
        assert not [notice for notice in marks.notices if "damaged" in notice or "could not" in notice]
        assert marks.check() == []
        for n, flags in new.items():
            if flags == NOTED:
                assert marks.of(10**14 + n).notes[0].text == f"note {n}"
        if dice.random() < 0.5:
            marks.close()
            with TinyDB(path) as stock:
                assert len(stock.table("articles")) == len(found)
        else:
            marks.abandon()
        expected = found
        first += len(begun) + 1
        # Numbers that were begun and are not there stay unused, which keeps every number's story single.
        first = max([first, *(n + 1 for n in begun)])
    assert acknowledged > 0

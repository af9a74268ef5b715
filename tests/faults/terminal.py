"""The app killed in a terminal while somebody marks in it."""

from __future__ import annotations

import os
import random
import re
import signal
from typing import TYPE_CHECKING

from reader.library import Library
from reader.model.article import READ
from reader.storage.records import decode
from reader.storage.stamp import journal_of
from tests.e2e.pty import Terminal, kill
from tests.faults.kills import examined, flags, ids, places_of
from tests.faults.verdicts import kept, whole
from tests.invented import entry, listing

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = 40


def app(seed: int, folder: Path) -> int:
    """Mark some articles in the app, wait until that is on the disk, mark some more, and kill it; gives 1."""
    dice = random.Random(seed)
    home = folder / "home"
    places = places_of(home)
    with Library(places) as library:
        library.subscriptions.add(listing("Sea", [entry(f"Crane number {n}x") for n in range(ARTICLES)]))
    there = ids(home)
    sure, more = dice.randint(1, 6), dice.randrange(8)
    with Terminal(environment={**os.environ, "READER_HOME": str(home)}) as it:
        it.see("? help", f"{ARTICLES} unread")
        it.press("mj" * sure)
        it.see(f"{ARTICLES - sure} unread")
        it.wait(lambda: _records(places.marks) >= sure)
        it.press("mj" * more)
        if more and dice.random() < 0.7:
            left = ARTICLES - sure - dice.randint(1, more)
            it.wait(lambda: _unread(it) <= left)
        kill(it, signal.SIGKILL)
    where = f"the app, seed {seed}"
    examined(home, where)
    found = flags(home)
    kept(all(found.get(article, 0) & READ for article in there[:sure]), f"{where}: marks are lost")
    read = [article for article in there if found.get(article, 0) & READ]
    whole(read == there[: len(read)] and len(read) <= sure + more, f"{where}: marks that nobody made")
    whole(ids(home) == there, f"{where}: other articles")
    return 1


def _unread(it: Terminal) -> int:
    found = re.search(r"(\d+) unread", it.text)
    return int(found[1]) if found else ARTICLES


def _records(path: Path) -> int:
    """Count the records of a journal that are whole."""
    try:
        lines = journal_of(path).read_bytes().split(b"\n")
    except FileNotFoundError:
        return 0
    return sum(decode(line) is not None for line in lines[:-1])

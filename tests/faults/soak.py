"""All faults with new seeds for as long as one likes: READER_SOAK=minutes, or `python -m tests.faults.soak`.

usage: python -m tests.faults.soak [--minutes N] [--seed N]
       python -m tests.faults.soak --replay FAULT --seed N
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.crashes import CRASHES, crash
from tests.faults.damage import DAMAGES, FILES, damage
from tests.faults.killed_worker import worker
from tests.faults.kills import WHAT, Kills
from tests.faults.refusals import REFUSALS, refuse
from tests.faults.surroundings import SURROUNDINGS
from tests.faults.table import Table, judged
from tests.faults.terminal import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fault = Callable[[int, Path], int]


def faults(kills: Kills) -> dict[str, Fault]:
    """Give every fault by its name: what takes a seed and a folder, and gives its rounds."""
    found: dict[str, Fault] = {f"power cut: {name}": partial(crash, name) for name in CRASHES}
    found |= {kind: partial(refuse, kind, step=5) for kind in REFUSALS}
    found |= {f"{which} {how}": partial(damage, how, which) for which in FILES for how in DAMAGES}
    found |= SURROUNDINGS
    for what in WHAT:
        found[f"killed: {what}"] = lambda seed, _, what=what: kills.kill(what, seed)
        found[f"killed from outside: {what}"] = lambda seed, _, what=what: kills.kill(what, seed, by="seconds")
    return {**found, "killed: a worker": worker, "killed: the app in its terminal": app}


def soak(minutes: float, seed: int, folder: Path, say: Callable[[str], None]) -> Table:
    """Try all faults, one after the other with ever new seeds.

    Args:
        minutes: for how long.
        seed: the first.
        folder: where.
        say: told of each failure and how to see it again.
    """
    table, end = Table(), time.monotonic() + minutes * 60
    with Kills(folder / "kills") as kills:
        known = faults(kills)
        for number, name in _rounds(known, seed):
            if time.monotonic() > end:
                break
            place = folder / "round"
            try:
                rounds, lost, corrupted, error = judged(partial(known[name], number, place))
            except Exception:  # noqa: BLE001 -- whatever it is, the soak goes on and it is told
                rounds, lost, corrupted, error = 1, 0, 1, AssertionError(traceback.format_exc())
            table.add(name, rounds, lost, corrupted)
            if error is not None:
                say(f"{error}\n  again: python -m tests.faults.soak --replay {name!r} --seed {number}")
            shutil.rmtree(place, ignore_errors=True)
    return table


def _rounds(known: dict[str, Fault], seed: int) -> Iterator[tuple[int, str]]:
    return ((number, name) for number in itertools.count(seed) for name in known)


def main() -> int:
    """Soak, or try one fault again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("READER_SOAK", "1")))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--replay", metavar="FAULT")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="soak-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    os.environ.update(HOME=str(folder), TERM="xterm-256color", LC_ALL="C.UTF-8", READER_HOME=str(folder / "nobody"))
    try:
        if asked.replay:
            with Kills(folder / "kills") as kills:
                rounds = faults(kills)[asked.replay](asked.seed, folder / "round")
            sys.stdout.write(f"{asked.replay}, seed {asked.seed}: {rounds} rounds, nothing lost or corrupted\n")
            return 0
        sys.stdout.write(f"{asked.minutes:g} minutes, from seed {asked.seed} on\n")
        table = soak(asked.minutes, asked.seed, folder, lambda text: print(text, flush=True))  # noqa: T201
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write("\n".join(table.lines()) + "\n")
    return int(any(lost or corrupted for _, lost, corrupted in table.rows.values()))


if __name__ == "__main__":
    sys.exit(main())

"""Measure the first picture in a real pty: `python -m benchmarks.first_picture [--runs N] [--sizes 1000,10000,100000]`.

Given are the ms from the start of the process to the last line of the picture, and to that of Textual's first frame,
beside Python that prints a line and a bare Textual app. All take turns in one run, since machines are noisy. Each
library was opened and left before, at which its picture is made.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import library
from benchmarks.run import BARE
from benchmarks.terminal import Terminal

LAST_LINE = b"\x1b[40;1H"
TEXTUAL = b"\x1b[?1004h"
"""Textual's driver writes this before its first frame."""


def printed() -> float:
    """Give the ms that Python takes to print a line."""
    terminal = Terminal([sys.executable, "-c", "print('hello from python')"], {})
    try:
        return terminal.frame(b"hello").there
    finally:
        terminal.close()


def bare() -> float:
    """Give the ms to the first frame of a bare Textual app."""
    terminal = Terminal([sys.executable, "-c", BARE], {})
    try:
        return terminal.frame(b"bare app").there
    finally:
        terminal.close(b"\x11")


def opened(home: Path) -> tuple[float, float]:
    """Open a library and leave it; give the ms to the picture (0 where there is none) and to the first frame."""
    terminal = Terminal([sys.executable, "-m", "reader"], {"READER_HOME": str(home)})
    try:
        painted = terminal.frame(LAST_LINE).there
        if TEXTUAL in terminal.output:
            return 0.0, painted
        return painted, terminal.frame(LAST_LINE).there
    finally:
        terminal.frame()
        terminal.close()


def pictured(home: Path) -> tuple[float, float]:
    """Open a library with its picture; the first time there is none, nor after a change of the code."""
    for _ in range(4):
        painted, drawn = opened(home)
        if painted:
            return painted, drawn
    raise RuntimeError("there is no picture")


def without(home: Path) -> float:
    """Give the ms to the first frame where there is no picture."""
    (home / "data" / "first-picture").unlink(missing_ok=True)
    return opened(home)[1]


def told(name: str, times: list[float]) -> None:
    """Print a line of the table."""
    print(f"{name:44}{statistics.median(times):7.0f} ms{min(times):7.0f} ms")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "reader-benchmarks")
    options = parser.parse_args()
    homes = {size: library(options.folder, size).data.parent for size in map(int, options.sizes.split(","))}
    times: dict[str, list[float]] = {}
    for _ in range(options.runs):
        times.setdefault("python prints a line", []).append(printed())
        times.setdefault("bare Textual: first frame", []).append(bare())
        for size, home in homes.items():
            painted, drawn = pictured(home)
            times.setdefault(f"{size:,} articles: first picture", []).append(painted)
            times.setdefault(f"{size:,} articles: first frame", []).append(drawn)
            times.setdefault(f"{size:,} articles: first frame, no picture", []).append(without(home))
    print(f"{'from the start of the process':44}{'median':>10}{'best':>10}")
    for name, measured in times.items():
        told(name, measured)


if __name__ == "__main__":
    main()

"""Measure the app in a real pty: `uv run python -m benchmarks.run [--runs N] [--sizes 23,10000,100000]`.

Starts of all sizes and of a bare Textual app take turns in one run, since machines are noisy and only ratios last.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import library
from benchmarks.terminal import Terminal

BARE = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello from a bare app")
Hello().run()
"""
KEYS = {"j": (b"j", b""), "m": (b"m", b""), "page": (b" ", b"b"), "Enter": (b"\r", b"h")}
"""What is measured: a key, and the key that goes back again and is not."""


def start(command: list[str], until: bytes, home: Path | None = None) -> tuple[float, Terminal]:
    """Start a program; give the ms to its first full frame, and the program."""
    terminal = Terminal(command, {"READER_HOME": str(home)} if home else {})
    return terminal.frame(until).there, terminal


def app(home: Path) -> tuple[float, Terminal]:
    """Start the app; the footer's last word is the last thing that its first frame draws."""
    return start([sys.executable, "-m", "reader"], b"help", home)


def starts(homes: dict[int, Path], runs: int) -> None:
    """Print the table of starts."""
    times: dict[str, list[float]] = {"bare Textual": []} | {f"{size:,} articles": [] for size in homes}
    for turn in range(runs + 1):
        ms, terminal = start([sys.executable, "-c", BARE], b"bare app")
        terminal.close(b"\x11")
        found = [ms]
        for home in homes.values():
            ms, terminal = app(home)
            terminal.close()
            found.append(ms)
        if turn:
            for name, ms in zip(times, found, strict=True):
                times[name].append(ms)
    base = statistics.median(times["bare Textual"])
    print(f"\n{'cold start to the first full frame':38}{'median':>9}{'best':>9}{'ratio':>8}{'best ratio':>12}")
    for name, measured in times.items():
        best = min(measured) / min(times["bare Textual"])
        print(
            f"{name:38}{statistics.median(measured):7.0f} ms{min(measured):6.0f} ms"
            f"{statistics.median(measured) / base:8.2f}{best:12.2f}"
        )


def keys(homes: dict[int, Path], presses: int) -> None:
    """Print the table of keys and of memory."""
    print(f"\n{'median from key to last byte':38}" + "".join(f"{key:>12}" for key in KEYS) + f"{'peak memory':>16}")
    for size, home in homes.items():
        _, terminal = app(home)
        terminal.press(b"gg")
        medians = []
        for key, back in KEYS.values():
            frames = []
            for _ in range(presses):
                frames.append(terminal.press(key).last)
                if back:
                    terminal.press(back)
            medians.append(statistics.median(frames))
        peak = terminal.peak()
        terminal.close()
        print(f"{f'{size:,} articles':38}" + "".join(f"{ms:9.1f} ms" for ms in medians) + f"{peak:12.0f} MiB")


def main() -> None:
    """Run both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--presses", type=int, default=15)
    parser.add_argument("--sizes", default="23,10000,100000")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "reader-benchmarks")
    options = parser.parse_args()
    homes = {}
    for size in map(int, options.sizes.split(",")):
        places = library(options.folder, size)
        homes[size] = places.data.parent
    starts(homes, options.runs)
    keys(homes, options.presses)


if __name__ == "__main__":
    main()

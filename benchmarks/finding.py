"""Measure finding and marking in a real pty, beside newsboat: `uv run python -m benchmarks.finding [--sizes …]`.

Both hold the same articles (`benchmarks.beside` makes them, once) in a terminal of 120 x 40; what is timed is from the
key to the last byte of the frame that answers. Medians of several presses; what changes everything is done once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import beside, first_picture
from benchmarks.corpus import Words
from benchmarks.run import BARE, start
from benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

STARTS: Final = 3
FOUND: Final = b"found"
"""What the app's status line says with the results."""
LIMIT: Final = 900.0
"""Seconds that are waited for newsboat."""
COMMON, RARE = "al", Words(7).rarest()
"""A word that nearly all articles have, and one of few."""


@dataclass
class Peer:
    """A program, the keys it understands, and what it draws when it has understood."""

    name: str
    command: Callable[[Path], list[str]]
    env: Callable[[Path], dict[str, str]]
    ready: bytes
    leave: bytes
    elsewhere: bytes
    everything: bytes
    keys: dict[str, bytes]
    search: Callable[[str], bytes]
    ends: bytes
    all_read: bytes
    undo: bytes | None


READER = Peer(
    "reader",
    lambda _: [sys.executable, "-m", "reader"],
    lambda home: {"READER_HOME": str(home)},
    b"\x1b[?1004h",
    b"Q",
    b"3",
    b"1",
    {"down": b"j", "up": b"k", "page": b" ", "top": b"gg", "end": b"G", "mark": b"m"},
    lambda word: f"/{word}".encode(),
    b"\x1b",
    b"Ay",
    b"U",
)
NEWSBOAT = Peer(
    "newsboat",
    lambda home: list(beside.newsboat_command(home)),
    lambda home: {"HOME": str(home)},
    b"Your feeds",
    b"qq",
    b"q",
    b"\r",
    {"down": b"j", "up": b"k", "page": b"\x1b[6~", "top": b"\x1b[1~", "end": b"\x1b[4~", "mark": b"N"},
    lambda word: f"/{word}\r".encode(),
    b"q",
    b"A",
    None,
)


def measured(peer: Peer, home: Path, presses: int) -> dict[str, float]:
    """Drive one program through everything that is timed; give ms by name, and MiB."""
    times = starts(peer, home)
    terminal = Terminal(peer.command(home), peer.env(home))
    terminal.frame(peer.ready, LIMIT, idle=True)

    def timed(keys: bytes) -> float:
        return terminal.press(keys, limit=LIMIT, idle=True).last

    if peer is READER:
        timed(peer.elsewhere)
    times["open all"] = timed(peer.everything)
    for place in ("top", "middle", "end"):
        if place == "middle":
            timed(peer.keys["top"])
            for _ in range(10):
                timed(peer.keys["page"])
        else:
            timed(peer.keys[place])
        there, back = (peer.keys["down"], peer.keys["up"]) if place != "end" else (peer.keys["up"], peer.keys["down"])
        times[f"down at the {place}"] = statistics.median(_turns(timed, there, back, presses))
    timed(peer.keys["top"])
    times["page"] = statistics.median(timed(peer.keys["page"]) for _ in range(presses))
    times["to the end"] = statistics.median(_turns(timed, peer.keys["end"], peer.keys["top"], 3))
    times["mark read"] = statistics.median(_turns(timed, peer.keys["mark"], peer.keys["mark"], presses))
    for name, word in (("rare word", RARE), ("common word", COMMON)):
        times[name] = statistics.median(_searches(peer, terminal, word, 3))
    if peer is READER:
        times["key of a search"] = _live(timed, terminal)
    times["mark all read"] = timed(peer.all_read)
    if peer.undo is not None:
        times["undo that"] = timed(peer.undo)
    times["memory"], times["peak"] = terminal.holds(), terminal.peak()
    terminal.close(peer.leave)
    return times


def starts(peer: Peer, home: Path) -> dict[str, float]:
    """Give the medians of a few starts, the first of all left out."""
    if peer is READER:
        first_picture.opened(home)
        # A bare app starts in between: the machine is not the same from one minute to the next.
        found = [(*first_picture.pictured(home), _bare()) for _ in range(2 * STARTS + 1)]
        names = ("first picture", "first frame", "a bare Textual app's")
        return {name: statistics.median(times) for name, times in zip(names, zip(*found, strict=True), strict=True)}
    times = []
    for _ in range(STARTS):
        terminal = Terminal(peer.command(home), peer.env(home))
        times.append(terminal.frame(peer.ready, LIMIT).there)
        terminal.close(peer.leave)
    return {"first frame": statistics.median(times)}


def _bare() -> float:
    ms, terminal = start([sys.executable, "-c", BARE], b"bare app")
    terminal.close(b"\x11")
    return ms


def _turns(timed: Callable[[bytes], float], there: bytes, back: bytes, presses: int) -> list[float]:
    found = []
    for _ in range(presses):
        found.append(timed(there))
        timed(back)
    return found


def _searches(peer: Peer, terminal: Terminal, word: str, presses: int) -> list[float]:
    """Give the times from the last key to the results; newsboat is done when it works no more."""
    found = []
    for _ in range(presses):
        if peer is READER:
            terminal.press(b"/" + word[:-1].encode(), idle=True)
            found.append(terminal.press(word[-1:].encode(), FOUND, idle=True).there)
        else:
            found.append(terminal.press(peer.search(word), limit=LIMIT, idle=True).last)
        terminal.press(peer.ends, limit=LIMIT, idle=True)
    return found


def _live(timed: Callable[[bytes], float], terminal: Terminal) -> float:
    """Give the median from a letter typed into a search to the frame that shows it."""
    timed(b"/")
    found = [terminal.press(bytes([letter])).there for letter in RARE.encode()]
    # Else what was still sought comes after Esc, which is taken for the answer to it.
    terminal.frame(limit=LIMIT, idle=True)
    timed(b"\x1b")
    return statistics.median(found)


def _copied(home: Path, folder: Path) -> Path:
    """Give a copy of a library: what is measured changes it."""
    there = folder / "measured"
    shutil.rmtree(there, ignore_errors=True)
    shutil.copytree(home, there)
    return there


def main() -> None:
    """Print the table, a size at a time, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=beside.SIZES)
    parser.add_argument("--presses", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "reader-benchmarks")
    parser.add_argument("--only", choices=("reader", "newsboat"), help="measure only one of them")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for size in map(int, options.sizes.split(",")):
        rows: dict[str, dict[str, float]] = {}
        for peer, make in ((READER, beside.library), (NEWSBOAT, beside.newsboat)):
            home = make(options.folder, size) if options.only in {None, peer.name} else None
            if home is not None:
                rows[peer.name] = measured(peer, _copied(home, options.folder), options.presses)
        print(f"\n{size:,} articles\n\n| |" + "".join(f" {name} |" for name in rows))
        print("|---|" + "---:|" * len(rows))
        for name in next(iter(rows.values())):
            unit = "MiB" if name in {"memory", "peak"} else "ms"
            print(
                f"| {name} |" + "".join(f" {row[name]:,.0f} {unit} |" if name in row else " |" for row in rows.values())
            )
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Measure whether scrolling feels a refresh: `uv run python -m benchmarks.scrolling [--cases unchanged,news,first]`.

The app runs in a real pty; someone moves through its list at a steady pace, first while `R` asks all sources of a
loopback server, then while nothing goes on. Inside the app a task that wants to wake every few milliseconds notes
how late it does: that is for how long a key or a frame would have waited. "Its own" leaves out what other processes
took, as it is never more than the processor's time that the app used meanwhile. Times of keys are from the key to the
last byte of the frame that has the cursor on its new place. Memory is what all processes hold for themselves (USS).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import select
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import corpus, feeds
from benchmarks.refreshing import family, held, refresh, server
from benchmarks.terminal import ANSWERS, Terminal
from reader.library import Library
from reader.model.source import Care, Source
from reader.settings import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TICK: Final = 0.004
"""Seconds after which the task in the app wants to wake."""
PACE: Final = 0.08
"""Seconds between two keys: a key held down for reading along."""
KEYS: Final = b"j" * 24 + b" " + b"j" * 24 + b" " + b"k" * 12 + b"b"
FRAME: Final = re.compile(rb"\x1b\[\?2026h(.*?)\x1b\[\?2026l", re.DOTALL)
CURSOR: Final = "▌".encode()
"""The bar beside the article under the cursor, which is drawn anew with each step."""
AFTER: Final = 2.0
"""Seconds after a refresh that count as part of it: the list takes in what came last."""


# -- inside the app


def inside(told: Path) -> int:
    """Run the app, and write down how late its loop was and when frames went out."""
    from reader import __main__
    from reader.ui import app

    late: list[tuple[float, float, float]] = []
    frames: list[float] = []

    class Watched(app.ReaderApp):
        """The app, watched."""

        CSS_PATH = app.ReaderApp.CSS_PATH

        def on_mount(self) -> None:
            """Begin to watch; Textual calls the app's own `on_mount` too."""
            self._watch = asyncio.create_task(watch())

        def _display(self, *args: object) -> None:
            super()._display(*args)  # type: ignore[arg-type] # whatever Textual hands over
            frames.append(time.perf_counter())

    async def watch() -> None:
        while True:
            wanted, used = time.perf_counter() + TICK, time.process_time()
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            late.append((now, now - wanted, min(now - wanted, time.process_time() - used)))

    app.ReaderApp = Watched  # type: ignore[misc] # to watch it is what this is for
    try:
        return __main__.open_app()
    finally:
        told.write_text(json.dumps({"late": late, "frames": frames}))


# -- outside


@dataclass(frozen=True)
class Span:
    """What was measured between two moments; ms, and MiB."""

    begin: float
    end: float
    seconds: float
    keys: tuple[float, ...]
    memory: float


class Scrolling(Terminal):
    """The app in a pty, with someone who moves through its list."""

    def begin(self) -> None:
        """Wait for the list, go to its top, and let the app open its marks."""
        self.frame(b"help")
        self.press(b"gg")
        time.sleep(2)
        self.frame()

    def scroll(self, seconds: float = 0.0, first: bytes = b"") -> Span:
        """Press keys at a steady pace for some seconds, or until what the first key began is over."""
        begin = time.perf_counter()
        self._memory: list[float] = []
        done = threading.Event()
        watch = threading.Thread(target=self._weigh, args=(done,))
        watch.start()
        times, turn, ended = [], 0, begin + seconds
        if first:
            os.write(self._fd, first)
            self._read(begin + 1)
            ended = 0.0
        while not ended or time.perf_counter() < ended + (AFTER if first else 0):
            sent = time.perf_counter()
            os.write(self._fd, KEYS[turn % len(KEYS) :][:1])
            turn += 1
            answered = self._read(sent + PACE)
            if answered:
                times.append((answered - sent) * 1000)
            # The sources are asked by a process of its own, which ends with the last of them.
            if not ended and len(list(family(self.pid))) == 1:
                ended = time.perf_counter()
        end = time.perf_counter()
        done.set()
        watch.join()
        return Span(begin, end, ended - begin, tuple(times), max(self._memory))

    def _read(self, until: float) -> float:
        """Read until a moment, and until the cursor was drawn; give when it was, 0 for never."""
        drawn, seen = 0.0, b""
        while (now := time.perf_counter()) < until or (not drawn and now < until + 1.0):
            if not select.select([self._fd], [], [], max(0.001, until - now))[0]:
                continue
            data = os.read(self._fd, 1 << 18)
            for question, answer in ANSWERS.items():
                if question in data:
                    os.write(self._fd, answer)
            seen += data
            if not drawn and any(CURSOR in frame for frame in FRAME.findall(seen)):
                drawn = time.perf_counter()
        return drawn

    def _weigh(self, done: threading.Event) -> None:
        while True:
            self._memory.append(held(self.pid))
            if done.wait(0.5):
                return


def home_of(folder: Path, name: str, addresses: Sequence[str], *, full: bool) -> Path:
    """Make a library that is subscribed to some addresses; a full one has 100,000 articles besides."""
    home = folder / f"scrolling-{name}"
    shutil.rmtree(home, ignore_errors=True)
    if full:
        shutil.copytree(corpus.library(folder, 100_000).data.parent, home)
    places = Places(home / "config", home / "data")
    places.config.mkdir(parents=True, exist_ok=True)
    places.settings.write_text('refresh = "manual"\nmark_read = "never"\n')
    with Library(places) as library:
        library.marks.put_sources(
            [
                Source(f"feed-{number}", "feed", f"Feed {number}", address, care=Care(private=True))
                for number, address in enumerate(addresses)
            ]
        )
    return home


def show(name: str, values: Sequence[float], unit: str = "ms") -> str:
    """Give a line of a table: the median, the hundredth that is worst, the worst."""
    ordered = sorted(values) or [0.0]
    worst = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{name:46}{statistics.median(ordered):8.1f}{worst:8.1f}{ordered[-1]:8.1f} {unit}"


def measure(name: str, home: Path, told: Path, keys: bytes = b"") -> None:
    """Print what one case measures."""
    command = [sys.executable, "-m", "benchmarks.scrolling", "--inside", str(told)]
    app = Scrolling(command, {"READER_HOME": str(home)})
    app.begin()
    if keys:
        app.press(keys)
    during = app.scroll(first=b"R")
    time.sleep(4)
    app.frame()
    quiet = app.scroll(15)
    app.close()
    data = json.loads(told.read_text())
    print(f"\n{name}: {during.seconds:.1f} s, {during.memory:.0f} MiB (quiet: {quiet.memory:.0f} MiB)")
    for what, span in (("refreshing", during), ("quiet", quiet)):
        wakes = [found for found in data["late"] if span.begin < found[0] < span.end]
        for which, words in ((1, "the loop wakes late"), (2, "of that its own")):
            late = [found[which] * 1000 for found in wakes]
            many, long = sum(ms > 16 for ms in late), sum(ms > 50 for ms in late)
            print(show(f"  {what}: {words}", late) + f"   over 16 ms: {many}, over 50 ms: {long} of {len(late)}")
        print(show(f"  {what}: key to last byte", span.keys) + f"   keys: {len(span.keys)}", flush=True)


def cases(base: str) -> Iterator[tuple[str, str, list[str], bool]]:
    """Give each case: its short name, its words, the addresses, whether the library is full."""
    small = [f"{base}/again/{number}.xml" for number in range(1000)]
    yield "unchanged", "1,000 unchanged sources (304)", small, True
    yield "news", "1,000 sources, each with an article and a new name", small, True
    yield "screen", "the same with the sources screen open", small, True
    yield (
        "first",
        "first fetch of 100,000 articles in 50 feeds",
        [f"{base}/{number}.xml" for number in range(50)],
        False,
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--cases", default="unchanged,news,screen,first")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "reader-benchmarks")
    options = parser.parse_args()
    if options.inside:
        sys.argv = sys.argv[:1]
        sys.exit(inside(options.inside))
    made = options.folder / "feeds-100000-50"
    if "first" in options.cases:
        feeds.write(made, 100_000, 50)
    with server(made) as base:
        for short, words, addresses, full in cases(base):
            if short not in options.cases.split(","):
                continue
            home = home_of(options.folder, short, addresses, full=full)
            if short == "unchanged":
                refresh(home)
            measure(words, home, options.folder / f"scrolling-{short}.json", b"gs" if short == "screen" else b"")
            shutil.rmtree(home)


if __name__ == "__main__":
    main()

"""Measure refreshing as whole processes: `uv run python -m benchmarks.refreshing [--articles N] [--feeds N]`.

A loopback server answers. The first fetch of all articles, then the same feeds unchanged, then many
small sources unchanged; beside it newsboat, where it is installed. Memory is what all processes of a run
hold for themselves (USS), at its highest.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import feeds
from reader.library import Library
from reader.model.source import Care, Source
from reader.settings import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Compiling everything at each start is nothing that users wait for."""


@dataclass(frozen=True)
class Run:
    """One run of a program: seconds, MiB at its highest, what it printed last."""

    seconds: float
    memory: float
    last: str


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Serve feeds; give the address."""
    command = [sys.executable, "-m", "benchmarks.feeds", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def family(pid: int) -> Iterator[int]:
    """Give a process and all below it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def held(pid: int) -> float:
    """Give the MiB that a process and all below it hold for themselves."""
    total = 0
    for one in list(family(pid)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return total / 1024


def run(command: Sequence[str], env: dict[str, str], *, watch: bool = False) -> Run:
    """Run a program to its end."""
    with tempfile.TemporaryFile("w+") as out:
        began = time.perf_counter()
        process = subprocess.Popen(command, env={**CLEAN, **env}, stdout=out, stderr=subprocess.STDOUT)
        highest = 0.0
        while process.poll() is None:
            if not watch:
                process.wait()
                break
            try:
                highest = max(highest, held(process.pid))
            except OSError:
                continue
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        out.seek(0)
        lines = out.read().splitlines()
    return Run(seconds, highest, lines[-1] if lines else "")


def subscribed(home: Path, addresses: Sequence[str]) -> Places:
    """Make a library that is subscribed to some addresses, and has nothing of them."""
    shutil.rmtree(home, ignore_errors=True)
    places = Places(home / "config", home / "data")
    with Library(places) as library:
        for number, address in enumerate(addresses):
            care = Care(private=True)
            library.marks.put_source(Source(f"feed-{number}", "feed", f"Feed {number}", address, care=care))
    return places


def refresh(home: Path, *arguments: str, watch: bool = False) -> Run:
    """Run `reader refresh`."""
    return run([sys.executable, "-m", "reader", "refresh", *arguments], {"READER_HOME": str(home)}, watch=watch)


def newsboat(folder: Path, addresses: Sequence[str], runs: int) -> None:
    """Print the same of newsboat."""
    if shutil.which("newsboat") is None:
        print("newsboat is not installed here")
        return
    home = folder / "newsboat"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / "urls").write_text("".join(f"{address}\n" for address in addresses))
    (home / "config").write_text("reload-threads 2\nmax-items 0\n")
    command = ["newsboat", "-u", str(home / "urls"), "-c", str(home / "cache.db"), "-C", str(home / "config")]
    first = run([*command, "-x", "reload"], {"HOME": str(home)}, watch=True)
    show("newsboat -x reload, first", first)
    again = [run([*command, "-x", "reload"], {"HOME": str(home)}) for _ in range(runs)]
    show("newsboat -x reload, unchanged", median(again))


def median(runs: Sequence[Run]) -> Run:
    """Give the run in the middle."""
    middle = statistics.median_low(one.seconds for one in runs)
    return next(one for one in runs if one.seconds == middle)


def show(name: str, one: Run) -> None:
    """Print a line of the table."""
    memory = f"{one.memory:8.0f} MiB" if one.memory else " " * 12
    print(f"{name:52}{one.seconds:8.2f} s{memory}   {one.last[:60]}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "reader-benchmarks")
    options = parser.parse_args()
    made = options.folder / f"feeds-{options.articles}-{options.feeds}"
    feeds.write(made, options.articles, options.feeds)
    with server(made) as base:
        large = [f"{base}/{number}.xml" for number in range(options.feeds)]
        home = options.folder / "refresh-large"
        subscribed(home, large)
        show(f"first fetch: {options.feeds} feeds, {options.articles:,} articles", refresh(home, watch=True))
        again = [refresh(home, "--force", watch=False) for _ in range(options.runs)]
        show(f"{options.feeds} unchanged, {options.articles:,} articles kept", median(again))
        show("the same, nothing due", median([refresh(home) for _ in range(options.runs)]))
        small = options.folder / "refresh-small"
        subscribed(small, [f"{base}/again/{number}.xml" for number in range(options.sources)])
        show(f"first fetch: {options.sources:,} small sources", refresh(small, watch=True))
        show(f"{options.sources:,} unchanged", median([refresh(small, "--force") for _ in range(options.runs)]))
        newsboat(options.folder, large, options.runs)


if __name__ == "__main__":
    main()

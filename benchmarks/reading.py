"""Measure the reading pane in a real pty: `uv run python -m benchmarks.reading [--presses N]`.

Beside it stands Textual's own Markdown widget with the same texts, in the same run, since machines are noisy and
only ratios last. Opening is timed from the key to the first frame that shows the text, the rest from the key to the
last byte that answers.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import Words
from benchmarks.terminal import Terminal
from reader.ingest.found import Found
from reader.library import Library
from reader.model.article import Entry
from reader.settings import Places

if TYPE_CHECKING:
    from collections.abc import Callable

PEER = """
import sys
from pathlib import Path
from textual.app import App
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Markdown
class Peer(App):
    BINDINGS = [Binding("o", "open"), Binding("q", "quit")]
    def compose(self):
        with VerticalScroll():
            yield Markdown("the peer is ready", open_links=False)
    def action_open(self):
        self.run_worker(self.query_one(Markdown).update(Path(sys.argv[1]).read_text()))
Peer().run()
"""
LONG = 100_000
"""Characters from which a text is opened once in a process, so that the memory is its own; the processes are three."""
START = "Opening words"
"""What the first line of every text begins with."""


@dataclass(frozen=True)
class Text:
    """A text to open: its name, and how it is made."""

    name: str
    made: str
    peer: bool = True


def article(words: Words, count: int) -> str:
    """Give Markdown of about so many words, with some of everything that Markdown has."""
    parts = [START]
    written, turn = 0, 0
    while written < count:
        turn += 1
        match turn % 9:
            case 4:
                part, size = f"## {words.some(5)}", 5
            case 6:
                part, size = "\n".join(f"- {words.some(12)}" for _ in range(4)), 48
            case 8:
                part, size = f"> {words.some(30)}", 30
            case _:
                part, size = f"{words.some(40)} *{words.some(2)}* [{words.some(3)}](https://x.example/{turn}).", 45
        parts.append(part)
        written += size
    return "\n\n".join(parts)


def texts() -> list[Text]:
    """Give the texts to open."""
    words = Words(7)
    lines = "\n".join(f"line {number} {words.some(6)}" for number in range(200_000))
    return [
        Text("1,000 words", article(words, 1000)),
        Text("5,000 words", article(words, 5000)),
        Text("50,000 words", article(words, 50_000)),
        Text("1 MB in one line", f"{START} {words.some(170_000)[: 1 << 20]}", peer=False),
        Text("1 MB word", START + "x" * (1 << 20), peer=False),
        Text("200,000 lines", f"{START}\n\n```\n{lines}\n```", peer=False),
    ]


def library(folder: Path, text: str, copies: int) -> Places:
    """Make a library of some articles with a text, so that each can be opened once for the first time."""
    shutil.rmtree(folder, ignore_errors=True)
    places = Places(folder / "config", folder / "data")
    # What is read first loads what every text needs; the memory of the others is their own then.
    first = Entry("The one before", body=article(Words(3), 300), markdown=True, guid="0")
    many = (Entry(f"Text {number}", body=text, markdown=True, guid=f"{number + 1}") for number in range(copies))
    with Library(places) as made:
        made.subscriptions.add(Found("feed", "Texts", (first, *many), address="https://x.example/feed"))
    return places


@dataclass(frozen=True)
class Measured:
    """Medians in ms, and what memory a text took, in MiB."""

    opened: float
    line: float
    page: float
    end: float
    resized: float
    memory: float


def measure(terminal: Terminal, opened: Callable[[], float], keys: dict[str, bytes], presses: int) -> Measured:
    """Press keys and take the times."""
    before = terminal.holds()
    first = opened()
    terminal.frame(limit=2.0)

    def median(key: str, back: str) -> float:
        times = []
        for _ in range(presses):
            times.append(terminal.press(keys[key]).last)
            terminal.press(keys[back])
        return statistics.median([ms for ms in times if ms] or [0.0])

    line, page = median("line", "up"), median("page", "back")
    end = terminal.press(keys["end"]).last
    page = max(page, median("back", "page"))
    terminal.press(keys["back"])
    resized = statistics.median(terminal.resize(*size).last for size in ((100, 40), (90, 30), (120, 40)) * 2)
    return Measured(first, line, page, end, resized, terminal.holds() - before)


def reader(folder: Path, text: Text, presses: int) -> Measured:
    """Measure our own pane; a text is opened by going to it in the list, each time another copy of it."""
    copies = presses if len(text.made) < LONG else 1
    places = library(folder, text.made, copies)
    terminal = Terminal([sys.executable, "-m", "reader"], {"READER_HOME": str(places.data.parent)})
    terminal.frame(b"help")
    for key in (b"gg", b"\r", b" ", b"b", b"\x1b"):
        terminal.press(key)

    def opened() -> float:
        times = [terminal.press(b"j", START.encode()).there for _ in range(copies)]
        terminal.press(b"\r")
        return statistics.median(times)

    keys = {"page": b" ", "back": b"b", "line": b"j", "up": b"k", "end": b"G"}
    try:
        return measure(terminal, opened, keys, presses)
    finally:
        terminal.close()


def peer(folder: Path, text: Text, presses: int) -> Measured:
    """Measure Textual's Markdown widget."""
    path = folder / "text.md"
    path.write_text(text.made)
    terminal = Terminal([sys.executable, "-c", PEER, str(path)], {})
    terminal.frame(b"ready")
    keys = {"page": b"\x1b[6~", "back": b"\x1b[5~", "line": b"\x1b[B", "up": b"\x1b[A", "end": b"\x1b[F"}

    def opened() -> float:
        there = terminal.press(b"o", START.encode()).there
        terminal.press(b"\t")
        return there

    try:
        return measure(terminal, opened, keys, presses)
    finally:
        terminal.close(b"q")


def middle(measured: list[Measured]) -> Measured:
    """Give the median of each figure."""
    return Measured(*(statistics.median(getattr(one, field.name) for one in measured) for field in fields(Measured)))


def row(name: str, measured: Measured, size: int) -> str:
    """Give a line of the table."""
    times = (measured.opened, measured.line, measured.page, measured.end, measured.resized)
    share = measured.memory * 1024 * 1024 / size
    columns = "".join(f"{'–':>11}" if not ms else f"{ms:8.0f} ms" for ms in times)
    shown = f" ({share:.1f} × the text)" if size > 100_000 else ""
    return f"{name:34}{columns}{measured.memory:8.1f} MiB{shown}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=15)
    parser.add_argument("--only", default="", help="the beginning of a text's name")
    options = parser.parse_args()
    print(f"{'':34}" + "".join(f"{name:>11}" for name in ("open", "line", "page", "end", "resize")) + "   memory")
    with tempfile.TemporaryDirectory() as folder:
        for text in texts():
            if not text.name.startswith(options.only):
                continue
            size = len(text.made.encode())
            turns = 1 if size < LONG else 3
            ours = middle([reader(Path(folder) / "home", text, options.presses) for _ in range(turns)])
            print(row(text.name, ours, size), flush=True)
            if text.peer:
                theirs = peer(Path(folder), text, options.presses if size < LONG else 3)
                print(row("  Textual's Markdown", theirs, size), flush=True)


if __name__ == "__main__":
    main()

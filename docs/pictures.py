"""Make the pictures of the manual from the running app: `python docs/pictures.py [NAME…]`; `--check` only compares.

The library behind them holds an invented topic page and an invented essay; nothing of the user's is read, nothing is
asked of the network, and the clock stands still, so that a picture is the same file until the app looks otherwise.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from reader.ingest.detect import read  # noqa: E402 -- what drives the app lies beside the package, among the tests
from reader.library import Library  # noqa: E402
from reader.model.source import Care, Source  # noqa: E402
from reader.settings import Places, Settings  # noqa: E402
from reader.storage.fetches import Fetch, write_all  # noqa: E402
from reader.storage.marks import Marks  # noqa: E402
from reader.ui.app import ReaderApp  # noqa: E402
from tests.ui.driving import Reader  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
PAGE = ROOT / "tests" / "fixtures" / "topic-page.txt"
ESSAY = ROOT / "docs" / "pictures" / "the-night-ferry.txt"
NOW = 1_780_000_000
USUAL, NARROW = (100, 30), (60, 30)
CLOCKS = (
    "reader.ui.widgets.row_painter.time",
    "reader.ui.widgets.source_list.time",
    "reader.ui.screens.refreshing.time",
)

DAY = 86_400
FEEDS: tuple[tuple[str, Care, dict[str, Any]], ...] = (
    ("Pilot News", Care(folder="Sea"), {"succeeded": NOW - 7_200, "due": NOW + 2_400}),
    ("Gulls and other birds", Care(), {"succeeded": NOW - 3 * DAY, "due": NOW + 3_600, "error": "it timed out"}),
    ("Ropes", Care(paused=True), {"succeeded": NOW - 20 * DAY}),
    ("The last lighthouse", Care(), {"succeeded": NOW - 90 * DAY, "gone": True}),
)

Step = str | tuple[str, str]
"""A key, or one of ("type", text), ("paste", text), ("until", what is to be seen), ("go", headline)."""


@dataclass(frozen=True)
class Picture:
    """One picture.

    Args:
        name: its name, without the folder.
        about: what it shows, for who cannot see it.
        steps: what is done before it is taken.
        size: columns and rows.
        theme: the theme.
        filled: whether the library has something in it; the guide is shown otherwise.
    """

    name: str
    about: str
    steps: tuple[Step, ...] = ()
    size: tuple[int, int] = USUAL
    theme: str = "reader-dark"
    filled: bool = True


_MARKED: tuple[Step, ...] = (("go", "A sea wall that forgot the sea"), "m", "j", "s", "j", "j", "m")
_CLOSE: tuple[Step, ...] = (*_MARKED, ("go", "The night ferry"), "enter", "}", "}", "H", "}", "H", "C", "a")
_SEA: tuple[Step, ...] = ("t", ("type", "sea"), "enter", "enter")
_ADDED = (("until", "Enter adds it"), "enter", ("until", "A sea wall that forgot"))

PICTURES = (
    Picture(
        "reader",
        "The list of articles on the left, the article on the right, with a highlight in it and a note on that",
        (*_CLOSE, ("type", "Read this to Ada."), "escape", "g", "g"),
        (112, 32),
    ),
    Picture(
        "reading",
        "An article with two highlights, and a note on one of them",
        (*_CLOSE, ("type", "Read this to Ada."), "escape", "g", "g"),
    ),
    Picture("note", "A note is written on a highlight", (*_CLOSE, ("type", "Read this to Ada."))),
    Picture("notebook", "All notes and highlights", (*_CLOSE, ("type", "Read this to Ada."), "escape", "g", "n")),
    Picture(
        "search", "A search, and its matches while it is typed", (*_MARKED, "/", ("type", "gull"), ("until", "found"))
    ),
    Picture("filter", "The list is narrowed by a query", (*_MARKED, "F", ("type", "is:unread author:falk"))),
    Picture("views", "The pane of views, tags and sources", (*_MARKED, *_SEA, "\\", ("until", "sea  "))),
    Picture("sources", "The sources, and how each of them stands", ("g", "S", ("until", "timed out"))),
    Picture(
        "themes", "The list of themes, beside what they do to the article", (*_MARKED, "g", "t", "down", "down", "down")
    ),
    Picture("settings", "All settings, with what each of them does", ("g", "comma", ("until", "mark_read"))),
    Picture("narrow", "Sixty columns: one pane at a time", (*_MARKED, ("go", "The night ferry"), "enter"), NARROW),
    Picture("paper", "The theme paper", (*_MARKED, ("go", "The night ferry"), "enter"), USUAL, "paper"),
    Picture("start-1", "The first start: the guide", filled=False),
    Picture("start-2", "Reading: the next page of the guide", ("j", "j", "j", "enter", "space"), filled=False),
    Picture("start-3", "A bookmark, and a note", ("j", "s", "a", ("type", "Space reads, s keeps.")), filled=False),
    Picture("start-4", "Adding an address", ("+", ("type", "example.org")), filled=False),
    Picture("start-5", "A pasted page, and what it was taken for", ("+", ("paste", "PAGE"), _ADDED[0]), filled=False),
    Picture("start-6", "The page has become a list", ("+", ("paste", "PAGE"), *_ADDED), filled=False),
)
WITH_FEEDS = {"sources", "views"}
BY_NAME = {picture.name: picture for picture in PICTURES}


def fill(places: Places) -> None:
    """Put the invented topic page and the invented essay into a library."""
    with Library(places, now=lambda: NOW) as library:
        library.subscriptions.add(read(ESSAY.read_bytes(), "the-night-ferry.md"), "the-night-ferry.md")
        library.subscriptions.add(read(PAGE.read_bytes(), PAGE.name), "harbours.txt")


def subscribe(places: Places) -> None:
    """Subscribe to feeds that stand as feeds do after some months."""
    feeds = [Source(f"feed-{title}", "feed", title, "https://feed.example", care=care) for title, care, _ in FEEDS]
    with Library(places, now=lambda: NOW) as library:
        library.marks.put_sources(feeds)
        write_all(library.cache, [Fetch(feed.id, **told) for feed, (*_, told) in zip(feeds, FEEDS, strict=True)])


async def do(reader: Reader, step: Step) -> None:
    """Do one step."""
    if isinstance(step, str):
        await reader.press(step)
        return
    what, text = step
    if what == "until":
        await reader.until(partial(_seen, reader, text), text)
    elif what == "paste":
        await reader.paste(PAGE.read_text("utf-8") if text == "PAGE" else text)
    else:
        await {"type": reader.type, "go": reader.go_to}[what](text)


def _seen(reader: Reader, text: str) -> bool:
    return text in reader.seen()


async def take(picture: Picture) -> str:
    """Take one picture, of a library of its own; give it as SVG."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stopped:
        stopped.callback(time.tzset)
        stopped.enter_context(patch.dict(os.environ, TZ="UTC"))
        time.tzset()
        stopped.enter_context(patch("reader.ui.app.Library", partial(Library, now=lambda: NOW)))
        marks = partial(Marks, clock=lambda: datetime.fromtimestamp(NOW, UTC))
        stopped.enter_context(patch("reader.storage.marks.Marks", marks))
        clock = SimpleNamespace(time=lambda: NOW, monotonic=lambda: 0.0, localtime=time.localtime)
        for name in CLOCKS:
            stopped.enter_context(patch(name, clock))
        # To keep the place while a picture is taken would show.
        stopped.enter_context(patch("reader.ui.screens.keeper._AFTER", 600.0))
        places = Places(Path(home) / "config", Path(home) / "data")
        if picture.filled:
            fill(places)
        if picture.name in WITH_FEEDS:
            subscribe(places)
        app = ReaderApp(places, Settings(mark_read="never", refresh="manual", theme=picture.theme))
        try:
            async with app.run_test(size=picture.size) as pilot:
                reader = Reader(app, pilot)
                await reader.until(lambda: reader.library.ready)
                await reader.rest()
                for step in picture.steps:
                    await do(reader, step)
                app.clear_notifications()
                for widget in app.screen.query("TextArea, Input"):
                    widget.cursor_blink = False
                await reader.rest()
                return plain(app.export_screenshot(title="reader", simplify=True), picture.about)
        finally:
            app.library.close()


def plain(svg: str, about: str) -> str:
    """Let a picture load nothing, say what it shows, and be the same when it shows the same."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", "font-family: 'Fira Code', 'DejaVu Sans Mono', monospace")
    svg = re.sub(r"terminal-\d{4,}", "terminal", svg)
    return re.sub(r"(<svg [^>]*>)", rf"\1\n    <title>{html.escape(about)}</title>", svg, count=1)


def path(picture: Picture) -> Path:
    """Give where a picture is kept."""
    return FOLDER / f"{picture.name}.svg"


def main(arguments: list[str]) -> int:
    """Take the pictures that are named, all without names; tell which are new."""
    names = [one for one in arguments if not one.startswith("-")] or list(BY_NAME)
    stale = 0
    for name in names:
        picture = BY_NAME[name]
        svg = asyncio.run(take(picture))
        before = path(picture).read_text("utf-8") if path(picture).exists() else ""
        if svg != before:
            stale += 1
            print(f"docs/pictures/{name}.svg{' is stale' if '--check' in arguments else ''}")
            if "--check" not in arguments:
                path(picture).write_text(svg, "utf-8", newline="\n")
    return bool(stale) and "--check" in arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

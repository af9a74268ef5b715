"""Pictures of the main states; `pytest --snapshot-update` takes them anew, and then they want looking at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.ingest.detect import read
from reader.ingest.found import Found, Offer
from reader.library import Library
from reader.model.article import Enclosure, Entry
from reader.model.source import Care, Source
from reader.settings import Settings
from reader.storage.fetches import Fetch, write_all
from reader.ui.app import ReaderApp
from tests.invented import fill
from tests.ui.driving import Reader
from tests.ui.faking import NOW, Web

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[1] / "fixtures" / "topic-page.txt"
WIDE, USUAL, SMALL = (120, 40), (80, 24), (60, 20)
DARK, LIGHT = "reader-dark", "reader-light"


@pytest.fixture
def looks(places, frozen, snap_compare, monkeypatch) -> Callable[..., bool]:
    """Compare the app, after some keys, with its picture."""
    fill(places, read(PAGE.read_bytes(), PAGE.name))
    # A picture that takes long would show that a place was kept meanwhile.
    monkeypatch.setattr("reader.ui.screens.keeper._AFTER", 600.0)

    def compare(*keys: str, size: tuple[int, int] = WIDE, theme: str = DARK, begin=("m", "j", "s", "j")) -> bool:
        app = ReaderApp(places, Settings(mark_read="never", theme=theme))

        async def before(pilot) -> None:
            reader = Reader(app, pilot)
            await reader.until(lambda: reader.library.ready, "the marks to be opened")
            await reader.press(*begin)
            await reader.press(*keys)
            app.clear_notifications()
            for widget in app.screen.query("TextArea, Input"):
                widget.cursor_blink = False
            await reader.rest()

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            app.library.close()

    return compare


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_list(looks, size, theme):
    assert looks(size=size, theme=theme)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_article(looks, size, theme):
    assert looks("enter", size=size, theme=theme)


def test_the_compact_list(looks):
    assert looks("c")


def test_an_article_with_a_note(looks):
    assert looks("a", *"dull", "escape", "enter")


def test_the_note_dialogue(looks):
    assert looks("a", *"dull", size=USUAL)


def test_the_help(looks):
    assert looks("?", size=USUAL)


def test_a_search(looks):
    assert looks("/", *"eel")


def test_an_empty_view(looks):
    assert looks("4", size=USUAL)


def test_the_question_what_to_add(looks):
    assert looks("+", size=USUAL, theme=LIGHT)


# -- sources, offers, and what Markdown holds

_TEXT = """
The tide table[^1] of the *outer* harbour is **not** what it was: see [the archive](https://harbour.example/archive),
or ask for H<sub>2</sub>O at ~~the office~~ the pump.

![The pier in winter, seen from the ferry](https://harbour.example/pier.jpg)

*Built in 1911, and mended ever since.*

| Boat | Leaves | What it carries |
|:-----|-------:|-----------------|
| Ada | 6:05 | lemons, letters, and whoever meant to stay for an afternoon only |
| Brigid | 17:40 | crates |

## What to bring

Oilskin
: A coat that was yellow once.

- [x] rope
- [ ] patience
  - more of it

```python
def tide(hour):
    return hour % 12
```

> Salt gets into the locks.

[^1]: It hangs on the wall of the office, and has been wrong since the spring.
"""


def _stories() -> Found:
    one = Entry(
        "What the boats carry",
        "Ines Calloway",
        body=_TEXT,
        markdown=True,
        guid="1",
        url="https://harbour.example/1",
        published=NOW - 3 * 86400,
        updated=NOW - 3600,
        tags=("boats", "salt"),
        enclosures=(Enclosure("https://harbour.example/1.mp3", "audio/mpeg", 28_000_000, 2040),),
        comments="https://harbour.example/1/comments",
    )
    two = Entry("Half a story", excerpt="It begins like this and then", cut=True, guid="2", published=NOW - 7200)
    return Found("feed", "Harbour News", (one, two), address="https://harbour.example/feed")


@pytest.fixture
def stories(places) -> None:
    """Put a feed whose text holds all that Markdown can into the library."""
    fill(places, _stories())


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_a_text_with_a_table_and_footnotes(stories, looks, size):
    assert looks("enter", "z", size=(size[0], 60), begin=("g", "g"))


# -- a page that holds everything

EVERYTHING = Path(__file__).parents[1] / "fixtures" / "reading" / "everything.md"
SIZES = pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])


@pytest.fixture
def everything(places) -> None:
    """Put an article that has everything into the library."""
    fill(places, read(EVERYTHING.read_bytes(), EVERYTHING.name))


@SIZES
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_page_that_holds_everything(everything, looks, size, turn):
    assert looks(*["space"] * turn, size=size, begin=("g", "g", "enter"))


@SIZES
def test_a_highlight_a_selection_and_what_is_found(everything, looks, size):
    found = ("/", *"clock", "enter", "n")
    marked = ("}", "H", "}", "}", "H", "C", "}", "v", "w", "e")
    assert looks(*found, *marked, size=size, begin=("g", "g", "enter"), theme=LIGHT)


@SIZES
def test_the_links_numbered_and_listed(everything, looks, size):
    assert looks("u", "j", size=size, begin=("g", "g", "enter"))


def test_the_contents(everything, looks):
    assert looks("T", "j", size=USUAL, begin=("g", "g", "enter"))


@SIZES
def test_the_reading_options(everything, looks, size):
    assert looks("i", "j", "right", "j", "right", size=size, begin=("g", "g", "enter"))


def test_code_and_a_table_sideways(everything, looks):
    assert looks("/", *"def", "enter", "l", "l", size=SMALL, begin=("g", "g", "enter"))


@pytest.fixture
def sources(places, monkeypatch) -> None:
    """Put sources in all states into the library."""
    from types import SimpleNamespace

    for name in ("widgets.source_list", "screens.source_details"):
        monkeypatch.setattr(f"reader.ui.{name}.time", SimpleNamespace(time=lambda: NOW))
    fill(places, _stories())
    day = 86400
    made = (
        ("Pilot News", Care(folder="Sea"), {"succeeded": NOW - 7200, "due": NOW + 2400}),
        ("Gulls and other birds", Care(), {"succeeded": NOW - 3 * day, "due": NOW + 3600, "error": "it timed out"}),
        ("Ropes", Care(paused=True), {"succeeded": NOW - 20 * day}),
        ("The last lighthouse", Care(), {"succeeded": NOW - 90 * day, "gone": True}),
    )
    with Library(places) as library:
        feeds = [Source(f"feed-{title}", "feed", title, "https://x.example", care=care) for title, care, _ in made]
        told = {feed.id: told for feed, (_, _, told) in zip(feeds, made, strict=True)}
        told |= {
            source.id: {"checked": NOW - 600, "succeeded": NOW - 600, "due": NOW + 3000}
            for source in library.marks.sources()
            if source.kind == "feed"
        }
        library.marks.put_sources(feeds)
        write_all(library.cache, [Fetch(name, **given) for name, given in told.items()])


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_sources(sources, looks, size):
    assert looks("backslash", "j", size=size)


def test_the_details_of_a_source(sources, looks):
    assert looks("backslash", "g", "j", "i", size=USUAL, theme=LIGHT)


def test_feeds_that_are_offered(looks, monkeypatch):
    web = Web(monkeypatch)
    offers = (Offer("https://h.example/feed", "All stories"), Offer("https://h.example/c", "Comments", guessed=True))
    web.answers["h.example"] = Found("page", "The Harbour", _stories().entries[:1], offers=offers)
    assert looks("+", *(("full_stop" if char == "." else char) for char in "h.example"), "enter", size=USUAL)

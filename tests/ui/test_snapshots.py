"""Pictures of the main states; `pytest --snapshot-update` takes them anew, and then they want looking at."""

from __future__ import annotations

from functools import partial
from itertools import groupby
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
    """Compare the app, after some keys, with its picture; a function among the keys is waited for."""
    fill(places, read(PAGE.read_bytes(), PAGE.name))
    # A picture that takes long would show that a place was kept meanwhile.
    monkeypatch.setattr("reader.ui.screens.keeper._AFTER", 600.0)

    def compare(
        *keys: str | Callable[[Reader], bool],
        size: tuple[int, int] = WIDE,
        theme: str = DARK,
        begin=("m", "j", "s", "j"),
    ) -> bool:
        app = ReaderApp(places, Settings(mark_read="never", theme=theme))

        async def before(pilot) -> None:
            reader = Reader(app, pilot)
            await reader.until(lambda: reader.library.ready, "the marks to be opened")
            await reader.press(*begin)
            for waited_for, some in groupby(keys, callable):
                if waited_for:
                    for until in some:
                        await reader.until(partial(until, reader), until.__name__)
                else:
                    await reader.press(*some)
            app.clear_notifications()
            for widget in app.screen.query("TextArea, Input"):
                widget.cursor_blink = False
            await reader.rest()

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            app.library.close()

    return compare


def found(reader: Reader) -> bool:
    """Tell whether the results of a search are there."""
    return reader.app.screen._status.left.endswith(" found")


def counted(reader: Reader) -> bool:
    """Tell whether the pane of views was read and counted."""
    return any(node.name == "Unread" and node.count for node in reader.app.screen.view_tree.nodes)


def listed(reader: Reader) -> bool:
    """Tell whether the user's own view is shown."""
    return "Short and unread" in reader.app.screen._status.left


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


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_a_search(looks, size):
    assert looks("/", *"eel", found, size=size)


def _wait_for_keys(monkeypatch):
    """Let nothing be listed while keys come: what was would depend on how quickly they do."""
    monkeypatch.setattr("reader.ui.screens.searching._PAUSE", 600.0)
    monkeypatch.setattr("reader.ui.screens.searching._QUICKLY", float("inf"))


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_a_mistake_in_a_filter(looks, monkeypatch, size):
    _wait_for_keys(monkeypatch)
    assert looks("F", *"minutes", "colon", *"soon", "space", *"is", "colon", *"unread", size=size)


def test_what_can_be_typed_into_a_filter(looks, monkeypatch):
    _wait_for_keys(monkeypatch)
    assert looks("F", *"is", "colon", "down", size=USUAL)


def test_examples_of_filters(looks):
    assert looks("F", size=SMALL, theme=LIGHT)


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_question_how_to_sort(looks, size):
    assert looks("S", "j", size=size)


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
    assert looks("i", "j", size=size, begin=("g", "g", "enter"))


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


@pytest.fixture
def views(sources, places) -> None:
    """Put tags and saved views beside the sources."""
    with Library(places) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)
        library.notebook.set_tags(rows[:3], ["tides", "to read again"])
        library.views.save("Short and unread", "is:unread minutes:<4")


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_pane_of_views(views, looks, size):
    assert looks("backslash", counted, "j", size=size)


def test_the_pane_of_views_where_there_is_room_for_two(views, looks):
    assert looks("backslash", counted, *"jjjjjjjjj", size=(100, 30), theme=LIGHT)


def test_going_to_a_name(views, looks):
    assert looks("g", "s", *"un", size=USUAL)


def test_keeping_a_view(views, looks):
    assert looks("7", listed, "g", "w", *"Odd", size=USUAL)


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_sources(sources, looks, size):
    assert looks("g", "S", "j", size=size)


def test_the_details_of_a_source(sources, looks):
    assert looks("g", "S", "g", "g", "j", "i", size=USUAL, theme=LIGHT)


def test_feeds_that_are_offered(looks, monkeypatch):
    web = Web(monkeypatch)
    offers = (Offer("https://h.example/feed", "All stories"), Offer("https://h.example/c", "Comments", guessed=True))
    web.answers["h.example"] = Found("page", "The Harbour", _stories().entries[:1], offers=offers)
    assert looks("+", *(("full_stop" if char == "." else char) for char in "h.example"), "enter", size=USUAL)


# -- marked rows, tags, history


@SIZES
def test_marked_rows(looks, size):
    assert looks("V", "V", "j", "V", "k", size=size, begin=("g", "g", "j", "j", "m", "k", "s", "g", "g"))


def test_marked_rows_in_the_compact_list(looks):
    assert looks("c", "V", "V", "j", "V", "k", size=USUAL, begin=("g", "g"), theme=LIGHT)


@SIZES
def test_the_tags_dialogue(looks, size):
    given = ("t", *"sea", "comma", *"boats", "ctrl+s", "j", "t", *"sea", "ctrl+s", "k", "V", "V")
    assert looks("t", *"salt", "enter", *"b", size=size, begin=("g", "g", *given))


@pytest.fixture
def past(places, monkeypatch) -> None:
    """Let a history be known that does not change from day to day."""
    from datetime import date, timedelta

    from reader.library.figures import Past
    from reader.model.figures import About, Day, Figures, Reading, Share

    today = date(2026, 5, 28)
    spent = [(today - timedelta(back), back * 7 % 5, back * 11 % 9 * 300) for back in range(364, -1, -1)]
    days = [
        Day(day, tuple(Reading(back * 5 + one, 60 * one, NOW - 3600 * one) for one in range(1, count + 1)), seconds)
        for back, (day, count, seconds) in enumerate(reversed(spent))
        if count
    ]
    names = ("Harbour News", "Orchards, and what grows between the trees", "Pilot News", "Ropes")
    shares = tuple(Share(name, 900 - 211 * place, 90_000 - 20_000 * place) for place, name in enumerate(names))
    made = Figures(tuple(spent), 1202, 402_000, 4, 21, shares, shares[::-1], shares[:2])
    monkeypatch.setattr(Past, "history", lambda *_: days)
    monkeypatch.setattr(Past, "figures", lambda *_: made)
    titles = ("The pilot who never learned to swim", "Counting gulls in the fog", "A timetable for sleepers")
    about = {one: About(titles[one % 3], names[one % 4], key=one) for one in range(2000)}
    monkeypatch.setattr(Past, "about", lambda _, wanted: {one: about[one] for one in wanted})


@SIZES
def test_the_history(past, looks, size):
    assert looks("g", "h", "j", "j", size=size)


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["usual", "small"])
def test_the_figures(past, looks, size):
    assert looks("g", "h", "tab", size=size, theme=LIGHT)


def test_a_history_without_anything(looks):
    assert looks("g", "h", size=USUAL, begin=())

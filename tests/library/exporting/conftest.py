"""Libraries with something of everything in them, and their exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ingest.found import Found
from reader.ingest.own import export as own_export
from reader.library import Library
from reader.library.exporting import Chosen, pieces
from reader.model.annotation import Place, Quote
from reader.model.article import Enclosure, Entry
from reader.model.source import Care, Source
from reader.settings import Places
from reader.storage import pages
from tests.conftest import NOW
from tests.invented import body, harbours, text

HERE = Path(__file__).parent
FEED = "https://news.example/feed"


def places_at(folder: Path) -> Places:
    """Give the places of another library."""
    return Places(folder / "config", folder / "data")


def own(library: Library, keys=None) -> str:
    """Give our own JSON."""
    return "".join(pieces(Chosen(library, keys), "json", "All"))


def take(library: Library, exported: str):
    """Take our own JSON in."""
    return library.subscriptions.add(own_export.read(exported.encode(), "export.json"))


def feed() -> Found:
    """Give a feed with all that an entry may have."""
    entries = (
        Entry(
            "Salt & <bread>",
            author="Ines Calloway",
            body=f"# Salt\n\n{body(1, 2)}\n\n> It is *weather*.\n\n```js\nlet a = 1 < 2\n```\n\n![The quay](https://news.example/q.png)",
            markdown=True,
            url="https://news.example/salt",
            guid="salt-1",
            published=NOW - 86_400,
            updated=NOW - 3_600,
            tags=("Harbours", "bread & butter"),
            language="en",
            image="https://news.example/i.png",
            enclosures=(Enclosure("https://news.example/e.mp3", "audio/mpeg", 1000, 61, "Episode"),),
            comments="https://news.example/c",
        ),
        Entry(
            "Only a teaser", excerpt=text(2, 1), cut=True, url="https://news.example/teaser", guid="t", published=NOW
        ),
        Entry("A name in many scripts: 東京 · سلام\u200cها · 👩‍👩‍👧", body=text(0, 2), guid="scripts"),
    )
    return Found("feed", "The News", entries, address=FEED, site="https://news.example/")


def fill(library: Library) -> None:
    """Put something of everything into a library."""
    add = library.subscriptions.add
    add(harbours())
    add(feed(), FEED)
    add(Found("feed", "Mirror", feed().entries[:1], address="https://mirror.example/feed"))
    add(Found("essay", "Alone", (Entry("Alone", body=body(3, 3), meta=("7 Nov", "3 min")),)))
    library.marks.put_source(
        Source(
            "feed-123", "feed", "Quiet", "https://quiet.example/f", "", Care(named=True, folder="A / B", paused=True)
        )
    )
    rows = library.shelf.rows(library.shelf.listing().keys)
    by_title = {row.title: row for row in rows}
    salt, teaser = by_title["Salt & <bread>"], by_title["Only a teaser"]
    pages.keep(library.cache, teaser.key, f"{body(4, 4)}\n\nThe end.", NOW, problem="")
    pages.fail(library.cache, salt.key, "the page is behind a wall", NOW)
    notebook = library.notebook
    notebook.set_read(rows[:4], read=True)
    notebook.set_bookmarked(rows[2:5], bookmarked=True)
    notebook.set_tags(rows[3:6], ["long reads", "Sea"])
    notebook.set_hidden([rows[7]], hidden=True)
    notebook.set_note(salt, "My *note*\n\n- one\n- two")
    notebook.set_note(rows[0], "=1+1")
    notebook.add_highlight(salt, Quote("weather", "It is ", ".", 2, 6), "green", "why?")
    notebook.add_highlight(salt, Quote("=cmd|' /C calc'!A1", "\u200d", "", 1, 0), "red")
    notebook.set_place(salt, Place(2, 0.5, 0.25, "It is"))
    library.views.save("Short ones", "minutes:<5")
    library.log.add(salt.id, 95, NOW)
    # What was done with an article that went, and with one of the guide.
    library.subscriptions.add_guide()


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def other(tmp_path):
    """An empty library."""
    with Library(places_at(tmp_path / "other"), now=lambda: NOW + 5_000) as opened:
        yield opened


@pytest.fixture
def salt(library):
    """The article that has something of everything."""
    rows = library.shelf.rows(library.shelf.listing().keys)
    return next(row for row in rows if row.title.startswith("Salt"))

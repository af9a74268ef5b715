"""The whole article by `x`, what stands around the text, and playing what came with it."""

from __future__ import annotations

import subprocess
import threading
import time

import pytest

from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.library.errands import StoppedError
from reader.model.article import Enclosure, Entry
from reader.settings import Settings
from reader.storage import pages
from tests.invented import body, fill
from tests.ui.driving import reading

URL = "https://harbour.example/1"
TEASER = "The first paragraph, which the feed has too, is long enough to be found again in the page."
PAGE = f"{TEASER}\n\n{body(3, 12)}\n\nThe very last words."
EPISODE = Enclosure("https://harbour.example/1.mp3", "audio/mpeg", 28_000_000, 2040)
COVER = Enclosure("https://harbour.example/1.jpg", "image/jpeg", title="The cover")


def feed(**more: object) -> Found:
    """Give a feed of a teaser and of another article."""
    one = Entry("Half a story", excerpt=TEASER, cut=True, guid="1", url=URL)
    two = Entry("Another", excerpt="Whole.", guid="2")
    from dataclasses import replace

    return Found("feed", "News", (replace(one, **more), two), address="https://harbour.example/feed")


@pytest.fixture
def fetched(monkeypatch) -> list[int]:
    """Let `errands.whole` keep a page without asking anybody."""
    asked: list[int] = []

    def whole(library, key, *, stop=None):
        asked.append(key)
        pages.keep(library.cache, key, PAGE, int(time.time()), asked=True)
        return library.shelf.rows((key,))[0]

    monkeypatch.setattr("reader.library.errands.whole", whole)
    return asked


async def test_x_fetches_the_page_and_then_changes_between_the_texts(places, fetched):
    fill(places, feed())
    async with reading(places) as it:
        assert "x fetches the whole article" in it.of(it.pane)
        assert "⇣" not in it.of(it.articles)
        await it.press("x")
        await it.until(lambda: "x fetches the whole article" not in it.of(it.pane), "the page")
        assert len(fetched) == 1
        assert "⇣" in it.of(it.articles)
        await it.press("enter", "G")
        assert "The very last words." in it.of(it.pane)
        await it.press("g", "g", "x")
        assert "The very last words." not in it.of(it.pane)
        assert it.said[-1].startswith("The text that came.")
        assert "only the beginning" not in it.of(it.pane)
        assert "x shows the whole article." in it.of(it.pane)
        await it.press("x")
        assert it.said[-1].startswith("The whole page.")
        assert len(fetched) == 1


async def test_the_place_stays_with_its_paragraph(places, fetched):
    fill(places, feed(excerpt=f"Before it.\n\n{body(1, 9)}\n\n{TEASER}"))
    async with reading(places, size=(100, 16)) as it:
        await it.press("enter")
        await it.until(lambda: it.screen.reading)
        while TEASER[:20] not in it.of(it.pane).split("\n")[1]:
            before = it.pane.place
            await it.press("j")
            if it.pane.place == before:
                break
        shown = it.pane.place
        await it.press("x")
        await it.until(lambda: fetched)
        await it.rest()
        blocks = it.pane.opened.document.blocks
        assert blocks[0].text == TEASER
        assert it.pane.place.text == shown.text
        assert it.pane.place.block != shown.block


async def test_a_page_that_cannot_be_had_is_told_in_words(places, monkeypatch):
    def whole(library, key, *, stop=None):
        raise IngestError("it is behind a paywall: [/] log in in the browser (o)")

    monkeypatch.setattr("reader.library.errands.whole", whole)
    fill(places, feed())
    async with reading(places) as it:
        await it.press("x")
        await it.until(lambda: it.said)
        assert it.said[-1] == "it is behind a paywall: [/] log in in the browser (o)"
        assert "Fetching" not in it.status


async def test_it_says_that_it_is_fetching_and_leaving_stops_it(places, monkeypatch):
    stopped = threading.Event()

    def whole(library, key, *, stop=None):
        assert stop.wait(10)
        stopped.set()
        raise IngestError("stopped")

    monkeypatch.setattr("reader.library.errands.whole", whole)
    fill(places, feed())
    async with reading(places) as it:
        await it.pilot.press("x", "x")
        await it.until(lambda: "Fetching the whole article…" in it.status)
        await it.pilot.press("j")
        await it.until(lambda: it.title == "Another")
    assert stopped.wait(10)


@pytest.mark.parametrize("inside", [True, False])
async def test_escape_stops_fetching_and_does_nothing_else(places, monkeypatch, inside):
    def whole(library, key, *, stop=None):
        assert stop.wait(10)
        raise StoppedError("stopped")

    monkeypatch.setattr("reader.library.errands.whole", whole)
    fill(places, feed())
    async with reading(places) as it:
        if inside:
            await it.press("enter")
        await it.pilot.press("x")
        await it.until(lambda: "Fetching the whole article… Esc stops" in it.status)
        await it.pilot.press("escape")
        await it.until(lambda: it.said)
        await it.rest()
        assert it.said == ["Stopped."]
        assert "Fetching" not in it.status
        assert it.screen.reading == inside
        await it.press("escape")
        assert not it.screen.reading


async def test_an_article_without_a_link_has_no_page(places, fetched):
    fill(places, feed())
    async with reading(places) as it:
        await it.press("j", "x")
        assert "came without a link" in it.said[-1]
        assert fetched == []


async def test_what_came_with_an_article_stands_around_it(places):
    made = feed(
        published=1_779_900_000,
        tags=("sea", "trade"),
        enclosures=(COVER, EPISODE),
        comments="https://harbour.example/c",
    )
    fill(places, made)
    async with reading(places) as it:
        seen = it.of(it.pane)
        assert "27 May 2026" in seen
        assert "sea, trade" in seen
        assert "♪ Episode, 34 min, 28 MB — P plays it" in seen
        assert "▣ The cover" in seen
        assert seen.index("P plays it") < seen.index(TEASER[:20])
        assert "Comments: https://harbour.example/c" in seen


# -- playing


@pytest.fixture
def started(monkeypatch) -> list[tuple[list[str], dict]]:
    made: list[tuple[list[str], dict]] = []

    class Player:
        def __init__(self, command, **named) -> None:
            made.append((command, named))

        def wait(self, timeout: float | None = None) -> int:
            return 0

    monkeypatch.setattr("reader.ui.actions.playing.subprocess.Popen", Player)
    return made


async def test_p_plays_the_first_thing_to_hear_with_the_users_player(places, started):
    fill(places, feed(enclosures=(COVER, EPISODE)))
    async with reading(places, Settings(mark_read="never", player="mpv --title 'a; b'")) as it:
        await it.press("P")
        ((command, named),) = started
        assert command == ["mpv", "--title", "a; b", EPISODE.url]
        assert named["start_new_session"]
        assert {named[name] for name in ("stdin", "stdout", "stderr")} == {subprocess.DEVNULL}
        assert "shell" not in named
        assert it.said[-1] == f"Playing {EPISODE.url} with mpv."


async def test_without_a_player_the_browser_gets_it(places, started, monkeypatch):
    fill(places, feed(enclosures=(EPISODE,)))
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))
    async with reading(places) as it:
        await it.press("P")
        assert opened == [EPISODE.url]
        assert started == []
        assert it.said[-1].startswith(f"Opened {EPISODE.url} in the browser")


@pytest.mark.parametrize(("key", "wanted"), [("P", 'player = "mpv"'), ("o", "y copies the link")])
async def test_where_there_is_no_browser_it_says_what_to_do(places, monkeypatch, key, wanted):
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    fill(places, feed(enclosures=(EPISODE,)))
    async with reading(places) as it:
        await it.press(key)
        assert it.said[-1].startswith("No browser was found")
        assert wanted in it.said[-1]


async def test_a_player_that_fails_at_once_is_told(places):
    fill(places, feed(enclosures=(EPISODE,)))
    async with reading(places, Settings(mark_read="never", player="false [/]")) as it:
        await it.press("P")
        await it.until(lambda: "ended at once" in it.said[-1])
        assert it.said[-1].startswith("false ended at once, with 1")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:x", "--input=x"])
async def test_only_web_addresses_are_played(places, started, url):
    fill(places, feed(enclosures=(Enclosure(url, "audio/mpeg"),)))
    async with reading(places, Settings(mark_read="never", player="mpv")) as it:
        await it.press("P")
        assert started == []
        assert "Nothing to play" in it.said[-1]


async def test_a_player_that_is_not_there_is_told(places):
    fill(places, feed(enclosures=(EPISODE,)))
    async with reading(places, Settings(mark_read="never", player="no-such-player-here")) as it:
        await it.press("P")
        assert it.said[-1].startswith("no-such-player-here: No such file")


async def test_a_player_really_starts_and_is_taken_note_of(places, tmp_path):
    fill(places, feed(enclosures=(EPISODE,)))
    log = tmp_path / "log"
    script = tmp_path / "player"
    script.write_text(f'#!/bin/sh\necho "$@" > {log}\n')
    script.chmod(0o755)
    async with reading(places, Settings(mark_read="never", player=f"{script} -q")) as it:
        await it.press("P")
        await it.until(lambda: log.exists() and log.read_text(), "the player")
        assert log.read_text() == f"-q {EPISODE.url}\n"

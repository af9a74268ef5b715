"""Asking sources from the app: by key and by itself, without moving what is looked at."""

from __future__ import annotations

import threading
import time

import pytest

from reader.library import Library
from reader.model.source import Care, Source
from reader.settings import Settings
from reader.storage import fetches
from reader.ui.screens import refreshing
from tests.invented import entry, fill, harbours, listing, text
from tests.ui.driving import QUIET, reading
from tests.ui.faking import NOW, Porters

FEED = Source("feed-1", "feed", "Pilot News", "https://pilots.example/feed")


@pytest.fixture
def porters(monkeypatch) -> Porters:
    monkeypatch.setattr(refreshing, "_GATHER", 0.01)
    return Porters(monkeypatch)


def news(*titles: str, section: str | None = None) -> list:
    return [entry(title, section=section, excerpt=text(2, 2), guid=title, published=NOW) for title in titles]


def subscribe(places, *titles: str) -> None:
    """Put a feed into the library, with some articles."""
    with Library(places) as library:
        library.marks.put_source(FEED)
        if titles:
            from reader.storage import intake

            intake.add(library.cache, FEED, tuple(news(*titles)), NOW)


async def test_r_asks_the_source_of_the_article(places, porters):
    subscribe(places, "One", "Two")
    async with reading(places) as it:
        await it.press("r")
        assert porters.started == [([FEED.id], False)]
        porters.end()
        await it.rest()
        assert it.said[-1] == "0 sources: nothing new."


async def test_what_was_given_once_is_not_asked(places, porters):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("r")
        assert "was given once" in it.said[-1]
        await it.press("R")
        assert "no sources to ask yet" in it.said[-1]
        assert porters.started == []


async def test_capital_r_asks_all_and_again_stops(places, porters):
    subscribe(places, "One")
    async with reading(places) as it:
        await it.press("R")
        assert porters.started == [(None, True)]
        porters.land(FEED, done=12, total=50, title="Pilot [/] News")
        await it.until(lambda: "Refreshing 12 of 50 (R stops) · Pilot [/] News" in it.status)
        await it.press("r")
        assert "R stops it" in it.said[-1]
        await it.press("R")
        await it.until(lambda: "Stopped" in it.said[-1])
        assert "Refreshing" not in it.status


async def test_new_articles_come_in_without_moving_what_is_looked_at(places, porters):
    fill(places, harbours())
    subscribe(places, "Middle")
    async with reading(places, size=(100, 30)) as it:
        await it.go_to("Why the breakwater hums")
        before, pane = it.of(it.articles).split("\n"), it.of(it.pane).split("\n")[:20]
        row = next(y for y, line in enumerate(before) if "Why the breakwater hums" in line)
        await it.press("R")
        first = [
            entry(f"Earlier {number}", section="Harbours", guid=f"e{number}", published=NOW) for number in range(9)
        ]
        porters.land(FEED, [*first, *news("Later")])
        await it.until(lambda: "10 new · gr shows them" in it.status, "the new articles")
        assert it.of(it.articles).split("\n") == before
        await it.press("g", "r")
        assert len(it.titles) == 21
        after = it.of(it.articles).split("\n")
        assert it.title == "Why the breakwater hums"
        assert [y for y, line in enumerate(after) if "Why the breakwater hums" in line] == [row]
        assert it.of(it.pane).split("\n")[:20] == pane  # what was said may lie over the last lines
        assert "10 new" in it.status
        porters.end(asked=1, new=10)
        await it.rest()
        assert "10 new" in it.status
        assert it.said[-1] == "1 source: 10 new."


async def test_nothing_moves_in_the_article_that_is_read(places, porters):
    fill(places, harbours())
    subscribe(places)
    async with reading(places, size=(100, 20)) as it:
        await it.press("enter", "space")
        before = it.of(it.pane)
        await it.press("R")
        porters.land(FEED, news("Fresh"))
        await it.until(lambda: "1 new · gr shows them" in it.status, "the new article")
        await it.rest()
        assert it.of(it.pane) == before
        assert it.screen.reading
        porters.end()
        await it.rest()


async def test_what_was_read_stays_in_the_unread_view(places, porters):
    fill(places, harbours())
    subscribe(places)
    async with reading(places) as it:
        await it.press("2", "m")
        title = it.title
        await it.press("R")
        porters.land(FEED, news("Fresh"))
        await it.until(lambda: "1 new · gr shows them" in it.status, "the new article")
        await it.rest()
        assert title in it.titles
        assert it.title == title
        await it.press("g", "r")
        assert title not in it.titles
        assert "Fresh" in it.titles
        porters.end()
        await it.rest()


async def test_the_first_articles_take_the_place_of_the_guide(places, porters):
    subscribe(places)
    async with reading(places) as it:
        assert "Guide" in it.status
        await it.press("R")
        porters.land(FEED, news("Fresh"))
        await it.until(lambda: it.titles == ["Fresh"], "the article")
        await it.until(lambda: it.title == "Fresh")
        porters.end()
        await it.rest()


async def test_failures_are_told_at_the_end(places, porters):
    subscribe(places, "One")
    async with reading(places) as it:
        await it.press("R")
        porters.land(FEED, error="timed out")
        porters.end(asked=1, failed=1)
        await it.until(lambda: it.said)
        assert it.said[-1] == "1 source: nothing new, 1 failed. \\ shows why."


async def test_a_broken_refresh_says_so(places, porters):
    subscribe(places, "One")
    async with reading(places) as it:
        await it.press("R")
        porters.end(trouble="the refresh broke off")
        await it.until(lambda: "the refresh broke off" in it.said)
        await it.press("R")
        assert len(porters.started) == 2
        porters.end()
        await it.rest()


@pytest.mark.parametrize(
    ("settings", "due", "asked"),
    [
        (Settings(mark_read="never"), 0, [(None, False)]),
        (Settings(mark_read="never"), int(time.time()) + 3600, []),
        (Settings(mark_read="never", refresh="manual"), 0, []),
    ],
    ids=["due", "not due", "by hand only"],
)
async def test_sources_are_asked_by_themselves_when_they_are_due(places, porters, monkeypatch, settings, due, asked):
    monkeypatch.setattr(refreshing, "_FIRST", 0.01)
    subscribe(places, "One")
    with Library(places) as library:
        fetches.write(library.cache, fetches.Fetch(FEED.id, due=due))
    async with reading(places, settings) as it:
        await it.pilot.pause(0.1)
        await it.rest()
        assert porters.started == asked
        if asked:
            porters.end(asked=1)
            await it.rest()
            assert it.said == []


async def test_without_sources_nothing_is_asked(places, porters, monkeypatch):
    monkeypatch.setattr(refreshing, "_FIRST", 0.01)
    fill(places, harbours())
    monkeypatch.delattr(fetches, "all")
    async with reading(places, QUIET) as it:
        await it.pilot.pause(0.1)
        await it.rest()
        assert porters.started == []


async def test_leaving_the_app_ends_the_refresh(places, porters):
    subscribe(places, "One")
    async with reading(places) as it:
        await it.press("R")
        assert it.screen.refreshing.running
    assert porters.closed == 1


async def test_a_narrow_status_line_keeps_what_is_shown(places, porters):
    fill(places, listing("Harbours", [entry("One")]))
    subscribe(places)
    async with reading(places, size=(60, 20)) as it:
        await it.press("R")
        porters.land(FEED, done=3, total=50, title="A source of a very long name that goes on and on")
        await it.until(lambda: "Refreshing 3 of 50" in it.status)
        assert "Harbours" in it.status
        porters.end()
        await it.rest()


async def test_a_source_follows_the_name_it_gives_itself_and_its_new_address(places, porters):
    subscribe(places, "One")
    async with reading(places) as it:
        await it.press("R")
        porters.land(FEED, title="Pilots and Tugs", moved="https://tugs.example/feed")
        await it.until(lambda: it.library.subscriptions.source(FEED.id).title == "Pilots and Tugs")
        await it.until(lambda: it.library.subscriptions.source(FEED.id).location == "https://tugs.example/feed")
        porters.end()
        await it.rest()


async def test_a_refresh_that_breaks_off_by_itself_is_told_once(places, porters, monkeypatch):
    monkeypatch.setattr(refreshing, "_FIRST", 0.01)
    monkeypatch.setattr(refreshing, "_EVERY", 0.05)
    subscribe(places, "One")
    async with reading(places, Settings(mark_read="never")) as it:
        for number in range(1, 4):
            await it.until(lambda number=number: len(porters.started) == number and porters.last.running)
            porters.end(trouble="the disk is full")
        await it.until(lambda: len(porters.started) == 4)
        assert it.said.count("the disk is full") == 1


async def test_keys_do_not_wait_while_names_are_written_down(places, porters, monkeypatch):
    subscribe(places, "One")
    threads = []
    async with reading(places) as it:
        landed = it.library.subscriptions.landed
        monkeypatch.setattr(
            it.library.subscriptions,
            "landed",
            lambda *name, **more: threads.append(threading.current_thread()) or landed(*name, **more),
        )
        await it.press("R")
        for number in range(20):
            porters.land(FEED, title=f"Pilots {number}")
        await it.until(lambda: it.library.subscriptions.source(FEED.id).title == "Pilots 19")
        assert len(threads) == 20
        assert threading.main_thread() not in threads
        porters.end()
        await it.rest()


async def test_what_the_user_is_to_know_of_a_move_is_told(places, porters):
    subscribe(places, "One")
    with Library(places) as library:
        library.subscriptions.set_care(FEED.id, Care(headers=(("X-Key", "1"),)))
    async with reading(places) as it:
        await it.press("R")
        porters.land(FEED, moved="https://elsewhere.example/feed")
        await it.until(lambda: any("headers" in said or "elsewhere.example" in said for said in it.said))
        porters.end()
        await it.rest()


async def test_what_landed_last_is_written_down_when_the_app_is_left(places, porters, monkeypatch):
    monkeypatch.setattr(refreshing, "_GATHER", 60.0)
    subscribe(places, "One")
    async with reading(places) as it:
        await it.press("R")
        porters.land(FEED, title="Pilots and Tugs", done=3, total=50)
        await it.until(lambda: "Refreshing 3 of 50" in it.status)
    with Library(places) as library:
        assert library.subscriptions.source(FEED.id).title == "Pilots and Tugs"


async def test_a_header_that_changed_is_shown_though_the_text_did_not(places, porters):
    subscribe(places, "One", "Two")
    async with reading(places) as it:
        await it.press("R")
        title = it.title
        text = it.screen.opened.article.row.excerpt
        porters.land(FEED, [entry(title, section=None, excerpt=text, guid=title, published=NOW, author="Ada Quill")])
        await it.until(lambda: "Ada Quill" in it.of(it.pane), "the name of who wrote it")
        porters.end()
        await it.rest()


async def test_only_an_article_that_changed_is_shown_anew(places, porters, monkeypatch):
    subscribe(places, "One", "Two")
    async with reading(places) as it:
        shown = []
        show = it.pane.show
        monkeypatch.setattr(it.pane, "show", lambda *what: (shown.append(what), show(*what)))
        await it.press("R")
        porters.land(FEED, news("Three"))
        await it.until(lambda: "1 new · gr shows them" in it.status)
        await it.rest()
        assert shown == []
        changed = entry("One", section=None, excerpt="Quite other words than before.", guid="One", published=NOW)
        porters.land(FEED, [changed])
        await it.until(lambda: "Quite other words" in it.of(it.pane), "the article in its new words")
        assert "Quite other words" in it.of(it.articles)
        porters.end()
        await it.rest()

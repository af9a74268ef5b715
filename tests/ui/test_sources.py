"""The sources screen: how each source stands, and looking after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from reader.library import Library
from reader.library.subscriptions import Standing
from reader.model.source import Care, Source
from reader.storage import fetches
from reader.storage.fetches import Fetch
from reader.ui.widgets import source_row
from reader.ui.widgets.key_hints import KeyHints
from tests.invented import entry, essay, fill, harbours
from tests.ui.driving import reading
from tests.ui.faking import NOW, Porters

PILOTS = Source("feed-1", "feed", "Pilot [/] News", "https://pilots.example/feed", care=Care(folder="Sea"))
GULLS = Source("feed-2", "feed", "Gulls", "https://gulls.example/feed")


@pytest.fixture
def clock(monkeypatch) -> int:
    from types import SimpleNamespace

    for name in ("widgets.source_list", "widgets.row_painter", "screens.source_details"):
        monkeypatch.setattr(f"reader.ui.{name}.time", SimpleNamespace(time=lambda: NOW))
    return NOW


@pytest.fixture
def filled(places, clock):
    """Give a library of a listing and two feeds, one of them failing."""
    from reader.storage import intake

    fill(places, harbours(), essay())
    with Library(places, now=lambda: NOW) as library:
        for number, source in enumerate((PILOTS, GULLS)):
            library.marks.put_source(source)
            made = tuple(entry(f"{source.title} {step}", section=None, guid=f"{number}{step}") for step in range(3))
            intake.add(library.cache, source, made, NOW)
        library.subscriptions.landed()
        fine = Fetch(PILOTS.id, checked=NOW - 7200, succeeded=NOW - 7200, due=NOW + 2400)
        bad = Fetch(
            GULLS.id, checked=NOW, succeeded=NOW - 3 * 86400, due=NOW + 3600, failures=2, error="timed out: [/]"
        )
        fetches.write_all(library.cache, [fine, bad])
    return places


def lines(it) -> list[str]:
    return [line.strip("│ ▌") for line in it.seen().split("\n")]


async def opened(it) -> None:
    await it.press("g", "S")
    await it.until(lambda: "sources" in it.seen().split("\n")[0], "the sources")
    await it.rest()


async def to(it, name: str) -> None:
    """Put the cursor on a source."""
    screen = it.app.screen
    await it.press("g", "g")
    while screen._list.chosen.source.title != name:
        await it.press("j")


async def test_each_source_tells_how_it_stands(filled):
    async with reading(filled) as it:
        await opened(it)
        seen = it.seen()
        assert "Sources · 4 sources, 1 failing" in seen
        (pilots,) = (line for line in lines(it) if line.startswith("Pilot [/] News (Sea)"))
        assert pilots.split()[4:] == ["feed", "3", "3", "2", "h", "ago", "in", "40", "min"]
        (gulls,) = (line for line in lines(it) if line.startswith("! Gulls"))
        assert "3 d ago" in gulls
        assert "timed out: [/]" in seen
        await it.press("escape")
        assert it.app.screen is it.screen


@pytest.mark.parametrize("width", [120, 80, 60, 40])
async def test_it_fits_any_width(filled, width):
    async with reading(filled, size=(width, 24)) as it:
        await it.press("g", "S")
        await it.until(lambda: "sources" in it.seen(), "the sources")
        await it.rest()
        seen = it.seen()
        assert all(len(line) == width for line in seen.split("\n"))
        assert "Pilot" in seen
        assert "Esc" in seen.split("\n")[-1] + seen.split("\n")[-2]


async def test_enter_shows_the_articles_of_a_source(filled):
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Gulls")
        await it.press("enter")
        assert it.app.screen is it.screen
        assert it.titles == ["Gulls 0", "Gulls 1", "Gulls 2"]
        assert "Gulls · 3 articles" in it.status
        await it.press("escape")
        assert len(it.titles) == 17


async def test_it_begins_on_the_source_of_the_article(filled):
    async with reading(filled) as it:
        await it.go_to("Gulls 1")
        await opened(it)
        assert it.app.screen._list.chosen.source.id == GULLS.id


async def test_a_source_is_renamed_and_put_into_a_folder(filled):
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Gulls")
        await it.press("e")
        it.app.screen.query_one(Input).value = "Terns [/]"
        await it.press("enter")
        await it.until(lambda: "Terns [/]" in it.seen())
        await it.press("f")
        await it.type("Birds")
        await it.press("enter")
        await it.until(lambda: "Terns [/] (Birds)" in it.seen())
        source = next(source for source in it.library.marks.sources() if source.id == GULLS.id)
        assert (source.title, source.care.folder, source.care.named) == ("Terns [/]", "Birds", True)


async def test_whole_articles_and_pauses_are_set(filled):
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Gulls")
        for wanted in ("always", "never", "auto"):
            await it.press("x")
            await it.until(
                lambda wanted=wanted: it.library.subscriptions.source(GULLS.id).care.full_text == wanted, wanted
            )
            await it.rest()
        await it.press("p")
        await it.until(lambda: "paused" in it.seen())
        assert it.library.subscriptions.source(GULLS.id).care.paused
        await it.rest()
        await it.press("p")
        await it.until(lambda: not it.library.subscriptions.source(GULLS.id).care.paused)


async def test_removing_asks_with_counts_and_keeps_what_is_marked(filled):
    async with reading(filled) as it:
        await it.go_to("Gulls 1")
        await it.press("s")
        await opened(it)
        await to(it, "Gulls")
        await it.press("d")
        await it.until(lambda: it.dialogue == "ConfirmScreen")
        assert "Remove “Gulls”? 2 articles go, 1 with marks stays." in it.question
        await it.press("n")
        assert len(it.titles) == 17
        await it.press("d")
        await it.until(lambda: it.dialogue == "ConfirmScreen")
        await it.press("y")
        await it.until(lambda: len(it.titles) == 15, "the articles to go")
        await it.rest()
        await it.press("escape")
        assert "Gulls 1" in it.titles
        assert "Gulls 2" not in it.titles


async def test_removing_counts_what_other_sources_have_too_among_what_stays(filled):
    from reader.storage import intake

    with Library(filled, now=lambda: NOW) as library:
        same = [
            entry(f"Gulls {step}", section=None, guid=f"s{step}", url=f"https://g.example/{step}") for step in (0, 2)
        ]
        for source in (GULLS, PILOTS):
            intake.add(library.cache, source, tuple(same), NOW)
    async with reading(filled) as it:
        await it.go_to("Gulls 1")
        await it.press("s")
        await opened(it)
        await to(it, "Gulls")
        await it.press("d")
        await it.until(lambda: it.dialogue == "ConfirmScreen")
        assert "0 articles go, 1 with marks stays, 2 that other sources have too stay. This cannot" in it.question
        await it.press("y")
        await it.until(lambda: it.said, "the source to be removed")
        assert it.said[-1].startswith("Gulls removed: 0 articles deleted, 1 with marks kept")


@pytest.mark.parametrize("key", ["enter", "escape", "n"])
async def test_only_y_removes(filled, key):
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Gulls")
        await it.press("d")
        await it.until(lambda: it.dialogue == "ConfirmScreen")
        assert "y yes · n, Esc or Enter no" in it.seen()
        await it.press(key)
        assert it.dialogue == "SourcesScreen"
        assert it.library.subscriptions.source(GULLS.id).kind == "feed"


async def test_help_and_commands_are_there_too(filled):
    async with reading(filled) as it:
        await opened(it)
        await it.press("?")
        assert it.dialogue == "HelpScreen"
        assert "Leave the source out of refreshing" in it.seen()
        assert "Bookmark" not in it.seen()
        await it.press("escape", ":")
        assert it.dialogue == "CommandPalette"
        await it.press("escape")
        assert it.dialogue == "SourcesScreen"


async def test_what_is_said_leaves_the_keys_alone(filled):
    async with reading(filled, size=(60, 20)) as it:
        await opened(it)
        before = it.of(it.app.screen.query_one(KeyHints))
        await to(it, "Gulls")
        await it.press("x")
        await it.until(lambda: it.said)
        await it.rest()
        assert "always" in it.seen()
        assert it.of(it.app.screen.query_one(KeyHints)) == before
        assert it.seen().split("\n")[0].strip().startswith("Sources · 4 sources")


async def test_keys_are_not_shown_while_they_do_nothing(filled):
    async with reading(filled) as it:
        assert "bookmark" in it.of(it.keys)
        await it.press("?")
        assert it.of(it.keys).strip() == ""
        await it.press("escape")
        assert "bookmark" in it.of(it.keys)
        await opened(it)
        hints = it.app.screen.query_one(KeyHints)
        assert "rename" in it.of(hints)
        await it.press("i")
        assert it.of(hints).strip() == ""
        await it.press("escape")
        assert "rename" in it.of(hints)


async def test_all_that_is_known_is_told(filled):
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Gulls")
        await it.press("i")
        seen = it.seen()
        for wanted in ("https://gulls.example/feed", "timed out: [/]", "2 in a row", "auto"):
            assert wanted in seen
        await it.press("escape")
        assert it.dialogue == "SourcesScreen"


async def test_a_source_is_asked_and_the_list_follows(filled, monkeypatch):
    monkeypatch.setattr("reader.ui.screens.sources._GATHER", 0.01)
    porters = Porters(monkeypatch)
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Gulls")
        await it.press("r")
        assert porters.started == [([GULLS.id], False)]
        fetches.write(it.library.cache, Fetch(GULLS.id, checked=NOW, succeeded=NOW, due=NOW + 3600))
        porters.land(GULLS, [entry("Gulls 9", section=None, guid="9")])
        await it.until(lambda: "failing" not in it.seen().split("\n")[0], "the source to be well")
        porters.end(asked=1, new=1)
        await it.rest()
        await it.press("to_nowhere", "R")
        assert porters.started[-1] == (None, True)
        await it.press("R")
        await it.until(lambda: "Stopped" in it.said[-1])
        assert it.dialogue == "SourcesScreen"


async def test_a_source_that_was_given_once_is_not_asked(filled, monkeypatch):
    porters = Porters(monkeypatch)
    async with reading(filled) as it:
        await opened(it)
        await to(it, "Harbours")
        await it.press("r", "x", "p")
        assert "given once" in it.said[-1]
        assert porters.started == []


async def test_without_sources_it_says_what_adds_one(places):
    async with reading(places) as it:
        await it.press("g", "S")
        await it.until(lambda: "No sources yet" in it.seen())
        await it.press("j", "G", "enter", "r", "e", "f", "x", "p", "d", "i", "space", "b", "+")
        assert it.dialogue == "AddScreen"
        await it.press("escape", "escape")
        assert it.dialogue == ""


async def test_a_second_reader_only_looks(filled):
    with Library(filled):
        async with reading(filled) as it:
            await opened(it)
            for key in ("r", "e", "f", "x", "p", "d", "R"):
                it.app.clear_notifications()
                await it.press(key)
                assert "Another reader is open" in it.said[-1], key
            shown = it.of(it.app.screen.query_one(KeyHints))
            assert shown.split() == ["Enter", "articles", "i", "more", "Esc", "back", "?", "help"]


async def test_a_command_of_the_palette_goes_back_to_the_articles(filled):
    async with reading(filled) as it:
        await opened(it)
        it.app.screen.run("view.compact")
        await it.until(lambda: it.app.screen is it.screen)
        await it.until(lambda: it.articles.compact)


async def test_many_sources_are_scrolled(places, clock):
    with Library(places) as library:
        library.marks.put_sources([replace(GULLS, id=f"feed-{at}", title=f"Source {at:04}") for at in range(1000)])
    async with reading(places) as it:
        await opened(it)
        assert "1,000 sources" in it.seen()
        await it.press("G")
        assert "Source 0999" in it.seen()
        await it.press("b")
        await it.press("g", "g")
        assert "Source 0000" in it.seen()
        await it.press("space")
        assert "Source 0033" in it.seen()


async def test_a_kind_has_one_name(filled):
    from reader.ingest.found import Found
    from reader.ingest.saying import say

    with Library(filled) as library:
        library.marks.put_source(replace(GULLS, id="topic-1", kind="topic", title="Weather"))
    async with reading(filled) as it:
        await opened(it)
        (line,) = (line for line in lines(it) if line.startswith("Weather"))
        assert "headlines page" in line
    assert say(Found("topic", "Weather")) == "a headlines page: Weather, 0 articles"


@pytest.mark.parametrize(
    ("seconds", "wanted"), [(20, "1 min"), (300, "5 min"), (7200, "2 h"), (86400, "24 h"), (3 * 86400, "3 d")]
)
def test_how_long_is_said_shortly(seconds, wanted):
    assert source_row.span(seconds) == wanted


@pytest.mark.parametrize(
    ("care", "fetch", "wanted"),
    [
        (Care(), {"due": 0}, "now"),
        (Care(), {"due": NOW + 600}, "in 10 min"),
        (Care(paused=True), {"due": 0}, "paused"),
        (Care(), {"gone": True}, "ended"),
    ],
)
def test_when_a_source_is_asked_again(care, fetch, wanted):
    standing = Standing(replace(GULLS, care=care), 0, 0, Fetch(GULLS.id, **fetch))
    assert source_row.following(standing, NOW) == wanted

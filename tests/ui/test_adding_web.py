"""Adding from the web, and folders: what is found is told, feeds are offered, errors are words."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from reader.ingest.errors import IngestError
from reader.ingest.found import Found, Offer
from reader.model.article import Entry
from reader.model.source import Source
from tests.invented import entry, fill, harbours
from tests.ui.driving import reading
from tests.ui.faking import Porters, Web

URL = "https://harbour.example/"
FEED = "https://harbour.example/feed.xml"


def feed(title: str = "Harbour News", count: int = 3) -> Found:
    """Give a feed as it was found."""
    entries = tuple(
        entry(f"Ferry {number} was late", section=None, guid=f"g{number}", url=f"{URL}{number}")
        for number in range(count)
    )
    return Found("feed", title, entries, address=FEED, site=URL)


def page(*offers: Offer) -> Found:
    """Give a page of one article."""
    made = Entry("On fog", body="Fog is a cloud that came down. " * 30, markdown=True, url=URL)
    return Found("page", "On fog", (made,), address=URL, offers=offers)


async def test_a_feed_is_told_of_and_then_added(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = feed()
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: "Harbour News" in it.question)
        assert it.library.cache.count() == 0
        await it.press("enter")
        await it.until(lambda: len(it.titles) == 3, "the articles")
        assert it.title == it.titles[0]
        assert [source.kind for source in it.library.marks.sources()] == ["feed"]
        assert web.asked == [(URL, None)]


async def test_feeds_are_offered_the_best_first(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = page(Offer(FEED, "All [/] news"), Offer(f"{URL}comments", "Comments", guessed=True))
    web.answers[FEED] = feed()
    async with reading(places) as it:
        await it.press("+")
        await it.paste("harbour.example")
        web.answers["harbour.example"] = web.answers[URL]
        await it.press("enter")
        await it.until(lambda: it.app.screen.query(OptionList), "the offers")
        await it.rest()
        seen = it.seen()
        assert seen.index("All [/] news") < seen.index("Comments") < seen.index("only this page")
        assert "(a guess)" in seen
        assert "On fog has feeds. Which one?" in it.question
        await it.press("enter")
        await it.until(lambda: "Harbour News" in it.question)
        await it.press("enter")
        await it.until(lambda: len(it.titles) == 3, "the articles")
        assert web.asked[-1] == (FEED, True)


async def test_only_the_page_can_be_taken(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = page(Offer(FEED))
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: it.app.screen.query(OptionList), "the offers")
        await it.rest()
        assert "On fog has a feed. Enter takes it." in it.question
        await it.press("down", "enter")
        await it.until(lambda: it.titles == ["On fog"], "the page")
        assert web.asked == [(URL, None)]


async def test_the_feeds_of_a_saved_page_are_offered_too(places, monkeypatch, tmp_path):
    web = Web(monkeypatch)
    web.answers[FEED] = feed()
    saved = tmp_path / "fog.html"
    link = f'<link rel="alternate" type="application/rss+xml" title="All news" href="{FEED}">'
    text = f"<p>{'Fog is a cloud that came down. ' * 60}</p>"
    saved.write_text(f"<!doctype html>\n<title>Fog</title>{link}\n<article><h1>On fog</h1>{text}</article>")
    async with reading(places) as it:
        for given in (str(saved), saved.read_text()):
            await it.press("+")
            await it.paste(given)
            if given == str(saved):
                await it.press("enter")
            await it.until(lambda: it.app.screen.query(OptionList), "the offers")
            await it.rest()
            assert "All news" in it.seen()
            await it.press("enter")
            await it.until(lambda: "Harbour News" in it.question)
            page = web.offering[-1]
            assert (page.kind, page.local, [offer.url for offer in page.offers]) == ("page", False, [FEED])
            await it.press("escape")
        await it.press("+")
        await it.paste(str(saved))
        await it.press("enter")
        await it.until(lambda: it.app.screen.query(OptionList), "the offers")
        await it.rest()
        await it.press("down", "enter")
        await it.until(lambda: len(it.titles) == 1, "the page")
    assert web.asked == [(FEED, True)] * 2


async def test_a_look_is_stopped_by_escape_and_the_question_stays(places, monkeypatch):
    web = Web(monkeypatch)
    async with reading(places) as it:
        await it.press("+")
        await it.paste("https://slow.example/x")
        await it.pilot.press("enter")
        await it.until(lambda: "Reading what came" in it.question)
        await it.pilot.press("escape")
        await it.until(lambda: web.stopped, "the thread to end")
        await it.rest()
        assert it.dialogue == "AddScreen"
        assert "Stopped" in it.question
        assert it.app.screen.query_one(Input).value == "https://slow.example/x"
        await it.press("escape")
        assert it.dialogue == ""


async def test_keys_typed_during_a_look_go_nowhere(places, monkeypatch):
    Web(monkeypatch)
    async with reading(places) as it:
        await it.press("+")
        await it.paste("https://slow.example/x")
        await it.pilot.press("enter")
        await it.until(lambda: "Reading what came" in it.question)
        await it.pilot.press("a", "b", "backspace", "backspace", "backspace", "enter")
        assert it.app.screen.query_one(Input).value == "https://slow.example/x"
        assert "Esc stops" in it.seen()
        assert "Enter adds" not in it.seen()
        await it.pilot.press("escape")
        await it.rest()
        assert "Enter adds" in it.seen()
        await it.press("y")
        assert it.app.screen.query_one(Input).value == "https://slow.example/xy"


async def test_feeds_that_are_here_say_so_and_j_and_k_choose(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = page(Offer(f"{URL}other.xml", "Other"), Offer(FEED, "All news"))
    web.answers[FEED] = feed()
    fill(places, feed(), harbours())
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: it.app.screen.query(OptionList), "the offers")
        await it.rest()
        here = [line for line in it.seen().split("\n") if "(already here)" in line]
        assert len(here) == 1
        assert "All news" in here[0]
        await it.press("j", "j", "k", "enter")
        await it.until(lambda: "It is here already" in it.question, "the feed")
        assert web.asked[-1] == (FEED, True)


async def test_leaving_the_app_stops_a_look(places, monkeypatch):
    web = Web(monkeypatch)
    async with reading(places) as it:
        await it.press("+")
        await it.paste("https://slow.example/x")
        await it.pilot.press("enter")
        await it.until(lambda: web.asked)
    assert web.stopped == ["https://slow.example/x"]


async def test_an_error_is_told_in_the_dialogue(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = IngestError("harbour.example does not answer: try again later [/]")
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: "try again later [/]" in it.question)
        assert it.dialogue == "AddScreen"


async def test_an_address_pasted_in_the_main_screen_is_not_asked_before_enter(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = feed()
    async with reading(places) as it:
        await it.paste(f"{URL}\n")
        assert it.dialogue == "AddScreen"
        assert it.app.screen.query_one(Input).value == URL
        assert web.asked == []
        await it.press("enter")
        await it.until(lambda: "Harbour News" in it.question)


async def test_what_could_not_be_had_is_told(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = Found("page", "On fog", page().entries, address=URL, problem="it is behind a paywall")
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: "it is behind a paywall" in it.question)


async def test_a_page_that_is_here_already_is_shown(places, monkeypatch):
    web = Web(monkeypatch)
    web.answers[URL] = page()
    fill(places, harbours(), page())
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: "On fog" in it.question)
        await it.press("enter")
        await it.until(lambda: it.title == "On fog", "the page")


async def test_a_folder_is_watched_and_read_at_once(places, monkeypatch, tmp_path):
    porters = Porters(monkeypatch)
    folder = tmp_path / "papers"
    folder.mkdir()
    async with reading(places) as it:
        await it.press("+")
        await it.paste(str(folder))
        await it.press("enter")
        assert "A folder" in it.question
        await it.press("enter")
        await it.until(lambda: porters.started, "the folder to be read")
        (source,) = it.library.marks.sources()
        assert (source.kind, source.location) == ("folder", str(folder))
        assert porters.started == [([source.id], False)]
        porters.end()
        await it.rest()


async def test_the_sources_of_a_list_are_asked_at_once(places, monkeypatch):
    porters, web = Porters(monkeypatch), Web(monkeypatch)
    named = tuple(Source("", "feed", f"Feed {number}", f"https://f{number}.example/") for number in range(2))
    web.answers[URL] = Found("subscriptions", "My feeds", sources=named)
    async with reading(places) as it:
        await it.press("+")
        await it.paste(URL)
        await it.press("enter")
        await it.until(lambda: "Enter adds it" in it.question)
        await it.press("enter")
        await it.until(lambda: porters.started, "the feeds to be asked")
        assert set(porters.started[0][0]) == {source.id for source in it.library.marks.sources()}
        porters.end()
        await it.rest()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://example.org", True), ("example.org", True), ("feed://example.org/x", True),
        ("example.org/a/page.html", True), ("localhost:8000/x", True), ("bücher.example/x", True),
        ("192.0.2.7:80/x", True),
        ("page.txt", False), ("/tmp/page", False), ("~/x.example", False), ("two words.org", False), ("notes", False),
        ("./example.org", False), ("", False),
    ],
)  # fmt: skip
def test_an_address_is_told_from_a_path(text, wanted):
    from reader.ui.dialogs.add_paths import is_address

    assert is_address(text) == wanted


def test_a_file_that_is_there_is_no_address(tmp_path, monkeypatch):
    from reader.ui.dialogs.add_paths import is_address

    monkeypatch.chdir(tmp_path)
    (tmp_path / "example.org").write_text("x")
    assert not is_address("example.org")

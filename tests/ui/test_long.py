"""A text that takes long to lay out is begun at once, and the rest of it comes by itself."""

from __future__ import annotations

import threading

import pytest

from reader.ingest import markdown
from reader.ingest.found import Found
from reader.model.article import READ, Entry
from reader.settings import Settings
from tests.invented import fill
from tests.ui.driving import reading

BODY = "\n\n".join(
    f"Paragraph {number} with **strong** words and [a link](https://a.example/{number})." for number in range(900)
)


def feed() -> Found:
    long = Entry("Long", body=BODY, markdown=True, guid="1")
    return Found("feed", "News", (Entry("Short", excerpt="x", guid="2"), long), address="https://a.example/feed")


@pytest.fixture
def held(monkeypatch):
    """Let no whole document be made until this is set."""
    may = threading.Event()
    whole = markdown.document

    def waits(text, stopped=lambda: False):
        if len(text) > 20_000:
            assert may.wait(10)
        return whole(text, stopped)

    monkeypatch.setattr(markdown, "document", waits)
    yield may
    may.set()


async def press(it, *keys: str) -> None:
    """Press keys, and do not wait for what is laid out meanwhile."""
    for key in keys:
        await it.pilot.press(key)
        await it.pilot.pause()


async def test_it_is_begun_at_once_and_then_whole(places, held):
    fill(places, feed())
    async with reading(places, Settings(mark_read="at_end")) as it:
        await press(it, "j", "enter")
        assert "Paragraph 0 with strong" in it.of(it.pane)
        assert it.pane.opened.coming
        await press(it, "G")
        assert not it.pane.at_end
        assert not it.screen.row.has(READ)
        await press(it, "g", "g", *"jjjjjjjj")
        shown = it.of(it.pane).split("\n")[1:-1]
        held.set()
        await it.until(lambda: not it.pane.opened.coming)
        await it.rest()
        assert it.of(it.pane).split("\n")[1:-1] == shown
        await it.press("G")
        assert "Paragraph 899" in it.of(it.pane)
        assert it.pane.at_end
        assert it.screen.row.has(READ)


async def test_a_place_in_what_is_coming_is_kept(places, held):
    fill(places, feed())
    held.set()
    async with reading(places) as it:
        await it.press("j", "enter")
        await it.until(lambda: not it.pane.opened.coming)
        await it.press("G", "k", "k")
        await it.rest()
        place, shown = it.pane.place, it.of(it.pane)
        await it.press("q", "k")
        held.clear()
        it.screen.texts._whole = None
        await press(it, "j", "enter")
        assert "Laying out…" in it.of(it.pane)
        assert it.pane.place == place
        await press(it, "j")
        held.set()
        await it.until(lambda: not it.pane.opened.coming)
        await it.rest()
        assert (it.pane.place.block, it.pane.place.fraction) == (place.block, place.fraction)
        assert it.of(it.pane).replace("▎", " ") == shown.replace("▎", " ")


async def test_another_article_stops_it_and_coming_back_begins_anew(places, held):
    fill(places, feed())
    async with reading(places) as it:
        await press(it, "j")
        assert it.pane.opened.coming
        await press(it, "k")
        assert not it.pane.opened.coming
        held.set()
        await it.rest()
        assert it.pane.opened.row.title == "Short"
        await it.press("j")
        await it.until(lambda: not it.pane.opened.coming)
        assert len(it.pane.opened.document.blocks) == 900


async def test_what_was_laid_out_is_not_laid_out_again_for_a_mark(places, held):
    fill(places, feed())
    held.set()
    async with reading(places) as it:
        await it.press("j")
        await it.until(lambda: not it.pane.opened.coming)
        held.clear()
        await it.press("s")
        assert not it.pane.opened.coming
        assert len(it.pane.opened.document.blocks) == 900

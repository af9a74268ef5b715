"""Rules in the app: applied to what comes in, off the screen's thread, and told."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.model.source import Source
from reader.settings import load
from reader.ui.screens import refreshing
from tests.invented import entry, fill, harbours, text
from tests.ui.driving import reading
from tests.ui.faking import NOW, Porters

FEED = Source("feed-1", "feed", "Pilot News", "https://pilots.example/feed")


@pytest.fixture
def porters(monkeypatch) -> Porters:
    monkeypatch.setattr(refreshing, "_GATHER", 0.01)
    return Porters(monkeypatch)


async def test_what_a_refresh_brings_is_hidden_by_a_rule_and_u_brings_it_back(places, porters):
    fill(places, harbours())
    with Library(places) as library:
        library.marks.put_source(FEED)
    places.config.mkdir(parents=True, exist_ok=True)
    places.settings.write_text('[[rules]]\nname = "ads"\nwhen = "title:sponsored"\ndo = ["hide"]\n')
    async with reading(places) as it:
        await it.press("R")
        some = [entry(title, excerpt=text(2, 2), guid=title, published=NOW) for title in ("Sponsored", "Fresh")]
        porters.land(FEED, some)
        await it.until(lambda: any("rule ads: 1 article hidden" in said for said in it.said), "what the rule did")
        await it.rest()
        await it.press("g", "r")
        assert "Fresh" in it.titles
        assert "Sponsored" not in it.titles
        porters.end()
        await it.rest()
        await it.press("U")
        await it.rest()
        await it.press("g", "r")
        await it.rest()
        assert "Sponsored" in it.titles


async def test_a_rule_that_is_wrong_is_told_at_the_start(places):
    fill(places, harbours())
    places.config.mkdir(parents=True, exist_ok=True)
    places.settings.write_text('[[rules]]\nname = "ads"\nwhen = "is:unred"\ndo = ["hide"]\n')
    async with reading(places, settings=load(places.settings)[0]) as it:
        await it.until(lambda: any("did you mean is:unread?" in said for said in it.said), "what is wrong")

"""The passages that a search shows in the rows of the list."""

from __future__ import annotations

import pytest

from reader.ingest.found import Found as Page
from reader.library.snippets import snippet
from reader.model.query import Words, parse, words_of
from reader.model.terms import Terms
from reader.ui.widgets.found import FIRST, Found
from tests.invented import entry, fill
from tests.ui.driving import reading


def test_what_is_further_down_is_asked_for_before_it_is_in_view():
    asked, works = [], []

    def passages(keys):
        asked.extend(keys)
        return {key: f"passage {key}" for key in keys}

    keys = range(200)
    found = Found(Terms((Words("tide"),)), passages, works.append)
    found.fetch(keys[:FIRST])
    assert found.snippet(keys, 0) == "passage 0"
    assert found.snippet(keys, 1) == "passage 1"
    assert len(asked) == FIRST
    assert len(works) == 1
    works.pop()()
    asked.clear()
    assert [found.snippet(keys, index) for index in range(FIRST, 60)] == [f"passage {key}" for key in range(FIRST, 60)]
    assert asked == []
    assert len(works) == 1


def test_a_passage_that_cannot_be_had_beforehand_is_asked_for_again():
    def passages(keys):
        raise OSError("gone")

    works = []
    found = Found(Terms((Words("tide"),)), passages, works.append)
    found._kept[0] = "passage"
    found.snippet(range(9), 0)
    with pytest.raises(OSError, match="gone"):
        works.pop()()
    found.snippet(range(9), 0)
    assert len(works) == 1


async def test_pages_of_matches_show_passages_that_were_there_already(places):
    low = "Low water and " * 30
    fill(places, Page("listing", "Tides", tuple(entry(f"Tide {at}", excerpt=f"{low} buoy {at}") for at in range(80))))
    async with reading(places) as it:
        await it.press("/")
        await it.type("buoy")
        await it.press("enter")
        found = it.articles.found
        await it.until(lambda: len(found._kept) > 40 and not found._looking, "the next pages")
        before = dict(found._kept)
        await it.press("space", "space")
        assert it.screen.row.key in before


def test_the_passage_of_a_long_text_is_its_first_one():
    text = "Ebb and flow. " * 20 + "The buoy rang. " + "Fog came in. " * 1000
    found = snippet(text, words_of(parse("buoy")), markdown=False)
    assert "The buoy rang." in found
    assert found.startswith("… ")
    assert found.endswith(" …")

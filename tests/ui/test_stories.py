"""A story that several sources tell is one row of the list."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.model.article import Entry
from reader.model.source import Source
from reader.storage import intake
from tests.ui.driving import reading

NOW = 1_790_000_000
TITLE = "Ferry runs aground off the north pier"


@pytest.fixture
def coast(places):
    """A library in which four sources tell one story."""
    with Library(places) as library:
        for name in ("The Hour", "Daily Sketch", "The Gull", "Zenith"):
            told = Entry(TITLE, excerpt=f"Told by {name}.", guid=name, published=NOW)
            intake.add(library.cache, Source(name, "feed", name), (told,), NOW)
    return places


async def test_the_row_tells_of_the_others(coast):
    async with reading(coast) as it:
        assert it.titles == [TITLE]
        assert "1 min · also in 3" in it.of(it.articles)
        assert "1 article, 1 unread" in it.status


async def test_the_article_names_all(coast):
    async with reading(coast) as it:
        await it.press("enter")
        assert "also in Daily Sketch, The Gull, Zenith" in " ".join(it.of(it.pane).replace("┃", "").split())


async def test_a_story_is_parted_and_joined_again(coast):
    async with reading(coast) as it:
        it.screen.run("story.part")
        await it.until(lambda: len(it.titles) == 4)
        it.screen.run("story.part")
        await it.until(lambda: len(it.titles) == 1)

"""Leaving the app, in good order and by the ways that others bring."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.model.article import READ
from reader.settings import Settings
from tests.invented import fill, harbours
from tests.ui.driving import reading


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


async def test_a_note_that_is_being_written_outlives_the_app(shore):
    async with reading(shore) as it:
        article = it.screen.row.id
        await it.press("a")
        await it.type("half a thought")
        it.app.exit()
    with Library(shore) as library:
        assert [note.text for note in library.marks.of(article).notes] == ["half a thought"]


async def test_an_emptied_note_is_not_deleted_by_leaving(shore):
    async with reading(shore) as it:
        article = it.screen.row.id
        await it.press("a", "x", "escape", "a", "backspace")
        it.app.exit()
    with Library(shore) as library:
        assert [note.text for note in library.marks.of(article).notes] == ["x"]


async def test_a_search_does_not_pass_the_focus_through_the_article(shore):
    async with reading(shore, Settings(mark_read="on_open")) as it:
        await it.press("/", "t", "h", "e")
        await it.until(lambda: it.screen.listing.filter.words == "the")
        await it.press("enter")
        assert not it.screen.reading
        flags = {row.title: row.flags for row in it.library.shelf.rows(it.library.shelf.listing().keys)}
        assert set(flags.values()) == {0}


async def test_an_undo_shows_in_the_view_it_is_made_in(shore):
    async with reading(shore) as it:
        await it.press("A", "y", "2")
        await it.until(lambda: not it.screen.listing.keys)
        await it.press("U")
        await it.until(lambda: len(it.screen.listing.keys) == 10)


async def test_a_dialogue_over_the_article_stops_the_clock(shore):
    async with reading(shore, Settings(mark_read="after_seconds", mark_read_seconds=0.4)) as it:
        first = it.title
        await it.press("enter", "question_mark")
        timer = it.screen.attention._timer
        await it.until(lambda: timer._task is None or timer._task.done())
        assert it.flags(first) & READ == 0
        await it.press("escape")
        await it.until(lambda: it.flags(first) & READ)

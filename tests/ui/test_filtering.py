"""Narrowing a view by the query language, and what helps to type it."""

from __future__ import annotations

import pytest

from reader.model.listing import Filter
from tests.invented import fill, harbours, orchards
from tests.ui.driving import reading

TITLES = [entry.title for entry in harbours().entries]
FIRST, SECOND = TITLES[:2]


@pytest.fixture
def both(places):
    """A library with two sections."""
    fill(places, harbours(), orchards())
    return places


def bar(it) -> str:
    return it.of(it.app.screen.query_one("QueryBar"))


async def test_a_filter_narrows_the_view_and_stays_visible(both):
    async with reading(both) as it:
        await it.press("m", "2", "F")
        await it.type("author:calloway")
        await it.press("enter")
        assert it.titles == [TITLES[6]]
        assert "Unread · “author:calloway” · 1 article" in it.status
        assert it.app.focused is it.articles
        await it.press("escape")
        assert it.screen.listing.filter == Filter("unread")


async def test_headings_stay_while_a_filter_asks_for_no_words(both):
    async with reading(both) as it:
        await it.press("F")
        await it.type("is:unread")
        await it.press("enter")
        assert it.screen.listing.grouping == "section"
        assert "▾" in it.of(it.articles)


async def test_a_mistake_is_shown_under_its_word_and_the_list_stays(both):
    async with reading(both) as it:
        await it.press("F")
        await it.type("author:calloway")
        await it.paste(" is:unred")
        line, under = bar(it).split("\n")[:2]
        assert under.index("^") == line.index("is:unred")
        assert under.count("^") == len("is:unred")
        assert "is:unread" in under
        assert it.screen.listing.filter.words == "author:calloway"
        await it.press("enter")
        assert it.app.screen.query_one("QueryBar").value == "author:calloway is:unred"
        await it.press("tab")
        assert it.app.screen.query_one("QueryBar").value == "author:calloway is:unread"
        assert "^" not in bar(it)
        assert it.screen.listing.filter.words == "author:calloway is:unread"


async def test_escape_gives_up_and_an_empty_line_clears(both):
    async with reading(both) as it:
        await it.press("F")
        await it.type("author:calloway")
        await it.press("enter", "F")
        await it.type(" is:read")
        await it.press("escape")
        assert it.screen.listing.filter.words == "author:calloway"
        await it.press("F", "ctrl+u", "enter")
        assert it.screen.listing.filter == Filter()
        assert len(it.titles) > 10


async def test_an_empty_line_shows_examples_and_tab_takes_one(both):
    async with reading(both) as it:
        await it.press("F")
        assert "is:unread minutes:<5" in it.seen()
        await it.press("tab")
        assert it.app.screen.query_one("QueryBar").value == "is:unread minutes:<5"


async def test_fields_and_names_are_completed(both):
    async with reading(both) as it:
        await it.press("F")
        await it.type("aut")
        assert "author:" in it.seen()
        await it.press("tab")
        assert it.app.screen.query_one("QueryBar").value == "author:"
        await it.type("callo")
        await it.press("down", "enter")
        assert "Calloway" in it.app.screen.query_one("QueryBar").value
        await it.press("enter")
        assert set(it.titles) == {FIRST, TITLES[6]}


async def test_a_search_completes_names_of_a_field_but_no_words(both):
    async with reading(both) as it:
        await it.press("/")
        await it.type("aut")
        assert not it.app.screen.query_one("Completions").display
        await it.press("tab")
        assert it.app.screen.query_one("Completions").display
        await it.press("tab")
        assert it.app.screen.query_one("QueryBar").value == "author:"
        assert it.app.screen.query_one("Completions").display


@pytest.mark.parametrize("key", ["/", "F"])
async def test_a_name_of_several_words_is_completed_and_then_nothing_more_is_proposed(both, key):
    async with reading(both) as it:
        await it.press(key)
        await it.until(lambda: it.screen.lists.searching._known, "the names to be known")
        await it.type('author:"ines callo')
        assert it.app.screen.query_one("Completions").display
        await it.press("tab")
        assert it.app.screen.query_one("QueryBar").value == 'author:"Ines Calloway"'
        assert not it.app.screen.query_one("Completions").display
        await it.press("ctrl+u")
        await it.type("is:unread")
        assert not it.app.screen.query_one("Completions").display
        await it.press("down")
        assert it.app.focused is it.articles


async def test_down_goes_to_what_was_found_where_nothing_is_proposed(both):
    async with reading(both) as it:
        await it.press("/")
        await it.type("gulls")
        await it.press("down")
        assert it.app.focused is it.articles
        assert not it.app.screen.query("QueryBar")


async def test_an_order_is_asked_for_in_the_line_and_given_up_by_the_menu(both):
    async with reading(both) as it:
        await it.press("F")
        await it.type("is:unread sort:title")
        await it.press("enter")
        assert it.titles == sorted(it.titles, key=str.casefold)
        assert it.screen.listing.order == "title"
        await it.press("S", "k", "enter")
        assert it.screen.listing.order == "newest"
        assert it.screen.listing.filter.words == "is:unread"


async def test_nothing_found_names_the_way_out(both):
    async with reading(both) as it:
        await it.press("2", "F")
        await it.type("is:bookmarked")
        await it.press("enter")
        seen = " ".join(it.of(it.articles).replace("┃", " ").split())
        assert "No article in Unread is “is:bookmarked”." in seen
        assert "F changes the filter, Esc takes it away." in seen


async def test_the_help_tells_the_query_language(both):
    async with reading(both) as it:
        await it.press("?")
        await it.type("minutes")
        assert "is:unread minutes:<5" in it.seen()

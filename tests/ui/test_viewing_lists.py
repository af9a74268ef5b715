"""How the list is ordered and grouped, what is folded, and what comes while one looks at it."""

from __future__ import annotations

import pytest

from reader.model.listing import Filter
from tests.invented import entry, fill, harbours, orchards
from tests.ui.driving import reading
from tests.ui.faking import Porters

TITLES = [entry.title for entry in harbours().entries]
FIRST, SECOND, THIRD = TITLES[:3]


@pytest.fixture
def both(places):
    """A library with two sections."""
    fill(places, harbours(), orchards())
    return places


def headings(it) -> list[str]:
    return [group.title for group in it.screen.listing.groups]


# -- order and headings


async def test_the_menu_shows_what_is_chosen_now_and_takes_both_at_once(both):
    async with reading(both) as it:
        await it.press("S")
        assert it.dialogue == "SortScreen"
        assert "● as on the page" in it.seen()
        assert "● by section" in it.seen()
        assert "best match" not in it.seen()
        await it.press("j", "j", "tab", "end", "enter")
        assert it.screen.listing.order == "title"
        assert it.screen.listing.grouping == "none"
        assert it.titles == sorted(it.titles, key=str.casefold)
        assert "▾" not in it.of(it.articles)
        await it.press("S")
        assert "● by title" in it.seen()
        assert "● one list" in it.seen()


async def test_each_view_keeps_its_order_and_its_headings_also_in_the_next_start(both):
    async with reading(both) as it:
        await it.press("2", "S", "j", "j", "l", "end", "enter", "3", "2")
        assert (it.screen.listing.order, it.screen.listing.grouping) == ("title", "none")
        await it.press("1")
        assert (it.screen.listing.order, it.screen.listing.grouping) == ("page", "section")
    async with reading(both) as it:
        await it.press("2")
        assert (it.screen.listing.order, it.screen.listing.grouping) == ("title", "none")


async def test_the_cursor_stays_on_its_article_when_the_list_is_sorted(both):
    async with reading(both) as it:
        await it.go_to(TITLES[5])
        await it.press("S", "j", "j", "tab", "j", "j", "enter")
        assert it.screen.listing.grouping == "author"
        assert it.title == TITLES[5]


# -- folds


async def test_za_folds_and_unfolds_and_zm_and_zr_do_it_for_all(both):
    async with reading(both) as it:
        await it.press("j", "z", "a")
        assert it.title is None
        assert [group.folded for group in it.screen.listing.groups] == [True, False]
        await it.press("z", "a")
        assert it.title == FIRST
        await it.press("j", "z", "M")
        assert all(group.folded for group in it.screen.listing.groups)
        assert it.of(it.articles).count("▸") == 2
        await it.press("j", "z", "R")
        assert not any(group.folded for group in it.screen.listing.groups)
        assert it.title == "Pears in a wet year"


async def test_folds_are_there_after_a_start(both):
    async with reading(both) as it:
        await it.press("z", "M")
    async with reading(both) as it:
        assert all(group.folded for group in it.screen.listing.groups)


async def test_one_list_without_headings_says_how_it_gets_some(both):
    async with reading(both) as it:
        await it.press("S", "tab", "end", "enter")
        for keys in ("za", "zM", "zR"):
            await it.press(*keys)
            assert it.said == ["There are no headings here: S groups the list."]
        await it.press("h")
        assert it.title == FIRST


async def test_z_hints_at_what_can_follow_in_the_list_and_is_zen_in_the_article(both):
    async with reading(both) as it:
        await it.press("z")
        assert "zM fold all" in it.of(it.keys)
        await it.press("escape", "enter", "z")
        assert not it.articles.display


# -- what comes


def brought(it, porters: Porters, *titles: str) -> None:
    """Let some articles come from the source of the first one."""
    source = it.library.marks.sources()[-1]
    porters.land(source, [entry(title) for title in titles])


@pytest.fixture
def porters(monkeypatch) -> Porters:
    """Porters that do what the test says."""
    monkeypatch.setattr("reader.ui.screens.refreshing._GATHER", 0.01)
    return Porters(monkeypatch)


async def refreshing(it) -> None:
    it.screen.refreshing._start(None)
    await it.rest()


async def test_what_comes_is_announced_and_waits_until_it_is_asked_for(both, porters):
    async with reading(both) as it:
        await it.go_to(TITLES[3])
        await refreshing(it)
        before = it.titles
        brought(it, porters, "Fresh quinces", "Fresh figs")
        await it.until(lambda: "2 new · gr shows them" in it.status, "it to be announced")
        assert it.titles == before
        brought(it, porters, "Fresh plums")
        await it.until(lambda: "3 new · gr shows them" in it.status, "it to be counted")
        await it.press("g", "r")
        assert {"Fresh quinces", "Fresh figs", "Fresh plums"} <= set(it.titles)
        assert it.title == TITLES[3]
        assert "gr shows" not in it.status
        porters.end()


async def test_what_comes_shows_when_the_view_is_opened_anew(both, porters):
    async with reading(both) as it:
        await refreshing(it)
        brought(it, porters, "Fresh quinces")
        await it.until(lambda: "1 new" in it.status, "it to be announced")
        await it.press("2")
        assert "Fresh quinces" in it.titles
        assert "gr shows" not in it.status
        porters.end()


async def test_what_does_not_belong_into_the_view_is_not_announced(both, porters):
    async with reading(both) as it:
        await it.press("s", "3")
        await refreshing(it)
        brought(it, porters, "Fresh quinces")
        await it.until(lambda: len(it.library.shelf.listing().keys) > len(TITLES) + len(orchards().entries))
        await it.rest()
        assert "gr shows them" not in it.status
        porters.end()


async def test_an_empty_list_shows_at_once_what_comes(both, porters):
    async with reading(both) as it:
        await it.press("A", "y", "2")
        assert it.titles == []
        await refreshing(it)
        brought(it, porters, "Fresh quinces")
        await it.until(lambda: it.titles == ["Fresh quinces"], "it to be shown")
        porters.end()


async def test_what_was_read_leaves_its_view_by_gr_and_the_cursor_goes_to_the_next(both):
    async with reading(both) as it:
        await it.press("2", "j", "m")
        assert SECOND in it.titles
        await it.press("ctrl+l")
        assert SECOND not in it.titles
        assert it.title == THIRD
        assert it.said == ["Nothing new here."]


# -- views that cannot be shown


async def test_a_view_that_cannot_be_understood_says_so_and_leaves_the_list(both):
    async with reading(both) as it:
        before = it.titles
        it.screen.lists.show(Filter("saved:Mine", query="is:unred"))
        await it.rest()
        assert it.titles == before
        assert "Mine" in it.said[0]


async def test_an_empty_view_of_ones_own_says_what_it_asks_for(both):
    async with reading(both) as it:
        it.screen.lists.show(Filter("saved:Mine", query="tag:nothing"))
        await it.rest()
        seen = " ".join(it.of(it.articles).replace("┃", " ").split())
        assert "No article is in “Mine” now: it asks for tag:nothing" in seen
        assert "1 shows all articles." in seen


async def test_a_view_that_asks_for_an_order_comes_in_another_one_when_that_is_chosen(both):
    async with reading(both) as it:
        it.library.views.save("Old", "is:unread sort:oldest")
        await it.press("7")
        assert it.screen.listing.order == "oldest"
        await it.press("S", "home", "j", "j", "enter")
        assert it.screen.listing.order == "title"
        await it.press("1", "7")
        assert it.screen.listing.order == "title"
    async with reading(both) as it:
        assert it.screen.listing.order == "title"
        await it.press("1", "7")
        assert it.screen.listing.order == "title"
        assert "sort:oldest" in it.library.views.saved()[0].query


@pytest.mark.parametrize(("words", "offered", "not_offered"), [
    ("is:unread", "as on the page", "best match"),
    ("author:calloway", "best match", "as on the page"),
    ("gulls", "best match", "as on the page"),
])  # fmt: skip
async def test_the_menu_in_a_filter_offers_what_can_be_had(both, words, offered, not_offered):
    async with reading(both) as it:
        await it.press("F")
        await it.type(words)
        await it.press("enter", "S")
        assert f"● {offered}" in it.seen()
        assert not_offered not in it.seen()


async def test_a_digit_shows_the_whole_view_and_not_the_part_of_a_source(both):
    async with reading(both) as it:
        it.screen.lists.show(Filter(source=it.library.subscriptions.sources()[0].source.id))
        await it.until(lambda: it.screen.listing.filter.source, "the source")
        await it.press("2")
        assert it.screen.listing.filter == Filter("unread")


async def test_what_came_is_announced_once_in_the_top_line(both, porters):
    async with reading(both) as it:
        await refreshing(it)
        brought(it, porters, "Fresh quinces", "Fresh figs")
        await it.until(lambda: "gr shows them" in it.status, "it to be announced")
        assert it.status.count("2 new") == 1
        porters.end()
        await it.until(lambda: not it.screen.refreshing.running, "the end")
        assert it.status.count("2 new") == 1


async def test_gr_does_not_take_away_the_view_that_is_on_its_way(both):
    async with reading(both) as it:
        it.screen.lists.show(Filter("unread"))
        it.screen.lists.renew()
        await it.rest()
        assert it.screen.listing.filter == Filter("unread")
        assert not it.screen.lists.making

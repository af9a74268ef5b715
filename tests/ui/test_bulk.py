"""Marking rows, and doing something with all of them as one action."""

from __future__ import annotations

import gc
import weakref

import pytest

from reader.library import Library
from reader.model.article import BOOKMARKED, READ, TAGGED
from reader.ui.actions.collecting import uncollected
from tests.invented import entry, fill, harbours, listing, orchards
from tests.ui.driving import reading

FIRST, SECOND, THIRD, *_ = TITLES = [one.title for one in harbours().entries]


@pytest.fixture
def shore(places):
    """A library with two pages."""
    fill(places, harbours(), orchards())
    return places


async def test_v_marks_a_row_and_goes_on_and_takes_the_mark_away(shore):
    async with reading(shore) as it:
        await it.press("V", "V")
        assert it.title == THIRD
        assert it.status.startswith(" 2 marked · Esc lets go · All")
        assert it.of(it.articles).count("✓●") == 2
        await it.press("k", "V")
        assert it.status.startswith(" 1 marked")
        assert it.of(it.articles).count("✓●") == 1


@pytest.mark.parametrize("compact", [False, True])
async def test_a_marked_row_under_the_cursor_tells_both(shore, compact):
    async with reading(shore) as it:
        await it.press(*(["c"] if compact else []), "V", "k")
        assert "✓●▌The pilot" in it.of(it.articles)


async def test_v_on_a_heading_marks_all_under_it(shore):
    async with reading(shore) as it:
        await it.press("h", "V")
        assert it.status.startswith(" 10 marked")
        assert "✓10 10" in it.of(it.articles)
        await it.press("k", "V")
        assert "marked" not in it.status


async def test_marks_survive_folding_sorting_and_a_filter(shore):
    async with reading(shore) as it:
        await it.press("V", "V", "h")
        assert "✓2" in it.of(it.articles)
        await it.press("enter", "S", "j", "enter")
        assert it.status.startswith(" 2 marked")
        await it.press("F")
        await it.type("gulls\n")
        assert it.status.startswith(" 2 marked")
        await it.press("escape")
        assert "marked" not in it.status
        assert "gulls" in it.status


async def test_another_view_lets_go(shore):
    async with reading(shore) as it:
        await it.press("V", "2")
        assert "marked" not in it.status


async def test_esc_lets_go_before_it_leaves_the_view(shore):
    async with reading(shore) as it:
        await it.press("2", "V", "escape")
        assert it.status.startswith(" Unread · 13 articles")
        await it.press("escape")
        assert it.status.startswith(" All")


async def test_asterisk_marks_what_matches_and_nothing_typed_all(shore):
    async with reading(shore) as it:
        await it.press("asterisk")
        await it.type("title:the\n")
        count = sum(any(word.startswith("the") for word in title.lower().split()) for title in it.titles)
        assert count > 1
        assert it.status.startswith(f" {count} marked")
        await it.press("asterisk", "enter")
        assert it.status.startswith(" 13 marked")
        await it.press("asterisk", "enter")
        assert "marked" not in it.status


async def test_asterisk_marks_only_what_the_view_shows_and_says_when_that_is_nothing(shore):
    async with reading(shore) as it:
        await it.press("F")
        await it.type("author:calloway\n")
        await it.press("asterisk")
        await it.type("fog\n")
        assert it.said[-1] == "Nothing here is “fog”."
        await it.press("asterisk", "enter")
        assert it.status.startswith(" 2 marked")


async def test_asterisk_finds_what_is_hidden_where_the_view_shows_it(shore):
    with Library(shore) as library:
        library.notebook.set_hidden(library.shelf.rows(library.shelf.listing().keys)[:2], hidden=True)
    async with reading(shore) as it:
        await it.press("F")
        await it.type("is:hidden\n")
        await it.press("asterisk")
        await it.type("is:unread\n")
        assert it.status.startswith(" 2 marked")


async def test_a_query_that_is_wrong_marks_nothing_and_says_why(shore):
    async with reading(shore) as it:
        await it.press("asterisk")
        await it.type("is:unred\n")
        assert "^^^" in it.seen()
        await it.press("escape")
        assert "marked" not in it.status
        assert it.screen.focused is it.articles


async def test_m_makes_all_read_where_one_is_unread_else_all_unread_and_tells_before(shore):
    async with reading(shore) as it:
        await it.press("m", "V", "V", "V")
        assert "m mark 3 read" in it.of(it.keys)
        await it.press("m")
        assert it.said[-1] == "2 articles marked read. U takes it back."
        assert all(it.flags(title) == READ for title in TITLES[:3])
        assert "m mark 3 unread" in it.of(it.keys)
        await it.press("m")
        assert it.said[-1] == "3 articles marked unread. U takes it back."
        assert not any(it.flags(title) for title in TITLES[:3])


async def test_s_bookmarks_all_as_one_action(shore):
    async with reading(shore) as it:
        await it.press("V", "V", "s")
        assert it.said[-1] == "2 articles bookmarked. U takes it back."
        assert it.flags(FIRST) == it.flags(SECOND) == BOOKMARKED
        assert it.flags(THIRD) == 0
        await it.press("U")
        assert it.said[-1] == "Undone: 2 articles bookmarked"
        assert it.flags(FIRST) == it.flags(SECOND) == 0
        await it.press("ctrl+r")
        assert it.said[-1] == "Done again: 2 articles bookmarked"
        assert it.flags(FIRST) == it.flags(SECOND) == BOOKMARKED


async def test_in_the_article_a_command_is_about_that_article(shore):
    async with reading(shore) as it:
        await it.press("V", "V", "enter", "s")
        assert it.flags(THIRD) == BOOKMARKED
        assert it.flags(FIRST) == 0


async def test_a_marks_the_marked_rows_read_and_asks(shore):
    async with reading(shore) as it:
        await it.press("V", "V", "A")
        assert it.question.startswith("Mark 2 articles read?")
        await it.press("y")
        assert [title for title in TITLES if it.flags(title) & READ] == [FIRST, SECOND]


@pytest.mark.parametrize("begin", [("F", *"author", "colon", *"calloway", "enter"), ("/", *"calloway", "enter")])
async def test_a_marks_what_is_found_and_only_that(shore, begin):
    async with reading(shore) as it:
        await it.press(*begin)
        await it.until(lambda: len(it.screen.listing) == 2, "what was found")
        await it.press("A")
        assert it.question.startswith("Mark 2 articles read?")
        await it.press("y")
        await it.press("escape", "escape")
        assert sum(bool(it.flags(title) & READ) for title in TITLES) == 2


async def test_more_than_a_hundred_are_changed_in_the_background_and_taken_back_after_a_restart(places):
    fill(places, listing("Many", [entry(f"Story {number}") for number in range(300)]))
    async with reading(places) as it:
        await it.press("asterisk", "enter", "t")
        await it.until(lambda: it.dialogue == "TagsScreen", "the dialogue")
        await it.type("ads\n\n")
        assert it.said[-1] == "300 articles tagged ads. U takes it back."
        assert it.library.notebook.tags() == {"ads": 300}
    async with reading(places) as it:
        assert "#ads" in it.of(it.articles)
        await it.press("U")
        assert it.said[-1] == "Undone: 300 articles tagged ads"
        assert it.library.notebook.tags() == {}
        assert "#ads" not in it.of(it.articles)
        assert not it.library.states.all().count(TAGGED)
    async with reading(places) as it:
        await it.press("g", "U")
        assert it.said[-1] == "Done again: 300 articles tagged ads"
        await it.press("ctrl+r")
        assert it.said[-1] == "There is nothing to do again."


async def test_an_undone_article_out_of_view_is_gone_to(shore):
    async with reading(shore, size=(80, 24)) as it:
        await it.press("s", "G")
        assert it.title != FIRST
        await it.press("U")
        assert it.title == FIRST


async def test_an_undone_article_comes_back_into_its_view(shore):
    async with reading(shore) as it:
        await it.press("2", "m", "g", "r")
        assert FIRST not in it.titles
        await it.press("U")
        assert FIRST in it.titles
        assert it.title == FIRST


async def test_a_second_reader_marks_rows_but_changes_nothing(shore):
    with Library(shore):
        async with reading(shore) as it:
            await it.press("V", "V", "m")
            assert "Another reader is open" in it.said[-1]
            await it.press("t")
            assert not it.dialogue


def test_what_was_open_while_no_garbage_was_looked_for_goes_when_nobody_holds_it():
    class Circle:
        def __init__(self) -> None:
            self.itself = self

    frozen, gone = gc.get_freeze_count(), []
    for _ in range(3):
        circle = Circle()
        gone.append(weakref.ref(circle))
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled()
    del circle
    gc.collect()
    assert [one() for one in gone] == [None] * 3
    assert gc.get_freeze_count() == frozen

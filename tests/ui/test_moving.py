"""Moving about: rows, lines, pages, articles, panes, the mouse."""

from __future__ import annotations

import pytest

from reader.model.article import READ
from tests.invented import fill, harbours, orchards
from tests.ui.driving import reading

FIRST, SECOND, THIRD = (entry.title for entry in harbours().entries[:3])
LAST = harbours().entries[-1].title


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


@pytest.fixture
def both(places):
    """A library with two sections."""
    fill(places, harbours(), orchards())
    return places


async def test_the_cursor_moves_by_articles_and_the_pane_follows(shore):
    async with reading(shore) as it:
        assert it.title == FIRST
        await it.press("j", "down")
        assert it.title == THIRD
        assert THIRD in it.of(it.pane)
        await it.press("k", "up", "k")
        assert it.title == FIRST


async def test_moving_over_the_list_marks_nothing(shore):
    from reader.settings import Settings

    async with reading(shore, Settings(mark_read="on_open")) as it:
        await it.press(*"jjjjjkk", "space", "G", "n", "p")
        assert it.screen.listing.unread == 10
        assert not list(it.library.marks.all_flags())


async def test_top_and_bottom(shore):
    async with reading(shore) as it:
        await it.press("G")
        assert it.title == LAST
        await it.press("g")
        assert it.title == LAST
        assert "gg top" in it.seen()
        await it.press("g")
        assert it.title == FIRST
        assert "gg top" not in it.seen()
        await it.press("end")
        assert it.title == LAST
        await it.press("home")
        assert it.title == FIRST


async def test_a_sequence_left_by_another_key_does_nothing(shore):
    async with reading(shore) as it:
        await it.press("j", "g", "m")
        assert it.title == SECOND
        assert it.flags(SECOND) == 0
        await it.press("g", "escape")
        assert it.app.is_running
        assert "gg top" not in it.seen()


async def test_enter_goes_in_and_back_comes_out(shore):
    async with reading(shore) as it:
        for into, out in (("enter", "h"), ("l", "escape"), ("right", "left"), ("tab", "tab"), ("enter", "q")):
            await it.press(into)
            assert it.app.focused is it.pane
            assert it.screen.reading
            await it.press(out)
            assert it.app.focused is it.articles
            assert not it.screen.reading


async def test_lines_and_pages_of_an_article_with_two_lines_kept(shore):
    async with reading(shore, size=(120, 24)) as it:
        await it.press("enter")
        before = it.of(it.pane).split("\n")[1:-1]
        await it.press("j")
        assert it.of(it.pane).split("\n")[1:-2] == before[1:]
        await it.press("k", "space")
        after = it.of(it.pane).split("\n")[1:-1]
        assert after[:2] == before[-2:]
        await it.press("b")
        assert it.of(it.pane).split("\n")[1:-1] == before


async def test_at_the_end_space_says_so_and_then_goes_on(shore):
    async with reading(shore) as it:
        await it.press("enter", "G")
        assert it.pane.at_end
        await it.press("space")
        assert it.title == FIRST
        assert any("The end" in said for said in it.said)
        await it.press("space")
        assert it.title == SECOND
        assert it.app.focused is it.pane


async def test_the_next_unread_skips_what_is_read_and_goes_round(shore):
    async with reading(shore) as it:
        await it.press("j", "m", "k", "n")
        assert it.title == THIRD
        await it.press("p")
        assert it.title == FIRST
        await it.press("p")
        assert it.title == LAST
        await it.press("n")
        assert it.title == FIRST


async def test_without_an_unread_article_n_says_so(shore):
    async with reading(shore) as it:
        await it.press("A")
        await it.press("y")
        await it.press("n")
        assert it.title == FIRST
        assert "Nothing else is unread here." in it.said


async def test_n_unfolds_the_section_it_goes_to(both):
    async with reading(both) as it:
        await it.go_to("Pears in a wet year")
        await it.press("h")
        await it.press("g", "g", "p")
        assert it.title == "An apple without a name"
        assert not any(group.folded for group in it.screen.listing.groups)


async def test_j_and_k_in_capitals_go_on_reading(shore):
    async with reading(shore) as it:
        await it.press("enter", "J")
        assert it.title == SECOND
        assert it.app.focused is it.pane
        await it.press("K")
        assert it.title == FIRST


async def test_j_and_k_in_capitals_scroll_the_article_from_the_list(shore):
    async with reading(shore, size=(120, 20)) as it:
        await it.press("J")
        assert FIRST not in it.of(it.pane)
        assert it.app.focused is it.articles
        await it.press("K")
        assert FIRST in it.of(it.pane)


async def test_sections_fold_and_unfold(both):
    async with reading(both) as it:
        await it.press("j", "h")
        assert it.title is None
        assert "▸ Harbours" in it.of(it.articles)
        assert SECOND not in it.of(it.articles)
        assert "10 articles, 10 unread" in it.of(it.pane)
        await it.press("j")
        assert it.title == "Pears in a wet year"
        await it.press("k", "enter")
        assert "▾ Harbours" in it.of(it.articles)
        assert it.title == FIRST


async def test_with_all_sections_folded_nothing_crashes(both):
    async with reading(both) as it:
        await it.press("h", "j", "h")
        assert it.title is None
        for key in ("m", "s", "a", "E", "o", "y", "z", "n", "p", "J", "K", "G", "space", "tab", "U"):
            await it.press(key)
        assert it.app.is_running


async def test_the_mouse_chooses_opens_folds_and_presses(both):
    async with reading(both, size=(120, 70)) as it:
        await it.click(it.articles, THIRD)
        assert it.title == THIRD
        assert it.app.focused is it.articles
        await it.click(it.articles, THIRD)
        assert it.app.focused is it.pane
        await it.click(it.keys, "back")
        assert it.app.focused is it.articles
        await it.click(it.keys, "bookmark")
        assert "★" in it.of(it.articles)
        await it.click(it.articles, "▾ Orchards")
        assert "▸ Orchards" in it.of(it.articles)
        await it.click(it.articles, "▸ Orchards")
        assert "▾ Orchards" in it.of(it.articles)


async def test_the_wheel_scrolls_and_leaves_the_cursor(shore):
    async with reading(shore, size=(120, 20)) as it:
        assert FIRST in it.of(it.articles)
        await it.pilot._post_mouse_events([_wheel(down=True)], it.articles, offset=(5, 5))
        await it.pilot._post_mouse_events([_wheel(down=True)], it.pane, offset=(5, 5))
        await it.rest()
        assert FIRST not in it.of(it.articles)
        assert FIRST not in it.of(it.pane)
        assert it.title == FIRST
        await it.pilot._post_mouse_events([_wheel(down=False)], it.articles, offset=(5, 5))
        await it.pilot._post_mouse_events([_wheel(down=False)], it.pane, offset=(5, 5))
        await it.rest()
        assert FIRST in it.of(it.articles)
        assert FIRST in it.of(it.pane)


def _wheel(*, down: bool):
    from textual import events

    return events.MouseScrollDown if down else events.MouseScrollUp


async def test_a_page_of_the_list_takes_the_cursor_along_and_ends_on_the_last(shore):
    async with reading(shore, size=(120, 20)) as it:
        await it.press("space")
        assert it.title not in (FIRST, LAST)
        assert it.title in it.of(it.articles)
        await it.press(*["space"] * 6)
        assert it.title == LAST
        await it.press(*["b"] * 8)
        assert it.title == FIRST


async def test_the_first_key_comes_before_the_marks_are_open(shore):
    from reader.ui.app import ReaderApp
    from tests.ui.driving import QUIET

    app = ReaderApp(shore, QUIET)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("j", "m")
            row = app.screen.row
            assert row.title == SECOND
            assert row.has(READ)
    finally:
        app.library.close()

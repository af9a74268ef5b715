"""Views, order, search, room."""

from __future__ import annotations

import pytest

from reader.model.article import READ
from tests.invented import essay, fill, harbours, orchards
from tests.ui.driving import reading

TITLES = [entry.title for entry in harbours().entries]
FIRST, SECOND, THIRD = TITLES[:3]


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


async def test_the_views_show_what_they_say(shore):
    async with reading(shore) as it:
        await it.press("m", "j", "s", "j", "a", "x", "escape")
        for key, name, wanted in (
            ("2", "Unread", TITLES[1:]),
            ("3", "Bookmarks", [SECOND]),
            ("4", "Notes", [THIRD]),
            ("1", "Harbours", TITLES),
        ):
            await it.press(key)
            assert it.titles == wanted
            assert it.status.strip().startswith(f"{name} · ")


async def test_what_is_marked_read_stays_in_the_unread_view_until_it_is_left(shore):
    async with reading(shore) as it:
        await it.press("2", "j", "m")
        assert it.title == SECOND
        assert it.titles == TITLES
        assert "○ A lighthouse" in it.of(it.articles)
        await it.press("1", "2")
        assert it.titles == [FIRST, *TITLES[2:]]


async def test_the_cursor_stays_on_its_article_from_view_to_view(shore):
    async with reading(shore) as it:
        await it.go_to(TITLES[6])
        await it.press("2")
        assert it.title == TITLES[6]
        await it.press("1")
        assert it.title == TITLES[6]


@pytest.mark.parametrize(
    ("key", "said"),
    [("2", "Everything is read."), ("3", "There are no bookmarks yet."), ("4", "There are no notes yet.")],
)
async def test_an_empty_view_says_why_and_what_mends_it(shore, key, said):
    async with reading(shore) as it:
        if key == "2":
            await it.press("A", "y")
        await it.press(key)
        assert it.titles == []
        assert said in it.of(it.articles)
        assert "1 shows all articles" in it.of(it.articles)
        for other in ("j", "G", "space", "b", "enter", "m", "s", "a", "n", "p", "h", "o", "y", "J", "tab", "z", "z"):
            await it.press(other)
        assert it.app.is_running
        await it.press("escape")
        assert it.titles == TITLES


# -- search


async def test_a_search_is_live_and_finds_headlines_bylines_and_texts(shore):
    async with reading(shore) as it:
        await it.press("/")
        await it.type("light")
        assert it.titles == [SECOND]
        assert "“light” · 1 found" in it.status
        await it.press(*["backspace"] * 5)
        assert it.titles == TITLES
        await it.type("calloway")
        assert set(it.titles) == {FIRST, TITLES[6]}
        await it.press(*["backspace"] * 8)
        await it.type("LEMONS morn")
        assert len(it.titles) > 1
        assert it.title in it.titles


async def test_n_steps_through_the_matches_and_round(shore):
    async with reading(shore) as it:
        await it.press("/")
        await it.type("calloway")
        await it.press("enter")
        assert it.app.focused is it.articles
        first, second = it.titles
        assert it.title == first
        await it.press("m", "n")
        assert it.title == second
        await it.press("n")
        assert it.title == first
        await it.press("N")
        assert it.title == second
        assert it.flags(first) & READ
        assert not it.flags(second)


async def test_escape_while_typing_goes_back_to_where_it_began(shore):
    async with reading(shore) as it:
        await it.go_to(TITLES[4])
        await it.press("/")
        await it.type("gulls")
        assert it.title == THIRD
        await it.press("escape")
        assert it.titles == TITLES
        assert it.title == TITLES[4]
        assert it.app.focused is it.articles
        assert it.keys.display


async def test_escape_after_the_search_leaves_it_and_stays_on_the_match(shore):
    async with reading(shore) as it:
        await it.press("/")
        await it.type("gulls")
        await it.press("enter", "escape")
        assert it.titles == TITLES
        assert it.title == THIRD


async def test_a_search_that_finds_nothing_says_so(shore):
    async with reading(shore) as it:
        await it.press("/")
        await it.type("zeppelin")
        assert it.titles == []
        assert "No article has “zeppelin”." in it.of(it.articles)
        await it.press("enter", "n", "N", "m", "escape")
        assert it.titles == TITLES


async def test_a_search_looks_everywhere_and_ends_in_the_view_it_began_in(shore):
    async with reading(shore) as it:
        await it.press("m", "2", "/")
        await it.type("calloway")
        await it.press("enter")
        assert set(it.titles) == {FIRST, TITLES[6]}
        await it.press("escape")
        assert it.titles == TITLES[1:]


async def test_the_search_key_finds_in_the_article_and_searches_from_the_list(shore):
    async with reading(shore) as it:
        await it.press("enter", "/")
        await it.type("gulls")
        assert it.titles == TITLES
        await it.press("escape", "escape", "/")
        await it.type("gulls")
        await it.press("down")
        assert it.app.focused is it.articles
        assert it.title == THIRD


# -- order and room


async def test_the_order_is_chosen_from_a_list(shore):
    async with reading(shore) as it:
        await it.press("S")
        assert it.dialogue == "SortScreen"
        await it.press("j", "j", "enter")
        assert it.titles == sorted(TITLES, key=str.casefold)
        assert it.title == FIRST
        await it.press("S", "k", "k", "enter")
        assert it.titles == TITLES
        await it.press("S", "j", "escape")
        assert it.titles == TITLES


async def test_compact_shows_one_line_an_article_and_keeps_the_cursor(shore):
    async with reading(shore, size=(120, 24)) as it:
        await it.press("G", "c")
        assert it.title == TITLES[-1]
        assert all(any(title[:20] in line for line in it.of(it.articles).split("\n")) for title in TITLES)
        await it.press("c")
        assert TITLES[-1][:20] in it.of(it.articles)
        assert FIRST not in it.of(it.articles)


async def test_zen_shows_the_article_alone(shore):
    async with reading(shore) as it:
        await it.press("z", "z")
        assert not it.articles.display
        assert it.pane.region.size == it.screen.size
        assert it.app.focused is it.pane
        await it.press("z")
        assert it.articles.display
        await it.press("z", "z", "q")
        assert it.articles.display
        assert it.app.focused is it.articles


async def test_the_split_moves_within_its_bounds(shore):
    async with reading(shore) as it:
        width = it.articles.region.width
        await it.press(">")
        assert it.articles.region.width > width
        await it.press("<", "<")
        assert it.articles.region.width < width
        await it.press(*["<"] * 20)
        assert it.articles.region.width >= 20
        await it.press(*[">"] * 20)
        assert it.pane.region.width >= 30


async def test_the_measure_moves_within_its_bounds_and_keeps_the_place(shore):
    async with reading(shore, size=(140, 20)) as it:
        await it.press("enter", "space", "space")
        block = it.pane.place.block
        assert block > 0
        await it.press("-", "-")
        assert it.pane.measure == 62
        await it.press(*["-"] * 20)
        assert it.pane.measure == 40
        assert it.pane.place.block == block
        await it.press(*["="] * 10, "+")
        assert it.pane.measure == 62
        assert it.pane.place.block == block


async def test_an_article_ends_with_its_last_line_of_text(shore):
    async with reading(shore, size=(120, 20)) as it:
        await it.press("enter", "G")
        assert it.pane.at_end
        assert it.of(it.pane).split("\n")[-2].strip("┃ ").endswith("…")


async def test_one_pane_at_a_time_where_there_is_no_room_for_two(shore):
    async with reading(shore, size=(89, 24)) as it:
        assert it.articles.region.width == 89
        assert not it.pane.display
        await it.press("enter")
        assert it.pane.region.width == 89
        assert not it.articles.display
        await it.press("escape")
        assert it.articles.display
        assert it.title == FIRST


async def test_a_resize_while_reading_keeps_the_place_and_the_focus(shore):
    async with reading(shore, size=(120, 24)) as it:
        await it.press("enter", "space", "space", "j")
        place = it.pane.place
        top = it.pane._visible()[0][0]
        for width, height in ((60, 20), (40, 30), (100, 15), (120, 24)):
            await it.pilot.resize_terminal(width, height)
            await it.rest()
            assert it.app.focused is it.pane
            assert it.articles.display == (width >= 90)
            assert it.pane._visible()[0][0] == top
        assert it.pane.place.block == place.block
        assert abs(it.pane.place.fraction - place.fraction) < 0.2


# -- help, palette, other


async def test_the_help_is_searched_by_typing(shore):
    async with reading(shore) as it:
        await it.press("?")
        assert it.dialogue == "HelpScreen"
        await it.type("bookmark")
        assert "Bookmark the article" in it.seen()
        assert "Zen" not in it.seen()
        await it.press("escape")
        assert it.dialogue == ""
        assert it.flags(FIRST) == 0


async def test_the_palette_finds_and_runs_commands(shore):
    async with reading(shore) as it:
        await it.press(":")
        await it.type("compact")
        await it.until(lambda: "Compact list (c)" in it.seen(), "the palette to find it")
        await it.press("enter", "enter")
        await it.until(lambda: it.dialogue == "" and it.articles.compact, "the command to run")


async def test_y_copies_the_headline_or_the_link(places):
    from tests.invented import entry, listing

    linked = entry("Moored", url="https://example.org/moored")
    fill(places, listing("Harbours", [entry("Adrift"), linked]))
    async with reading(places) as it:
        await it.press("y")
        assert it.app.clipboard == "Adrift"
        await it.press("j", "y")
        assert it.app.clipboard == "https://example.org/moored"


async def test_o_opens_only_web_links(places, monkeypatch):
    from tests.invented import entry, listing

    good = entry("Good", url="https://example.org/a b;rm -rf")
    bad = entry("Bad", url="file:///etc/passwd")
    fill(places, listing("Harbours", [entry("None"), good, bad]))
    opened = []
    async with reading(places) as it:
        monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))
        await it.press("o")
        assert it.said[-1] == "This article came without a link."
        await it.press("j", "o", "j", "o")
        assert opened == ["https://example.org/a b;rm -rf"]


async def test_light_and_dark(shore):
    async with reading(shore) as it:
        it.screen.run("view.theme")
        assert it.app.theme == "reader-light"
        it.screen.run("view.theme")
        assert it.app.theme == "reader-dark"


async def test_a_text_on_its_own_is_read_whole(places):
    fill(places, essay())
    async with reading(places) as it:
        await it.press("enter")
        assert "Ruth Amsel" in it.of(it.pane)
        assert "Texts" in it.of(it.articles)


async def test_q_leaves_level_by_level_and_then_the_app(shore):
    async with reading(shore) as it:
        await it.press("2", "enter", "q")
        assert it.app.focused is it.articles
        await it.press("q")
        assert it.screen.listing.filter.view == "all"
        await it.pilot.press("q")
        await it.until(lambda: it.app._exit, "the app to leave")


async def test_capital_q_leaves_at_once(shore):
    async with reading(shore) as it:
        await it.press("enter")
        await it.pilot.press("Q")
        await it.until(lambda: it.app._exit, "the app to leave")


async def test_escape_at_the_top_says_how_to_leave_and_stays(shore):
    async with reading(shore) as it:
        await it.press("2", "escape")
        assert "10 articles" in it.status
        await it.press("escape")
        assert it.said[-1] == "q leaves the app."
        assert it.app.is_running
        assert not it.app._exit


async def test_the_footer_promises_only_what_works_here(shore):
    async with reading(shore) as it:
        assert "bookmark" in it.of(it.keys)
        await it.press("h")
        assert "Enter unfold" in it.of(it.keys)
        assert "bookmark" not in it.of(it.keys)
        await it.press("enter")
        assert "Enter read" in it.of(it.keys)
        await it.press("3")
        assert "Enter" not in it.of(it.keys)
        assert "+ add" in it.of(it.keys)


async def test_a_view_that_is_taken_back_is_left(both):
    async with reading(both) as it:
        await it.press("F", *"gulls", "enter", "g", "w", *"Birds", "enter")
        await it.until(lambda: it.screen.listing.filter.view == "saved:Birds", "the view that was saved")
        await it.press("U")
        await it.until(lambda: it.screen.listing.filter.view == "all", "all articles")
        await it.press("ctrl+r")
        assert [view.name for view in it.screen.library.views.saved()] == ["Birds"]

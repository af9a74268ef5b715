"""Finding words in the article that is read."""

from __future__ import annotations

import pytest

from reader.ingest.found import Found
from reader.model.article import Entry
from tests.invented import fill, harbours, text
from tests.ui.driving import reading

LAMPS = "\n\n".join(f"Lamp number {number} burns. {text(number, 2)}" for number in range(1, 41))


@pytest.fixture
def lamps(places):
    """A library with a text in which each paragraph has a lamp."""
    fill(places, Found("essay", "Lamps", (Entry("Lamps", body=LAMPS),)))
    return places


async def find(it, words: str) -> None:
    """Type words into the find bar of the article that is read."""
    await it.press("slash")
    await it.type(words)


def bar(it) -> str:
    """Give the bottom line."""
    return it.seen().split("\n")[-1]


async def test_what_is_typed_is_found_at_once_and_counted(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "lamp number 2")
        assert "1 of 11" in bar(it)
        assert "Lamp number 2 burns" in it.of(it.pane)
        await it.type("3")
        assert "1 of 1" in bar(it)
        assert "Lamp number 23 burns" in it.of(it.pane)
        await it.press("backspace")
        assert "1 of 11" in bar(it)
        assert "Lamp number 2 burns" in it.of(it.pane)


async def test_it_begins_where_the_reader_is(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter", "G")
        at = it.pane.place.block
        await find(it, "lamp number")
        assert it.screen.finding.match.start.block >= at
        assert "1 of 40" not in bar(it)


async def test_enter_keeps_the_matches_and_n_steps_round_the_end(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "number 2")
        await it.press("enter")
        assert it.app.focused is it.pane
        assert "1 of 11" in it.of(it.keys)
        await it.press("n", "n")
        assert "3 of 11" in it.of(it.keys)
        assert "Lamp number 21 burns" in it.of(it.pane)
        await it.press("N")
        assert "2 of 11" in it.of(it.keys)
        await it.press("N", "N")
        assert "11 of 11" in it.of(it.keys)
        assert "Lamp number 29 burns" in it.of(it.pane)
        assert "Round" in it.said[-1]
        await it.press("n")
        assert "1 of 11" in it.of(it.keys)
        assert it.title == "Lamps"


async def test_n_goes_on_from_what_is_looked_at(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "lamp number")
        await it.press("enter", "G")
        top = it.pane.top.block
        await it.press("n")
        assert it.screen.finding.match.start.block in (top, top + 1)


@pytest.mark.parametrize("typing", [True, False])
async def test_escape_ends_it_where_the_reader_is(lamps, typing):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "number 23")
        if not typing:
            await it.press("enter")
        place = it.pane.place
        await it.press("escape")
        assert it.pane.place == place
        assert it.app.focused is it.pane
        assert not it.screen.finding.active
        assert "read/unread" in it.of(it.keys)
        await it.press("escape")
        assert it.app.focused is it.articles


async def test_h_goes_back_to_where_the_search_began(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter", "space", "space")
        place = it.pane.place
        await find(it, "number 33")
        await it.press("enter")
        assert it.pane.place != place
        await it.press("h")
        assert it.pane.place == place


async def test_what_is_not_there_moves_nothing(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter", "space")
        await find(it, "lamp number")
        place = it.pane.place
        await it.type("zz")
        assert "Not found" in bar(it)
        assert it.pane.place == place
        await it.press("enter")
        assert not it.screen.finding.active
        assert it.pane.place == place


async def test_what_is_there_with_other_capitals_only_says_so(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "LAMP")
        assert "Not found with these capitals" in bar(it)
        await it.type("zz")
        assert "Not found" in bar(it)
        assert "capitals" not in bar(it)
        await it.press("escape")
        await find(it, "lamp")
        assert " of " in bar(it)


async def test_where_one_search_began_is_nothing_to_the_next_text(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "lamp number")
        await it.press("enter")
        await it.press("space", "space")
        top = it.pane.top
        it.screen.finding._look("lamp")
        await it.rest()
        assert it.screen.finding.match.start >= top


async def test_matches_are_painted_and_the_current_one_otherwise(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        before = styles_of(it, "Lamp number")
        await find(it, "lamp")
        one, *others = styles_of(it, "Lamp number")
        assert one not in others
        assert len(set(others)) == 1
        assert others[0] not in before
        await it.press("escape")
        assert styles_of(it, "Lamp number") == before


def styles_of(it, word: str) -> list[str]:
    """Give the background of each word in the pane that is drawn apart or stands in a line, in order."""
    found = []
    region = it.pane.region
    for strip in it.app.screen._compositor.render_strips()[region.y : region.bottom]:
        line = strip.crop(region.x, region.right)
        at = line.text.find(word)
        while at >= 0:
            found.append(str(next(iter(line.crop(at, at + 1))).style.bgcolor))
            at = line.text.find(word, at + 1)
    return found


async def test_the_arrows_step_while_it_is_typed(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "number 2")
        await it.press("down", "down", "up")
        assert "2 of 11" in bar(it)


async def test_another_article_ends_it(places):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("enter")
        await find(it, "tide")
        await it.press("enter", "J")
        assert not it.screen.finding.active
        assert it.screen.finding.hint == ""
        await it.press("n")
        assert it.title == it.titles[2]


async def test_in_the_list_n_goes_to_the_next_unread_all_the_same(places):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("enter")
        await find(it, "tide")
        await it.press("enter", "q", "n")
        assert it.title == it.titles[1]


async def test_a_search_of_the_list_keeps_n_until_something_is_found_in_the_article(places):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("slash")
        await it.type("gulls")
        await it.press("enter", "enter")
        only = it.title
        await it.press("n")
        assert it.title == only
        await find(it, "the")
        await it.press("enter")
        first = it.screen.finding.match
        await it.press("n")
        assert it.screen.finding.match != first


async def test_a_click_beside_the_bar_keeps_what_is_found(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "number 23")
        await it.pilot.click(it.pane, offset=(2, 2))
        await it.rest()
        assert it.app.focused is it.pane
        assert it.screen.finding.active
        assert "1 of 1" in it.of(it.keys)


async def test_it_works_where_the_article_is_alone(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter", "z")
        await find(it, "number 2")
        assert "1 of 11" in bar(it)
        await it.press("enter", "n")
        assert "2 of 11" in it.said[-1]
        assert not it.keys.region.height or "2 of 11" not in bar(it)
        await it.press("z")
        assert "2 of 11" in it.of(it.keys)


async def test_markup_in_what_is_typed_is_only_text(lamps):
    async with reading(lamps, size=(100, 24)) as it:
        await it.press("enter")
        await it.press("slash", "left_square_bracket", "slash", "right_square_bracket", "a")
        assert "Not found" in bar(it)
        await it.press("escape")
        assert it.app.is_running


async def test_a_text_that_is_still_coming_is_searched_again_when_it_is_there(places):
    long = "\n\n".join(f"Lamp *number* {number} burns [here](https://e.example/{number})." for number in range(1500))
    fill(places, Found("essay", "Long", (Entry("Long", body=long, markdown=True),)))
    async with reading(places, size=(100, 24)) as it:
        await it.pilot.press("enter", "slash", "L", "a", "m", "p")
        await it.rest()
        await it.until(lambda: "1 of 1,500" in bar(it))


async def test_ten_thousand_matches_are_stepped_through_from_any_of_them(places):
    fill(places, Found("essay", "Many", (Entry("Many", body="\n\n".join(["a b " * 50] * 200)),)))
    async with reading(places, size=(100, 24)) as it:
        await it.press("enter")
        await find(it, "a")
        assert "1 of 10,000" in bar(it)
        await it.press("enter", "G", "n")
        assert len(set(styles_of(it, "a b a")) - {"None"}) >= 1
        await it.press("N", "g", "g", "n")
        assert it.screen.finding.match.start.block == 0

"""Coming back to where a jump began."""

from __future__ import annotations

import pytest

from reader.ingest.found import Found
from reader.model.article import READ, Entry
from reader.model.document import Point
from tests.invented import essay, fill, harbours, text
from tests.ui.driving import reading

LONG = "\n\n".join(f"Part {number}. {text(number, 6)}" for number in range(1, 41))


@pytest.fixture
def shelf(places):
    """A library with a long text and a page."""
    fill(places, Found("essay", "Long", (Entry("Long", body=LONG),)), harbours())
    return places


async def begin(it) -> None:
    await it.go_to("Long")
    await it.press("enter")


async def test_h_comes_back_from_top_and_end_to_the_very_line(shelf):
    async with reading(shelf, size=(100, 24)) as it:
        await begin(it)
        await it.press("space", "space", "j")
        place, seen = it.pane.place, it.of(it.pane)
        await it.press("G", "g", "g")
        assert it.pane.place.block == 0
        await it.press("h")
        assert it.pane.place == place
        assert it.of(it.pane) == seen
        await it.press("h")
        assert it.app.focused is it.articles


@pytest.mark.parametrize("moved", ["k", "b", "ctrl+u", "{", "end k", "G k j", "T enter h"])
async def test_who_moves_on_from_the_end_does_not_come_back_from_it(places, moved):
    body = LONG.replace("Part 3.", "# A heading\n\nPart 3.")
    fill(places, Found("essay", "Long", (Entry("Long", body=body, markdown=True),)), harbours())
    async with reading(places, size=(100, 24)) as it:
        await begin(it)
        await it.press("space", "G", *moved.split())
        assert it.screen.reading
        place = it.pane.place
        await it.press("h")
        assert it.app.focused is it.articles
        assert it.pane.place == place


async def test_the_wheel_moves_on_too(shelf):
    async with reading(shelf, size=(100, 24)) as it:
        await begin(it)
        await it.press("space", "G")
        it.pane._scroll(-3)
        await it.rest()
        it.pane._scroll(3)
        await it.press("h")
        assert it.app.focused is it.articles


async def test_a_note_or_a_bookmark_is_no_movement(shelf):
    async with reading(shelf, size=(100, 24)) as it:
        await begin(it)
        await it.press("space")
        place = it.pane.place
        await it.press("G", "s", "m", "H", "h")
        assert it.pane.place == place


@pytest.mark.parametrize(
    "keys", ["G escape j enter h", "T enter h h", "T enter tab tab h", "T enter q enter h", "T enter q j enter h"]
)
async def test_an_article_opened_from_the_list_begins_a_new_trail(places, keys):
    body = LONG.replace("Part 30.", "# A heading\n\nPart 30.")
    fill(places, Found("essay", "Long", (Entry("Long", body=body, markdown=True),)), harbours())
    async with reading(places, size=(100, 24)) as it:
        await begin(it)
        await it.press(*keys.split())
        assert it.app.focused is it.articles


@pytest.mark.parametrize("on", [("J",), ("n",), ("p",), ("space", "space", "space", "space")])
async def test_going_on_to_another_article_begins_a_new_trail(shelf, on):
    async with reading(shelf, size=(100, 24)) as it:
        await begin(it)
        it.screen.trail.leave()
        it.pane.to_point(Point(7))
        await it.press("G", *on)
        assert it.title != "Long"
        assert it.screen.reading
        title = it.title
        await it.press("h")
        assert it.app.focused is it.articles
        assert it.title == title


async def test_a_jump_to_another_article_keeps_the_trail_of_the_one_before(shelf):
    async with reading(shelf, size=(100, 24)) as it:
        await begin(it)
        await it.press("space")
        first = it.pane.place
        it.screen.trail.leave()
        it.pane.to_point(Point(20))
        second = it.pane.place
        it.screen.go_to(it.screen.listing.keys[it.titles.index("The last rope maker")])
        await it.rest()
        await it.press("h")
        assert (it.title, it.pane.place) == ("Long", second)
        await it.press("h")
        assert (it.title, it.pane.place) == ("Long", first)
        await it.press("h")
        assert it.app.focused is it.articles


async def test_at_the_top_gg_is_no_jump(shelf):
    async with reading(shelf) as it:
        await begin(it)
        await it.press("g", "g", "h")
        assert it.app.focused is it.articles


async def test_it_comes_back_to_another_article(shelf):
    async with reading(shelf, size=(100, 24)) as it:
        await begin(it)
        await it.press("space", "j")
        place = it.pane.place
        key = it.screen.listing.keys[it.titles.index("The last rope maker")]
        it.screen.go_to(key)
        await it.rest()
        assert it.title == "The last rope maker"
        assert it.screen.reading
        await it.press("h")
        assert it.title == "Long"
        assert it.pane.place == place
        assert not it.flags("Long") & READ


async def test_an_article_outside_the_view_is_shown_with_all_and_from_a_point_on(shelf):
    async with reading(shelf, size=(100, 24)) as it:
        await it.go_to("A lighthouse for sale")
        await it.press("s", "3", "enter")
        assert it.titles == ["A lighthouse for sale"]
        row = next(row for row in it.library.shelf.rows(it.library.shelf.listing().keys) if row.title == "Long")
        it.screen.go_to(row.key, Point(7, 0))
        await it.rest()
        assert it.title == "Long"
        assert len(it.titles) == 11
        assert it.screen.reading
        assert it.of(it.pane).split("\n")[1].strip("│┃▎ ").startswith("Part 8.")
        await it.press("h")
        assert it.title == "A lighthouse for sale"
        assert it.screen.reading


async def test_a_folded_section_is_unfolded_for_its_article(places):
    fill(places, essay(), harbours())
    async with reading(places) as it:
        await it.go_to("A lighthouse for sale")
        key = it.screen.row.key
        await it.press("h", "g", "g", "enter")
        it.screen.go_to(key)
        await it.rest()
        assert it.title == "A lighthouse for sale"
        assert it.screen.reading


async def test_an_article_that_is_gone_is_passed_over(shelf):
    async with reading(shelf) as it:
        await begin(it)
        it.screen.trail._left.append((1, it.pane.place))
        await it.press("h")
        assert it.app.focused is it.articles


async def test_it_comes_back_into_a_text_whose_end_is_still_coming(places):
    long = "\n\n".join(f"Part *number* {number} and [here](https://e.example/{number})." for number in range(1500))
    fill(places, Found("essay", "Long", (Entry("Long", body=long, markdown=True),)), harbours())
    async with reading(places, size=(100, 24)) as it:
        await begin(it)
        await it.until(lambda: not it.pane.opened.coming)
        it.pane.to_point(Point(1200))
        await it.rest()
        place = it.pane.place
        it.screen.go_to(it.screen.listing.keys[it.titles.index("The last rope maker")])
        await it.rest()
        it.screen.texts._whole = None
        await it.press("h")
        await it.until(lambda: it.pane.opened.row.title == "Long" and not it.pane.opened.coming)
        await it.until(lambda: "number 1200 and" in it.of(it.pane))
        assert it.pane.place == place


async def test_many_jumps_are_remembered_but_not_all(shelf):
    async with reading(shelf) as it:
        await begin(it)
        for block in range(150):
            it.pane.to_point(Point(block % 30))
            it.screen.trail.leave()
        back = 0
        while it.screen.trail.back():
            back += 1
        assert 90 <= back <= 100

"""The place at the top holds, whatever happens to the pane and to the text; so does the current paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import Place
from reader.model.document import Block, Document, Point
from reader.ui.themes import LIGHT
from reader.ui.widgets.look import Look
from tests.ui.documents import STYLES, blocks
from tests.ui.paning import MANY, opened, passage, shown

LONG = opened(MANY).document


def first(it) -> str:
    return it.lines[0].replace("▎", " ").strip()


async def test_the_same_words_stay_at_the_top_through_every_change_and_come_back_exactly():
    async with shown(opened(LONG)) as it:
        where = passage(LONG, "a clerk with a lamp")
        it.pane.to_point(Point(77, where.start.offset))
        await it.rest()
        place, top, words = it.pane.place, it.pane.top, first(it)
        for _ in range(5):
            for width in (60, 100, 71, 64):
                await it.resize(width, 24)
                assert it.pane.top.block == 77
                start, end = it.pane.line_ends(it.pane.top)
                assert start <= top <= end
        await it.resize(80, 24)
        assert first(it) == words
        for change in (
            lambda: setattr(it.pane, "measure", 41),
            lambda: setattr(it.pane, "look", Look(1, indent=True, bold_lead=True)),
            lambda: setattr(it.app, "theme", LIGHT.name),
            lambda: setattr(it.pane, "pace", 100),
        ):
            change()
            await it.rest()
            assert it.pane.top.block == 77
        it.pane.look, it.pane.measure = Look(), 66
        await it.rest()
        assert first(it) == words
        assert replace(it.pane.place, progress=0.0) == replace(place, progress=0.0)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_a_place_is_found_again_at_another_size(size):
    async with shown(opened(LONG)) as it:
        it.pane.page(12)
        await it.rest()
        place, top = it.pane.place, it.pane.top
        assert LONG.blocks[place.block].text.startswith(place.text)
    async with shown(opened(LONG), size=size, place=place) as it:
        assert it.pane.top.block == top.block
        start, end = it.pane.line_ends(it.pane.top)
        assert start <= top <= end
        assert it.pane.place.block == place.block


async def test_a_place_is_found_again_in_a_text_that_changed():
    async with shown(opened(LONG)) as it:
        it.pane.to_point(Point(60, 0))
        await it.rest()
        place = it.pane.place
        longer = Document((Block("paragraph", "New above."), Block("heading", "New", level=1), *LONG.blocks))
        it.pane.show(opened(longer))
        await it.rest()
        assert "Paragraph 60" in first(it)
        assert it.pane.place.block == 62
    async with shown(opened(longer), place=place) as it:
        assert "Paragraph 60" in first(it)


async def test_the_header_is_a_place_of_its_own():
    async with shown(opened(LONG)) as it:
        assert it.pane.place == Place(0, 0.0, it.pane.place.progress)
        it.pane.move(5)
        assert it.pane.place.fraction > 0
        it.pane.move(-5)
        assert it.pane.place.fraction == 0
        place = it.pane.place
    async with shown(opened(LONG), place=place) as it:
        assert "Harbours" in it.lines[1]


async def test_a_point_in_what_is_coming_is_shown_when_it_is_there():
    begun = Document(LONG.blocks[:20])
    async with shown(opened(begun, coming=True)) as it:
        it.pane.to_point(Point(90, 5))
        await it.rest()
        assert "Laying out…" in "".join(it.lines)
        assert it.pane.place.block == 90
        it.pane.show(opened(LONG))
        await it.rest()
        assert "Paragraph 90" in first(it)


async def test_who_goes_to_the_end_of_what_is_coming_is_there_when_it_has_come():
    begun = Document(LONG.blocks[:20])
    async with shown(opened(begun, coming=True)) as it:
        it.pane.move_to_edge(end=True)
        it.pane.show(opened(begun, coming=True))
        await it.rest()
        it.pane.show(opened(LONG))
        await it.rest()
        assert it.pane.at_end
        assert it.pane.place.progress == 1
        it.pane.show(opened(begun, coming=True), Place())
        it.pane.move_to_edge(end=True)
        it.pane.move(-1)
        it.pane.show(opened(LONG))
        await it.rest()
        assert not it.pane.at_end


async def test_below_the_text_the_place_holds_while_the_marks_change():
    notes = (Document(tuple(Block("note", f"Note {number}") for number in range(60))),)
    async with shown(opened(LONG, notes=notes)) as it:
        it.pane.move_to_edge(end=True)
        it.pane.move(-10)
        await it.rest()
        before = it.lines
        it.pane.show(opened(LONG, notes=notes))
        await it.rest()
        assert it.lines == before


@settings(max_examples=60)
@given(st.lists(blocks(), min_size=1, max_size=8), st.data())
def test_what_is_held_of_any_line_is_on_that_line_or_below_it_in_the_same_layout(many, data):
    from reader.ui.widgets.page import Page
    from reader.ui.widgets.pointing import Pointing

    page = Page(opened(Document(tuple(many))), 30, STYLES)
    pointing = Pointing(page)
    item = data.draw(st.integers(0, page.count - 1))
    number = data.draw(st.integers(0, len(page.lines(item)) - 1))
    held = pointing.held(item, number)
    again = pointing.line_of(*held)
    assert held[0] == item
    assert 0 <= again < len(page.lines(item))
    assert pointing.line_of(*pointing.held(item, again)) == again


async def test_the_current_paragraph_stays_while_in_view_and_is_else_the_first_that_begins_there():
    async with shown(opened(LONG)) as it:
        assert it.pane.cursor == 0
        it.pane.step_cursor(2)
        assert it.pane.cursor == 2
        it.pane.move(2)
        assert it.pane.cursor == 2
        it.pane.page(3)
        assert it.pane.cursor > 5
        assert it.pane.in_view(Point(it.pane.cursor, 0))
        assert not it.pane.in_view(Point(it.pane.cursor - 1, 0))


async def test_the_current_paragraph_steps_into_view_whole_and_over_rules():
    doc = Document((Block("paragraph", "One."), Block("rule", ""), Block("image", ""), *LONG.blocks))
    async with shown(opened(doc), size=(80, 12)) as it:
        seen = [it.pane.cursor]
        for _ in range(6):
            it.pane.step_cursor(1)
            await it.rest()
            seen.append(it.pane.cursor)
            assert it.pane.in_view(Point(it.pane.cursor, 0))
            assert it.pane.in_view(Point(it.pane.cursor, len(doc.blocks[it.pane.cursor].text) - 1))
        assert seen == [0, 3, 4, 5, 6, 7, 8]
        it.pane.step_cursor(-6)
        assert it.pane.cursor == 0
        it.pane.step_cursor(-1)
        assert it.pane.cursor == 0
        it.pane.step_cursor(500)
        assert it.pane.cursor == len(doc.blocks) - 1


def band(it) -> int:
    """Give the line of the ruler's band."""
    strips = it.app.screen._compositor.render_strips()[1:-1]
    grounds = [list(strip)[1].style.bgcolor for strip in strips]
    (y,) = [y for y, ground in enumerate(grounds) if ground != max(grounds, key=grounds.count)]
    return y


async def test_the_ruler_goes_down_to_the_middle_then_the_text_moves_under_it_and_at_the_end_it_goes_on():
    async with shown(opened(LONG), size=(80, 22)) as it:
        it.pane.ruler = True
        await it.rest()
        assert "Paragraph 0" in it.lines[band(it)]
        tops, ys = [], []
        for _ in range(12):
            it.pane.move(1)
            await it.rest()
            assert it.lines[band(it)].strip(" ▎")
            tops.append(it.pane._view.lines()[0])
            ys.append(band(it))
        assert ys == sorted(ys)
        assert ys[-1] == ys[-2] == 10
        assert tops[0] == (0, 0) != tops[-1]
        it.pane.move_to_edge(end=True)
        it.pane.move(-4)
        await it.rest()
        assert it.pane.at_end
        assert 10 <= band(it) < 19
        for _ in range(8):
            it.pane.move(1)
        await it.rest()
        assert "lamp." in it.lines[band(it)]
        for _ in range(800):
            it.pane.move(-1)
        await it.rest()
        assert band(it) == 1
        it.pane.ruler = False
        await it.rest()
        with pytest.raises(ValueError, match="not enough"):
            band(it)


def ruled(it) -> int:
    """Give the block that the ruler lies on."""
    return it.pane._view.lines()[it.pane._band.y][0] - 1


async def test_the_mark_and_the_ruler_agree_wherever_the_view_goes():
    async with shown(opened(LONG), size=(80, 22)) as it:
        it.pane.ruler = True
        await it.rest()
        assert ruled(it) == it.pane.cursor == 0
        for go in (
            lambda: it.pane.page(1),
            lambda: it.pane.page(0.5),
            lambda: it.pane.step_cursor(2),
            lambda: it.pane.page(-1),
            lambda: it.pane.to_point(Point(20)),
            lambda: it.pane.move_to_edge(end=True),
            lambda: it.pane.step_cursor(-1),
        ):
            go()
            await it.rest()
            assert ruled(it) == it.pane.cursor
        it.pane.to_point(Point(9))
        passed = set()
        for _ in range(20):
            it.pane.move(1)
            await it.rest()
            assert ruled(it) == it.pane.cursor
            passed.add(it.pane.cursor)
        assert len(passed) > 3


async def test_a_mark_that_a_smaller_view_hides_comes_back_with_the_view():
    async with shown(opened(MANY), size=(80, 30)) as it:
        it.pane.to_point(Point(10))
        it.pane.step_cursor(4)
        assert it.pane.cursor == 14
        await it.resize(50, 12)
        assert it.pane.cursor != 14
        await it.resize(80, 30)
        assert it.pane.cursor == 14


async def test_a_jump_marks_its_paragraph_where_nothing_has_to_move():
    async with shown(opened("One.\n\nTwo.\n\nThree.")) as it:
        it.pane.to_point(Point(2))
        assert it.pane.cursor == 2
        it.pane.cursor = 1
        await it.rest()
        assert it.pane.cursor == 1
        assert "▎ Two." in it.lines[it.y("Two.")]


async def test_an_article_begins_with_the_paragraph_of_its_place_marked():
    async with shown(opened(MANY), size=(80, 20), place=Place(13, 0.6)) as it:
        assert it.pane.top.block == 13
        assert it.pane.cursor == 13
        await it.resize(60, 18)
        assert it.pane.cursor == 13

"""The points of the text: which are in view, which is under the mouse, which is a line further."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.events import MouseDown, MouseMove, MouseUp

from reader.model.document import Block, Document, Passage, Point
from reader.ui.widgets.layout import lay_out
from reader.ui.widgets.painting import Cover, painted
from tests.ui.documents import LOOKS, STYLES, blocks
from tests.ui.paning import MANY, MIXED, WIDE, opened, passage, shown

DOC = opened(MIXED).document
LONG = opened(MANY).document


@given(blocks(), st.integers(8, 50), LOOKS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_painting_changes_no_text_and_every_piece_tells_where_it_stands(block, width, look, stretches):
    covers = [Cover(start, end, STYLES["link"]) for start, end in stretches]
    for line in lay_out(block, width, STYLES, look=look):
        pieces = painted(line, 7, covers)
        assert "".join(piece.text for piece in pieces) == line.text
        told = [piece for piece in pieces if "offset" in piece.style.meta]
        for piece in told:
            offset, item = piece.style.meta["offset"]
            assert item == 7
            assert block.text[offset : offset + len(piece.text)] == piece.text
        assert sum(len(piece.text) for piece in told) == sum(run.end - run.start for run in line.runs)


@given(st.text("ab漢é", min_size=1, max_size=60), st.integers(0, 50), st.integers(1, 30))
def test_a_window_of_a_wide_line_shows_what_is_there(text, low, room):
    (line,) = lay_out(Block("code", text), 10, STYLES, close=True)
    pieces = painted(line, 1, window=(low, low + room))
    whole = painted(line, 1)
    cells = "".join(char * (2 if char == "漢" else 1) for piece in whole for char in piece.text)
    seen = "".join(piece.text for piece in pieces)
    shown = cells[low : low + room]
    assert seen.replace("漢", "漢漢").replace(" ", "漢") == shown


async def test_the_first_and_the_last_point_in_view_are_those_of_the_lines_there():
    async with shown(opened(LONG)) as it:
        assert it.pane.top == Point(0, 0)
        it.pane.to_point(passage(LONG, "harbour 7").start)
        await it.rest()
        assert LONG.blocks[7].text[it.pane.top.offset :].startswith(it.lines[0].replace("▎", "").split()[0])
        last = next(line for line in reversed(it.lines) if line.strip())
        assert LONG.blocks[it.pane.bottom.block].text[: it.pane.bottom.offset + 1].endswith(last.split()[-1])
        assert it.pane.in_view(it.pane.top)
        assert it.pane.in_view(it.pane.bottom)
        assert not it.pane.in_view(Point(it.pane.bottom.block, it.pane.bottom.offset + 2))


async def test_showing_a_point_moves_nothing_while_it_is_in_view_and_little_else():
    async with shown(opened(LONG)) as it:
        it.pane.page(2)
        await it.rest()
        before = it.lines
        it.pane.show_point(it.pane.bottom)
        it.pane.show_point(it.pane.top)
        await it.rest()
        assert it.lines == before
        below = it.pane.step(it.pane.bottom, 1)
        it.pane.show_point(below)
        await it.rest()
        assert it.pane.in_view(below)
        assert before[5].replace("▎", "").split() in [line.replace("▎", "").split() for line in it.lines]
        it.pane.show_point(Point(150, 30), context=3)
        assert it.pane.in_view(Point(150, 30))
        it.pane.show_point(Point(0, 0))
        assert it.pane.in_view(Point(0, 0))


async def test_showing_a_point_scrolls_sideways_as_well():
    async with shown(opened(DOC)) as it:
        end = passage(DOC, WIDE[-9:]).end
        point = Point(end.block, end.offset - 1)
        assert not it.pane.in_view(point)
        it.pane.show_point(point)
        assert it.pane.in_view(point)
        assert it.pane.shift > 0
        it.pane.show_point(Point(end.block, end.offset - 200))
        assert it.pane.shift == 0


async def test_a_step_keeps_the_column_and_leaps_what_holds_no_text():
    async with shown(opened(LONG)) as it:
        at = Point(3, 10)
        down = it.pane.step(at, 1)
        assert down.block == 3
        assert it.pane.step(down, -1) == at
        assert it.pane.step(at, 3) == Point(4, 10)
        assert it.pane.step(Point(0, 4), -5) == Point(0, 4)
        last = it.pane.step(Point(199, 0), 50)
        assert last.block == 199


async def test_the_ends_of_a_line_meet_those_of_the_next():
    async with shown(opened(LONG)) as it:
        start, end = it.pane.line_ends(Point(2, 5))
        assert start == Point(2, 0)
        following, _ = it.pane.line_ends(it.pane.step(start, 1))
        assert LONG.blocks[2].text[end.offset : following.offset] == " "


async def test_a_click_on_the_text_tells_the_point_and_the_link_there():
    async with shown(opened(DOC)) as it:
        where = passage(DOC, "a long link")
        await it.pilot.click(it.pane, offset=(it.x("a long link") + 3, it.y("a long link") + 1))
        await it.rest()
        (event,) = it.app.clicked
        assert event.point == Point(where.start.block, where.start.offset + 2)
        assert event.span.target == "https://a.example/link"
        await it.pilot.click(it.pane, offset=(it.x("Nobody") + 1, it.y("Nobody") + 1))
        await it.rest()
        assert it.app.clicked[-1].point == passage(DOC, "Nobody").start
        assert it.app.clicked[-1].span is None
        await it.pilot.click(it.pane, offset=(1, it.y("Nobody") + 1))
        await it.pilot.click(it.pane, offset=(it.x("Nobody") + 1, 2))
        await it.rest()
        assert len(it.app.clicked) == 2


async def drag(it, begin: str, end: str) -> None:
    pane = it.pane
    for kind, text in ((MouseDown, begin), (MouseMove, end), (MouseUp, end)):
        offset = (it.x(text) + 1, it.y(text) + 1)
        await it.pilot._post_mouse_events([kind], pane, offset=offset, button=1)
    await it.rest()


async def test_what_the_mouse_selects_is_a_passage_and_no_click():
    async with shown(opened(DOC)) as it:
        await drag(it, "done with", "breakwater")
        found = it.pane.selected_passage
        assert found == Passage(passage(DOC, "done with").start, passage(DOC, "Nobody quotes a b").end)
        assert not it.app.clicked
        text = it.app.screen.get_selected_text()
        assert text == DOC.said(found).strip()
        ground = it.words("done with")[0].bgcolor
        assert ground != it.words("The sea")[0].bgcolor
        it.app.screen.clear_selection()
        await it.rest()
        assert it.pane.selected_passage is None


async def test_a_selection_holds_when_the_text_is_set_anew():
    async with shown(opened(DOC)) as it:
        await drag(it, "done with", "breakwater")
        before = it.pane.selected_passage
        it.pane.measure = 50
        await it.rest()
        assert it.pane.selected_passage == before


async def test_a_point_in_a_scrolled_line_is_the_one_that_is_seen_there():
    async with shown(opened(DOC)) as it:
        it.pane.move_sideways(30)
        await it.rest()
        shown_there = WIDE[30:40]
        x, y = it.x(shown_there), it.y(shown_there)
        assert it.pane.point_at(x, y) == Point(passage(DOC, WIDE).start.block, passage(DOC, WIDE).start.offset + 30)
        assert it.pane.point_at(x - 2, y) is None


async def test_nothing_has_points_where_there_is_no_article():
    async with shown(opened(Document())) as it:
        for article in (opened(Document()), None):
            it.pane.show(article)
            await it.rest()
            assert it.pane.top == it.pane.bottom == Point()
            assert it.pane.step(Point(), 3) == Point()
            assert it.pane.line_ends(Point()) == (Point(), Point())
            assert it.pane.point_at(3, 3) is None
            assert it.pane.selected_passage is None
            assert not it.pane.move_sideways(3)
            it.pane.show_point(Point(3, 3))
            it.pane.to_point(Point(3, 3))
            it.pane.step_cursor(1)
            it.pane.move(3)
            assert it.pane.cursor == 0

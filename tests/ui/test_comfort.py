"""Reading comfort: how the text is set, scrolling by itself, copying, sideways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.model.annotation import Place
from reader.model.article import Entry
from reader.model.document import Passage, Point
from reader.ui.screens.scrolling import changed_pace
from reader.ui.widgets.look import Look
from tests.invented import essay, fill, harbours, listing
from tests.ui.driving import QUIET, reading


@pytest.fixture
def long(places):
    """A library with one long text."""
    fill(places, essay(paragraphs=30))
    return places


def select(it, monkeypatch, start: Point, end: Point) -> None:
    monkeypatch.setattr(type(it.screen.selecting), "passage", property(lambda _: Passage(start, end)))


def ticks(it) -> list:
    """Take the clock out of the scrolling: give what its timer would do."""
    steps = []

    def later(interval, step):
        timer = it.screen.set_timer(3600, lambda: None)
        steps.append((interval, step))
        return timer

    it.screen.set_interval = later
    return steps


# -- how the text is set


async def test_the_options_change_the_article_behind_them_at_once(long):
    async with reading(long, size=(160, 40)) as it:
        await it.press("enter", "i")
        assert it.dialogue == "OptionsScreen"
        await it.press("l", "right")
        assert it.pane.measure == 70
        await it.press("h", "minus")
        assert it.pane.measure == 66
        await it.press("j", "l")
        assert it.pane.look == Look(spacing=1)
        assert "Space between lines  ‹ one line ›" in it.seen()
        await it.press("down", "space", "j", "plus", "j", "l")
        assert it.pane.look == Look(spacing=1, indent=True, bold_lead=True)
        assert it.pane.ruler
        await it.press("j", "l")
        assert it.app.theme == "reader-light"
        await it.press("j", "h")
        assert it.screen.comfort.scrolling.pace == 19
        assert "19 lines a minute" in it.seen()
        await it.press("j", "k", "k", "k", "h")
        assert not it.pane.ruler
        await it.press("escape")
        assert it.dialogue == ""
        assert it.screen.reading


async def test_an_option_is_chosen_and_changed_with_the_mouse(long):
    async with reading(long) as it:
        await it.press("enter", "i")
        box = it.app.screen.query_one("#options")
        await it.click(box, "Paragraphs")
        assert not it.pane.look.indent
        await it.click(box, "Paragraphs")
        assert it.pane.look.indent


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_options_leave_the_beginning_of_the_article_in_view(long, size):
    async with reading(long, size=size) as it:
        await it.press("enter", "i")
        assert "On walking to the ferry" in it.seen()
        assert "Scrolls by itself" in it.seen()
        assert ("66 columns, 54 here ›" in it.seen()) == (size[0] == 60)


async def test_the_commands_of_the_palette_change_the_same_and_say_so(long):
    async with reading(long) as it:
        for command, said in (
            ("view.spacing", "Space between lines: one line"),
            ("view.spacing", "Space between lines: two lines"),
            ("view.spacing", "Space between lines: none"),
            ("view.paragraphs", "Paragraphs: told by an indent"),
            ("view.paragraphs", "Paragraphs: a blank line apart"),
            ("view.bold_lead", "Bold beginnings: on"),
            ("view.ruler", "Reading ruler: on"),
            ("view.ruler", "Reading ruler: off"),
        ):
            it.screen.run(command)
            await it.rest()
            assert it.said == [said]
        assert it.pane.look == Look(bold_lead=True)


async def test_minutes_are_told_by_the_readers_own_pace(long):
    async with reading(long, replace(QUIET, words_a_minute=1000)) as it:
        quick = it.screen.row.minutes_at(1000)
        assert f"{quick} min" in it.of(it.articles)
        assert f"· {quick} min" in it.of(it.pane)
    async with reading(long, replace(QUIET, words_a_minute=50)) as it:
        slow = it.screen.row.minutes_at(50)
        assert slow > 10 * quick
        assert f"{slow} min" in it.of(it.articles)
        assert f"· {slow} min" in it.of(it.pane)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_zen_shows_the_text_alone_and_gives_everything_back(long, size):
    async with reading(long, size=size) as it:
        await it.press("enter", "space")
        top, before = it.pane.top, it.seen()
        await it.press("z")
        lines = it.seen().split("\n")
        assert it.pane.region.size == it.app.size
        assert not it.screen.query_one("StatusLine").display
        assert not it.keys.display
        assert not any(sign in line for line in lines for sign in "│┃━─╭┏%")
        assert max(len(line.strip()) for line in lines) <= it.pane.measure + 2
        assert it.pane.top.block == top.block
        await it.press("z")
        assert it.seen() == before


# -- scrolling by itself


@pytest.mark.parametrize(
    ("pace", "step", "wanted"),
    [(20, 1, 25), (25, -1, 20), (20, -1, 19), (19, 1, 20), (1, -1, 1), (100, 1, 120), (120, -1, 100), (100, -1, 95),
     (600, 1, 600), (599, 1, 600)],
)  # fmt: skip
def test_the_pace_goes_in_small_steps_where_it_is_slow(pace, step, wanted):
    assert changed_pace(pace, step) == wanted


async def test_the_text_moves_by_itself_until_a_key_is_pressed(long):
    async with reading(long, size=(120, 20)) as it:
        steps = ticks(it)
        await it.press("enter", ".")
        assert it.of(it.keys).startswith(" scrolling 20 lines a minute · + - faster, slower · any other key stops")
        (interval, step), first = steps[0], it.of(it.pane).split("\n")
        assert interval == 3
        step()
        await it.rest()
        assert it.of(it.pane).split("\n")[1:-2] == first[2:-1]
        await it.press("x")
        assert not it.screen.comfort.scrolling.running
        assert "scrolling" not in it.of(it.keys)
        assert it.said == []
        place = it.pane.place
        step()
        assert it.pane.place == place


async def test_plus_and_minus_change_the_pace(long):
    async with reading(long, size=(120, 20)) as it:
        steps = ticks(it)
        await it.press("enter", ".", "plus", "plus", "minus")
        assert "scrolling 25 lines a minute" in it.of(it.keys)
        assert [interval for interval, _ in steps] == [3, 60 / 25, 60 / 30, 60 / 25]
        assert it.pane.measure == 66


async def test_with_space_between_the_lines_the_pace_is_one_of_lines_of_text(long):
    async with reading(long, replace(QUIET, line_spacing=1), size=(120, 20)) as it:
        steps = ticks(it)
        await it.press("enter", ".")
        assert steps[0][0] == 1.5


@pytest.mark.parametrize(("keys", "moves"), [("j", True), ("space", True), ("}", True), (".", False), ("m", False)])
async def test_any_key_stops_it_and_only_those_that_move_do_more(long, keys, moves):
    async with reading(long, size=(120, 20)) as it:
        ticks(it)
        await it.press("enter", ".")
        place, cursor, flags = it.pane.place, it.pane.cursor, it.screen.row.flags
        await it.press(keys)
        assert not it.screen.comfort.scrolling.running
        assert ((it.pane.place, it.pane.cursor) != (place, cursor)) == moves
        assert it.screen.row.flags == flags


async def test_the_keys_of_a_sequence_still_make_one(long):
    async with reading(long, size=(120, 20)) as it:
        ticks(it)
        await it.press("enter", "space", "space", ".", "g", "g")
        assert not it.screen.comfort.scrolling.running
        assert it.pane.place.block == 0


async def test_it_stops_at_the_end(long):
    async with reading(long, size=(120, 20)) as it:
        steps = ticks(it)
        await it.press("enter", "G", "k", ".")
        steps[0][1]()
        await it.rest()
        assert it.pane.at_end
        assert not it.screen.comfort.scrolling.running
        assert it.said == ["The end of the article."]
        await it.press(".")
        assert it.said == ["This is the end of the article."]


async def test_it_stops_when_a_dialogue_opens_and_when_the_article_is_left(long):
    async with reading(long, size=(120, 20)) as it:
        ticks(it)
        await it.press("enter", ".")
        it.screen.run("help")
        await it.rest()
        assert not it.screen.comfort.scrolling.running
        await it.press("escape", ".")
        assert it.screen.comfort.scrolling.running
        it.screen.leave_article()
        await it.rest()
        assert not it.screen.comfort.scrolling.running


async def test_another_article_does_not_scroll_on(places):
    fill(places, harbours())
    async with reading(places, size=(120, 20)) as it:
        ticks(it)
        await it.press("enter", ".")
        it.screen.run("article.next")
        await it.rest()
        assert not it.screen.comfort.scrolling.running


async def test_a_real_clock_moves_it(long):
    async with reading(long, replace(QUIET, scroll_pace=600), size=(120, 20)) as it:
        await it.press("enter", ".")
        place = it.pane.place
        await it.until(lambda: it.pane.place != place, "a line")


# -- copying, sideways


async def test_y_copies_what_is_selected_else_the_link(places, monkeypatch):
    fill(places, listing("One", [Entry("One", body="A b c.\n\nD e f.", url="https://one.example/a")]))
    async with reading(places) as it:
        await it.press("enter", "y")
        assert it.app.clipboard == "https://one.example/a"
        assert it.said == ["Copied the link."]
        select(it, monkeypatch, Point(0, 2), Point(1, 3))
        await it.press("y")
        assert it.app.clipboard == "b c.\n\nD e"
        assert it.said == ["Copied the selection."]


async def test_wide_code_goes_sideways_and_at_the_edge_one_goes_back(places):
    body = "Before.\n\n```\n" + "word " * 60 + "\n```\n"
    fill(places, listing("One", [Entry("One", body=body, markdown=True)]))
    async with reading(places) as it:
        await it.press("enter", "l")
        assert it.pane.shift == 8
        await it.press("left")
        assert it.pane.shift == 0
        assert it.screen.reading
        await it.press("left")
        assert not it.screen.reading
        await it.press("enter")
        it.screen.trail.leave(Place(2))
        await it.press("left")
        assert not it.screen.reading

"""The reading pane: what it paints over the text, beside it and below it."""

from __future__ import annotations

import pytest

from reader.model.document import Block, Document, Passage, Point
from reader.ui.widgets.lines import Line
from reader.ui.widgets.painting import OVERLAYS, Overlay
from tests.ui.paning import MANY, MIXED, WIDE, highlight, opened, passage, shown

DOC = opened(MIXED).document
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven"]


def over(words: str, part) -> Overlay:
    return Overlay(passage(DOC, words), part)


async def test_overlays_are_painted_over_their_words_and_taken_away():
    async with shown(opened(DOC)) as it:
        before = it.lines
        it.pane.mark("find", [over("asked", "match"), over("stone", "match-now")])
        await it.rest()
        (asked,), (stone,) = it.words("asked"), it.words("stone")
        assert asked.bgcolor != stone.bgcolor
        assert stone.bold
        assert it.lines == before
        it.pane.mark("find", ())
        await it.rest()
        assert not it.words("asked")


async def test_names_of_overlays_do_not_touch_each_other_and_later_parts_lie_above():
    async with shown(opened(DOC)) as it:
        it.pane.mark("chosen", [over("asked to wait", "chosen")])
        it.pane.mark("find", [over("to wait here", "match")])
        await it.rest()
        chosen = it.words("asked ")[0].bgcolor
        assert it.words("to wait")[0].bgcolor == chosen
        assert it.words(" here")[0].bgcolor not in (chosen, it.words(". The")[0].bgcolor)
        it.pane.mark("chosen", ())
        await it.rest()
        assert it.words("to wait here")[0].bgcolor != chosen


async def test_an_overlay_goes_on_over_several_blocks():
    async with shown(opened(DOC)) as it:
        start, end = passage(DOC, "done with").start, passage(DOC, "breakwater").end
        it.pane.mark("chosen", [Overlay(Passage(start, end), "chosen")])
        await it.rest()
        ground = it.words("done with")[0].bgcolor
        assert it.words("Nobody quotes a breakwater")[0].bgcolor == ground
        assert it.words(" but the waves")[0].bgcolor != ground


@pytest.mark.parametrize("bare", [False, True])
async def test_all_overlays_are_told_apart_with_colour_and_the_main_ones_without(bare):
    text = Document((Block("paragraph", "one two three four five six seven none"),))
    async with shown(opened(text), bare=bare) as it:
        it.pane.mark(
            "all",
            [Overlay(passage(text, word), part) for word, part in zip(NUMBERS, OVERLAYS, strict=True)],
        )
        await it.rest()
        found = [it.words(word)[0] for word in [*NUMBERS, " none"]]
        if bare:
            looks = [(style.underline, style.reverse, style.bold) for style in found]
            assert looks[0] == looks[3] != looks[-1]
            assert len({looks[0], looks[4], looks[5], looks[-1]}) == 4
            assert looks[5] == looks[6]
        else:
            assert len({(style.color, style.bgcolor) for style in found}) == 8


async def test_highlights_are_painted_and_have_their_letter_and_a_sign_for_a_note_in_the_margin():
    marks = [
        highlight(passage(DOC, "asked to wait"), "asked to wait", "green"),
        highlight(passage(DOC, "breakwater"), "breakwater", "red", "true"),
    ]
    async with shown(opened(DOC, *marks)) as it:
        assert it.words("asked to wait")[0].bgcolor != it.words("breakwater")[0].bgcolor
        assert it.lines[it.y("asked to wait")].split()[0].startswith("g")
        assert it.lines[it.y("breakwater")].split()[0] == "✎r"


async def test_a_letter_stands_on_the_line_on_which_its_highlight_begins():
    doc = opened(MANY).document
    where = passage(doc, "clerk with a lamp")
    async with shown(opened(doc, highlight(where, "clerk with a lamp", "blue"))) as it:
        assert [line[:6].strip(" ▎") for line in it.lines].count("b") == 1
        assert it.lines[it.y("clerk")].strip().startswith("b")


async def test_the_current_paragraph_has_a_mark_on_all_its_lines_while_the_pane_has_the_focus():
    async with shown(opened(MANY)) as it:
        marked = [line for line in it.lines if "▎" in line]
        assert "Paragraph 0" in marked[0]
        assert len(marked) == 3
        plain = [line.replace("▎", " ") for line in it.lines]
        it.app.screen.set_focus(None)
        await it.rest()
        assert it.lines == plain


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_measure_is_centred_and_the_text_has_room(width):
    async with shown(opened(MANY), size=(width, 20)) as it:
        lines = [line.replace("▎", " ") for line in it.lines if line.strip()]
        left = min(len(line) - len(line.lstrip()) for line in lines)
        right = width - 2 - left - it.pane._width
        assert left >= 3
        assert right >= 1
        assert abs(left - right) <= 2
        assert it.pane._width == min(66, width - 6)


async def test_highlights_that_were_not_found_are_listed_below_the_text():
    async with shown(opened(DOC, highlight(None, "words that left", "blue", "a pity")), size=(80, 50)) as it:
        at = it.y("Highlights whose words are not in this text any more")
        assert at > it.y("A note about ends")
        assert it.lines[it.y("words that left")].split()[0] == "✎b"
        assert it.y("a pity") > it.y("words that left")
        assert it.pane.bottom.block < len(DOC.blocks)


async def test_labels_lie_over_the_beginnings_of_links_and_nothing_moves():
    async with shown(opened(DOC)) as it:
        before = it.lines
        it.pane.label({passage(DOC, "a long link").start: "12"})
        await it.rest()
        line = it.lines[it.y("12long link")]
        assert len(line) == len(before[0])
        assert it.words("12")[0].reverse
        it.pane.label({})
        await it.rest()
        assert it.lines == before


async def test_the_lower_border_tells_how_much_is_read_and_the_minutes_left_at_the_readers_pace():
    async with shown(opened(MANY)) as it:
        it.pane.page(3)
        await it.rest()
        share, minutes = it.border.strip("┗━┛ ").split(" · ")
        assert share.endswith(" %")
        assert minutes == f"{round(20 * (1 - it.pane.place.progress))} min left"
        it.pane.pace = 460
        await it.rest()
        assert f"· {round(10 * (1 - it.pane.place.progress))} min left" in it.border
        it.pane.move_to_edge(end=True)
        await it.rest()
        assert it.border.strip("┗━┛ ") == "100 %"


async def test_wide_lines_scroll_sideways_with_signs_of_what_is_hidden_and_nothing_else_moves():
    async with shown(opened(DOC)) as it:
        end = it.lines[it.y("The end")]
        line = it.lines[it.y("000.001")]
        assert "›" in line
        assert "‹" not in line
        assert it.pane.move_sideways(8)
        await it.rest()
        line = it.lines[it.y("002.003")]
        assert "‹" in line
        assert "001" not in line
        assert it.lines[it.y("The end")] == end
        while it.pane.move_sideways(30):
            pass
        await it.rest()
        assert WIDE[-20:] in "".join(it.lines)
        assert "›" not in "".join(it.lines)
        assert not it.pane.move_sideways(8)
        assert it.pane.move_sideways(-1000)
        assert it.pane.shift == 0
        assert not it.pane.move_sideways(-8)


async def test_where_no_wide_line_is_in_view_nothing_scrolls_sideways():
    async with shown(opened(MIXED + "\n\n" + MANY)) as it:
        assert it.pane.move_sideways(20)
        it.pane.page(5)
        assert it.pane.shift == 0
        assert not it.pane.move_sideways(20)


async def test_a_picture_stands_above_its_words_and_the_text_at_the_top_stays_when_it_comes():
    drawn: list[Line] = []
    doc = Document((*opened(MANY).document.blocks[:5], Block("image", "A lamp"), *opened(MANY).document.blocks[5:]))
    async with shown(opened(doc)) as it:
        it.pane.picture = lambda block, width: drawn
        it.pane.show(opened(doc, number=2))
        it.pane.to_point(Point(6, 0))
        await it.rest()
        top = it.lines[0]
        from rich.segment import Segment

        drawn.extend([Line((), (Segment("#####"),))] * 4)
        it.pane.renew_block(5)
        await it.rest()
        assert it.lines[0] == top
        it.pane.to_point(Point(5, 0))
        it.pane.move(-2)
        await it.rest()
        assert [line.strip() for line in it.lines[:3]] == ["#####", "#####", "▣ A lamp"]


async def test_many_matches_cost_as_little_as_one():
    doc = opened(MANY).document
    every = [
        Overlay(Passage(Point(number, at), Point(number, at + 2)), "match")
        for number, block in enumerate(doc.blocks)
        for at in range(0, len(block.text), 3)
    ]
    assert len(every) > 8_000
    async with shown(opened(doc)) as it:
        it.pane.mark("find", every)
        asked: list[int] = []
        within = it.pane._drawing._overlays.within
        it.pane._drawing._overlays.within = lambda block, *ends: asked.append(block) or within(block, *ends)
        it.pane.move(1)
        await it.rest()
        assert max(asked) < 12
        assert it.pane._page.count > 200
        assert len(it.pane._page._laid) < 20


async def test_lines_far_from_the_view_are_forgotten():
    async with shown(opened(MANY)) as it:
        while not it.pane.at_end:
            it.pane.page(1)
            await it.rest()
            assert sum(map(len, it.pane._page._laid.values())) < 500
            assert len(it.pane._drawing._strips) <= 100
        assert "Paragraph 199" in "".join(it.lines)

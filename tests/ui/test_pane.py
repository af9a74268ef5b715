"""The reading pane: what it paints over the text, beside it and below it."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import ColorSystem

from reader.model.annotation import COLORS
from reader.model.document import LONGEST, Block, Document, Passage, Point
from reader.ui.widgets import page as page_module
from reader.ui.widgets.lines import Line
from reader.ui.widgets.look import Look
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
            looks = [(style.underline, style.reverse, style.bold, style.italic) for style in found]
            assert len({*looks[:6], looks[-1]}) == 7
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


def _light(colour) -> float:
    """Give how light a colour is, as WCAG reckons."""
    red, green, blue = (
        (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for c in colour.triplet.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["reader-dark", "reader-light"])
async def test_highlights_are_told_apart_and_what_they_lie_over_is_seen_well(theme):
    async with shown(opened(DOC)) as it:
        it.app.theme = theme
        await it.rest()
        styles, ground = it.pane._drawing.styles, it.pane._drawing.base
        tints = [styles[f"highlight-{color}"].bgcolor for color in COLORS]
        for color, tint in zip(COLORS, tints, strict=True):
            assert _contrast(tint, ground.color) >= 7
            assert _contrast(tint, (ground + styles["link"]).color) >= 4.5
            assert _contrast(tint, ground.bgcolor) >= 1.25
            sign = styles[f"sign-{color}"].color
            assert _contrast(sign, ground.bgcolor) >= 7
        for one, other in combinations([*tints, ground.bgcolor], 2):
            assert sum((a - b) ** 2 for a, b in zip(one.triplet, other.triplet, strict=True)) ** 0.5 > 45


@pytest.mark.parametrize("theme", ["reader-dark", "reader-light"])
async def test_with_sixteen_colours_signs_have_the_terminals_own(theme):
    async with shown(opened(DOC), bare=True) as it:
        it.app.theme = theme
        await it.rest()
        signs = {color: it.pane._drawing.styles[f"sign-{color}"].color for color in COLORS}
        found = {color: sign.downgrade(ColorSystem.STANDARD).number % 8 for color, sign in signs.items()}
        assert found == {"yellow": 3, "green": 2, "blue": 4, "red": 1}


async def test_a_letter_stands_on_the_line_on_which_its_highlight_begins():
    doc = opened(MANY).document
    where = passage(doc, "clerk with a lamp")
    async with shown(opened(doc, highlight(where, "clerk with a lamp", "blue"))) as it:
        assert [line[:6].strip(" ▎") for line in it.lines].count("b") == 1
        assert it.lines[it.y("clerk")].strip().startswith("b")


async def test_the_letters_of_all_highlights_of_a_line_stand_beside_it():
    doc = opened(MANY).document
    marks = [
        highlight(passage(doc, words), words, color)
        for words, color in (("Paragraph 1 tells of the tide", "blue"), ("1 tells", "red"), ("of", "green"))
    ]
    async with shown(opened(doc, *marks), size=(90, 24)) as it:
        assert it.lines[it.y("Paragraph 1 tells")].split()[0] == "br"
        assert it.lines[it.y("Paragraph 0 tells")].split()[0] == "g▎"
    async with shown(opened(doc, *marks), size=(40, 24)) as it:
        assert it.lines[it.y("Paragraph 1 tells")].split()[0] == "b"


async def test_the_letter_of_a_highlight_that_began_above_stands_on_the_first_line_in_view():
    doc = opened(MANY).document
    long = Passage(passage(doc, "Paragraph 3").start, passage(doc, "Paragraph 5").end)
    inside = passage(doc, "clerk with a lamp")
    marks = [highlight(long, "words", "blue", "noted"), highlight(inside, "clerk with a lamp", "red")]
    async with shown(opened(doc, *marks), size=(90, 24)) as it:
        it.pane.to_point(Point(4))
        await it.rest()
        for _ in range(3):
            assert it.lines[0].replace("▎", "").split()[0] == "✎b"
            assert not any(line.replace("▎", "").split()[:1] == ["✎b"] for line in it.lines[1:])
            it.pane.move(1)
            await it.rest()
        it.pane.to_point(Point(6))
        await it.rest()
        assert "✎" not in "".join(it.lines)


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


async def test_a_highlight_of_a_megabyte_that_was_not_found_is_laid_out_in_pieces():
    lost = highlight(None, "gone " * 200_000, "blue", "why " * 200_000)
    last = highlight(None, "the last one", "red")
    async with shown(opened(DOC, lost, last), size=(80, 50)) as it:
        page = it.pane._page
        assert max(len(block.text) for block in page.blocks) <= LONGEST
        where, _ = page.highlights[0]
        assert {block.kind for block in page.blocks[where.start.block : where.end.block + 1]} == {"quote"}
        assert page.blocks[where.end.block + 1].kind == "note"
        assert page.blocks[page.highlights[1][0].start.block].text == "the last one"
        it.pane.move_to_edge(end=True)
        await it.rest()
        assert it.lines[it.y("the last one")].strip().startswith("r")
        assert len(page._laid) < 20


async def test_what_only_changed_its_marks_is_not_laid_out_again(monkeypatch):
    async with shown(opened(DOC), size=(80, 50)) as it:
        laid = []
        lay_out = page_module.lay_out
        monkeypatch.setattr(
            page_module, "lay_out", lambda block, *a, **b: laid.append(block) or lay_out(block, *a, **b)
        )
        before = it.lines
        it.pane.show(opened(Document(DOC.blocks), highlight(passage(DOC, "asked to wait"), "asked to wait")))
        await it.rest()
        assert not [block for block in laid if block.kind != "aside"]
        assert [line[4:] for line in it.lines] == [line[4:] for line in before]
        it.pane.show(opened(Document((*DOC.blocks[:2], Block("paragraph", "Another."), *DOC.blocks[3:]))))
        await it.rest()
        assert {block.text for block in laid if block.kind != "aside"} == {
            DOC.blocks[1].text, "Another.", DOC.blocks[3].text,
        }  # fmt: skip
        laid.clear()
        it.pane.look = Look(spacing=1)
        await it.rest()
        assert len(laid) >= 3


async def test_labels_lie_over_the_beginnings_of_links_and_nothing_moves():
    async with shown(opened(DOC)) as it:
        before = it.lines
        it.pane.label({passage(DOC, "a long link").start: "12"})
        await it.rest()
        line = it.lines[it.y("with12 long link")]
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
        assert [line.strip(" ▎") for line in it.lines[:3]] == ["#####", "#####", "▣ A lamp"]


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

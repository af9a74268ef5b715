"""Selecting a passage by keys and with the mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.ingest.found import Found
from reader.library import Library
from reader.model.article import FINISHED, Entry
from reader.model.document import Block, Document, Passage, Point
from tests.invented import fill
from tests.ui.driving import reading

FIRST = "The ferry leaves at six, and nobody waits."
SECOND = "On the quay a man counts crates: forty, perhaps fifty. " * 4
THIRD = "He counts them twice."
CODE = "tide = 4\nif tide > 3:\n    print('high')"
TITLE = "On counting"


def on_counting(*more: str) -> Found:
    """Give an article of three paragraphs, a line between them, and code."""
    body = "\n\n".join((FIRST, SECOND.strip(), "---", THIRD, f"```python\n{CODE}\n```", *more))
    return Found("essay", TITLE, (Entry(TITLE, "Ruth Amsel", body=body, markdown=True),))


@pytest.fixture
def quay(places):
    """A library with that article."""
    fill(places, on_counting())
    return places


def chosen(it) -> str:
    """Give the words that are selected."""
    passage = it.screen.selecting.passage
    return it.screen.opened.document.said(passage) if passage is not None else ""


async def drag(it, start: tuple[str, int], end: tuple[str, int]) -> None:
    """Draw the mouse over the article, from some cells into the first place of a text to some into another."""
    places = []
    for text, cells in (start, end):
        lines = it.of(it.pane).split("\n")
        y = next(number for number, line in enumerate(lines) if text in line)
        places.append((lines[y].index(text) + cells, y))
    await it.pilot.mouse_down(it.pane, offset=places[0])
    await it.pilot.hover(it.pane, offset=places[1])
    await it.pilot.mouse_up(it.pane, offset=places[1])
    await it.rest()


async def test_v_selects_word_by_word_from_the_marked_paragraph(quay):
    async with reading(quay) as it:
        await it.press("enter", "v")
        assert chosen(it) == "The"
        for keys, words in (
            ("w", "The ferry"),
            ("w", "The ferry leaves"),
            ("ww", "The ferry leaves at six,"),
            ("b", "The ferry leaves at"),
            ("e", "The ferry leaves at six"),
            ("l", "The ferry leaves at six,"),
            ("hhhh", "The ferry leaves at"),
            ("}", FIRST),
        ):
            await it.press(*keys)
            assert chosen(it) == words, keys
        await it.press("o", "w", "w")
        assert chosen(it) == FIRST.removeprefix("The ferry ")


async def test_v_begins_at_the_paragraph_that_is_marked(quay):
    async with reading(quay) as it:
        await it.press("enter", "right_curly_bracket", "right_curly_bracket", "v")
        assert chosen(it) == "He"
        await it.press("left_curly_bracket", "left_curly_bracket")
        assert chosen(it) == f"{SECOND.strip()}\n\nHe"


async def test_arrows_and_lines_select_too(quay):
    async with reading(quay) as it:
        await it.press("enter", "right_curly_bracket", "v", "dollar_sign")
        line = chosen(it)
        assert SECOND.startswith(line)
        assert len(line) > 30
        await it.press("0")
        assert chosen(it) == "On"
        await it.press("down")
        assert SECOND.startswith(chosen(it))
        assert len(chosen(it)) > len(line)
        await it.press("up")
        assert chosen(it) == "On"
        await it.press("end", "left", "right", "k")
        assert chosen(it).endswith("On")
        await it.press("home")
        assert chosen(it).startswith("The")


async def test_lines_keep_their_column_and_take_whole_words(quay):
    async with reading(quay) as it:
        await it.press("enter", "right_curly_bracket", "v", "w")
        begun = chosen(it)
        for key in "jjkk":
            await it.press(key)
            assert chosen(it) in SECOND
            assert not chosen(it).endswith(" ")
        assert chosen(it) == begun


async def test_the_end_that_moves_is_kept_in_view(places):
    fill(places, on_counting(*(f"{SECOND} Number {number}." for number in range(40))))
    async with reading(places, size=(80, 20)) as it:
        await it.press("enter", "v")
        for _ in range(6):
            await it.press("space")
            assert it.pane.in_view(it.screen.selecting._chosen.last(it.screen.opened.document))
        assert it.pane.top > Point(4, 0)
        selected = len(chosen(it))
        await it.press("ctrl+u")
        assert len(chosen(it)) < selected
        await it.press("o")
        assert it.pane.top == Point(0, 0)


async def test_the_keys_are_told_while_something_is_selected(quay):
    async with reading(quay) as it:
        await it.press("enter")
        assert "H highlight  a note" not in it.of(it.keys)
        await it.press("v")
        assert "H highlight  a note  1–4 colour  y copy  Esc end" in it.of(it.keys)
        await it.press("w", "escape")
        assert "a note" in it.of(it.keys)
        assert "y copy" not in it.of(it.keys)
        assert it.screen.reading


@pytest.mark.parametrize("key", ["escape", "v", "q"])
async def test_a_selection_can_be_left(quay, key):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", key)
        assert chosen(it) == ""
        assert it.screen.reading
        await it.press("escape")
        assert not it.screen.reading


async def test_another_article_or_pane_ends_the_selection(places):
    fill(places, on_counting(), Found("essay", "Another", (Entry("Another", body=FIRST),)))
    async with reading(places) as it:
        await it.press("enter", "v")
        it.screen.run("pane.next")
        await it.rest()
        assert not it.screen.selecting.active
        assert "y copy" not in it.of(it.keys)
        await it.press("tab", "v")
        it.screen.run("article.next")
        await it.rest()
        assert not it.screen.selecting.active
        assert "y copy" not in it.of(it.keys)


@pytest.mark.parametrize("key", ["n", "J", "u", "m", "s", "d", "C", "5", "9", "slash", "tab", "N", "U", "r", "t"])
async def test_keys_that_are_nothing_to_a_selection_do_nothing(quay, key):
    async with reading(quay) as it:
        await it.press("enter", "v", "w")
        # That all of it was in view is kept half a second after it came, whatever is pressed.
        hint, flags = it.of(it.keys), it.screen.row.flags & ~FINISHED
        await it.press(key)
        assert it.dialogue == ""
        assert chosen(it) == "The ferry"
        assert it.of(it.keys) == hint
        assert it.screen.row.flags & ~FINISHED == flags
        assert it.screen.reading


async def test_a_selection_grows_to_the_end_the_beginning_and_by_pages_in_view(places):
    fill(places, on_counting(*(f"{SECOND} Number {number}." for number in range(40))))
    async with reading(places, size=(80, 20)) as it:
        await it.press("enter", "v", "w", "G")
        blocks = it.screen.opened.document.blocks
        assert it.screen.selecting.passage == Passage(Point(0, 0), Point(len(blocks) - 1, len(blocks[-1].text)))
        assert it.pane.at_end
        await it.press("g", "g")
        assert chosen(it) == "The"
        assert it.pane.top == Point(0, 0)
        for key in ("space", "pagedown", "ctrl+d", "ctrl+u", "pageup"):
            before = chosen(it), it.pane.top
            await it.press(key)
            assert chosen(it) != before[0], key
            assert it.pane.in_view(it.screen.selecting._chosen.last(it.screen.opened.document)), key


async def test_sentences_are_selected(places):
    fill(places, on_counting("One is here. “Is two?” he asked… Three."))
    async with reading(places) as it:
        await it.press("enter", *["right_curly_bracket"] * 4, "v", "right_parenthesis")
        assert chosen(it) == "One is here."
        await it.press("right_parenthesis")
        assert chosen(it) == "One is here. “Is two?”"
        await it.press("right_parenthesis")
        assert chosen(it) == "One is here. “Is two?” he asked…"
        await it.press("left_parenthesis", "left_parenthesis")
        assert chosen(it) == "One is here."


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_hint_is_whole_at_any_width(quay, width):
    async with reading(quay, size=(width, 24)) as it:
        await it.press("enter", "v")
        said = it.of(it.keys).strip()
        assert said.startswith("H ")
        assert said.endswith(("Esc", "o other end", "D look up"))
        for word in ("a note", "1–4 colour", "y copy", "Esc"):
            assert word in said


async def test_without_a_line_for_it_the_hint_is_said_once(quay):
    async with reading(quay) as it:
        await it.press("enter", "z", "v")
        assert "y copy" in it.said[-1]
        it.app.clear_notifications()
        await it.press("w")
        assert it.said == []


async def test_other_keys_do_what_they_always_do(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "question_mark")
        assert it.dialogue == "HelpScreen"
        await it.press("escape")
        assert chosen(it) == "The ferry"
        await it.press("colon")
        assert it.dialogue
        await it.press("escape", "w")
        assert chosen(it) == "The ferry leaves"


async def test_y_copies_the_selection(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "y")
        assert it.app.clipboard == "The ferry"
        assert it.said[-1] == "Copied the selection."
        assert chosen(it) == ""


async def test_code_is_selected_as_it_stands(quay):
    async with reading(quay) as it:
        await it.press("enter", *["right_curly_bracket"] * 3, "v", "right_curly_bracket", "y")
        assert it.app.clipboard == CODE


async def test_the_mouse_selects_a_passage_of_the_text(quay):
    async with reading(quay) as it:
        await it.press("enter")
        await drag(it, ("leaves", 0), ("nobody", 6))
        assert chosen(it) in ("leaves at six, and nobody", "leaves at six, and nobody waits"[:-6])
        await it.press("v", "w")
        assert chosen(it) == "leaves at six, and nobody waits."
        assert it.pane.text_selection is None


async def test_esc_first_drops_what_the_mouse_selected(quay):
    async with reading(quay) as it:
        await it.press("enter")
        await drag(it, ("leaves", 0), ("nobody", 6))
        await it.press("escape")
        assert it.pane.text_selection is None
        assert it.screen.reading
        await it.press("escape")
        assert not it.screen.reading


async def test_v_where_nothing_is_read_does_nothing(places):
    with Library(places):
        pass
    fill(places, Found("essay", "Empty", (Entry("Empty", body=""),)))
    async with reading(places) as it:
        await it.press("enter", "v", "H")
        assert not it.screen.selecting.active
        assert "no words" in it.said[-1]


async def test_a_selection_outlives_marks_but_not_another_text(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "m", "e")
        assert chosen(it) == "The ferry leaves"
        it.pane.show(replace(it.screen.opened, document=Document((Block("paragraph", "Else."),))))
        await it.rest()
        assert not it.screen.selecting.active


async def test_what_stands_below_the_article_cannot_be_selected(quay):
    async with reading(quay) as it:
        await it.press("a", "x", "escape", "enter", *["right_curly_bracket"] * 3, "v", "pagedown", "pagedown")
        last = len(it.screen.opened.document.blocks) - 1
        passage = it.screen.selecting.passage
        assert isinstance(passage, Passage)
        assert passage.end.block == last


async def test_v_begins_with_what_was_found(quay):
    async with reading(quay) as it:
        await it.press("enter", "slash", *"nobody", "enter")
        await it.until(lambda: it.screen.finding.match is not None)
        await it.press("v")
        assert chosen(it) == "nobody"
        await it.press("w")
        assert chosen(it) == "nobody waits."


async def test_keys_go_on_from_what_the_mouse_selected_meanwhile(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w")
        await drag(it, ("leaves", 0), ("nobody", 5))
        assert chosen(it).startswith("leaves at six, and nobo")
        await it.press("right_curly_bracket")
        assert chosen(it) == "leaves at six, and nobody waits."
        assert it.pane.text_selection is None


async def test_selecting_by_the_palette_goes_into_the_article(quay):
    async with reading(quay) as it:
        it.screen.run("select.start")
        await it.press("w")
        assert it.screen.reading
        assert chosen(it) == "The ferry"

"""Highlights and their notes, by keys."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import pytest

from reader.ingest.found import Found
from reader.library import Library
from reader.model.annotation import Quote
from reader.model.article import HIGHLIGHTED, NOTED, Entry
from tests.invented import fill
from tests.ui.driving import reading
from tests.ui.test_selecting import CODE, FIRST, THIRD, TITLE, drag, on_counting, quay

__all__ = ["quay"]

DOWN = "right_curly_bracket"


def kept(it) -> list:
    """Give the highlights of the article in the order they were made."""
    return sorted(it.library.marks.of(it.screen.row.id).highlights, key=lambda one: one.id)


async def test_h_highlights_the_marked_paragraph(quay):
    async with reading(quay) as it:
        await it.press("enter", "H")
        (one,) = kept(it)
        assert one.quote.exact == FIRST
        assert one.color == "yellow"
        assert "Highlighted in yellow" in it.said[-1]
        assert it.flags(TITLE) & HIGHLIGHTED
        assert "▍" in it.of(it.articles)
        await it.press(DOWN, DOWN, DOWN, "H")
        assert [one.quote.exact for one in kept(it)] == [FIRST, CODE]


async def test_h_on_what_is_highlighted_says_so(quay):
    async with reading(quay) as it:
        await it.press("enter", "H", "H")
        assert len(kept(it)) == 1
        assert "Highlighted already, in yellow" in it.said[-1]
        await it.press("v", DOWN, "H")
        assert len(kept(it)) == 1
        assert not it.screen.selecting.active


@pytest.mark.parametrize("key", ["H", "enter"])
async def test_a_selection_becomes_a_highlight(quay, key):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "w", key)
        (one,) = kept(it)
        assert one.quote == Quote("The ferry leaves", "", " at six, and nobody waits.\n\nOn the"[:32], 0, 0)
        assert not it.screen.selecting.active


async def test_a_number_chooses_the_colour_which_is_used_again(quay):
    async with reading(quay) as it:
        for number, color in enumerate(("yellow", "green", "blue", "red"), 1):
            await it.press("enter", "v", *["w"] * number, str(number))
            assert kept(it)[-1].color == color
        await it.press("H")
        assert kept(it)[-1].color == "red"
        await it.press("v", DOWN, "2")
        assert [one.color for one in kept(it)] == ["yellow", "green", "blue", "red", "green"]


async def test_what_the_mouse_selected_is_highlighted(quay):
    async with reading(quay) as it:
        await it.press("enter")
        await drag(it, ("leaves", 0), ("nobody", 5))
        await it.press("H")
        assert kept(it)[0].quote.exact.startswith("leaves at six, and nobo")
        assert it.pane.text_selection is None


async def test_passages_of_several_blocks_are_highlighted(quay):
    async with reading(quay) as it:
        await it.press("enter", DOWN, DOWN, "v", DOWN, DOWN, "H")
        (one,) = kept(it)
        assert one.quote.exact == f"{THIRD}\n\n{CODE}"
        assert it.screen.opened.highlights[0].passage is not None


async def test_a_highlight_with_a_note_is_there_after_a_restart(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "w", "a")
        assert it.dialogue == "NoteScreen"
        assert "“The ferry leaves”" in it.seen()
        await it.type("at six?")
        await it.press("escape")
        assert it.dialogue == ""
    async with reading(quay) as it:
        (one,) = kept(it)
        assert (one.quote.exact, one.note) == ("The ferry leaves", "at six?")
        assert "▍" in it.of(it.articles)
        await it.press("enter", "a")
        assert "at six?" in it.seen()
        await it.type(" no")
        await it.press("escape", "d")
        assert kept(it) == []
        assert "U brings both back" in it.said[-1]
        assert "▍" not in it.of(it.articles)
        assert it.screen.opened.highlights == ()
        await it.press("U")
        assert kept(it)[0].note == "at six? no"
        assert "▍" in it.of(it.articles)
        assert it.screen.opened.highlights[0].highlight.note == "at six? no"


async def test_a_on_the_mouse_selection_writes_a_note_on_it(quay):
    async with reading(quay) as it:
        await it.press("enter")
        await drag(it, ("leaves", 0), ("nobody", 5))
        await it.press("a", "x", "escape")
        assert kept(it)[0].note == "x"


async def test_where_no_highlight_is_a_is_the_note_on_the_article(quay):
    async with reading(quay) as it:
        await it.press("enter", "H", DOWN, "a", "x", "escape")
        assert it.note() == "x"
        assert kept(it)[0].note == ""
        await it.press("left_curly_bracket", "a", "y", "escape")
        assert kept(it)[0].note == "y"
        assert it.note() == "x"
        await it.press("escape", "a", "z", "escape")
        assert it.note() == "xz"
        assert it.flags(TITLE) & NOTED


async def test_an_emptied_note_leaves_the_highlight(quay):
    async with reading(quay) as it:
        await it.press("enter", "H", "a", "x", "escape", "a", "backspace", "escape")
        assert it.dialogue == ""
        assert kept(it)[0].note == ""
        assert "the highlight stays" in it.said[-1]
        await it.press("U")
        assert kept(it)[0].note == "x"


async def test_a_note_on_a_highlight_outlives_the_app(quay):
    async with reading(quay) as it:
        article = it.screen.row.id
        await it.press("enter", "H", "a")
        await it.type("half a thought")
        it.app.exit()
    with Library(quay) as library:
        assert [one.note for one in library.marks.of(article).highlights] == ["half a thought"]


async def test_e_writes_the_note_on_a_highlight_in_the_users_editor(quay, tmp_path, monkeypatch):
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\npath.write_text(path.read_text() + 'out')\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    async with reading(quay) as it:
        monkeypatch.setattr(it.app, "suspend", nullcontext)
        await it.press("enter", "H", "E")
        assert kept(it)[0].note == "out"
        await it.press("v", "w", "E")
        assert [one.note for one in kept(it)] == ["out", "out"]
        assert it.note() == ""


async def test_c_gives_the_next_colour(quay):
    async with reading(quay) as it:
        await it.press("enter", "H")
        for color in ("green", "blue", "red", "yellow", "green"):
            await it.press("C")
            assert kept(it)[0].color == color
            assert it.screen.opened.highlights[0].highlight.color == color
            assert f"is {color} now" in it.said[-1]
        await it.press("U")
        assert kept(it)[0].color == "yellow"
        await it.press(DOWN, "H")
        assert kept(it)[1].color == "green"


async def test_of_several_highlights_one_is_chosen(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "H", "H", DOWN, "left_curly_bracket")
        assert len(kept(it)) == 2
        await it.press("C")
        assert it.dialogue == "QuoteScreen"
        assert "y The ferry" in it.seen()
        await it.press("j", "enter")
        assert {one.quote.exact: one.color for one in kept(it)} == {"The ferry": "yellow", FIRST: "green"} or {
            one.quote.exact: one.color for one in kept(it)
        } == {"The ferry": "green", FIRST: "yellow"}
        await it.press("C")
        assert it.dialogue == ""
        assert "blue" in [one.color for one in kept(it)]
        await it.press(DOWN, "left_curly_bracket", "a")
        assert "The whole article" in it.seen()
        await it.press("j", "j", "enter", "x", "escape")
        assert it.note() == "x"
        await it.press("d", "escape")
        assert len(kept(it)) == 2
        await it.press("d", "enter")
        assert len(kept(it)) == 1


async def test_without_a_highlight_the_keys_say_so(quay):
    async with reading(quay) as it:
        await it.press("enter", "C")
        assert "No highlight" in it.said[-1]
        it.app.clear_notifications()
        await it.press("d")
        assert "No highlight" in it.said[-1]


async def test_an_orphan_can_be_deleted_and_brought_back(quay):
    with Library(quay) as library:
        row = library.shelf.rows(library.shelf.listing().keys[:1])[0]
        library.notebook.add_highlight(row, Quote("words that were never here, nor anything like them"), "red")
    async with reading(quay) as it:
        await it.press("enter")
        assert it.screen.opened.highlights[0].passage is None
        await it.press("d")
        assert it.dialogue == "QuoteScreen"
        assert "r words that were never here" in it.seen()
        await it.press("enter")
        assert kept(it) == []
        await it.press("U")
        assert len(it.screen.opened.highlights) == 1


async def test_u_takes_back_every_step(quay):
    async with reading(quay) as it:
        await it.press("enter", "H", "C", "a", "x", "escape", "d")
        states = []
        for _ in range(4):
            await it.press("U")
            states.append([(one.color, one.note) for one in kept(it)])
        assert states == [[("green", "x")], [("green", "")], [("yellow", "")], []]
        assert it.screen.opened.highlights == ()
        assert "▍" not in it.of(it.articles)


@pytest.mark.parametrize("keys", ["H", "C", "d", "a", "E", "vwH", "vwa", "vw2"])
async def test_a_second_instance_refuses(quay, keys):
    with Library(quay), Library(quay) as second:
        assert second.read_only
        async with reading(quay) as it:
            await it.press("enter", *keys)
            assert it.dialogue == ""
            assert "Another reader is open" in it.said[-1]
            assert kept(it) == []


async def test_what_is_only_shown_is_to_be_kept_first(places):
    async with reading(places, preview=on_counting()) as it:
        await it.press("enter", "H")
        assert "not in the library yet" in it.said[-1]


async def test_hostile_quotes_are_shown_as_text(places):
    hostile = "[red]Press[/] [@click=app.exit]here[/] now."
    body = hostile.replace("[", "\\[")
    found = Found("essay", "Hostile", (Entry("Hostile", body=body, markdown=True),))
    with Library(places) as library:
        library.subscriptions.add(found)
    async with reading(places) as it:
        await it.press("enter", "H", "v", "w", "H", DOWN, "left_curly_bracket", "j", "k")
        quote = kept(it)[0].quote.exact
        await it.press("a")
        assert quote[:20] in it.seen()


async def test_a_clicked_highlight_is_the_one_that_is_meant(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "H", "v", DOWN, "o", *"wwww", "H", DOWN, "left_curly_bracket")
        assert [one.quote.exact for one in kept(it)] == ["The ferry", "six, and nobody waits."]
        await it.click(it.pane, "nobody")
        await it.press("C")
        assert [one.color for one in kept(it)] == ["yellow", "green"]
        await it.click(it.pane, "The ferry")
        await it.press("d")
        assert [one.quote.exact for one in kept(it)] == ["six, and nobody waits."]


async def test_only_the_very_next_key_is_about_the_highlight_just_made(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "H", "v", DOWN, "o", *"wwww", "H", "C")
        assert [one.color for one in kept(it)] == ["yellow", "green"]
        await it.press("C", "d")
        assert [one.quote.exact for one in kept(it)] == ["The ferry"]
        await it.press("U", "C")
        assert it.dialogue == "QuoteScreen"
        await it.press("escape")
        await it.press("v", "escape", "d")
        assert it.dialogue == "QuoteScreen"


async def test_h_on_a_selection_over_the_edge_of_a_highlight_makes_that_longer(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "2", "a", "x", "escape", "v", DOWN, "o", "w", "H")
        (one,) = kept(it)
        assert (one.quote.exact, one.color, one.note) == (FIRST, "green", "x")
        assert it.said[-1].startswith("Highlight made longer.")
        assert it.screen.opened.document.said(it.screen.opened.highlights[0].passage) == FIRST
        await it.press("C")
        assert kept(it)[0].color == "blue"
        await it.press("U", "U")
        (one,) = kept(it)
        assert (one.quote.exact, one.color, one.note) == ("The ferry", "green", "x")


async def test_a_highlight_inside_another_is_one_of_its_own(quay):
    async with reading(quay) as it:
        await it.press("enter", "H", "v", "w", "H")
        assert [one.quote.exact for one in kept(it)] == [FIRST, "The ferry"]


async def test_a_highlight_is_deleted_with_its_note_and_that_is_said(quay):
    async with reading(quay) as it:
        await it.press("enter", "H", "a", "x", "escape", "d")
        assert kept(it) == []
        assert it.said[-1] == "Highlight and its note deleted. U brings both back."


async def test_an_orphan_is_gone_to_and_its_keys_are_about_it(quay):
    with Library(quay) as library:
        row = library.shelf.rows(library.shelf.listing().keys[:1])[0]
        library.notebook.add_highlight(row, Quote("words that were never here, nor anything like them"), "red")
        library.notebook.add_highlight(row, Quote("other words that left, gone altogether and for good"), "blue")
    async with reading(quay) as it:
        await it.press("enter", *[DOWN] * 3, "H", DOWN)
        body = len(it.screen.opened.document.blocks)
        assert it.pane.cursor >= body
        await it.press("y")
        assert it.app.clipboard == "words that were never here, nor anything like them"
        await it.press("C", "a", "x", "escape")
        assert [(one.color, one.note) for one in kept(it)] == [("yellow", "x"), ("blue", ""), ("yellow", "")]
        await it.press("j", DOWN, "d")
        assert len(kept(it)) == 2
        assert "other words" not in " ".join(one.quote.exact for one in kept(it))
        await it.press("left_curly_bracket", "left_curly_bracket", "left_curly_bracket")
        assert it.pane.cursor < body
        await it.click(it.pane, "were never here")
        await it.press("d")
        assert [one.quote.exact for one in kept(it)] == [CODE]


async def test_a_paragraph_too_long_for_one_piece_is_highlighted_whole(places):
    fill(places, Found("essay", "Long", (Entry("Long", body="A word and a word more. " * 900),)))
    async with reading(places) as it:
        blocks = it.screen.opened.document.blocks
        assert len(blocks) > 1
        await it.press("enter", DOWN, "H")
        passage = it.screen.opened.highlights[0].passage
        assert (passage.start.block, passage.end.block) == (0, len(blocks) - 1)


async def test_where_nothing_can_be_written_the_footer_offers_no_highlighting(quay):
    with Library(quay), Library(quay):
        async with reading(quay) as it:
            await it.press("enter")
            assert "highlight" not in it.of(it.keys)


async def test_the_colour_is_kept_for_the_next_start(quay):
    async with reading(quay) as it:
        await it.press("enter", "v", "w", "3")
    async with reading(quay) as it:
        await it.press("right_curly_bracket", "H")
        assert [one.color for one in kept(it)] == ["blue", "blue"]

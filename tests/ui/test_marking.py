"""Marking read, bookmarks, notes, and taking it back."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import pytest

from reader.library import Library
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED
from reader.settings import Settings
from tests.invented import fill, harbours
from tests.ui.driving import reading

FIRST, SECOND, THIRD = (entry.title for entry in harbours().entries[:3])


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


async def test_m_marks_read_and_unread(shore):
    async with reading(shore) as it:
        await it.press("m")
        assert it.flags(FIRST) == READ
        assert "○ The pilot" in it.of(it.articles)
        assert "9 unread" in it.status
        await it.press("N")
        assert it.flags(FIRST) == 0
        assert "● The pilot" in it.of(it.articles)
        assert "10 unread" in it.status


async def test_s_bookmarks_in_both_panes(shore):
    async with reading(shore) as it:
        await it.press("s")
        assert it.flags(FIRST) == BOOKMARKED
        assert "● ★ The pilot" in it.of(it.articles)
        await it.press("enter", "f")
        assert it.flags(FIRST) & BOOKMARKED == 0
        assert "★" not in it.of(it.articles)


async def test_a_writes_a_note_that_is_shown_and_edited(shore):
    async with reading(shore) as it:
        await it.press("a")
        assert it.dialogue == "NoteScreen"
        assert f"Note: {FIRST}" in it.seen()
        await it.type("he cannot swim\nat all")
        await it.press("escape")
        assert it.dialogue == ""
        assert it.note() == "he cannot swim\nat all"
        assert it.flags(FIRST) == NOTED
        assert "✎" in it.of(it.articles)
        await it.press("enter", "G")
        assert "he cannot swim" in it.of(it.pane)
        await it.press("a")
        await it.type("!")
        await it.press("ctrl+s")
        assert it.note() == "he cannot swim\nat all!"


async def test_a_note_left_as_it_was_is_no_change(shore):
    async with reading(shore) as it:
        await it.press("a", "escape")
        assert it.flags(FIRST) == 0
        await it.press("U")
        assert it.said[-1] == "There is nothing to take back."


@pytest.mark.parametrize("answer", ["y", "n"])
async def test_an_emptied_note_asks_and_can_be_brought_back(shore, answer):
    async with reading(shore) as it:
        await it.press("a", "x", "escape")
        await it.press("a", "backspace", "escape")
        assert it.dialogue == "ConfirmScreen"
        assert "Delete it?" in it.seen()
        await it.press(answer)
        assert it.note() == ("" if answer == "y" else "x")
        if answer == "y":
            assert it.flags(FIRST) == 0
            await it.press("U")
            assert it.note() == "x"
            assert "✎" in it.of(it.articles)


@pytest.mark.parametrize("name", ["EDITOR", "VISUAL"])
async def test_e_writes_the_note_in_the_users_editor(shore, tmp_path, monkeypatch, name):
    script = tmp_path / "an editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "assert sys.argv[1] == '--wait' and path.suffix == '.md'\n"
        "path.write_text(path.read_text() + 'from outside\\n')\n"
    )
    monkeypatch.setenv(name, f"{sys.executable} '{script}' --wait")
    async with reading(shore) as it:
        monkeypatch.setattr(it.app, "suspend", nullcontext)
        await it.press("E")
        assert it.note() == "from outside"
        await it.press("E")
        assert it.note() == "from outsidefrom outside"
        assert not [said for said in it.said if "ended with" in said]


@pytest.mark.parametrize(
    ("editor", "wanted"),
    [
        (None, "Set $VISUAL or $EDITOR"),
        ("/no/such/editor", "No such file"),
        ("false", "ended with 1"),
        ("'", "No closing"),
    ],
)
async def test_an_editor_that_fails_leaves_the_note_as_it_was(shore, monkeypatch, editor, wanted):
    if editor:
        monkeypatch.setenv("EDITOR", editor)
    async with reading(shore) as it:
        monkeypatch.setattr(it.app, "suspend", nullcontext)
        await it.press("E")
        assert wanted in it.said[-1]
        assert it.flags(FIRST) == 0


async def test_u_takes_back_every_mark_one_after_the_other(shore):
    async with reading(shore) as it:
        await it.press("m", "s", "a", "x", "escape")
        assert it.flags(FIRST) == READ | BOOKMARKED | NOTED
        for left, label in ((READ | BOOKMARKED, "note"), (READ, "bookmark"), (0, "read")):
            await it.press("U")
            assert it.flags(FIRST) == left
            assert it.said[-1] == f"Undone: {label}: {FIRST}"
        assert "● The pilot" in it.of(it.articles)
        await it.press("U")
        assert it.said[-1] == "There is nothing to take back."


async def test_marks_can_be_taken_back_after_a_restart(shore):
    async with reading(shore) as it:
        await it.press("m", "j", "s")
    async with reading(shore) as it:
        await it.press("U", "U")
        assert it.flags(FIRST) == it.flags(SECOND) == 0


@pytest.mark.parametrize(("answer", "left"), [("y", 0), ("enter", 0), ("n", 9), ("escape", 9)])
async def test_all_are_marked_read_after_asking(shore, answer, left):
    async with reading(shore) as it:
        await it.press("m", "A")
        assert "Mark 9 articles read?" in it.seen()
        await it.press(answer)
        assert it.screen.listing.unread == left
        if not left:
            assert it.said[-1] == "9 articles marked read. U takes it back."
            await it.press("U")
            assert it.screen.listing.unread == 9
            assert it.flags(FIRST) == READ


async def test_many_are_marked_and_unmarked_off_the_ui_thread(places):
    from tests.invented import entry, listing

    fill(places, listing("Harbours", (entry(f"Ship number {number}") for number in range(150))))
    async with reading(places) as it:
        await it.press("A", "y")
        await it.until(lambda: it.screen.listing.unread == 0)
        await it.press("U")
        assert it.screen.listing.unread == 150


async def test_mark_all_with_nothing_unread_says_so(shore):
    async with reading(shore) as it:
        await it.press("A", "y", "A")
        assert it.dialogue == ""
        assert it.said[-1] == "Nothing is unread here."


# -- read by itself


async def test_on_open_marks_what_is_gone_into(shore):
    async with reading(shore, Settings(mark_read="on_open")) as it:
        await it.press("j", "enter")
        assert it.flags(SECOND) & READ
        await it.press("J")
        assert it.flags(THIRD) & READ
        assert it.flags(FIRST) == 0


async def test_after_seconds_marks_what_has_the_focus(shore):
    async with reading(shore, Settings(mark_read="after_seconds", mark_read_seconds=0.01)) as it:
        await it.press("j", "k")
        assert it.flags(FIRST) == it.flags(SECOND) == 0
        await it.press("enter")
        await it.until(lambda: it.flags(FIRST) & READ)
        assert "○ The pilot" in it.of(it.articles)


async def test_after_seconds_forgets_who_left_before(shore):
    async with reading(shore, Settings(mark_read="after_seconds", mark_read_seconds=600)) as it:
        await it.press("enter", "escape")
        assert it.screen.attention._timer is None
        assert it.flags(FIRST) & READ == 0


async def test_at_end_marks_what_was_read_to_its_end(shore):
    async with reading(shore, Settings(mark_read="at_end"), size=(120, 20)) as it:
        await it.press("G", "enter", "q", "g", "g")
        await it.press("enter", "space")
        assert it.flags(FIRST) & READ == 0
        await it.until(lambda: it.flags(FIRST) & STARTED)
        await it.press("G")
        assert it.flags(FIRST) & READ


async def test_a_short_article_is_at_its_end_when_it_is_opened(shore):
    async with reading(shore, Settings(mark_read="at_end")) as it:
        await it.press("j", "enter")
        await it.until(lambda: it.flags(SECOND) & READ)


async def test_u_takes_back_what_the_reader_did_and_not_what_became_read_by_itself(shore):
    async with reading(shore, Settings(mark_read="on_open")) as it:
        await it.press("s", "enter")
        assert it.flags(FIRST) == READ | BOOKMARKED
        await it.press("H", "J", "K")
        assert it.flags(FIRST) & HIGHLIGHTED
        assert it.flags(SECOND) & READ
        await it.press("U")
        assert it.said[-1].startswith("Undone: highlight:")
        assert it.flags(FIRST) == READ | BOOKMARKED
        await it.press("U")
        assert it.said[-1].startswith("Undone: bookmark:")
        await it.press("U")
        assert it.said[-1] == "There is nothing to take back."
        assert it.flags(FIRST) & it.flags(SECOND) & READ


async def test_never_marks_nothing(shore):
    async with reading(shore, Settings(mark_read="never", mark_read_seconds=0)) as it:
        await it.press("enter", "G", "space", "space")
        assert it.screen.listing.unread == 10


async def test_m_after_an_automatic_mark_asks_for_another(shore):
    async with reading(shore, Settings(mark_read="on_open")) as it:
        await it.press("enter", "m")
        assert it.flags(FIRST) & READ
        assert "m again makes it unread" in it.said[-1]
        await it.press("m")
        assert it.flags(FIRST) & READ == 0


async def test_the_readers_own_unread_is_not_overruled_in_the_same_visit(shore):
    async with reading(shore, Settings(mark_read="at_end")) as it:
        await it.press("enter", "m", "m")
        assert it.flags(FIRST) & READ == 0
        await it.press("G", "k", "j", "G")
        assert it.flags(FIRST) & READ == 0


# -- a second instance


async def test_a_second_instance_shows_and_refuses_marks(shore):
    with Library(shore) as first:
        first.notebook.set_bookmarked(first.shelf.rows(first.shelf.listing().keys[:1]), bookmarked=True)
        first.marks.flush()
        async with reading(shore) as it:
            assert it.library.read_only
            assert "read-only" in it.status
            assert "● ★ The pilot" in it.of(it.articles)
            for key in ("m", "s", "a", "E", "U", "+"):
                it.app.clear_notifications()
                await it.press(key)
                assert it.dialogue == ""
                assert "Another reader is open" in it.said[-1], key
            await it.press("A", "y")
            assert it.screen.listing.unread == 10
            assert first.marks.flags(it.screen.row.id) == BOOKMARKED
            await it.press("enter", "G", "q", "/", "g", "u", "l", "l", "enter")
            assert it.titles == [THIRD]

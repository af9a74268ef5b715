"""Adding pages, the first run, and reading one thing without keeping it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from reader.library import Library
from tests.invented import essay, fill, harbours
from tests.ui.driving import reading

PAGE = Path(__file__).parents[1] / "fixtures" / "topic-page.txt"
TITLES = [entry.title for entry in harbours().entries]


async def test_the_first_run_opens_on_the_guide(places):
    async with reading(places) as it:
        assert "Welcome" in it.title
        assert "Guide" in it.status
        assert "Guide" in it.of(it.articles)
        assert 5 <= len(it.titles) <= 7
        assert it.pane.opened is not None
        await it.press("m", "s", "a", "x", "escape", "U", "U", "U")
        assert it.app.is_running


async def test_a_path_is_typed_and_its_articles_are_shown(places):
    async with reading(places) as it:
        await it.press("+")
        assert it.dialogue == "AddScreen"
        await it.paste(str(PAGE))
        await it.press("enter")
        await it.until(lambda: len(it.titles) == 23, "the page to be added")
        assert "Harbours · 23 articles, 23 unread" in it.status
        assert it.title == it.titles[0]
        assert any("23 new" in said for said in it.said)
        assert [source.title for source in it.library.marks.sources()] == ["Harbours"]


async def test_tab_completes_the_path(places):
    async with reading(places) as it:
        await it.press("+")
        await it.paste(str(PAGE)[:-4])
        box = it.app.screen.query_one(Input)
        await it.until(lambda: box._suggestion, "a suggestion")
        await it.press("tab")
        assert box.value == str(PAGE)
        assert it.app.focused is box
        await it.press("escape")
        assert it.dialogue == ""


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (None, "No such file or directory"),
        (b"", "empty"),
        (b"\x7fELF\x00\x01\x02\x00" * 50, ""),
    ],
    ids=["missing", "empty", "binary"],
)
async def test_what_cannot_be_added_says_why_and_asks_again(places, tmp_path, made, wanted):
    path = tmp_path / "odd [bold] file.txt"
    if made is not None:
        path.write_bytes(made)
    async with reading(places) as it:
        await it.press("+")
        before = it.question
        await it.paste(str(path))
        await it.press("enter")
        await it.until(lambda: it.question != before and "Esc stops it" not in it.question, "an answer")
        assert it.dialogue == "AddScreen"
        assert wanted in it.question
        await it.press("escape")
        assert it.library.cache.count() == 0


async def test_an_empty_answer_adds_nothing(places):
    async with reading(places) as it:
        await it.press("+", "enter")
        assert it.dialogue == "AddScreen"


async def test_a_page_pasted_in_the_main_screen_is_offered(places):
    async with reading(places) as it:
        await it.paste(PAGE.read_text())
        assert it.dialogue == "AddScreen"
        assert "a listing: Harbours, 23 articles" in it.seen()
        await it.press("enter")
        await it.until(lambda: len(it.titles) == 23, "the page to be added")


async def test_a_pasted_page_can_be_left(places):
    async with reading(places) as it:
        await it.paste(PAGE.read_text())
        await it.press("escape")
        assert it.dialogue == ""
        assert it.library.cache.count() == 0


async def test_a_page_pasted_into_the_question_is_taken_too(places):
    async with reading(places) as it:
        await it.press("+")
        await it.paste(PAGE.read_text())
        assert "a listing: Harbours, 23 articles" in it.seen()
        await it.press("enter")
        await it.until(lambda: len(it.titles) == 23, "the page to be added")


async def test_a_path_typed_after_a_paste_counts(places):
    async with reading(places) as it:
        await it.paste("One line\n\nand another\n\n")
        await it.press("x")
        assert "Type a web address" in it.question


async def test_adding_the_same_page_again_adds_nothing_and_keeps_the_marks(places):
    async with reading(places) as it:
        await it.paste(PAGE.read_text())
        await it.press("enter")
        await it.until(lambda: len(it.titles) == 23)
        await it.press("j", "s")
        starred = it.title
        await it.paste(PAGE.read_text())
        await it.press("enter")
        await it.until(lambda: any("23 already here" in said for said in it.said))
        await it.rest()
        assert len(it.titles) == 23
        assert it.title == starred
        assert "★" in it.of(it.articles)


async def test_the_guide_can_be_shown_again_and_left(places):
    fill(places, harbours())
    async with reading(places) as it:
        assert it.titles == TITLES
        it.screen.run("view.guide")
        await it.rest()
        assert "Welcome" in it.titles[0]
        await it.press("escape")
        assert it.titles == TITLES


# -- one thing, read without being kept


@pytest.mark.parametrize("page", [harbours(), essay()])
async def test_a_preview_is_read_and_not_kept(places, page):
    async with reading(places, preview=page, location="/tmp/page.txt") as it:
        assert it.titles == [entry.title for entry in page.entries]
        assert "not kept: + keeps it" in it.status
        await it.press("enter", "space", "q")
        for key in ("m", "s", "a", "E"):
            it.app.clear_notifications()
            await it.press(key)
            assert "+ keeps it" in it.said[-1], key
    with Library(places) as library:
        assert library.cache.count() == 0


async def test_a_preview_is_kept_by_plus_and_then_marked(places):
    fill(places, essay())
    async with reading(places, preview=harbours(), location="/tmp/page.txt") as it:
        await it.press("j", "+")
        await it.until(lambda: it.library.preview is None, "the library to be opened")
        await it.until(lambda: it.library.ready and it.titles, "the library to be shown")
        await it.rest()
        assert it.titles == [*[entry.title for entry in essay().entries], *TITLES]
        assert it.title == TITLES[0]
        assert "not kept" not in it.status
        await it.press("m")
        assert it.screen.row.flags
    with Library(places) as library:
        assert library.cache.count() == 11
        assert sum(flags != 0 for _, flags in library.marks.all_flags()) == 1


async def test_a_preview_cannot_be_kept_while_another_reader_writes(places):
    with Library(places):
        async with reading(places, preview=harbours()) as it:
            await it.press("+")
            await it.until(lambda: it.said, "an answer")
            assert "Another reader is open" in it.said[-1]
            assert it.titles == TITLES
            assert it.library.preview is not None


async def test_wrong_preferences_are_told(places):
    async with reading(places, wrong=["config.toml: measur is no setting [/]"]) as it:
        assert "config.toml: measur is no setting [/]" in it.said

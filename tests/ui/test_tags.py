"""Tags: the dialogue, and where they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import TAGGED
from reader.ui.dialogs.tags import Chosen, TagsNow
from tests.invented import fill, harbours
from tests.ui.driving import reading

FIRST, SECOND, THIRD, *_ = [one.title for one in harbours().entries]


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


async def tag(it, text: str) -> None:
    """Type into the dialogue of tags, and save."""
    await it.press("t")
    await it.until(lambda: it.dialogue == "TagsScreen", "the dialogue")
    await it.type(text)
    await it.press("ctrl+s")


def tags(it, title: str) -> tuple[str, ...]:
    """Give what an article is tagged."""
    row = next(row for row in it.library.shelf.rows(it.library.shelf.listing().keys) if row.title == title)
    return it.library.notebook.marks(row.id).tags


async def test_several_tags_parted_by_commas_or_enter_are_one_action(shore):
    async with reading(shore) as it:
        await it.press("t")
        await it.type("sea, salt water\nboats\n")
        assert "#sea #salt water #boats" in it.question
        assert tags(it, FIRST) == ()
        await it.press("enter")
        assert tags(it, FIRST) == ("sea", "salt water", "boats")
        assert it.said[-1] == "1 article tagged sea, salt water, boats. U takes it back."
        assert "#sea #salt" in it.of(it.articles)
        assert "#sea #salt water #boats" in it.of(it.pane)
        await it.press("U")
        assert tags(it, FIRST) == ()
        assert "#sea" not in it.seen()


async def test_esc_leaves_the_tags_as_they_were(shore):
    async with reading(shore) as it:
        await it.press("t", *"sea", "enter", "escape")
        assert tags(it, FIRST) == ()
        await it.press("t", "enter")
        assert tags(it, FIRST) == ()


async def test_what_is_typed_is_completed_from_the_tags_that_are_used_most(shore):
    async with reading(shore) as it:
        await tag(it, "boats, sea")
        await it.press("j")
        await tag(it, "sea")
        await it.press("j", "t")
        assert it.of(it.app.screen.query_one("NameList")).split() == ["sea", "2", "boats", "1"]
        await it.type("bo")
        await it.press("tab", "enter", "enter")
        assert tags(it, THIRD) == ("boats",)


async def test_the_arrows_take_a_tag_and_take_it_away(shore):
    async with reading(shore) as it:
        await tag(it, "sea")
        await it.press("j", "t", "down", "enter", "enter")
        assert tags(it, SECOND) == ("sea",)
        await it.press("t", "down", "enter", "enter")
        assert tags(it, SECOND) == ()


async def test_backspace_in_the_empty_line_takes_the_last_tag_away(shore):
    async with reading(shore) as it:
        await tag(it, "sea, boats")
        await it.press("t", "x", "backspace", "backspace", "enter")
        assert tags(it, FIRST) == ("sea",)
        assert it.said[-1] == "1 article no longer tagged boats. U takes it back."


async def test_tags_that_only_some_rows_have_are_told_apart_and_stay(shore):
    async with reading(shore) as it:
        await tag(it, "sea, boats")
        await it.press("j")
        await tag(it, "sea")
        await it.press("g", "g", "V", "V", "t")
        assert "#sea" in it.question
        assert "Only on some: #boats (1)" in it.question
        await it.type("salt\n\n")
        assert tags(it, FIRST) == ("sea", "boats", "salt")
        assert tags(it, SECOND) == ("sea", "salt")
        await it.press("U")
        assert tags(it, FIRST) == ("sea", "boats")


async def test_tags_are_given_in_the_article_too(shore):
    async with reading(shore) as it:
        await it.press("enter")
        await tag(it, "sea")
        assert it.screen.reading
        assert it.flags(FIRST) & TAGGED
        assert "#sea" in it.of(it.pane)


async def test_what_is_typed_before_the_dialogue_knows_the_tags_is_not_lost(shore, monkeypatch):
    import threading

    from reader.library.notebook import Notebook

    go, before = threading.Event(), Notebook.tags
    monkeypatch.setattr(Notebook, "tags", lambda self: go.wait(30) and before(self))
    async with reading(shore) as it:
        await it.pilot.press("t", *"sea", "enter", "enter")
        await it.pilot.pause()
        go.set()
        await it.rest()
        await it.until(lambda: not it.dialogue, "the dialogue to be over")
        await it.rest()
        assert tags(it, FIRST) == ("sea",)


async def test_the_tags_of_a_row_are_shown_after_a_restart(shore):
    async with reading(shore) as it:
        await tag(it, "[red]x[/red]")
    async with reading(shore) as it:
        assert "#[red]x[/red]" in it.of(it.articles)


NAMES = st.sampled_from(["sea", "Sea", "boats", "salt", "tide"])


@given(
    st.dictionaries(st.sampled_from(["sea", "boats", "salt"]), st.integers(1, 3)),
    st.lists(st.one_of(st.tuples(st.sampled_from(["add", "remove", "turn"]), NAMES), st.just(("take_last", "")))),
)
def test_what_is_shown_in_the_end_is_what_the_change_makes(had, steps):
    chosen = Chosen(TagsNow(3, had, had))
    for what, name in steps:
        getattr(chosen, what)(*([name] if name else []))
    add, remove = ({tag.casefold() for tag in tags} for tags in chosen.change)
    whole = {tag for tag, count in had.items() if count == 3}
    assert not add & remove
    assert (whole - remove) | add == {tag.casefold() for tag in chosen.all}
    assert len(chosen.all) == len({tag.casefold() for tag in chosen.all})
    assert {tag for tag, count in had.items() if count < 3} - remove - add == {tag for tag, _ in chosen.some}

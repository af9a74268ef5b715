"""Keys that come faster than the screen changes."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key

from reader.model.article import READ
from tests.invented import fill, harbours
from tests.ui.driving import reading

FIRST, SECOND = (entry.title for entry in harbours().entries[:2])


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


def burst(it, *keys: str) -> None:
    """Put all keys before the app at once, as a paste or a fast hand does."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        it.app.post_message(events.Key(name, key if len(key) == 1 else None))


async def test_a_note_gets_its_first_letters(shore):
    async with reading(shore) as it:
        burst(it, "a", *"smooth sea", "escape")
        await it.until(lambda: it.note() == "smooth sea")
        assert it.flags(FIRST) & READ == 0


async def test_a_search_gets_its_first_letters(shore):
    async with reading(shore) as it:
        word = SECOND.split()[-1]
        burst(it, "/", *word)
        await it.until(lambda: it.screen.listing.filter.words == word)
        assert not any(group.folded for group in it.screen.listing.groups)


async def test_a_key_behind_enter_goes_to_the_article(shore):
    async with reading(shore) as it:
        burst(it, "enter", "J", "m", "h", "j")
        await it.until(lambda: it.flags(SECOND) & READ)
        await it.until(lambda: not it.screen.reading)
        assert it.flags(FIRST) & READ == 0


async def test_an_answer_may_come_before_the_question_is_seen(shore):
    async with reading(shore) as it:
        burst(it, "A", "y", "j")
        await it.until(lambda: "0 unread" in it.status)
        await it.until(lambda: it.title == SECOND)


async def test_keys_go_on_after_a_dialogue_took_one_down_with_it(shore):
    async with reading(shore) as it:
        for _ in range(5):
            burst(it, "question_mark", "escape", "a", "escape", "S", "escape")
        burst(it, "j")
        await it.until(lambda: it.title == SECOND and not it.dialogue)


async def test_keys_that_come_while_the_app_is_left_do_nothing(shore):
    async with reading(shore) as it:
        burst(it, "enter", "J", "h", "j")
        await it.until(lambda: it.screen.reading)

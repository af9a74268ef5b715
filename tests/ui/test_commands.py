"""Every command is told once, and everything that tells of commands agrees."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from rich.console import Console

from reader.commands import ALL, BY_ID, COMMANDS, FOOTER, default, shown
from reader.ui.actions import ACTIONS
from reader.ui.dialogs.help import HelpScreen, matching
from reader.ui.screens.sequences import Sequences
from tests.invented import fill, harbours
from tests.ui.driving import reading


def test_every_command_has_an_action_and_every_action_a_command():
    assert set(ACTIONS) == {command.id for command in COMMANDS}


def test_no_command_is_told_twice():
    assert [name for name, count in Counter(command.id for command in ALL).items() if count > 1] == []


def test_no_command_needs_control():
    assert [
        command.id for command in default().commands if command.keys and all("ctrl" in key for key in command.keys)
    ] == [
        "page.half_down",
        "page.half_up",
    ]


@pytest.mark.parametrize("pane", ["list", "article"])
def test_the_footer_names_commands_that_work_in_its_pane(pane):
    for name in FOOTER[pane]:
        command = BY_ID[name]
        assert command.where in ("both", pane)
        assert command.footer
        assert default().keys_of(name, pane)
    assert 6 <= len(FOOTER[pane]) <= 9  # of the list, one is shown only while rows are marked


def said(words: str) -> str:
    """Give what the help says for these words, on one line."""
    console = Console(width=200, file=io.StringIO())
    console.print(HelpScreen()._text(words, default()))
    return " ".join(console.file.getvalue().split())


def test_the_help_lists_every_command():
    commands = default().commands
    assert matching("") == list(commands)
    assert [command.id for command in commands] == [command.id for command in COMMANDS]
    text = said("")
    for command in commands:
        assert command.name in text
        assert default().told(command.help) in text
        for key in (*command.keys, *command.article_keys):
            assert shown(key) in text


def test_the_help_is_found_by_every_word():
    assert [command.id for command in matching("next MATCH")] == ["unread.next"]
    assert "view.mark_all_read" in [command.id for command in matching("all read")]
    assert matching("no such command anywhere") == []
    assert said("no such command anywhere") == "No command is called that."


def test_a_sequence_is_followed_and_hinted_at():
    keys = Sequences()
    assert keys.press("j", "list") == (False, None)
    assert keys.hint == ""
    assert keys.press("g", "list") == (True, None)
    assert keys.hint.startswith("g …  gg top")
    assert keys.press("g", "list") == (True, default().by_id["cursor.top"])
    assert keys.hint == ""


def test_a_key_that_does_not_go_on_ends_the_sequence_and_does_nothing_else():
    keys = Sequences()
    keys.press("g", "list")
    assert keys.press("m", "list") == (True, None)
    assert keys.press("m", "list") == (False, None)


@pytest.mark.parametrize(
    ("key", "wanted"), [("ctrl+f", "^f"), ("g g", "gg"), ("space", "Space"), ("shift+tab", "Shift+Tab"), ("=", "=")]
)
def test_keys_are_named_as_people_know_them(key, wanted):
    assert shown(key) == wanted


async def test_space_scrolls_the_help_until_something_is_typed(places):
    fill(places, harbours())
    async with reading(places, size=(100, 24)) as it:
        await it.press("?")
        await it.until(lambda: it.dialogue == "HelpScreen", "the help")
        box, line = it.app.screen.query_one("VerticalScroll"), it.app.screen.query_one("Input")
        await it.press("space")
        assert (box.scroll_offset.y, line.value) == (10, "")
        await it.press("pagedown")
        assert box.scroll_offset.y == 20
        await it.type("next u")
        assert line.value == "next u"
        assert "next unread" in it.seen()


@pytest.mark.parametrize("key", ["v", "H", "C", "u", "T", "D", "d", "left_curly_bracket"])
async def test_a_key_of_the_article_says_so_in_the_list(places, key):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press(key, key)
        assert it.said == ["That works in the article: Enter goes in."]
        assert not it.dialogue
        await it.press("enter")
        assert it.screen.reading

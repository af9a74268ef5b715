"""Light and dark in a real terminal: asked, answered, changed, and left as it was."""

from __future__ import annotations

import pytest

from reader.ui.ground import ASKS, ASKS_NO_MORE
from tests.e2e.pty import Terminal
from tests.invented import essay, fill

PAPER = b"48;2;250;248;243"
"""The ground of the light theme."""


@pytest.fixture
def shore(places):
    fill(places, essay())
    return places


def test_the_terminal_is_asked_and_followed_and_no_answer_is_a_key(shore):
    with Terminal(environment={"TERM": "xterm-256color"}) as it:
        it.see("help")
        it.wait(lambda: ASKS.encode() in it.output)
        assert PAPER not in it.output
        it.press("\x1b]11;rgb:fafa/f8f8/f3f3\x1b\\")
        it.wait(lambda: PAPER in it.output)
        before = len(it.output)
        it.press("\x1b[?997;1n")
        it.wait(lambda: b"48;2;22;24;28" in it.output[before:])
        it.press("?")
        it.see("Keys")
        it.press("\x1b")
        it.wait(lambda: "find a key" not in it.text)
        it.press("Q")
        assert it.end() == 0
        assert it.output.count(ASKS_NO_MORE.encode()) == 1


@pytest.mark.parametrize("variables", [{"TERM": "linux"}, {}], ids=str)
def test_a_terminal_is_not_asked_where_it_would_print_that_or_one_theme_is_wanted(shore, variables):
    shore.config.mkdir()
    shore.settings.write_text("" if variables else 'theme = "ink"\n')
    with Terminal(environment=variables) as it:
        it.see("help")
        it.press("Q")
        assert it.end() == 0
        assert b"\x1b]11;?" not in it.output
        assert b"2031" not in it.output

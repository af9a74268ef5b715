"""Linear mode in a real terminal: nothing is ever drawn, only said."""

from __future__ import annotations

import json
import re

import pytest

from tests.e2e.pty import Terminal, command

ARTICLE = """\
# Signals

The harbour has [a mast](https://mast.example/signals) for signals.

## Flags

- red \x1b[31m
- green

And a last paragraph.
"""
_DRIVING = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\r(?!\n)")
"""What a terminal takes for more than text: anything but a line and its end."""


@pytest.fixture
def signals(places, tmp_path):
    """A library with one text, and its file."""
    file = tmp_path / "signals.md"
    file.write_text(ARTICLE)
    status, out, err = command("add", str(file))
    assert (status, err) == (0, ""), out
    return file


def typed(terminal: Terminal, text: str, *seen: str) -> None:
    """Type a line, and wait for an answer."""
    terminal.press(f"{text}\r")
    terminal.see(*seen)


def listed() -> dict:
    status, out, err = command("list", "--json")
    assert (status, err) == (0, "")
    return json.loads(out)[0]


def test_a_session_writes_nothing_but_lines(signals):
    with Terminal("--linear", columns=80, lines=60) as it:
        it.see("1 article, 1 unread.", "1. Signals.", "> ")
        typed(it, "1", "The harbour has a mast for signals.", "1 link.")
        typed(it, "l", "Link 1: a mast, at mast.example.")
        typed(it, "o 1", "Open https://mast.example/signals at mast.example in the browser?")
        typed(it, "no", "Not opened.")
        typed(it, "h blue", "Highlighted.")
        typed(it, "a", "Write your note.")
        it.press("Two flags\r")
        typed(it, "", "Noted.")
        typed(it, "", "Heading level 2: Flags", "Item 1: red")
        typed(it, "where", "Paragraph 3 of ")
        typed(it, "s", "Bookmarked.")
        typed(it, "q", "The list.")
        typed(it, "q", "Goodbye. Everything is kept.")
        assert it.end() == 0
        assert _DRIVING.search(it.output) is None
    one = listed()
    assert (one["bookmarked"], one["notes"], one["highlights"]) == (True, 1, 1)
    assert 0 < one["progress"] < 1


def test_the_app_goes_on_where_linear_mode_stopped(signals):
    with Terminal("--linear") as it:
        typed(it, "1", "1 link.")
        typed(it, "", "Item 1: red")
        typed(it, "quit", "Goodbye.")
        assert it.end() == 0
    with Terminal("--linear") as it:
        typed(it, "1", "percent through", "Item 1: red")
        assert "The harbour has" not in it.text
        it.press("\x04")
        it.see("Goodbye. Everything is kept.")
        assert it.end() == 0


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["end of input", "interrupt"])
def test_it_is_left_in_good_order(signals, key):
    with Terminal("--linear") as it:
        it.see("? tells the commands.", "> ")
        typed(it, "s 1", "Bookmarked.")
        it.press(key)
        it.see("Goodbye. Everything is kept.")
        assert it.end() == 0
        assert b"Traceback" not in it.output
        assert _DRIVING.search(it.output.replace(b"^C", b"").replace(b"^D\x08\x08", b"")) is None
    assert listed()["bookmarked"]


def test_a_file_is_read_at_once_and_in_a_dumb_terminal(places, signals):
    with Terminal("--linear", str(signals), environment={"TERM": "dumb"}) as it:
        it.see("This is not in the library: + keeps it.", "The harbour has a mast")
        typed(it, "all", "And a last paragraph.", "End of the article.")
        typed(it, "q", "Goodbye.")
        assert it.end() == 0
        assert _DRIVING.search(it.output) is None

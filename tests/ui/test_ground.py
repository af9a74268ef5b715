"""What a terminal answers of its background, parted from what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui import ground
from reader.ui.driver import END, START, Typed
from reader.ui.ground import Answers, Ground, is_dark
from tests.ui.test_driver import short

BLACK, WHITE = "\x1b]11;rgb:1616/1818/1c1c\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\x07"
DARK, LIGHT = "\x1b[?997;1n", "\x1b[?997;2n"
LONG_AFTER = 10**9


def told(*pieces: str, asked: bool = False) -> list[str]:
    """Give what came of pieces of input, in short, and at the end of what nothing followed."""
    typed = Typed(asked=asked)
    found = [event for piece in pieces for event in typed.feed(piece)]
    return [("dark" if event.dark else "light") if isinstance(event, Ground) else short(event) for event in found]


@pytest.mark.parametrize(
    ("answer", "is_told"), [(BLACK, "dark"), (WHITE, "light"), (DARK, "dark"), (LIGHT, "light")], ids=ascii
)
def test_an_answer_is_no_key_and_no_key_is_lost_about_it(answer, is_told):
    came = f"j{answer}k\x1b[A"
    for asked in (False, True):
        assert sorted(told(came, asked=asked)) == sorted(["j", "k", "up", is_told])
    for at in range(1, len(came)):
        parts = told(came[:at], came[at:], asked=True)
        assert sorted(parts) == sorted(["j", "k", "up", is_told]), at
    assert sorted(told(*came, asked=True)) == sorted(["j", "k", "up", is_told])


def test_what_is_no_colour_is_told_to_nobody_and_typed_by_nobody():
    assert told("\x1b]11;nonsense\x07j", "\x1b]11;\x07k") == ["j", "k"]


@given(st.text(max_size=40))
def test_no_words_of_a_terminal_are_too_odd_for_it(words):
    assert is_dark(words) in {True, False, None}


@pytest.mark.parametrize(
    ("words", "dark"),
    [
        ("rgb:0/0/0", True), ("rgb:ff/ff/ff", False), ("rgba:0000/0000/0000/ffff", True), ("#fdf6e3", False),
        ("#002b36", True), ("rgb:2e2e/3434/4040", True), ("rgb:00/00", None), ("#12345", None), ("", None),
    ],
)  # fmt: skip
def test_colours_are_light_or_dark(words, dark):
    assert is_dark(words) is dark


def test_what_looks_like_an_answer_in_a_paste_is_pasted():
    assert told(f"{START}a{BLACK}b{DARK}{END}j") == [f"“a{BLACK}b{DARK}”", "j"]


def test_a_lone_escape_waits_for_an_answer_only_while_one_may_come(monkeypatch):
    monkeypatch.setattr("textual.constants.ESCAPE_DELAY", -1.0)
    at = 100.0
    monkeypatch.setattr(ground, "monotonic", lambda: at)
    for asked, waits in ((False, False), (True, True)):
        typed = Typed(asked=asked)
        assert list(typed.feed("\x1b")) == []
        assert [short(event) for event in typed.tick()] == ([] if waits else ["escape"])
        at += 0.2
        assert [short(event) for event in typed.tick()] == (["escape"] if waits else [])
    at += 5
    assert list(typed.feed("\x1b")) == []
    assert [short(event) for event in typed.tick()] == ["escape"], "long after it was asked"


def test_what_could_begin_an_answer_is_typed_when_nothing_follows_and_a_torn_answer_is_not(monkeypatch):
    at = 100.0
    monkeypatch.setattr(ground, "monotonic", lambda: at)
    answers = Answers()
    for begun, typed in (("\x1b]", "\x1b]"), ("\x1b[?", "\x1b[?"), ("\x1b]11;rgb:12", ""), ("\x1b[?997;", "")):
        assert answers.parted(f"a{begun}") == ("a", [])
        assert answers.typed() == ""
        at += 3
        assert answers.typed() == typed
        assert answers.typed() == ""
    assert answers.parted("j") == ("j", [])

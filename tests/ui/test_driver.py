"""What is typed and pasted, taken apart as it comes from the terminal."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from textual import events

from reader.ui import driver
from reader.ui.driver import END, START, LongPaste, Typed
from tests.thorough import examples


def told(*pieces: str) -> list[str]:
    """Give what came of pieces of input, in short."""
    typed = Typed()
    return [short(event) for piece in pieces for event in typed.feed(piece)]


def short(event) -> str:
    if isinstance(event, events.Paste):
        return f"“{event.text}”"
    return event.key if isinstance(event, events.Key) else type(event).__name__


def test_keys_and_pastes_come_in_their_order():
    assert told(f"j{START}one\ntwo{END}k{START}three{END}{START}{END}\x1b[A") == [
        *("j", "“one\ntwo”", "k", "“three”", "“”", "up"),
    ]


TEXT = f"a{START}x\x1b[20 \x1b[201 y{END}b\x1b[B{START}z{END}"


@pytest.mark.parametrize("at", range(1, len(TEXT)))
def test_it_is_the_same_in_two_pieces_wherever_they_part(at):
    assert told(TEXT[:at], TEXT[at:]) == ["a", "“x\x1b[20 \x1b[201 y”", "b", "down", "“z”"]


def test_it_is_the_same_letter_by_letter():
    assert told(*TEXT) == told(TEXT)


@given(st.lists(st.sampled_from(["\x1b", "[", "200~", "201~", "2", "0", "1", "~", "j", "\n", START, END]), max_size=30))
def test_nothing_that_is_pasted_is_a_key(parts):
    text = "".join(parts)
    assume(END not in (text + END)[:-1])
    assert told(START, *text, END) == [f"“{text}”"]


def test_a_lone_escape_is_a_key_in_its_time(monkeypatch):
    monkeypatch.setattr("textual.constants.ESCAPE_DELAY", -1.0)
    typed = Typed()
    assert [short(event) for event in typed.feed("\x1b")] == []
    assert [short(event) for event in typed.tick()] == ["escape"]


def test_a_paste_of_ten_megabytes_is_one_text_held_about_once():
    typed, piece = Typed(), "Жили-были, " * 400
    pieces = 10_000_000 // len(piece)
    tracemalloc.start()
    try:
        found = [event for part in (START, *[piece] * pieces, END) for event in typed.feed(part)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (paste,) = found
    assert len(paste.text) == pieces * len(piece)
    assert peak < 5 * 10**7 + 2 * 2 * len(paste.text)


def test_of_more_than_is_taken_nothing_is_held(monkeypatch):
    monkeypatch.setattr(driver, "LONGEST", 1000)
    typed = Typed()
    tracemalloc.start()
    try:
        found = [event for part in (START, *["x" * 999] * 10_000, f"{END}j") for event in typed.feed(part)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [type(event) for event in found] == [LongPaste, events.Key]
    assert (found[0].length, found[0].text) == (9_990_000, "")
    assert peak < 10**6


def test_a_terminal_without_a_size_is_not_believed():
    assert told("\x1b[48;0;0;0;0t", "\x1b[<0;5;5M") == ["MouseDown"]
    assert told("\x1b[48;24;80;480;800t", "\x1b[<0;5;5M") == ["Resize", "MouseDown"]


def test_a_terminal_without_pixels_tells_the_place_of_the_mouse_in_cells():
    for pixels in ("0;0", "0;800", "480;0"):
        assert told(f"\x1b[48;24;80;{pixels}t", "\x1b[<35;5;6M") == ["Resize", "MouseMove"]


ODD = ["\x1b[1114112u", "\x1b[97;;1114112u", "\x1b[99999999999u", "\x1b[97:65;2u", "\x1b[97;2:1u"]


@pytest.mark.parametrize("odd", ODD)
def test_what_cannot_be_understood_is_dropped_alone(odd):
    assert told(f"j{odd}k{odd}{START}one{odd}{END}\x1b[Al") == ["j", "k", f"“one{odd}”", "up", "l"]
    assert told(*f"j{odd}k") == ["j", "k"]


def test_the_mouse_is_where_it_was_after_something_that_cannot_be_understood():
    typed = Typed()
    _, *found = [one for part in ("\x1b[48;24;80;480;800t", ODD[0], "\x1b[<35;101;41M") for one in typed.feed(part)]
    assert [(event.x, event.y) for event in found] == [(10, 2)]


NUMBERS = st.sampled_from(["", "0", "1", "-1", "48", "97", "1114112", "99999999999", "x"])
SEQUENCES = st.builds(
    lambda lead, parts, end: f"\x1b[{lead}{''.join(parts)}{end}",
    st.sampled_from(["", "<", "?", "M"]),
    st.lists(st.one_of(NUMBERS, st.sampled_from(";:")), max_size=9),
    st.sampled_from("utMm~RycABPIO"),
)


@settings(max_examples=examples(200, 20_000), deadline=None)
@given(st.lists(SEQUENCES | st.sampled_from(["\x1b", "\x1bO", "\x1b[48;24;80;0;0t"]), max_size=5))
def test_nothing_that_comes_from_a_terminal_ends_it(parts):
    assert told(*parts, START, "quay", END)[-1] == "“quay”"

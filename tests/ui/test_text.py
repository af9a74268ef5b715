"""Wrapping loses nothing and keeps to its width."""

from __future__ import annotations

import itertools
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size, split_graphemes

from reader.ui.text import ruled, shorten, wrap

CHARACTERS = st.one_of(
    st.sampled_from("abc ABC     \n.,-—“”'é\u00a0"),
    st.sampled_from("漢字かなカナ한국어，。"),
    st.sampled_from("\u0301\u0308\u20dd\u093f"),
    st.sampled_from("😀👍🇫🇷👩‍👧❤\ufe0f🏽"),
    st.characters(exclude_categories=("Cc", "Cs")),
)
TEXTS = st.text(CHARACTERS, max_size=80)
WIDTHS = st.integers(1, 30)


def lines(text: str, width: int, first: int | None = None) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, first)]


def bases(line: str) -> int:
    """Count the characters that take room."""
    return sum(get_character_cell_size(char) > 0 for char in line)


@settings(max_examples=300)
@given(TEXTS, WIDTHS)
@example("❤️❤️ x ❤️", 2)
@example("👩‍👧‍👦 of two 👩‍👧‍👦", 3)
@example("a 漢字 b", 2)
@example("e\u0301" * 9, 3)
def test_no_character_is_lost_but_spaces_at_breaks(text, width):
    cut = wrap(text, width)
    assert all(start <= end for start, end in cut)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(cut))
    missed = list(text)
    for start, end in cut:
        missed[start:end] = [""] * (end - start)
    assert "".join(missed).strip(" \n") == ""


@settings(max_examples=300)
@given(TEXTS, WIDTHS)
@example("❤️❤️ x ❤️", 2)
@example("a" * 9 + "漢", 4)
def test_no_line_is_wider_than_the_width_unless_it_is_one_character(text, width):
    for line in lines(text, width):
        assert cell_len(line) <= width or bases(line) <= 1, line


@given(TEXTS, WIDTHS, st.integers(1, 30))
def test_the_first_line_may_have_its_own_width(text, width, first):
    head, *rest = lines(text, width, first)
    assert cell_len(head) <= first or bases(head) <= 1
    for line in rest:
        assert cell_len(line) <= width or bases(line) <= 1


@settings(max_examples=300)
@given(st.text(st.sampled_from("abcde  \n漢字é"), max_size=80), WIDTHS, st.integers(1, 30))
@example("aaaa bbb ccc", 7, 7)
@example("aaa 漢字 bbb", 5, 5)
def test_a_line_is_as_full_as_its_words_allow(text, width, first):
    cut = wrap(text, width, first)
    room = first
    for (start, end), (begin, stop) in itertools.pairwise(cut):
        if "\n" not in text[end:begin] and start < end and begin < stop:
            word = text[begin:stop].split(" ")[0]
            whole = text[begin:].split("\n")[0].split(" ")[0]
            if cell_len(whole) > width or (not whole.isascii() and set(whole) & set("漢字")):
                word = word[0]
            assert cell_len(text[start:begin] + word) > room
        room = width


@given(TEXTS, WIDTHS)
def test_a_line_feed_always_ends_a_line(text, width):
    assert not any("\n" in line for line in lines(text, width))
    assert len(wrap(text, width)) >= text.rstrip("\n ").count("\n") + 1


@given(st.text(st.sampled_from("漢字e\u0301\u0308ña "), max_size=40), WIDTHS)
def test_a_combining_mark_never_begins_a_line(text, width):
    for start, end in wrap(text, width):
        if 0 < start < end and text[start - 1] not in " \n":
            assert not unicodedata.combining(text[start])


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two", 7, ["one two"]),
        ("unsplittable", 5, ["unspl", "ittab", "le"]),
        ("to unsplittable", 5, ["to un", "split", "table"]),
        ("a\u00a0b c", 3, ["a\u00a0b", "c"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("ab漢字", 5, ["ab漢", "字"]),
        ("one\n\ntwo", 9, ["one", "", "two"]),
        ("one   two", 5, ["one", "two"]),
        ("aaaa bbb ccc", 7, ["aaaa", "bbb ccc"]),
        ("漢字 漢字 漢字", 5, ["漢字", "漢字", "漢字"]),
    ],
)
def test_where_lines_break(text, width, wanted):
    assert lines(text, width) == wanted


def test_a_word_that_is_wider_than_the_first_line_is_split():
    assert lines("a" * 11, 12, 10) == ["a" * 10, "a"]
    assert lines("to " + "a" * 11, 12, 10) == ["to", "a" * 11]


@pytest.mark.parametrize(("sign", "most"), [("a", 0.003), ("漢", 0.008), ("é", 0.008), ("🇫", 0.008)])
def test_a_very_long_word_is_cut_soon(sign, most):
    text = sign * 8_000
    assert min(taken(text) for _ in range(5)) < most


def taken(text):
    begun = time.thread_time()
    wrap(text, 66)
    return time.thread_time() - begun


@given(TEXTS)
def test_the_rule_of_a_text_tells_where_its_characters_are(text):
    places, cells = ruled(text)
    spans, width = split_graphemes(text)
    assert [*places] == [*(begin for begin, _, _ in spans), len(text)]
    assert [*cells] == [0, *itertools.accumulate(cells for _, _, cells in spans)]
    assert cells[-1] == width


@settings(max_examples=300)
@given(TEXTS, st.integers(0, 30))
@example("❤️❤️❤️", 3)
def test_a_shortened_text_fits_and_begins_as_the_whole(text, width):
    short = shorten(text, width)
    assert cell_len(short) <= width
    whole = text.replace("\n", " ")
    assert whole == short or whole.startswith(short.removesuffix("…").rstrip())


def test_a_shortened_text_tells_that_something_is_missing():
    assert shorten("harbour", 7) == "harbour"
    assert shorten("harbours", 7) == "harbou…"
    assert shorten("har bours", 5) == "har…"
    assert shorten("漢字漢字", 5) == "漢字…"

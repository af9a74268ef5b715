from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.plain.blocks import has_break, is_long, split

BREAKS = st.text(alphabet=" \t\n\r\x0b\x0c\x85\xa0\u2028\u2029\u200b\ufeffab.-港", max_size=60)


def texts(text: str) -> list[str]:
    return [block.text for block in split(text).blocks]


@pytest.mark.parametrize("blank", ["", " ", "\t", "\u00a0", "\u200b", " \u00a0\u200b\t", "\ufeff", "\u3000"])
def test_a_blank_line_may_hold_what_is_not_seen(blank):
    assert texts(f"one\n{blank}\ntwo") == ["one", "two"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_line_end_is_one(end):
    assert texts(f"one{end}goes on{end}{end}two{end}") == ["one goes on", "two"]


def test_without_a_blank_line_each_line_is_a_block():
    assert texts("one\ntwo\nthree\n") == ["one", "two", "three"]


def test_blank_lines_at_the_ends_alone_part_nothing():
    assert texts("\n\none\ntwo\n\n") == ["one", "two"]


def test_a_byte_order_mark_is_no_text():
    assert texts("\ufeffone\n\ntwo") == ["one", "two"]


def test_the_lines_of_a_wrapped_block_are_joined_by_spaces():
    assert texts("the old \n wall\u00a0\nheld\n\nx") == ["the old wall held", "x"]


def test_a_word_wrapped_at_its_hyphen_is_whole_again():
    assert texts("a three-\nyear plan\n\nx") == ["a three-year plan", "x"]
    assert texts("two-\nor three-year plans\n\nx") == ["two- or three-year plans", "x"]
    assert texts("he left –\nat last\n\nx") == ["he left – at last", "x"]


def test_a_soft_hyphen_at_a_line_end_is_wrapping():
    assert texts("har\u00ad\nbour\n\nx") == ["harbour", "x"]


def test_a_script_without_spaces_is_joined_without_them():
    assert texts("港口的\n故事\n\nx") == ["港口的故事", "x"]


@given(BREAKS)
def test_nothing_is_lost(text):
    parts = split(text)
    assert str(parts) == text
    assert [block.number for block in parts.blocks] == list(range(len(parts.blocks)))
    assert all(block.text for block in parts.blocks)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("x" * 199, False),
        ("x" * 200, True),
        ("w " * 29, False),
        ("w " * 30, True),
        ("a" * 60 + ". B" + "c" * 56, False),
        ("a" * 60 + ". B" + "c" * 57, True),
        ("a" * 119 + ".", False),
        ("A. B. Marinersdottir, C. D. Wharfedale-Strand, Dr. Tide and St. Elmo, " * 2, False),
        ("港" * 99, False),
        ("港" * 100, True),
        ("港" * 40 + "。" + "口" * 19, True),
    ],
)
def test_long_and_short(text, long):
    assert is_long(text) is long


def test_a_sentence_break_is_inside():
    assert has_break("It rained. We left")
    assert has_break("‘It rained.’ We left")
    assert not has_break("It rained, and we left.")
    assert not has_break("With J. Wharf and Dr. Tide")

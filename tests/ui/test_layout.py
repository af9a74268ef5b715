"""Blocks laid out as lines."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.model.document import Block, BlockKind, Span
from reader.ui.widgets.layout import BLANK, PARTS, lay_out, title_lines

STYLES = {part: Style(meta={"part": part}) for part in PARTS}
WRAPPED = [kind for kind in get_args(BlockKind) if kind not in ("code", "rule")]
WORDS = st.text(st.sampled_from("tide boat 漢字 é"), min_size=1, max_size=60)


def texts(lines):
    return [line.text for line in lines]


def leads(lines):
    return ["".join(segment.text for segment in line.lead) for line in lines]


@given(st.sampled_from(WRAPPED), WORDS, st.integers(20, 60), st.integers(0, 3))
def test_a_line_with_what_stands_before_it_keeps_to_the_width(kind, text, width, level):
    for line in lay_out(Block(kind, text, level=level, marker="12."), width, STYLES):
        assert sum(cell_len(segment.text) for segment in (*line.lead, *line.body)) <= width


@given(st.sampled_from(WRAPPED), WORDS, st.integers(1, 40))
def test_no_word_is_lost(kind, text, width):
    shown = "".join(texts(lay_out(Block(kind, text), width, STYLES)))
    assert shown.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("kind", get_args(BlockKind))
def test_a_block_of_no_text_has_a_line_and_a_blank_one(kind):
    lines = lay_out(Block(kind, ""), 30, STYLES)
    assert len(lines) == 2
    assert lines[-1] == BLANK


def test_items_of_a_list_stand_close():
    item = Block("item", "a rope", marker="•")
    assert lay_out(item, 30, STYLES, close=True) == lay_out(item, 30, STYLES)[:-1]


def test_an_item_hangs_under_its_text():
    lines = lay_out(Block("item", "ropes and sails", marker="10.", level=1), 11, STYLES, close=True)
    assert texts(lines) == ["ropes", "and", "sails"]
    assert leads(lines) == ["  10. ", "      ", "      "]


def test_a_quote_and_a_note_have_a_bar_before_every_line():
    assert set(leads(lay_out(Block("quote", "one two three", level=1), 7, STYLES))[:-1]) == {"▎ "}
    assert set(leads(lay_out(Block("note", "one two three"), 7, STYLES))[:-1]) == {"▏ "}


def test_code_keeps_its_lines_and_spaces():
    assert texts(lay_out(Block("code", "if tide:\n\trow()\n    # out"), 60, STYLES))[:-1] == [
        "if tide:",
        "    row()",
        "    # out",
    ]


def test_a_rule_is_as_wide_as_the_text():
    assert cell_len(leads(lay_out(Block("rule", ""), 33, STYLES))[0]) == 33


def test_spans_keep_their_style_across_a_break_and_over_each_other():
    text = "calm strong calm"
    block = Block("paragraph", text, (Span(5, 11, "strong"), Span(8, 16, "link", "https://example.org")))
    lines = lay_out(block, 6, STYLES, close=True)
    found = [(segment.text, segment.style.meta["part"]) for line in lines for segment in line.body]
    assert found == [("calm", "text"), ("str", "strong"), ("ong", "link"), ("calm", "link")]


def test_markup_in_a_text_is_text():
    block = Block("paragraph", "[bold]no[/] [@click=app.bell]x[/] [/]")
    assert texts(lay_out(block, 60, STYLES))[0] == block.text


def test_the_title_and_its_byline_stand_between_blank_lines():
    lines = title_lines("A lighthouse for sale", "Ines · 3 min", 12, STYLES)
    assert texts(lines) == ["", "A lighthouse", "for sale", "Ines · 3 min", ""]

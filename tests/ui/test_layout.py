"""Blocks laid out as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.model.document import CELL_BREAK, Block, BlockKind, Span
from reader.ui.widgets.layout import BLANK, PARTS, close_to, lay_out, title_lines
from reader.ui.widgets.look import Look

STYLES = {part: Style(meta={"part": part}) for part in PARTS}
WRAPPED = [kind for kind in get_args(BlockKind) if kind not in ("code", "rule", "table")]
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


# -- what Markdown made from pages brings


def whole(lines):
    return ["".join(segment.text for segment in (*line.lead, *line.body)).rstrip() for line in lines]


TABLE = Block("table", "Fruit\tNeeds\tKg\nPear\ta warm wall\t12\nApple\tpatience\t7", level=1, marker="llr")


def test_the_columns_of_a_table_are_as_wide_as_their_cells():
    assert whole(lay_out(TABLE, 60, STYLES))[:-1] == [
        "Fruit │ Needs       │ Kg",
        "──────┼─────────────┼───",
        "Pear  │ a warm wall │ 12",
        "Apple │ patience    │  7",
    ]


def test_a_cell_is_wrapped_where_room_is_scarce_and_rows_are_ruled():
    assert whole(lay_out(TABLE, 21, STYLES))[:-1] == [
        "Fruit │ Needs    │ Kg",
        "──────┼──────────┼───",
        "Pear  │ a warm   │ 12",
        "      │ wall     │",
        "──────┼──────────┼───",
        "Apple │ patience │  7",
    ]


def test_a_table_too_wide_for_its_words_goes_on_to_the_right():
    lines = lay_out(TABLE, 14, STYLES)
    assert whole(lines)[:-1] == whole(lay_out(TABLE, 60, STYLES))[:-1]
    assert all(line.wide for line in lines[:-1])
    assert not any(line.wide for line in lay_out(TABLE, 22, STYLES))


def test_the_cells_of_a_table_too_wide_are_wrapped_all_the_same():
    made = Block("table", "\t".join(["harbours"] * 9 + ["at low tide " * 6]), marker="l" * 10)
    lines = lay_out(made, 40, STYLES, close=True)
    assert len(lines) == 3
    assert max(cell_len(line.text) for line in lines) <= 9 * 11 + 32
    assert all(line.wide for line in lines)


def test_a_table_of_very_many_columns_has_a_line_for_each_row():
    made = Block("table", "\n".join("\t".join(f"cell {number}" for number in range(250)) for _ in range(2)), level=1)
    lines = lay_out(made, 40, STYLES, close=True)
    assert len(lines) == 3
    assert {len(line.runs) for line in lines} == {250, 0}
    assert all(line.wide for line in lines)


def test_the_lines_of_a_cell_stay_apart():
    made = Block("table", f"A\tB\nx{CELL_BREAK}y\tz", level=1, marker="ll")
    assert whole(lay_out(made, 30, STYLES))[2:4] == ["x │ z", "y │"]


ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=4)


@given(ROWS, st.integers(20, 60), st.integers(0, 1))
def test_a_table_keeps_to_the_width_or_says_that_it_is_wider(rows, width, head):
    made = Block("table", "\n".join("\t".join(row) for row in rows), level=head, marker="lcr")
    for line in lay_out(made, width, STYLES):
        assert line.wide or sum(cell_len(segment.text) for segment in (*line.lead, *line.body)) <= width


def test_a_picture_its_caption_and_its_link():
    link = Span(0, 8, "link", "https://a.example/p.png")
    picture, caption = Block("image", "The pier", (link,)), Block("caption", "Built in 1911.")
    assert whole(lay_out(picture, 30, STYLES, close=close_to(picture, caption))) == ["▣ The pier"]
    assert whole(lay_out(caption, 30, STYLES)) == ["  Built in 1911.", ""]


def test_footnotes_and_definitions_hang():
    assert whole(lay_out(Block("footnote", "one two three", marker="1"), 12, STYLES, close=True)) == [
        "1.  one two",
        "    three",
    ]
    assert whole(lay_out(Block("definition", "one two three", level=1), 16, STYLES, close=True)) == [
        "    one two",
        "    three",
    ]


def test_a_language_is_named_over_code():
    assert whole(lay_out(Block("code", "x = 1", marker="python"), 30, STYLES, close=True)) == ["  python", "  x = 1"]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("item", "item", True), ("term", "definition", True), ("definition", "term", False),
        ("footnote", "footnote", True), ("image", "caption", True), ("paragraph", "paragraph", False),
        ("image", "paragraph", False), ("paragraph", None, True),
    ],
)  # fmt: skip
def test_what_stands_close_together(first, second, wanted):
    assert close_to(Block(first, "x", marker="•"), Block(second, "y", marker="•") if second else None) == wanted


def test_a_second_paragraph_of_an_item_stands_apart():
    assert not close_to(Block("item", "x", marker="•"), Block("item", "y"))
    assert close_to(Block("item", "y"), Block("item", "z", marker="•"))


def test_what_continues_stands_close():
    assert close_to(Block("code", "x"), Block("code", "y", continues=True))
    assert not close_to(Block("code", "x"), Block("code", "y"))


# -- how it is set

HEADING = Block("heading", "The tide", level=2)
PARAGRAPH = Block("paragraph", "one two three")


@pytest.mark.parametrize(
    ("block", "before", "wanted"),
    [
        (HEADING, None, 0), (HEADING, PARAGRAPH, 1), (replace(HEADING, level=3), PARAGRAPH, 0),
        (HEADING, Block("heading", "x"), 0), (HEADING, Block("rule", ""), 0), (PARAGRAPH, PARAGRAPH, 0),
    ],
)  # fmt: skip
def test_one_blank_line_more_is_above_a_great_heading_that_is_not_the_first(block, before, wanted):
    lines = lay_out(block, 30, STYLES, before=before)
    assert lines[:wanted] == [BLANK] * wanted
    assert lines[wanted].runs


def test_blank_lines_between_the_lines_of_a_text():
    assert texts(lay_out(PARAGRAPH, 8, STYLES, look=Look(spacing=1))) == ["one two", "", "three", "", ""]
    assert texts(lay_out(Block("code", "a\nb"), 8, STYLES, look=Look(spacing=2))) == ["a", "b", "", "", ""]
    assert len(lay_out(TABLE, 60, STYLES, look=Look(spacing=1), close=True)) == 5
    assert leads(lay_out(Block("quote", "one two three"), 9, STYLES, look=Look(spacing=1)))[:4] == ["▎ "] * 4


def test_a_paragraph_after_another_one_is_indented():
    indent = Look(indent=True)
    assert close_to(PARAGRAPH, PARAGRAPH, indent)
    assert not close_to(HEADING, PARAGRAPH, indent)
    assert whole(lay_out(PARAGRAPH, 8, STYLES, look=indent, close=True)) == ["one two", "three"]
    assert whole(lay_out(PARAGRAPH, 8, STYLES, look=indent, close=True, before=PARAGRAPH)) == ["  one", "two", "three"]
    assert whole(lay_out(PARAGRAPH, 8, STYLES, look=indent, close=True, before=HEADING)) == ["one two", "three"]


def test_what_continues_is_not_indented():
    made = replace(PARAGRAPH, continues=True)
    assert whole(lay_out(made, 9, STYLES, look=Look(indent=True), before=PARAGRAPH))[0] == "one two"

"""Blocks laid out as lines."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.model.document import CELL_BREAK, Block, BlockKind, Span
from reader.ui.widgets.layout import BLANK, PARTS, close_to, lay_out, title_lines

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


def test_a_table_too_wide_is_told_row_by_row():
    assert whole(lay_out(TABLE, 14, STYLES))[:-1] == [
        "Fruit: Pear",
        "Needs: a warm",
        "  wall",
        "Kg: 12",
        "────────",
        "Fruit: Apple",
        "Needs:",
        "  patience",
        "Kg: 7",
    ]


def test_the_lines_of_a_cell_stay_apart():
    made = Block("table", f"A\tB\nx{CELL_BREAK}y\tz", level=1, marker="ll")
    assert whole(lay_out(made, 30, STYLES))[2:4] == ["x │ z", "y │"]


ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=4)


@given(ROWS, st.integers(20, 60), st.integers(0, 1))
def test_a_table_keeps_to_the_width_and_loses_nothing(rows, width, head):
    made = Block("table", "\n".join("\t".join(row) for row in rows), level=head, marker="lcr")
    lines = lay_out(made, width, STYLES)
    assert all(sum(cell_len(segment.text) for segment in (*line.lead, *line.body)) <= width for line in lines)
    shown = "".join(whole(lines))
    for row in rows[head:]:
        for char in set("".join(row)) - {" "}:
            assert char in shown


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
    assert close_to(Block(first, "x"), Block(second, "y") if second else None) == wanted

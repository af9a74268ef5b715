"""The lines of a block hold all of its text, and it is known where each character stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from reader.ingest.markdown import document
from reader.model.document import CELL_BREAK, Block, Span
from reader.ui.widgets.layout import close_to, lay_out
from reader.ui.widgets.look import Look
from reader.ui.widgets.spots import cell_of, offset_at
from tests.thorough import examples
from tests.ui.documents import LOOKS, STYLES, blocks

WIDTHS = st.integers(1, 90)
ABOVE = st.none() | st.sampled_from([Block("paragraph", "x"), Block("heading", "x"), Block("quote", "x")])
DROPPED = {"code": "\n", "table": "\t\n " + CELL_BREAK}
"""What may stand in no line: else it is spaces and line feeds."""


def shown(line, run):
    """Give what stands in the cells of a run."""
    cell, found = 0, ""
    for segment in line.body:
        if run.cell <= cell and len(found) < run.end - run.start:
            found += segment.text
        cell += cell_len(segment.text)
    return found[: run.end - run.start]


@settings(max_examples=examples(50, 150))
@given(blocks(), WIDTHS, LOOKS, ABOVE)
def test_no_character_is_lost_or_doubled(block, width, look, above):
    lines = lay_out(block, width, STYLES, look=look, before=above)
    left = list(block.text)
    for line in lines:
        for run in line.runs:
            assert shown(line, run) == block.text[run.start : run.end].replace(CELL_BREAK, " ").replace("\t", " ")
            assert None not in left[run.start : run.end]
            left[run.start : run.end] = [None] * (run.end - run.start)
    lost = {char for char in left if char is not None}
    assert lost <= set(DROPPED.get(block.kind, " \n"))


PIECES = ["a", "word ", "漢字", "e\u0301", "👩‍👧", "\u200b", "\u202e", "שלום", "\n", "\n\n", "> ", "- ", "1. ",
          "# ", "    ",
          "```\n", "| a | b |\n|---|---|\n", "| c |", "**", "*", "`", "[x](https://a.example)", "![p](q)", "[^1]",
          "\n\n[^1]: ", "\n: ", "^2^", "<br>", "\t", "---\n"]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), WIDTHS, LOOKS)
def test_so_it_is_for_any_document(text, width, look):
    blocks = document(text).blocks
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        close = close_to(block, after, look)
        lines = lay_out(block, width, STYLES, close=close, look=look, before=before, after=after)
        ranges = sorted((run.start, run.end) for line in lines for run in line.runs)
        rest = "".join(
            block.text[end:start] for (_, end), (start, _) in pairwise([(0, 0), *ranges, (len(block.text), 0)])
        )
        assert set(rest) <= set(" \n\t" + CELL_BREAK)
        assert all(before[1] <= after[0] for before, after in pairwise(ranges))
        for line in lines:
            for run in line.runs:
                for begin, _, cells in split_graphemes(block.text[run.start : run.end].replace("\t", " "))[0]:
                    if cells:
                        assert offset_at(lines, *cell_of(lines, run.start + begin)) == run.start + begin


@settings(max_examples=examples(50, 150))
@given(blocks(), WIDTHS)
def test_a_line_feed_ends_a_line_and_code_is_never_wrapped(block, width):
    lines = lay_out(block, width, STYLES)
    assert not any("\n" in block.text[run.start : run.end] for line in lines for run in line.runs)
    if block.kind == "code":
        assert [block.text[run.start : run.end] for line in lines for run in line.runs] == block.text.split("\n")


@settings(max_examples=examples(50, 150))
@given(blocks(), WIDTHS, LOOKS, ABOVE)
@example(Block("paragraph", "❤️❤️ x ❤️"), 2, Look(), None)
@example(Block("table", "漢\t字e\u0301\n👩‍👧\tb"), 3, Look(), None)
def test_an_offset_is_a_cell_of_a_line_and_back(block, width, look, above):
    lines = lay_out(block, width, STYLES, look=look, before=above)
    for line in lines:
        for run in line.runs:
            for begin, _, cells in split_graphemes(block.text[run.start : run.end].replace("\t", " "))[0]:
                if cells:
                    offset = run.start + begin
                    assert offset_at(lines, *cell_of(lines, offset)) == offset


@settings(max_examples=examples(50, 150))
@given(blocks(), st.integers(24, 90), LOOKS, ABOVE)
@example(Block("paragraph", "a" * 24), 24, Look(indent=True), Block("paragraph", "x"))
@example(Block("code", "x", marker="漢" * 24), 24, Look(), None)
@example(Block("item", "one " * 20, marker="12.", within=(2,)), 24, Look(), None)
def test_no_line_is_wider_than_the_measure_but_those_that_scroll(block, width, look, above):
    for line in lay_out(block, width, STYLES, look=look, before=above):
        assert line.wide or sum(cell_len(segment.text) for segment in (*line.lead, *line.body)) <= width


@settings(max_examples=examples(50, 120))
@given(blocks(), WIDTHS, LOOKS)
def test_every_offset_has_a_place_and_every_cell_an_offset(block, width, look):
    lines = lay_out(block, width, STYLES, look=look)
    for offset in range(len(block.text) + 1):
        number, cell = cell_of(lines, offset)
        again = offset_at(lines, number, cell)
        assert 0 <= again <= len(block.text)
        assert offset_at(lines, *cell_of(lines, again)) == again or not lines[number].runs or blank(block, again)
    for number, line in enumerate(lines):
        for cell in range(sum(cell_len(segment.text) for segment in line.body) + 2):
            assert 0 <= offset_at(lines, number, cell) <= len(block.text)


def blank(block, offset):
    """Tell whether at an offset begins nothing that takes room."""
    graphemes = split_graphemes(block.text[offset:])[0]
    return not graphemes or not graphemes[0][2] or block.text[offset] in " \n\t" + CELL_BREAK


@settings(max_examples=examples(50, 120))
@given(blocks(), WIDTHS, LOOKS)
def test_what_is_drawn_in_pieces_takes_the_same_room(block, width, look):
    for line in lay_out(block, width, STYLES, look=look):
        for run in line.runs:
            whole = cell_len(block.text[run.start : run.end].replace("\t", " ").replace(CELL_BREAK, " "))
            rest = [other.cell for other in line.runs if other.cell > run.cell]
            assert run.cell + whole <= min(rest, default=sum(cell_len(segment.text) for segment in line.body))


def test_where_characters_stand():
    block = Block("quote", "one 漢字e\u0301 two", (Span(5, 7, "strong"),))
    lines = lay_out(block, 9, STYLES)
    assert [line.text for line in lines] == ["one 漢", "字e\u0301 two", ""]
    assert [cell_of(lines, offset) for offset in (0, 4, 5, 6, 7, 8, 9, 12)] == [
        (0, 0), (0, 4), (1, 0), (1, 2), (1, 2), (1, 3), (1, 4), (1, 7),
    ]  # fmt: skip
    assert [offset_at(lines, 0, cell) for cell in (0, 3, 4, 5, 6, 40)] == [0, 3, 4, 4, 4, 4]
    assert [offset_at(lines, 1, cell) for cell in (-3, 0, 1, 2)] == [5, 5, 5, 6]


def test_a_space_at_which_a_line_is_broken_stands_behind_what_is_before_it():
    lines = lay_out(Block("paragraph", "one  two"), 4, STYLES)
    assert [cell_of(lines, offset) for offset in (2, 3, 4, 5)] == [(0, 2), (0, 3), (0, 3), (1, 0)]


def test_a_line_without_text_stands_for_the_nearest_that_has_some():
    lines = lay_out(Block("heading", "one two"), 4, STYLES, before=Block("paragraph", "x"))
    assert [offset_at(lines, number, 0) for number in range(len(lines))] == [0, 0, 4, 4]
    assert offset_at(lay_out(Block("rule", ""), 9, STYLES), 0, 4) == 0


@pytest.mark.parametrize(("cell", "offset"), [(0, 0), (2, 2), (4, 2), (6, 5), (8, 5), (30, 10)])
def test_the_nearest_cell_of_a_table(cell, offset):
    lines = lay_out(Block("table", "one\t漢\t12345", marker="lll"), 40, STYLES)
    assert lines[0].text == "one │ 漢 │ 12345"
    assert offset_at(lines, 0, cell) in (offset, 4, 6)

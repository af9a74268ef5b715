"""Texts and lines measured: what is cut, and where what stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from reader.ingest.markdown import document
from reader.model.document import Block, Document, Span
from reader.ui.widgets.layout import lay_out
from reader.ui.widgets.measured import cells_of, cut, measured, ruled
from reader.ui.widgets.painting import painted
from tests.ui.documents import LOOKS, STYLES, blocks
from tests.ui.paning import opened, shown

TEXTS = st.text(st.sampled_from("ab 漢字é\u0301\u200d👩👧❤\ufe0f🇫🇷"), max_size=30).map(lambda text: text * 20)


@given(TEXTS, st.integers(0, 900))
def test_what_is_cut_takes_the_room_that_it_is_to_take(text, cells):
    left, right = cut(text, cells)
    assert cell_len(left) == min(cells, cell_len(text))
    assert cell_len(left) + cell_len(right) == cell_len(text)
    assert cells_of(text) == cell_len(text)


@given(TEXTS, st.integers(0, 900))
def test_a_ruler_finds_what_counting_finds(text, cell):
    ruler, counted, found = ruled(text), 0, 0
    for begin, _, size in split_graphemes(text)[0]:
        if counted <= cell and size:
            found = begin
        assert ruler.at(begin) == counted
        counted += size
    assert ruler.offset(cell) == found


@given(blocks(), st.integers(1, 90), LOOKS, st.integers(0, 60), st.integers(1, 40))
def test_a_window_is_a_part_of_the_whole(block, width, look, low, room):
    for line in lay_out(block, width, STYLES, look=look):
        whole = painted(line, 1)
        cells = [
            (char, segment.style.meta.get("offset"))
            for segment in whole
            for char in segment.text
            for _ in range(cell_len(char))
        ]
        seen = painted(line, 1, window=(low, low + room))
        assert sum(cell_len(segment.text) for segment in seen) == max(0, min(cell_len(line.text) - low, room))
        at = low
        for segment in seen:
            if segment.text.isascii() and line.text.isascii():
                assert segment.text == "".join(char for char, _ in cells[at : at + len(segment.text)])
            at += cell_len(segment.text)
        assert measured(line).cells[-1] == cell_len(line.text)


def test_what_follows_half_a_character_knows_where_it_stands():
    (line, *_) = lay_out(Block("code", "漢字漢字abc"), 4, STYLES)
    (half, *_) = painted(line, 1, window=(1, 7))
    assert half.text == " 字漢 " or half.text == " 字漢字"
    assert half.style.meta["offset"] == (0, 1)


WIDE = {
    "plain": Document((Block("code", "\n".join(["漢字kana" * 1000] * 60)),)),
    "coloured": document("```python\n" + "x = '漢字' + " * 20_000 + "\n```"),
    "table": Document((Block("table", "\n".join("\t".join(f"漢{n} {r}" for n in range(500)) for r in range(40))),)),
    "spans": Document(
        (Block("code", "\n".join(["漢b" * 1000] * 50), tuple(Span(at, at + 2, "strong") for at in range(0, 9000, 3))),)
    ),
}


@pytest.mark.parametrize("name", WIDE)
async def test_wide_lines_cost_little_however_long_they_are(name):
    async with shown(opened(WIDE[name]), size=(80, 42)) as it:
        for sideways in (10, 3000):
            it.pane.move_sideways(sideways)
            best = min(_painting(it.pane) for _ in range(3))
            assert best < 0.1  # on a quiet machine a third of it and less
            it.pane.page(1)


def _painting(pane) -> float:
    began = time.thread_time()
    pane._drawing.forget()
    for y in range(pane.size.height):
        pane.render_line(y)
    return time.thread_time() - began

"""What stands before the lines of blocks inside quotes and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.ingest.markdown import document
from reader.model.document import Block
from reader.ui.widgets.layout import close_to, lay_out
from tests.ui.documents import STYLES, WITHIN


def drawn(text, width=30):
    """Give the lines of a document, as they are seen."""
    blocks = document(text).blocks
    found = []
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        found += lay_out(block, width, STYLES, close=close_to(block, after), before=before, after=after)
    return ["".join(segment.text for segment in (*line.lead, *line.body)).rstrip() for line in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- one two three four five six seven\n- b", ["  • one two three four five", "    six seven", "  • b"]),
        (
            "9. nine\n10. ten\n    - deep\n      1. deeper",
            ["   9. nine", "  10. ten", "      • deep", "        1. deeper"],
        ),
        ("- one\n\n  two", ["  • one", "", "    two"]),
        ("- one\n\n  ```py\n  x\n  ```", ["  • one", "", "      py", "      x"]),
        ("- one\n  > two", ["  • one", "", "    ▎ two"]),
        ("- > one\n- two", ["  •", "    ▎ one", "", "  • two"]),
        ("- | a |\n  |---|\n  | b |", ["  •", "    a", "    ─", "    b"]),
        ("- one\n\n  ![Pier](p.png)", ["  • one", "", "    ▣ Pier"]),
        ("> one\n>\n> two\n> > three", ["▎ one", "▎", "▎ two", "▎", "▎ ▎ three"]),
        ("> ```\n> x\n> ```\n\nend", ["▎   x", "", "end"]),
        ("> one\n>\n> ## two", ["▎ one", "▎", "▎", "▎ two"]),
        ("> - one\n> - two", ["▎   • one", "▎   • two"]),
        ("> | a |\n> |---|\n> | b |", ["▎ a", "▎ ─", "▎ b"]),
        ("> one\n>\n> ---", ["▎ one", "▎", "▎ " + "─" * 28]),
        ("- # one\n- two", ["  • one", "", "  • two"]),
        ("a\n: b\n\n  > c", ["a", "    b", "", "    ▎ c"]),
        ("x[^1]\n\n[^1]: a\n\n    > b", ["x¹", "", "─" * 30, "", "1.  a", "", "    ▎ b"]),
    ],
)
def test_what_is_nested_keeps_its_indent_and_its_bar(text, wanted):
    assert drawn(text) == wanted


@given(st.sampled_from(["paragraph", "item", "quote", "heading", "image"]), WITHIN, st.integers(24, 90))
def test_half_of_the_width_is_left_to_the_text(kind, within, width):
    for line in lay_out(Block(kind, "漢 harbours " * 9, marker="•", within=within), width, STYLES):
        lead = sum(cell_len(segment.text) for segment in line.lead)
        assert lead <= width // 2 + 2
        assert lead + cell_len(line.text) <= width


def test_what_is_very_deep_stands_no_further_in():
    made = [Block("item", "x", marker="•", within=(4,) + (2,) * deep) for deep in (3, 8, 9, 500)]
    leads = [sum(cell_len(part.text) for part in lay_out(block, 40, STYLES)[0].lead) for block in made]
    assert leads == [10, 20, 20, 20]

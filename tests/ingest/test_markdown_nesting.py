"""What blocks of Markdown are nested in."""

from __future__ import annotations

import time

import pytest

from reader.ingest.markdown import document
from reader.model.document import CELLS, LONGEST, ROWS


def nested(text):
    return [(block.kind, block.marker, block.within) for block in document(text).blocks]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- a\n  - b", [("item", "•", (4,)), ("item", "•", (4, 2))]),
        ("9. a\n10. b", [("item", "9.", (6,)), ("item", "10.", (6,))]),
        ("1. a\n\n   b", [("item", "1.", (5,)), ("item", "", (5,))]),
        ("> a\n> > b", [("quote", "", (0,)), ("quote", "", (0, 0))]),
        ("> - a\n>   > b", [("item", "•", (0, 4)), ("quote", "", (0, 4, 0))]),
        ("- ```sh\n  a\n  ```\n- b", [("item", "•", (4,)), ("code", "sh", (4,)), ("item", "•", (4,))]),
        ("- # a", [("heading", "•", (4,))]),
        ("- \n\nb", [("paragraph", "", ())]),
        ("a\n: b", [("term", "", ()), ("definition", "", (4,))]),
        ("- a\n\nb", [("item", "•", (4,)), ("paragraph", "", ())]),
        ("> ---", [("rule", "", (0,))]),
    ],
)
def test_what_a_block_is_nested_in(text, wanted):
    assert nested(text) == wanted


def test_a_footnote_is_in_nothing_else():
    made = document("> a[^1]\n\n[^1]: b\n\n    - c").blocks
    assert [(block.kind, block.within) for block in made] == [
        ("quote", (0,)), ("rule", ()), ("footnote", (4,)), ("item", (4, 4)),
    ]  # fmt: skip


DEEP = {
    "quotes": ">" * 100_000 + " word",
    "spaced": "> " * 100_000 + "word",
    "items": "- " * 50_000 + "word",
    "numbers": "1. " * 30_000 + "word",
    "indents": "\n".join("  " * deep + "- word" for deep in range(300)),
    "lines": (">" * 60 + " word\n") * 2_000,
    "definitions": "a\n" + ": " * 20_000 + "word",
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_too_deep_is_shown_as_it_is_written(name):
    begun = time.process_time()
    made = document(DEEP[name])
    assert time.process_time() - begun < 3
    assert made.text.count("word") == DEEP[name].count("word")


def test_twelve_lists_in_each_other_are_lists():
    made = document("\n".join("  " * deep + "- word" for deep in range(12))).blocks
    assert [len(block.within) for block in made] == list(range(1, 13))


def test_the_tabs_of_code_are_spaces():
    (block,) = document("```\nif tide:\n\trow()\na\tb\n```").blocks
    assert block.text == "if tide:\n    row()\na   b"


# -- what is too long for one block


def test_long_code_goes_on_as_one():
    lines = [f"row({number})" for number in range(3 * ROWS)]
    made = document("```py\n" + "\n".join(lines) + "\n```").blocks
    assert [block.continues for block in made] == [False, True, True]
    assert {block.marker for block in made} == {"py"}
    assert "\n".join(block.text for block in made).split("\n") == lines


def test_blank_lines_where_code_is_parted_stay():
    made = document("```\n" + "\n" * (2 * ROWS) + "end\n```").blocks
    assert "\n".join(block.text for block in made) == "\n" * (2 * ROWS) + "end"


def test_a_table_of_five_hundred_columns_is_rows_and_keeps_all_its_cells():
    row = "|" + "|".join(f"c{number}" for number in range(500)) + "|"
    made = document("\n".join([row, "|" + "-|" * 500, *[row] * 6])).blocks
    assert {block.kind for block in made} == {"table"}
    assert max(block.text.count("\t") + block.text.count("\n") for block in made) <= CELLS
    assert sum(block.text.count("c499") for block in made) == 7
    assert [block.continues for block in made] == [False] + [True] * (len(made) - 1)


def test_a_word_of_a_million_letters_is_in_blocks():
    made = document("a" * 1_000_000).blocks
    assert max(len(block.text) for block in made) <= LONGEST
    assert sum(len(block.text) for block in made) == 1_000_000

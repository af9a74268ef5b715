"""Markdown as a document of blocks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.markdown import beginning, document
from reader.ingest.markdown_spans import lifted
from reader.model.document import CELL_BREAK, Block, Span
from tests.thorough import examples


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document(text).blocks]


def only(text: str) -> Block:
    (block,) = document(text).blocks
    return block


def spans(text: str) -> list[tuple[str, str, str]]:
    block = only(text)
    return [(span.kind, block.text[span.start : span.end], span.target) for span in block.spans]


def test_a_table_is_rows_of_cells_with_their_sides():
    block = only("| Name | Age | When |\n|:--|--:|:-:|\n| *Ada* | 36 | [now](https://a.example) |\n| a<br>b | | |")
    assert block.kind == "table"
    assert (block.level, block.marker) == (1, "lrc")
    assert block.text == f"Name\tAge\tWhen\nAda\t36\tnow\na{CELL_BREAK}b\t\t"
    assert [(block.text[span.start : span.end], span.kind) for span in block.spans] == [
        ("Ada", "emphasis"),
        ("now", "link"),
    ]


def test_a_table_without_words_in_its_head_has_none():
    block = only("| | |\n|---|---|\n| one | two |")
    assert (block.text, block.level) == ("one\ttwo", 0)


def test_a_bar_in_a_cell_is_text():
    assert only("| a \\| b | c |\n|---|---|").text == "a | b\tc"


def test_a_picture_on_its_own_is_a_block_and_its_caption_follows():
    made = document("![The pier](https://a.example/p.png)\n\n*Built in 1911.*\n\nText.").blocks
    assert [(block.kind, block.text) for block in made] == [
        ("image", "The pier"),
        ("caption", "Built in 1911."),
        ("paragraph", "Text."),
    ]
    assert made[0].spans == (Span(0, 8, "link", "https://a.example/p.png"),)
    assert made[1].spans == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("![](p.png)", [("image", "Picture")]),
        ("[![Pier](p.png)](https://a.example)", [("image", "Pier")]),
        ('![Pier](p.png "Our pier")', [("image", "Pier"), ("caption", "Our pier")]),
        ("![Pier](p.png)\nThe pier.", [("image", "Pier"), ("caption", "The pier.")]),
        ("![One](1.png) ![Two](2.png)", [("image", "One"), ("image", "Two")]),
        ("See ![Pier](p.png) there", [("paragraph", "See ▣ Pier there")]),
        ("*Only stress.*", [("paragraph", "Only stress.")]),
    ],
)
def test_pictures(text, wanted):
    assert blocks(text) == wanted


def test_a_picture_in_a_line_is_a_link_to_it():
    assert spans("See ![Pier](https://a.example/p.png) there") == [("link", "▣ Pier", "https://a.example/p.png")]


def test_footnotes_are_numbered_and_stand_at_the_end_after_a_rule():
    made = document("One[^1] and two[^2].\n\n[^2]: Second.\n\n[^1]: First.\n\n    More of it.\n\nThe end.").blocks
    assert [(block.kind, block.text, block.marker) for block in made] == [
        ("paragraph", "One¹ and two².", ""),
        ("paragraph", "The end.", ""),
        ("rule", "", ""),
        ("footnote", "First.", "1"),
        ("footnote", "More of it.", ""),
        ("footnote", "Second.", "2"),
    ]
    assert [(span.kind, span.target) for span in made[0].spans] == [("reference", "1"), ("reference", "2")]


def test_named_footnotes_get_numbers_and_one_that_nobody_refers_to_is_kept():
    made = document("One[^sea].\n\n[^sea]: Salt.\n[^sky]: Blue.").blocks
    assert made[0].text == "One¹."
    assert [(block.text, block.marker) for block in made[2:]] == [("Salt.", "1"), ("Blue.", "2")]


def test_a_reference_to_no_footnote_is_text():
    assert only("One[^9].").text == "One[^9]."


def test_definitions():
    assert blocks("Ebb\n: Water goes.\n: It comes back.\n\nFlow\n: Water comes.") == [
        ("term", "Ebb"),
        ("definition", "Water goes."),
        ("definition", "It comes back."),
        ("term", "Flow"),
        ("definition", "Water comes."),
    ]


def test_tasks_have_a_box():
    made = document("- [ ] row *home*\n- [x] mend\n- [y] odd").blocks
    assert [(block.marker, block.text) for block in made] == [("☐", "row home"), ("☑", "mend"), ("•", "[y] odd")]
    (span,) = made[0].spans
    assert made[0].text[span.start : span.end] == "home"


def test_lists_count_and_nest():
    made = document("3. three\n4. four\n   - deep\n\n   more of four").blocks
    assert [(block.marker, block.level, block.text) for block in made] == [
        ("3.", 1, "three"),
        ("4.", 1, "four"),
        ("•", 2, "deep"),
        ("", 1, "more of four"),
    ]


def test_code_keeps_its_language_and_its_blank_lines():
    block = only("```python title=x\na = 1\n\n    b\n```")
    assert (block.kind, block.marker, block.text) == ("code", "python", "a = 1\n\n    b")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("H<sub>2</sub>O", "H₂O"), ("10<sup>-3</sup>", "10⁻³"), ("1<sup>st</sup>", "1st"), ("x~i~", "xᵢ"),
        ("E=mc^2^", "E=mc²"), ("V<sub>max</sub>", "V_max"), ("a<sup>x+y!</sup>", "a^(x+y!)"), ("x<sup>é</sup>", "x^é"),
        ("2^10 and 2^3", "2^10 and 2^3"), ("~5 or ~6", "~5 or ~6"), ("/~ann/~bob", "/~ann/~bob"),
        ("\\~z~", "~z~"), ("a<br>b", "a\nb"), ("a  \nb", "a\nb"), ("a\nb", "a b"), ("<sup>2", "²"), ("2</sup>x", "2x"),
        ("<script>x</script>", "<script>x</script>"), ("<b>x</b>", "<b>x</b>"),
    ],
)  # fmt: skip
def test_what_stands_above_below_and_on_the_next_line(text, wanted):
    assert only(text).text == wanted


def test_spans():
    assert spans("~~gone~~ **bold *both*** <kbd>Esc</kbd> `x` [l](https://a.example)") == [
        ("strike", "gone", ""), ("emphasis", "both", ""), ("strong", "bold both", ""), ("code", "Esc", ""),
        ("code", "x", ""), ("link", "l", "https://a.example"),
    ]  # fmt: skip


def test_what_cannot_be_lifted_is_told_by_a_sign():
    assert lifted("q", "sup") == "^q"
    assert lifted("2", "sub") == "₂"


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab |\n-*_~^[]()!<>`#1.:\\ \tsup/"), max_size=60))
def test_any_text_is_a_document_whose_spans_lie_inside_it(text):
    for block in document(text).blocks:
        for span in block.spans:
            assert 0 <= span.start <= span.end <= len(block.text)
        if block.kind == "table":
            assert block.text.count("\n") + 1 >= block.level


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(["tide", "a b", "", "漢字"]), min_size=2, max_size=4), min_size=1, max_size=4))
def test_no_cell_of_a_table_is_lost(rows):
    width = len(rows[0])
    head = "| " + " | ".join(["head"] * width) + " |\n|" + "---|" * width
    lines = ["| " + " | ".join((row + [""] * width)[:width]) + " |" for row in rows]
    block = only("\n".join([head, *lines]))
    assert [row.split("\t") for row in block.text.split("\n")[1:]] == [(row + [""] * width)[:width] for row in rows]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "&#x2028;", "&#8233;"])
def test_a_separator_of_lines_is_a_space(sign):
    assert document(f"one{sign}two").blocks[0].text == "one two"
    assert document(f"| a |\n|---|\n| one{sign}two |").blocks[0].text == "a\none two"
    assert document(f"one{sign}two\n\n" * 4_000).blocks[0].text == "one two"
    assert beginning(f"one{sign}two\n\n" * 4_000).blocks[0].text == "one two"


DECODED = {
    "entity": ("a&#8238;b", "ab"),
    "entity, named": ("a&rlm;b&ZeroWidthSpace;c", "abc"),
    "entity in a heading": ("# a&#x202e;b", "ab"),
    "entity in a cell": ("| a&#8238; |\n|---|\n| b&#12;c |", "a\nb\u2028c"),
    "entity in an item": ("- *a*&#8294;b", "ab"),
    "entity in a term": ("a&#8238;\n: b", "a"),
    "entity, tag characters": ("a&#xe0041;&#xe007f;b", "ab"),
    "entities that drive a terminal": ("a&#155;31m&#27;[0m&#7;b", "a\ufffd31m\ufffd[0m\ufffdb"),
    "marks": ("e" + "&#769;" * 40, "é" + "\u0301" * 6),
    "picture": ("![a&#8238;b](https://a.example/x.png)", "ab"),
    "picture, marks": ("![e" + "&#769;" * 40 + "](https://a.example/x.png)", "é" + "\u0301" * 6),
    "picture in a line": ("see ![a&#8238;b](https://a.example/x.png)", "see ▣ ab"),
    "address": ("<https://a.example/%1b%5d0;x%07>", "https://a.example/%1b%5d0;x%07"),
    "address, 8 bit": ("<https://a.example/%C2%9b31m>", "https://a.example/%C2%9b31m"),
    "address, bidi": ("so <https://a.example/%E2%80%AEx>.", "so https://a.example/%E2%80%AEx."),
    "address of a letter": ("<a@b.example> <mailto:a%1b@b.example>", "a@b.example mailto:a%1b@b.example"),
    "address in a picture": ("![<https://a.example/%1b%5d0;x%07>](https://a.example/x.png)", "https://a.example/"),
    "address that is well": ("<https://a.example/%C3%A9t%C3%A9>", "https://a.example/été"),
    "address of letters in parts": ("<https://a.example/e%CC%81>", "https://a.example/é"),
    "address of a letter in two": ("<https://a.example/%E0%A5%98>", "https://a.example/\u0915\u093c"),
    "address, marks": ("<https://a.example/e" + "%CC%81" * 40 + ">", "https://a.example/e" + "%CC%81" * 40),
    "joiner": ("می&zwnj;خواهم", "می\u200cخواهم"),
}


@pytest.mark.parametrize(("written", "shown"), DECODED.values(), ids=DECODED)
def test_what_is_decoded_passes_the_gate_again(written, shown):
    assert document(written).blocks[0].text == shown


def test_the_title_of_a_picture_passes_the_gate_again():
    picture, caption = document('![a](https://a.example/x.png "b&#8238;c&#769;")').blocks
    assert (picture.text, caption.text) == ("a", "bć")


PIECES = [
    "&#8238;",
    "&#12;",
    "&#769;",
    "&zwnj;",
    "<https://a.example/%1b",
    "%07",
    "%E2%80%AE",
    ">",
    *"&#;1x<%![](`*_|- \n",
]
DRIVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@settings(max_examples=examples(100, 5000))
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_nothing_that_drives_a_terminal_comes_of_what_is_decoded(text):
    assert not any(DRIVING.search(block.text) for block in document(text).blocks)

"""A block's text in the styles of its spans."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.style import Style

from reader.model.document import Block, Span
from reader.ui.widgets.lines import PARTS
from reader.ui.widgets.look import Look
from reader.ui.widgets.pen import Pen

STYLES = {part: Style(meta={"part": part}) for part in PARTS}
BASE = Style()
LINKS = Look(hyperlinks=True)
BOLD = Look(bold_lead=True)


def bold(text, look=BOLD, start=0, spans=()):
    pen = Pen(Block("paragraph", text, spans), STYLES, look)
    return [segment.text for segment in pen.write(start, len(text), BASE, leads=True) if segment.style.bold]


def link(target, kind="link", look=LINKS):
    pen = Pen(Block("paragraph", "the pier", (Span(4, 8, kind, target),)), STYLES, look)
    return [segment.style.link for segment in pen.write(0, 8, BASE)][-1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a tide harbours", ["a", "ti", "harb"]),
        ("it’s don't", ["it", "do"]),
        ("well-known", ["we", "kn"]),
        ("in 1911, 3 km", ["i", "k"]),
        ("e\u0301tude", ["e\u0301t"]),
        ("Über straße", ["Üb", "str"]),
        ("漢字かな שלום", []),
    ],
)
def test_the_beginning_of_each_word_is_bold(text, wanted):
    assert bold(text) == wanted
    assert bold(text, Look()) == []


def test_the_rest_of_a_word_that_was_broken_has_no_beginning():
    assert bold("unsplittable tide", start=5) == ["ti"]


def test_bold_beginnings_lie_below_the_spans():
    spans = (Span(0, 4, "code"), Span(5, 9, "emphasis"))
    assert bold("code tide", spans=spans) == ["ti"]


@pytest.mark.parametrize(
    "target",
    ["https://a.example/x?y=1#z", "HTTP://a.example", "mailto:ines@a.example", "https://a.example/" + "x" * 1900],
)
def test_an_address_goes_to_the_terminal(target):
    assert link(target) == target
    assert link(target, look=Look()) is None


@pytest.mark.parametrize(
    "target",
    [
        "", "javascript:x", "file:///x", "/relative", "https://a b", "https://a\x1b]8;;\x07", "https://a\x9c",
        "https://münchen.example", "https://a\n", "https://" + "x" * 3000, "data:text/html,x",
    ],
)  # fmt: skip
def test_any_other_address_does_not(target):
    assert link(target) is None


def test_a_footnote_is_no_link_of_the_terminal():
    assert link("https://a.example", kind="reference") is None


def test_a_link_is_one_over_all_its_lines():
    spans = (Span(0, 8, "link", "https://a.example"),)
    pen = Pen(Block("paragraph", "the pier", spans), STYLES, LINKS)
    first, second = pen.write(0, 3, BASE), pen.write(4, 8, BASE)
    assert first[0].style.link_id == second[0].style.link_id


def test_a_span_that_begins_inside_a_character_takes_it_whole_or_not_at_all():
    text = "a👩‍👧e\u0301b"
    pen = Pen(Block("paragraph", text, (Span(2, 6, "strong"),)), STYLES, Look())
    parts = [segment.text for segment in pen.write(0, len(text), BASE)]
    assert parts == ["a", "👩‍👧e\u0301", "b"]
    assert sum(map(cell_len, parts)) == cell_len(text)


def test_spans_that_overlap_are_laid_over_each_other_in_order():
    spans = (Span(0, 6, "strong"), Span(3, 9, "link"), Span(20, 30, "code"))
    pen = Pen(Block("paragraph", "abcdefghijkl", spans), STYLES, Look())
    assert [(part.text, part.style.meta.get("part")) for part in pen.write(1, 12, BASE)] == [
        ("bc", "strong"), ("def", "link"), ("ghi", "link"), ("jkl", None),
    ]  # fmt: skip

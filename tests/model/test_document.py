"""An article's body as blocks."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import document as bounds
from reader.model.document import Block, Document, Passage, Point, Span, bounded, from_text


def test_paragraphs_are_parted_by_blank_lines():
    document = from_text("One.\n\nTwo\nlines.\n\n\n\n Three. ")
    assert [block.text for block in document.blocks] == ["One.", "Two\nlines.", "Three."]
    assert {block.kind for block in document.blocks} == {"paragraph"}


@pytest.mark.parametrize(
    ("text", "end"), [("And then", "And then …"), ("And then…", "And then…"), ("And then...", "And then...")]
)
def test_what_was_cut_off_ends_in_an_ellipsis(text, end):
    assert from_text(f"First.\n\n{text}", cut=True).blocks[-1].text == end
    assert from_text(text).blocks[-1].text == text


def test_nothing_is_no_block():
    assert from_text("", cut=True).blocks == ()
    assert from_text(" \n\n ").blocks == ()


def test_markup_in_a_text_is_text():
    assert from_text("[b]*no*[/b]").blocks == (Block("paragraph", "[b]*no*[/b]"),)


@given(st.text(st.sampled_from("ab \n"), max_size=40))
def test_no_character_but_space_is_lost(text):
    assert "".join(from_text(text).text.split()) == "".join(text.split())


@given(st.integers(0, 9), st.integers(-5, 50))
def test_a_place_of_an_earlier_text_is_in_the_present_one(count, old):
    document = Document((Block("paragraph", "x"),) * count)
    assert 0 <= document.anchored(old) <= max(0, count - 1)
    if 0 <= old < count:
        assert document.anchored(old) == old


def test_a_share_of_the_text_is_a_place_and_back():
    document = Document(tuple(Block("paragraph", "x" * long) for long in (99, 0, 199, 99)))
    assert document.at(0.0) == (0, 0.0)
    assert document.at(1.0) == (3, 1.0)
    assert document.share(2, 0.5) == pytest.approx(201 / 401)
    block, fraction = document.at(document.share(2, 0.5))
    assert block == 2
    assert fraction == pytest.approx(0.5)
    assert Document().at(0.5) == (0, 1.0)
    assert Document().share(3, 0.5) == 0.0


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.floats(0, 1))
def test_every_share_is_a_place_in_the_text(sizes, share):
    document = Document(tuple(Block("paragraph", "x" * size) for size in sizes))
    block, fraction = document.at(share)
    assert 0 <= block < len(sizes)
    assert 0 <= fraction <= 1
    assert document.share(block, fraction) == pytest.approx(share, abs=1e-6)


@given(
    st.sampled_from(["paragraph", "code", "table", "item"]),
    st.text(st.sampled_from("ab c\n\t漢"), max_size=120),
    st.integers(1, 20),
    st.integers(1, 5),
)
def test_a_long_block_is_parted_and_only_line_feeds_are_lost(kind, text, longest, rows):
    with patch.multiple(bounds, LONGEST=longest, ROWS=rows, CELLS=rows):
        made = list(bounded([Block(kind, text, (Span(0, len(text), "strong"),), marker="•")]))
    assert "".join(block.text for block in made).replace("\n", "") == text.replace("\n", "")
    assert all(len(block.text) <= longest for block in made)
    assert all(block.text.count("\n") <= rows for block in made)
    assert made[0].marker == "•"
    if kind == "code":
        assert all(block.continues for block in made[1:])
    for block in made:
        assert all(0 <= span.start <= span.end <= len(block.text) + rows for span in block.spans)


def test_a_block_that_is_not_long_stays_as_it_is():
    block = Block("code", "a\n\nb\n")
    assert list(bounded([block])) == [block]


def test_paragraphs_in_one_block_stand_apart_where_it_is_parted():
    with patch.multiple(bounds, LONGEST=8):
        made = list(bounded([Block("paragraph", "one\n\ntwo three")]))
    assert [(block.text, block.continues) for block in made] == [("one", False), ("two ", False), ("three", True)]


def test_a_span_goes_on_where_a_block_is_parted():
    with patch.multiple(bounds, LONGEST=8):
        made = list(bounded([Block("paragraph", "one two three four", (Span(4, 12, "link", "x"),))]))
    assert [(block.text, [(span.start, span.end) for span in block.spans]) for block in made] == [
        ("one two ", [(4, 8)]), ("three ", [(0, 4)]), ("four", []),
    ]  # fmt: skip


# --- what is parted and one nevertheless --------------------------------------------------------------------


def parted(text: str, kind: str = "paragraph", longest: int = 8) -> Document:
    with patch.multiple(bounds, LONGEST=longest):
        return Document(tuple(bounded([Block(kind, text)])))


@given(
    st.sampled_from(["paragraph", "code", "table"]),
    st.text(st.sampled_from("ab \n\t漢"), max_size=60).map(str.strip),
    st.integers(4, 20),
)
def test_what_is_said_of_a_parted_block_is_its_text(kind, text, longest):
    made = parted(text, kind, longest)
    end = Point(len(made.blocks) - 1, len(made.blocks[-1].text))
    with patch.multiple(bounds, LONGEST=longest):
        said, whole = made.said(Passage(Point(), end)), made.text
    assert said == whole
    assert said.split() == text.split()


@pytest.mark.parametrize("text", ["one two three four", "oneoneoneoneone", "one two\nthree four\nfive", "漢" * 20])
@pytest.mark.parametrize("kind", ["paragraph", "code", "table"])
def test_nothing_comes_between_the_parts_of_a_line(text, kind):
    made = parted(text, kind)
    assert len(made.blocks) > 1
    with patch.multiple(bounds, LONGEST=8):
        assert made.text == text
        number = len(made.blocks) - 1
        assert made.said(Passage(Point(number - 1, 2), Point(number, 1))) in text


def test_blocks_that_continue_none_are_parted_by_a_blank_line():
    made = Document((Block("paragraph", "one "), Block("paragraph", ""), Block("paragraph", "two", continues=True)))
    assert made.text == "one \n\ntwo"
    assert made.said(Passage(Point(0, 1), Point(2, 2))) == "ne \n\ntw"


def test_the_whole_of_a_paragraph_is_all_blocks_that_continue_it():
    kinds = (False, False, True, True, False)
    made = Document(tuple(Block("paragraph", "some text", continues=one) for one in kinds))
    assert [made.whole(number) for number in range(5)] == [range(1), *[range(1, 4)] * 3, range(4, 5)]
    assert made.paragraph(2) == Passage(Point(1, 0), Point(3, 9))
    assert made.paragraph(4) == Passage(Point(4, 0), Point(4, 9))
    assert Document((Block("code", "x", continues=True),)).whole(0) == range(1)

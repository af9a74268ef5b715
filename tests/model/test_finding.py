"""Finding words in a text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import CELL_BREAK, Block, Document, Passage, Point, Span, bounded
from reader.model.finding import Finder, fold, matches


def document(*texts: str) -> Document:
    return Document(tuple(Block("paragraph", text) for text in texts))


def found(text: str, words: str) -> list[str]:
    """Give what is found in one block, as it stands there."""
    one = document(text)
    return [one.said(passage) for passage in matches(one, words)]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("The Harbour, the harbour", "harbour", ["Harbour", "harbour"]),
        ("The Harbour, the harbour", "Harbour", ["Harbour"]),
        ("Café, cafe, CAFÉ, cafe\u0301s", "cafe", ["Café", "cafe", "CAFÉ", "cafe\u0301"]),
        ("a cafe", "café", ["cafe"]),
        ("Die Straße, die STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Die Straße", "straße", ["Straße"]),
        ("Straße", "s", ["S"]),
        ("sß", "ss", ["ß"]),
        ("İstanbul and ISTANBUL", "istanbul", ["İstanbul", "ISTANBUL"]),
        ("Łódź", "lodz", ["Łódź"]),
        ("don’t — “so”", 'don\'t - "so"', ["don’t — “so”"]),
        ("hy\u00adphen", "hyphen", ["hy\u00adphen"]),
        (f"one{CELL_BREAK}two\nthree\tfour", "one two three four", [f"one{CELL_BREAK}two\nthree\tfour"]),
        ("so\xa0much   room", "so much room", ["so\xa0much   room"]),
        ("ὈΔΥΣΣΕΎΣ", "οδυσσευς", ["ὈΔΥΣΣΕΎΣ"]),
        ("が か", "か", ["か"]),
        ("각 가", "가", ["가"]),
        ("שָׁלוֹם", "שלום", ["שָׁלוֹם"]),
        ("a.c abc", "a.c", ["a.c"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("ﬁne", "fine", ["ﬁne"]),
        ("ﬁne", "f", []),
        ("anything", "", []),
        ("anything", "\u0301", []),
        ("anything", "nowhere", []),
    ],
)
def test_words_are_found_as_a_person_means_them(text, words, wanted):
    assert found(text, words) == wanted


def test_what_is_set_apart_does_not_part_words():
    one = Document((Block("paragraph", "the old town", (Span(4, 7, "strong"),)),))
    assert list(matches(one, "old town")) == [Passage(Point(0, 4), Point(0, 12))]


def test_no_match_goes_from_one_block_into_the_next():
    assert list(matches(document("the old", "town"), "old town")) == []


def test_the_first_match_from_a_point_on_is_known():
    some = matches(document("a b a", "b", "a"), "a")
    points = (Point(), Point(0, 1), Point(0, 4), Point(0, 5), Point(2, 0), Point(2, 1))
    assert [some.from_point(point) for point in points] == [0, 1, 1, 2, 2, 3]
    assert some[1:] == [Passage(Point(0, 4), Point(0, 5)), Passage(Point(2, 0), Point(2, 1))]


def test_a_long_text_is_searched_in_steps():
    steps = list(Finder(document(*["x" * 9000] * 30, "needle").blocks).search("needle"))
    assert len(steps) > 2
    assert len(steps[-1]) == 1


_SIGNS = st.one_of(st.sampled_from("aAeéEßſsSİıIiσς \n\t\xad’'ﬁf\u0301\u3099か각\u2028Ж"), st.characters())
_TEXTS = st.text(_SIGNS, max_size=40)


@given(st.lists(_TEXTS, max_size=5), st.text(_SIGNS, max_size=4))
def test_what_is_found_is_what_was_looked_for_and_nothing_twice(texts, words):
    one = document(*texts)
    some = list(matches(one, words))
    exact = any(char.isupper() or char.istitle() for char in words)
    wanted = re.sub(" +", " ", fold(words, exact=exact))
    for passage in some:
        assert passage.start.block == passage.end.block
        assert 0 <= passage.start.offset < passage.end.offset <= len(texts[passage.start.block])
        assert re.sub(" +", " ", fold(one.said(passage), exact=exact)) == wanted
    for one_match, next_match in pairwise(some):
        assert one_match.end <= next_match.start


@given(_TEXTS, st.data())
def test_a_part_of_a_text_is_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text[start:end]
    if fold(part, exact=any(char.isupper() or char.istitle() for char in part)):
        assert found(text, part)


@given(_TEXTS)
def test_what_is_folded_stays_so(text):
    for exact in (False, True):
        assert fold(fold(text, exact=exact), exact=exact) == fold(text, exact=exact)


def test_words_are_found_across_the_seam_of_a_paragraph_that_was_parted():
    text = " ".join(f"word{number}" for number in range(3_000))
    long = Document((*document("Before it.").blocks, *bounded([Block("paragraph", text)]), *document("word").blocks))
    last, following = long.blocks[1].text.split()[-1], long.blocks[2].text.split()[0]
    for words in (f"{last} {following}", f"{last[2:]} {following[:5]}", f"{last} "):
        (one,) = matches(long, words)
        assert long.said(one) == words
        assert one.start.block == 1
    assert len(matches(long, "word")) == 3_001
    assert len(matches(long, "d")) == 3_001
    hits = matches(long, " word")
    assert len(hits) == 2_999
    assert [hits[at] for at in range(len(hits))] == sorted(hits)
    assert hits[-1] == hits[len(hits) - 1]


def test_nothing_is_found_across_two_paragraphs():
    assert not matches(document("one two ", "three"), "two three")
    parted = Document((Block("code", "one two"), Block("code", "three four", continues=True)))
    (one,) = matches(parted, "two three")
    assert one == Passage(Point(0, 4), Point(1, 5))
    assert [parted.said(one) for one in matches(parted, "e")] == ["e", "e", "e"]

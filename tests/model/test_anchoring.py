"""Passages and places found again after the text changed, and nothing else taken for them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reader.model import anchoring
from reader.model.annotation import Place, Quote
from reader.model.document import Block, Document, Passage, Point

SENTENCES = (
    "The ferry leaves the lower quay at six, whether or not the fog has lifted from the sound.",
    "Nobody on the island owns a clock that agrees with the one above the customs house.",
    "A crate of lemons was left on the steps and for three days no one asked whose it was.",
    "In winter the bakers light their ovens from the lamp that the pilots carry home.",
    "My aunt kept every ticket she had ever bought, sorted by the weather of the crossing.",
    "Salt gets into the locks and the ledgers, and in the end into the voices of the old.",
    "The harbour master counts gulls at noon, because somebody once told him to begin.",
    "There is a bench behind the chapel from which both lighthouses can be seen at once.",
)


def document(*texts: str) -> Document:
    return Document(tuple(Block("paragraph", text) for text in texts))


def passage_of(document: Document, words: str) -> Passage:
    number = next(number for number, block in enumerate(document.blocks) if words in block.text)
    start = document.blocks[number].text.index(words)
    return Passage(Point(number, start), Point(number, start + len(words)))


def found_words(document: Document, quote: Quote) -> str | None:
    found = anchoring.find(document, quote)
    return None if found is None else document.said(found)


ESSAY = document(*(" ".join(SENTENCES[(at + step) % 8] for step in range(3)) for at in (0, 3, 6)), "", SENTENCES[1])
QUOTED = SENTENCES[4]


def quoted(words: str = QUOTED, text: Document = ESSAY) -> Quote:
    return anchoring.quote_of(text, passage_of(text, words))


# --- any text ----------------------------------------------------------------------------------------------

letters = st.text(st.sampled_from("ab .\n\t\u2028é漢"), max_size=12) | st.text(max_size=8)
documents = st.lists(letters, max_size=7).map(lambda texts: document(*texts))


@st.composite
def passages(draw, texts=documents):
    text = draw(texts)
    points = [Point(number, at) for number, block in enumerate(text.blocks) for at in range(len(block.text) + 1)]
    assume(points)
    start, end = sorted((draw(st.sampled_from(points)), draw(st.sampled_from(points))))
    return text, Passage(start, end)


@given(passages())
@example((document("aa", "", "aa", " ", "\n\n"), Passage(Point(0, 2), Point(4, 1))))
def test_a_quote_of_any_passage_is_found_at_that_passage(given_passage):
    text, passage = given_passage
    quote = anchoring.quote_of(text, passage)
    assert quote.exact == text.said(passage)
    found = anchoring.find(text, quote)
    if not quote.exact:
        assert found is None
    else:
        assert found is not None
        assert list(text.pieces(found)) == list(text.pieces(passage))


quotes = st.builds(
    Quote, letters | st.just(QUOTED), letters, letters, st.integers(0, 9) | st.just(1 << 70), st.integers(0, 20)
)


@given(documents | st.just(ESSAY), quotes)
def test_whatever_is_looked_for_is_a_passage_of_the_text_or_nothing(text, quote):
    for fuzzy in (False, True):
        found = anchoring.find(text, quote, fuzzy=fuzzy)
        if found is not None:
            assert text.said(found).strip()
            assert found.start < found.end
            assert found.end.offset <= len(text.blocks[found.end.block].text)
            if not fuzzy:
                assert text.said(found).split() == quote.exact.split()


prose = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
WORDS = [word for sentence in SENTENCES for word in sentence.split()]


@given(st.lists(prose, max_size=4), st.lists(prose, max_size=4), st.integers(0, 40))
def test_a_passage_is_found_when_blocks_come_and_go_around_it(before, after, cut):
    words = "which nobody had said before, at least not within my hearing"
    whole = f"It was a morning {words}, on the way down."
    quote = quoted(words, document(*SENTENCES[: cut % 8], whole, SENTENCES[0]))
    text = document(*before, whole, *after)
    assert anchoring.find(text, quote) == passage_of(text, words)


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.sampled_from(WORDS), max_size=12))
def test_a_passage_is_found_when_the_text_around_it_is_rewritten(before, after):
    quote = quoted()
    text = document(ESSAY.blocks[0].text, " ".join([*before, QUOTED, *after]), ESSAY.blocks[2].text)
    found = anchoring.find(text, quote)
    assert found is not None
    assert text.said(found) == QUOTED


@given(st.integers(0, 14), st.sampled_from(["", "lamp", "quite new"]))
def test_a_passage_is_found_when_one_of_its_words_is_another(at, other):
    words = QUOTED.split()
    words[at : at + 1] = other.split()
    changed = " ".join(words)
    text = replace(
        ESSAY, blocks=tuple(replace(block, text=block.text.replace(QUOTED, changed)) for block in ESSAY.blocks)
    )
    assert found_words(text, quoted()) == changed


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=20), st.permutations(SENTENCES))
def test_a_passage_that_says_something_else_now_is_not_found(words, others):
    said = " ".join(words)
    assume(len(set(said.split()) & set(QUOTED.split())) < 5)
    text = replace(ESSAY, blocks=tuple(replace(block, text=block.text.replace(QUOTED, said)) for block in ESSAY.blocks))
    assert found_words(text, quoted()) is None
    assert found_words(document(*(one for one in others if one != QUOTED)), quoted()) is None


# --- cases that people meet --------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_other_sentence_is_taken_for_it(sentence):
    text = document(*(one for one in SENTENCES if one != sentence))
    assert found_words(text, Quote(sentence)) is None
    assert found_words(text, quoted(sentence, document(*SENTENCES))) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The price of the crossing rose to four crowns in May.", "The price of the bread fell to two pence in May."),
        ("He had never learned to swim, and said so.", "She had always wanted to fly, and never did."),
        ("The committee will meet again on Thursday.", "The committee was dissolved without a vote."),
        ("Chapter One", "Chapter Two"),
        ("Yes", "Yet"),
    ],
)
def test_a_sentence_in_its_place_that_only_looks_like_it_is_not_taken_for_it(before, after):
    old = document(SENTENCES[0], f"{SENTENCES[1]} {before} {SENTENCES[2]}")
    new = document(SENTENCES[0], f"{SENTENCES[1]} {after} {SENTENCES[2]}")
    assert found_words(new, quoted(before, old)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"It was," she said, "a harbour." Then: nothing', "“It was,” she said, “a harbour.” Then: nothing"),
        ("the organisation of the harbours", "the organization of the harbors"),
        ("a typo in teh middle of it", "a typo in the middle of it"),
        ("It is, of course, a matter of taste.", "It is a matter of taste."),
        ("渡し船は霧が晴れなくても六時に出る。", "渡し船は霧が晴れなくても七時に出る。"),
    ],
)
def test_what_an_editor_mends_is_found(before, after):
    old = document(SENTENCES[0], f"{SENTENCES[1]} {before} {SENTENCES[2]}")
    new = document("An added first paragraph.", SENTENCES[0], f"{SENTENCES[1]} {after} {SENTENCES[2]}")
    assert found_words(new, quoted(before, old)) == after


def test_of_several_places_the_one_with_the_same_text_around_it_is_meant():
    text = document("one tide two", "three tide four", "five tide six")
    quote = anchoring.quote_of(text, Passage(Point(1, 6), Point(1, 10)))
    moved = document("five tide six", "zero", "one tide two", "and three tide four")
    assert anchoring.find(moved, quote) == Passage(Point(3, 10), Point(3, 14))


def test_of_places_all_alike_the_nearest_is_meant():
    text = document(*["* * *", QUOTED] * 6)
    quote = anchoring.quote_of(text, Passage(Point(7, 0), Point(7, len(QUOTED))))
    for moved, at in ((document("New.", *["* * *", QUOTED] * 6), 8), (document(*["* * *", QUOTED] * 3), 5)):
        found = anchoring.find(moved, quote)
        assert found is not None
        assert found.start.block in {at, at - 2}


def test_one_common_word_is_not_found_somewhere_else():
    text = document("We went down to the sea.", "It was late.")
    quote = quoted("sea", text)
    assert (
        found_words(document("We went down to the shore.", "Nobody could see a sea that day, he thought."), quote)
        is None
    )
    assert found_words(document("New.", "And so we went down to the sea."), quote) == "sea"


def test_a_passage_over_several_blocks_is_found_when_they_are_joined_or_parted():
    text = document(*SENTENCES)
    whole = Passage(Point(1, 10), Point(3, 30))
    quote = anchoring.quote_of(text, whole)
    assert "\n\n" in quote.exact
    assert anchoring.find(text, quote) == whole
    joined = document(SENTENCES[0], " ".join(SENTENCES[1:4]), SENTENCES[4])
    assert found_words(joined, quote).split() == quote.exact.split()
    parted = document(*(part for one in SENTENCES for part in one.split(", ")))
    assert found_words(parted, quote).split()[-3:] == quote.exact.split()[-3:]


def test_what_is_found_ends_with_a_whole_word():
    quote = quoted("kept every ticket she had ever bought, sorted")
    text = document(
        SENTENCES[0], "My aunt kept every ticket that she ever bought, sorted by the weather of the crossing."
    )
    assert found_words(text, quote) == "kept every ticket that she ever bought, sorted"


def test_a_quote_from_elsewhere_may_have_nothing_but_its_words():
    assert found_words(ESSAY, Quote(QUOTED)) == QUOTED
    assert found_words(ESSAY, Quote(" \n")) is None
    assert found_words(Document(), Quote(QUOTED)) is None


def test_it_takes_a_bounded_time_whatever_the_text_holds():
    long = document(*(f"{number} {SENTENCES[number % 8]}" for number in range(12_000)))
    quote = anchoring.quote_of(long, Passage(Point(6_000, 3), Point(6_022, 40)))
    changed = document(*(block.text.replace("the ", "this ") for block in long.blocks))
    same = document(*["a" * 16_000] * 64)
    for text, sought in ((changed, quote), (same, quote), (same, Quote("a" * 2_000 + "b" * 9, "a" * 32, "b" * 32))):
        anchoring.find(document("x" * 50), sought)
        begun = time.process_time()
        anchoring.find(text, sought)
        assert time.process_time() - begun < 1.0  # some 40 ms where nothing else runs


# --- places ------------------------------------------------------------------------------------------------


def place(number: int, text: Document = ESSAY) -> Place:
    return Place(number, 0.25, 0.5, anchoring.beginning(text.blocks[number]))


def test_a_place_stays_where_its_block_begins_as_it_did():
    for number in range(len(ESSAY.blocks)):
        assert anchoring.find_place(ESSAY, place(number)) == place(number)


@given(st.lists(prose, max_size=5), st.lists(prose, max_size=5))
def test_a_place_goes_with_its_paragraph(before, after):
    words = "On the third day I gave up and asked the way, which is how I met the pilot."
    old = place(3, document(*SENTENCES[:3], words, *SENTENCES[3:]))
    assert anchoring.find_place(document(*before, words, *after), old) == replace(old, block=len(before))


def test_a_paragraph_that_begins_a_little_otherwise_is_found():
    text = document("New.", "New.", *SENTENCES[:4], SENTENCES[4].replace("My aunt", "Our aunt"), *SENTENCES[5:])
    assert anchoring.find_place(text, place(4, document(*SENTENCES))).block == 6


def test_a_paragraph_that_is_in_another_now_is_found_in_it():
    text = document("New.", " ".join(SENTENCES))
    found = anchoring.find_place(text, place(4, document(*SENTENCES)))
    assert found.block == 1
    assert text.blocks[1].text[round(found.fraction * len(text.blocks[1].text)) :].startswith(SENTENCES[4])


def test_a_place_whose_paragraph_is_gone_is_at_the_same_number_or_share():
    text = document(*(word for sentence in SENTENCES[:2] for word in sentence.split()))
    assert anchoring.find_place(text, Place(5, 0.5, 0.3, "Nothing that is in there")) == Place(
        5, 0.5, 0.3, "Nothing that is in there"
    )
    assert anchoring.find_place(document("x" * 99, "y" * 99), Place(50, 0.5, 0.25, "gone")).block == 0
    assert anchoring.find_place(Document(), Place(5, 0.5, 0.3, "gone")).block == 0


@given(documents, st.builds(Place, st.integers(0, 30), st.floats(0, 1), st.floats(0, 1), letters))
def test_any_place_is_in_the_text(text, old):
    found = anchoring.find_place(text, old)
    assert 0 <= found.block < max(1, len(text.blocks))
    assert 0 <= found.fraction <= 1

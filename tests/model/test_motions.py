"""Steps through a body by characters, words and blocks, and the selections made of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import choosing, motions
from reader.model.choosing import MOVES, Chosen
from reader.model.document import Block, Document, Passage, Point

RULE = Block("rule", "")


def of(*texts: str) -> Document:
    """Give a document of paragraphs; an empty text is a rule."""
    return Document(tuple(Block("paragraph", text) if text else RULE for text in texts))


def words(text: str) -> list[str]:
    """Give all words of a text, walked through from its beginning."""
    document, point, found = of(text), Point(), []
    while (word := motions.word_from(document, point)) is not None:
        found.append(document.said(word))
        point = word.end
    return found


def selected(document: Document, keys: str, start: int = 0) -> str:
    """Give what is selected after some keys."""
    chosen = choosing.begin(document, Point(0, start))
    assert chosen is not None
    for key in keys:
        chosen = MOVES[key](chosen, document)
    return document.said(chosen.passage)


# -- characters


@pytest.mark.parametrize(
    "characters",
    [
        ["a", "b", " ", "c"],
        ["e\u0301", "x", "n\u0303\u0323"],
        ["👩‍👩‍👧", "👍🏽", "!", "❤️"],
        ["🇫🇷", "🇯🇵", "🇫", " ", "🇯🇵"],
        ["한", "\u1112\u1161\u11ab", "글"],
        ["読", "む", "。"],
    ],
)
def test_a_step_is_what_the_eye_takes_for_a_character(characters):
    document, there, back = of("".join(characters)), [0], [len("".join(characters))]
    while (point := motions.after(document, Point(0, there[-1]))).offset > there[-1]:
        there.append(point.offset)
    while (point := motions.before(document, Point(0, back[-1]))).offset < back[-1]:
        back.append(point.offset)
    text = "".join(characters)
    assert [text[a:b] for a, b in pairwise(there)] == characters
    assert back[::-1] == there


def test_characters_step_from_block_to_block():
    document = of("ab", "", "c")
    assert motions.after(document, Point(0, 2)) == Point(2, 1)
    assert motions.after(document, Point(2, 1)) == Point(2, 1)
    assert motions.before(document, Point(2, 0)) == Point(0, 1)
    assert motions.before(document, Point(0, 0)) == Point(0, 0)


# -- words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The tide, again.", ["The", "tide", "again"]),
        ("“Stop!” (she said)", ["Stop", "she", "said"]),
        ("well-known don't e.g. 3.5", ["well-known", "don't", "e.g", "3.5"]),
        ("salt—and bread… perhaps", ["salt", "and", "bread", "perhaps"]),
        ("a – b", ["a", "b"]),
        ("up 5 % or 5% by #one @two", ["up", "5", "%", "or", "5%", "by", "#one", "@two"]),
        ("cafe\u0301, deux", ["cafe\u0301", "deux"]),
        ("東京は、海。", ["東", "京", "は", "海"]),
        ("潮の tide です", ["潮", "の", "tide", "で", "す"]),
        ("바다는 넓다.", ["바다는", "넓다"]),
        ("one\ttwo\nthree\u2028four\u00a0five", ["one", "two", "three", "four", "five"]),
        ("🎉 sail", ["🎉", "sail"]),
        ("… — !", []),
        ("", []),
    ],
)
def test_words_have_no_punctuation_around_them(text, wanted):
    assert words(text) == wanted


def test_a_word_ends_with_what_closes_it_if_that_is_asked_for():
    document = of("“Stop!” she said.", "東京。海")
    closed = [motions.word_end(document, Point(block, at), closed=True) for block, at in ((0, 0), (0, 8), (1, 1))]
    assert closed == [Point(0, 7), Point(0, 11), Point(1, 3)]
    assert motions.word_end(document, Point(0, 12)) == Point(0, 16)
    assert motions.word_end(document, Point(0, 16)) == Point(1, 1)
    assert motions.word_end(document, Point(1, 4)) is None


def test_words_are_found_across_blocks_that_have_none():
    document = of("one", "", "…", "two")
    assert motions.word_from(document, Point(0, 1)) == Passage(Point(3, 0), Point(3, 3))
    assert motions.word_before(document, Point(3, 0)) == Passage(Point(0, 0), Point(0, 3))
    assert motions.word_before(document, Point(0, 0)) is None
    assert motions.word_from(document, Point(3, 1)) is None
    assert motions.word_around(document, Point(3, 1)) == Passage(Point(3, 0), Point(3, 3))
    assert motions.word_around(document, Point(2, 0)) == Passage(Point(2, 0), Point(2, 1))


# -- blocks


def test_blocks_end_and_begin_one_after_the_other():
    document = of("one two", "", "three")
    assert motions.block_end(document, Point(0, 2)) == Point(0, 7)
    assert motions.block_end(document, Point(0, 7)) == Point(2, 5)
    assert motions.block_end(document, Point(2, 5)) == Point(2, 5)
    assert motions.block_begin(document, Point(2, 3)) == Point(2, 0)
    assert motions.block_begin(document, Point(2, 0)) == Point(0, 0)
    assert motions.block_begin(document, Point(0, 0)) == Point(0, 0)


def test_spaces_at_the_ends_of_a_passage_are_no_part_of_it():
    document = of("  one ", " \t", "", " two  ")
    assert motions.trimmed(document, Passage(Point(0, 0), Point(3, 6))) == Passage(Point(0, 2), Point(3, 4))
    assert motions.trimmed(document, Passage(Point(0, 5), Point(3, 2))) == Passage(Point(3, 1), Point(3, 2))
    assert motions.trimmed(document, Passage(Point(0, 5), Point(3, 1))) is None
    assert motions.trimmed(Document(), Passage(Point(0, 0), Point(3, 1))) is None


# -- selections

SEA = of("The tide table, on the wall, was wrong.", "", "Nobody thought it odd.")


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("", "The"),
        ("e", "The tide"),
        ("ww", "The tide table,"),
        ("ee", "The tide table"),
        ("wwb", "The tide"),
        ("wwbb", "The"),
        ("l", "The "),
        ("hh", "T"),
        ("}", "The tide table, on the wall, was wrong."),
        ("}}", "The tide table, on the wall, was wrong.\n\nNobody thought it odd."),
        ("}}{", "The tide table, on the wall, was wrong."),
        ("eeo" + "w", "tide table"),
        ("eeoww", "table"),
        ("eeowww", "table, on"),
        ("o", "The"),
        ("b", "The"),
        ("wwwwwwww", "The tide table, on the wall, was wrong.\n\nNobody"),
    ],
)
def test_keys_move_the_end_of_a_selection(keys, wanted):
    assert selected(SEA, keys).rstrip("\n") == wanted


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("b", "tide table"),
        ("bb", "The tide table"),
        ("bbw", "tide table"),
        ("bbww", "table"),
        ("bbwww", "table, on"),
        ("ebb", "tide table"),
        ("h" * 5, " t"),
        ("h" * 5 + "ll", "ta"),
        ("{", "The tide table"),
    ],
)
def test_a_selection_turns_round_at_the_word_where_it_began(keys, wanted):
    assert selected(SEA, keys, start=9) == wanted


def test_a_point_beyond_the_other_end_turns_a_selection_round():
    chosen = choosing.begin(SEA, Point(0, 9))
    assert chosen == Chosen(Point(0, 9), Point(0, 14))
    back = chosen.around(SEA, Point(0, 1))
    assert back == Chosen(Point(0, 0), Point(0, 14), forward=False)
    assert back.around(SEA, Point(2, 2)) == Chosen(Point(0, 9), Point(2, 6))
    assert back.last(SEA) == Point(0, 0)
    assert chosen.last(SEA) == Point(0, 13)


def test_nothing_begins_where_nothing_is():
    assert choosing.begin(Document(), Point()) is None
    assert choosing.begin(of("", ""), Point()) is None
    assert choosing.begin(of("…"), Point()) == Chosen(Point(0, 0), Point(0, 1))


texts = st.text(st.sampled_from("ab ,.“”—\t東。e\u0301\u200d👩🏽🇫🇷\u11a8한"), max_size=12)
documents = st.lists(texts, max_size=5).map(lambda them: of(*them))


@given(documents, st.data())
def test_every_step_goes_on_or_stays_and_is_inside(document, data):
    points = [Point(at, here) for at, block in enumerate(document.blocks) for here in range(len(block.text) + 1)]
    point = data.draw(st.sampled_from(points or [Point()]))
    for step in (motions.after, motions.block_end):
        there = step(document, point)
        assert there >= point
        assert there == point or there in points
    for step in (motions.before, motions.block_begin):
        there = step(document, point)
        assert there <= point
        assert there == point or there in points
    for closed in (False, True):
        end = motions.word_end(document, point, closed=closed)
        assert end is None or (end > point and end in points)
    following, former = motions.word_from(document, point), motions.word_before(document, point)
    assert following is None or (point <= following.start < following.end and following.end in points)
    assert former is None or (former.start < point and former.start < former.end and former.start in points)


@given(texts)
def test_steps_on_and_steps_back_meet_the_same_characters(text):
    document = of(text)
    there, back = [0], [len(text)]
    while there[-1] < len(text):
        there.append(motions.after(document, Point(0, there[-1])).offset)
    while back[-1] > 0:
        back.append(motions.before(document, Point(0, back[-1])).offset)
    assert there == back[::-1]


def test_sentences_end_at_their_stops_with_the_quotes_that_close():
    text = "It rose 3.5 m. “Did it?” he said… 潮が来た。「はい。」 No stop"
    document, ends, point = of(text), [], Point()
    while (end := motions.sentence_end(document, point)) != point:
        ends.append(text[point.offset : end.offset].strip())
        point = end
    assert ends == ["It rose 3.5 m.", "“Did it?”", "he said…", "潮が来た。", "「はい。」", "No stop"]
    begins = []
    while point.offset > 0:
        point = motions.sentence_begin(document, point)
        begins.append(text[point.offset :].split()[0])
    assert begins == ["No", "「はい。」", "潮が来た。「はい。」", "he", "“Did", "It"]


def test_sentences_go_on_over_blocks():
    document = of("One. Two.", "", "Three.")
    assert motions.sentence_end(document, Point(0, 9)) == Point(2, 6)
    assert motions.sentence_begin(document, Point(2, 0)) == Point(0, 5)
    assert motions.sentence_begin(document, Point(0, 0)) == Point(0, 0)


@given(documents, st.lists(st.sampled_from(sorted(MOVES)), max_size=30), st.integers(0, 10))
def test_a_selection_stays_one_whatever_is_pressed(document, keys, start):
    last = len(document.blocks) - 1
    chosen = choosing.begin(document, Point(0, min(start, len(document.blocks[0].text)) if document.blocks else 0))
    for key in keys if chosen is not None else "":
        chosen = MOVES[key](chosen, document)
        assert Point(0, 0) <= chosen.start < chosen.end <= Point(last, len(document.blocks[last].text))
        assert chosen.to(document, Point(0, 0)).start == Point(0, 0)
        for point in (
            Point(at, here) for at, block in enumerate(document.blocks) for here in range(len(block.text) + 1)
        ):
            assert chosen.to(document, point).start < chosen.to(document, point).end
            around = chosen.around(document, point)
            assert around.start <= point <= around.end


def test_a_key_looks_at_no_more_of_a_long_text_than_it_must(monkeypatch):
    document = of(*("the tide comes in and goes out again, " * 20 for _ in range(500)))
    looked_at = []
    cached = motions._words
    monkeypatch.setattr(motions, "_words", lambda text: looked_at.append(text) or cached(text))
    chosen = choosing.begin(document, Point(250, 300))
    for key in "wwebbb}w{bo}":
        looked_at.clear()
        chosen = MOVES[key](chosen, document)
        assert len(looked_at) <= 6

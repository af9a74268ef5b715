"""The words of a text are those that SQLite's full text index sees."""

from __future__ import annotations

import sqlite3
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.model.query.tokens import holds, occurrences, padded, tokens
from reader.model.query.tree import Words


class Index:
    """A full text index of one text at a time."""

    def __init__(self):
        self.db = sqlite3.connect(":memory:")
        self.db.execute(
            "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        self.db.execute("CREATE VIRTUAL TABLE seen USING fts5vocab (words, 'instance')")

    def tokens(self, text):
        self.db.execute("INSERT INTO words (words) VALUES ('delete-all')")
        self.db.execute("INSERT INTO words (rowid, text) VALUES (1, ?)", (text,))
        return [term for (term,) in self.db.execute("SELECT term FROM seen ORDER BY offset")]

    def finds(self, text, query):
        self.db.execute("INSERT INTO words (words) VALUES ('delete-all')")
        self.db.execute("INSERT INTO words (rowid, text) VALUES (1, ?)", (text,))
        return bool(self.db.execute("SELECT 1 FROM words WHERE words MATCH ?", (query,)).fetchall())


@pytest.fixture(scope="module")
def index():
    built = Index()
    yield built
    built.db.close()


EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
"""Every character there is; half of a surrogate pair is none."""


@pytest.mark.parametrize("around", ["{}", "x{}y"], ids=["alone", "inside a word"])
def test_every_character_is_taken_as_sqlite_takes_it(index, around):
    text = " ".join(around.format(char) for char in EVERY)
    assert tokens(text) == index.tokens(text)


texts = st.text(
    st.sampled_from("aBé́ ̈z9-'\"\x00ßŁİıǅ漢½²\u200d\u0345👍\ue000") | st.characters(codec="utf-8"), max_size=30
)


@settings(deadline=None)
@given(text=texts)
@example(text="e\u0301te\u0301 \u0301a a\u0301\u0301b")
@example(text="a\x00b")
def test_any_text_has_the_same_words_as_in_sqlite(index, text):
    assert tokens(text) == index.tokens(text)


@settings(deadline=None)
@given(text=texts, sought=texts, exact=st.booleans(), cut=st.tuples(st.integers(0, 30), st.integers(1, 5)))
def test_words_are_held_where_a_match_in_sqlite_finds_them(index, text, sought, exact, cut):
    for words in (Words(sought, exact), Words(text[cut[0] : sum(cut)], exact)):
        phrase = " ".join(tokens(words.text))
        match = f'"{phrase}"' if exact or not phrase else f'"{phrase}" *'
        assert holds(padded(text), words) == index.finds(text, match)


@given(text=texts)
def test_each_word_is_found_as_often_as_it_is_there(text):
    words = tokens(text)
    for word in set(words):
        found = occurrences(text, [Words(word, exact=True)])
        assert [tokens(text[start:end]) for start, end in found] == [[word]] * words.count(word)


@given(text=texts, cut=st.tuples(st.integers(0, 9), st.integers(1, 8)), sought=st.text(max_size=3), exact=st.booleans())
@example(text="a a a b", cut=(0, 3), sought="", exact=False)
def test_where_an_accent_stands_alone_the_same_is_found(text, cut, sought, exact):
    words = [Words(text[cut[0] : sum(cut)], exact), Words(sought, exact)]
    assert occurrences(text, words) == occurrences(text + " \u0301", words)


def test_half_a_character_is_no_word():
    assert tokens("a\ud800b") == ["a", "b"]


def test_accents_and_capitals_make_no_difference():
    assert tokens("Überraschung à Łódź: DON'T") == ["uberraschung", "a", "łodz", "don", "t"]


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("The Lighthouse, the light.", [Words("light")], ["Lighthouse", "light"]),
        ("The Lighthouse, the light.", [Words("light", exact=True)], ["light"]),
        ("We don’t, he does", [Words("don't"), Words("do")], ["don’t", "does"]),
        ("one two two three", [Words("two two th"), Words("one two", exact=True)], ["one two two three"]),
        ("two two", [Words("two")], ["two", "two"]),
        ("e\u0301te\u0301.", [Words("ete")], ["e\u0301te\u0301"]),
        ("nothing", [Words("!?"), Words("thing")], []),
    ],
)
def test_words_are_marked_where_they_stand(text, sought, found):
    assert [text[start:end] for start, end in occurrences(text, sought)] == found


@given(
    text=st.text(st.sampled_from("ab é-"), max_size=20), sought=st.lists(st.text(st.sampled_from("ab é-"), max_size=4))
)
def test_what_is_marked_is_what_is_held(text, sought):
    words = [Words(one) for one in sought]
    found = occurrences(text, words)
    assert bool(found) == any(holds(padded(text), one) for one in words)
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))

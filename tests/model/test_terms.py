"""The words of a query as they are found in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.query import Words
from reader.model.query.tokens import occurrences
from reader.model.terms import Terms


@pytest.mark.parametrize(
    ("words", "text", "wanted"),
    [
        ((Words("light"),), "A lighthouse, by moonlight; Light!", ["lighthouse", "Light"]),
        ((Words("light", exact=True),), "A lighthouse, the light.", ["light"]),
        ((Words("last keep"),), "the last — keeper; last, a keeper", ["last — keeper"]),
        ((Words("cafe"), Words("zurich")), "Café in Zürich", ["Café", "Zürich"]),
        ((Words("—"),), "a — b", []),
        ((), "anything", []),
    ],
)
def test_words_are_found_as_the_index_finds_them(words, text, wanted):
    assert [text[start:end] for start, end in Terms(words).places(text)] == wanted


@given(st.text(st.sampled_from("abc é-_ .İſ"), max_size=40), st.text(st.sampled_from("abc é-"), min_size=1, max_size=6))
def test_whatever_is_in_a_row_of_the_list_is_found_in_the_article_too(text, word):
    words = (Words(word),)
    places = list(Terms(words).places(text))
    for start, end in occurrences(text, words):
        assert any(first < end and start < last for first, last in places)

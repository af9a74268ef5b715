"""By what an article is found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.identity import article_id, canonical_url, fingerprint, word_count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A Lighthouse, for Sale!", "a lighthouse for sale"),
        ("Ｗｉｄｅ", "wide"),
        ("Straße", "STRASSE"),
        ("it’s “late”", "it's late"),
        ("a\u00a0b", "a  b"),
    ],
)
def test_headlines_that_are_one(one, other):
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), [("Part 1", "Part 2"), ("!!!", "???"), ("Tide", "Tied"), ("海", "港")])
def test_headlines_that_are_two(one, other):
    assert fingerprint(one) != fingerprint(other)


@given(st.text(max_size=40))
def test_a_fingerprint_of_a_fingerprint_is_itself(text):
    made = fingerprint(text)
    assert fingerprint(fingerprint(made)) == fingerprint(made)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?q=", "https://example.org/a?q="),
        ("https://example.org/A", "https://example.org/A"),
        ("https://[not", "https://[not"),
        ("https://example.org:port/", "https://example.org:port/"),
    ],
)
def test_the_address_under_which_a_page_is_known(url, wanted):
    assert canonical_url(url) == wanted


@given(st.text(max_size=60).map(lambda text: f"https://example.org/{text}"))
def test_a_canonical_address_stays_as_it_is(url):
    made = canonical_url(url)
    assert canonical_url(made) == made


@given(st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_an_id_has_fifteen_digits_and_depends_on_nothing_else(identity):
    assert len(str(article_id(*identity))) == 15
    assert article_id(*identity) == article_id(*identity)


def test_ids_are_for_ever():
    """Marks are kept under them, so no later version may make them otherwise."""
    assert article_id("title", "listing-1", "a lighthouse for sale") == 971759170043290
    assert article_id("a", "b") != article_id("ab") != article_id("b", "a")


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two\nthree", 3), ("漢字漢字", 3), ("a 漢字", 3), ("한국어 낱말 셋", 3)],
)
def test_words_are_counted(text, count):
    assert word_count(text) == count

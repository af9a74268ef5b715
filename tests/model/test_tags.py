"""Tags are tidy whatever was typed, and capitals do not part them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.tags import LONGEST, folded, retagged, tidied, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  boats ", "boats"),
        ("two\nwords\tof it", "two words of it"),
        ("\x1b[31mred\x07", "[31mred"),
        ("a\u202eb\u200bc", "abc"),
        ("\ud800", ""),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("x" * 300, "x" * LONGEST),
        ("", ""),
    ],
)
def test_a_tag_is_kept_tidy(typed, kept):
    assert tidy(typed) == kept


@given(st.text())
def test_whatever_is_typed_is_one_line_that_can_be_seen_and_stays_as_it_is(text):
    tag = tidy(text)
    assert len(tag) <= LONGEST
    assert tag == tag.strip()
    assert not {unicodedata.category(char) for char in tag} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert tidy(tag) == tag


def test_of_tags_that_differ_in_capitals_the_first_is_kept():
    assert tidied(["Boats", " boats", "", "ROPES", "Ropes"]) == ("Boats", "ROPES")


@given(*[st.lists(st.sampled_from(["a", "A", "b", "Straße", "STRASSE"]), max_size=4)] * 3)
def test_what_is_added_is_there_and_what_is_taken_away_is_not(old, add, remove):
    kept = {folded(tag) for tag in retagged(tidied(old), tidied(add), tidied(remove))}
    assert kept == ({*map(folded, old)} - {*map(folded, remove)}) | {*map(folded, add)}

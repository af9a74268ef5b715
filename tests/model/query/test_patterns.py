"""Regular expressions are found in short texts, and never take forever."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.model.query import Context, QueryError, Subject, matches, parse
from reader.model.query.patterns import LONGEST, REACH, found

PATIENCE = 10.0
"""Seconds on a busy machine; what is refused here would take longer than the age of the sea."""


@pytest.mark.parametrize(
    "pattern",
    [
        "sponsored", ".*sponsored.*", "^part [ivx]+:", r"\bweek \d{1,2}\b", "(ad|advert|promo).*(sale|offer)",
        r"big\s+news\s+from\s+the\s+coast", r"\d+\s+\w+:\s*\d+", "(ab)+c", "(?:ha)+", "colou?r", "[]a-z]+$", r"\\{2}",
        "a{2,30}b", "(a|b){2}", "x{", "é+", r"[^\]]*\]", r"\x41\u0041\N{BULLET}\0", "(one|two)?(three)?", "()", "a++b",
    ],
)  # fmt: skip
def test_this_pattern_may_be_used(pattern):
    assert parse(f"title:/{pattern}/").node.test.text == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a+)+b", "what is repeated holds a repeat or a choice"),
        ("(a|a)*b", "what is repeated holds a repeat or a choice"),
        ("(a?)*b", "what is repeated holds a repeat or a choice"),
        ("((a*)b)*", "what is repeated holds a repeat or a choice"),
        ("(.*a){20}", "there are too many ways in which it may repeat"),
        ("a.*.*.*=", "there are too many ways in which it may repeat"),
        (r"a*\w.*a*[^a][ab]", "there are too many ways in which it may repeat"),
        ("a?" * 40 + "a" * 40, "there are too many ways in which it may repeat"),
        ("(a|ab|b|ba){12}c", "there are too many ways in which it may repeat"),
        ("((){400}){400}", "there are too many ways in which it may repeat"),
        ("a{501}", "it repeats more than 500 times"),
        (r"(a*)\1", r"\1 is not understood here"),
        ("(?=a*)b", "(?= is not understood here"),
        ("(?P<x>a)", "(?P is not understood here"),
        ("(" * 60 + ")" * 60, "too many groups are inside one another"),
        ("a" * (LONGEST + 1), f"it has more than {LONGEST} characters"),
    ],
)
def test_this_pattern_is_refused(pattern, why):
    with pytest.raises(QueryError) as told:
        parse(f"title:/{pattern}/")
    assert told.value.message == f"/{pattern}/ cannot be used: {why}"


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a**",
        "[z-a]",
        "(?P<",
        "*",
        "\\",
        "a{2,1}",
        r"\N{no such}",
        "(?L)",
        "{9999999999999999999}a{9999999999999999999}",
    ],
)
def test_what_is_no_pattern_is_told(pattern):
    with pytest.raises(QueryError):
        parse(f"title:/{pattern}/")


pieces = st.sampled_from(
    (
        *"ab.|()*+?^$[]{},25",
        "a*",
        "a+",
        "(a|",
        "(?:",
        ")*",
        ")+",
        "a?",
        "{1,9}",
        "[ab]",
        "[^a]",
        r"\w",
        r"\s",
        r"\b",
        ".*",
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=24).map("".join), st.sampled_from(("a", "ab", "a ", "aab")))
@example(".*a.*", "a")
def test_no_pattern_that_is_let_through_takes_forever(pattern, said):
    try:
        parse(f"title:/{pattern}/")
    except QueryError:
        return
    begun = time.perf_counter()
    text = (said * REACH)[:REACH]
    assert found(pattern, text) == (re.search(pattern, text, re.IGNORECASE) is not None)
    found(pattern, text[:-1] + "!")
    assert time.perf_counter() - begun < PATIENCE


def test_only_the_beginning_of_a_text_is_looked_at():
    subject = Subject(title="a" * REACH + "b")
    context = Context(0, None)
    assert matches(parse("title:/a$/"), subject, context)
    assert not matches(parse("title:/b/"), subject, context)

"""From text to tree and back, and what is said of a mistake."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.model.query import And, Field, Minutes, Name, Not, Or, Pattern, Query, QueryError, When, Words, parse
from reader.model.query.examples import EXAMPLES
from reader.model.query.parsing import DEEPEST, LONGEST
from tests.model.query.trees import queries, typed

A, B, C, D = (Words(letter) for letter in "abcd")


def mistake(text):
    try:
        parse(text)
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("  \n", None),
        ("a", A),
        ("a*", A),
        ('"a"', Words("a", exact=True)),
        ('"a b"', Words("a b", exact=True)),
        ('"a b"*', Words("a b")),
        ("“a b”", Words("a b", exact=True)),
        (r'"say \"a\" \\"', Words('say "a" \\', exact=True)),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a and b", And((A, Words("and"), B))),
        ("a OR b", Or((A, B))),
        ("a|b | c", Or((A, B, C))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a (b OR c) d", And((A, Or((B, C)), D))),
        ("(a (b c))", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("-a", Not(A)),
        ("--a", A),
        ("NOT a", Not(A)),
        ("NOT -a", A),
        ("-(a OR b) c", And((Not(Or((A, B))), C))),
        ("a-b", Words("a-b")),
        ("is:unread", Field("is", Name("unread"))),
        ("IS:Unread", Field("is", Name("unread"))),
        ("-is:read", Not(Field("is", Name("read")))),
        ("author:smith", Field("author", Words("smith"))),
        ('author:"Jane Smith"', Field("author", Words("Jane Smith", exact=True))),
        ("tag:C++", Field("tag", Name("C++"))),
        ('tag:"long reads"', Field("tag", Name("long reads"))),
        ("title:/a b(c|d)/ a", And((Field("title", Pattern("a b(c|d)")), A))),
        (r"title:/a\/b\d/", Field("title", Pattern(r"a/b\d"))),
        ("text:/usr/bin", Field("text", Words("/usr/bin"))),
        ("before:3D", Field("before", When("3d"))),
        ("on:2026-11", Field("on", When("2026-11"))),
        ("minutes:<5", Field("minutes", Minutes("<", 5))),
        ('minutes:"> 5"', Field("minutes", Minutes(">", 5))),
        ("minutes:10-5", Field("minutes", Minutes("-", 5, 10))),
        ("minutes:=7", Field("minutes", Minutes("", 7))),
        ("lang:en_GB", Field("lang", Name("en-gb"))),
        ("https://example.org/a?b=(c)", And((Words("https://example.org/a?b="), C))),
        ("12:30", Words("12:30")),
        ("note://x", Field("note", Words("//x"))),
        ("port:8080", Words("port:8080")),
        ("autor:", Words("autor:")),
        ('"autor:smith"', Words("autor:smith", exact=True)),
    ],
)
def test_a_query_says_what_it_seems_to_say(text, node):
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('a "b', "a b"),
        ('"', ""),
        ('""', ""),
        ("a)", "a"),
        ("(a", "a"),
        (")(", ""),
        ("()", ""),
        ("a OR", "a"),
        ("OR a", "a"),
        ("a OR OR b", "a OR b"),
        ("a AND", "a"),
        ("a -", "a"),
        ("a - b", "a b"),
        ("NOT", ""),
        ("-()", ""),
        ("a !!! b", "a b"),
        ("-| a", "a"),
        ('author:"Jane Smith', "author:Jane Smith"),
        ("a ) b OR c", "a b OR c"),
    ],
)
def test_stray_signs_are_no_mistake(text, same):
    assert parse(text) == parse(same)
    assert str(parse(text)) == same


@pytest.mark.parametrize(
    ("text", "sort", "same"),
    [
        ("sort:newest", "newest", "sort:newest"),
        ("sort:newest a sort:oldest", "oldest", "a sort:oldest"),
        ("a OR (sort:title b)", "title", "a OR b sort:title"),
    ],
)
def test_an_order_may_stand_anywhere_and_the_last_counts(text, sort, same):
    assert parse(text).sort == sort
    assert str(parse(text)) == same


@pytest.mark.parametrize(
    ("text", "message", "wrong", "suggestion"),
    [
        ("a is:unred", "is:unred: there is no such state; did you mean is:unread?", "is:unred", "is:unread"),
        ("is:xyzzy", "is:xyzzy: there is no such state", "is:xyzzy", None),
        ("is:book", "is:book: there is no such state; did you mean is:bookmarked?", "is:book", "is:bookmarked"),
        ("sort:newst b", "sort:newst: there is no such order; did you mean sort:newest?", "sort:newst", "sort:newest"),
        ("-sort:newest", "An order cannot be ruled out", "-sort:newest", "sort:newest"),
        ("a NOT  -sort:newest", "An order cannot be ruled out", "NOT  -sort:newest", "sort:newest"),
        ("autor:smith", "autor: there is no such field; did you mean author:?", "autor:", "author:"),
        ("(-auhtor:smith)", "auhtor: there is no such field; did you mean author:?", "auhtor:", "author:"),
        ("minuts:5", "minuts: there is no such field; did you mean minutes:?", "minuts:", "minutes:"),
        ("minutes:<x", "minutes: wants a number, as in <5, >=20 or 5-10", "minutes:<x", "minutes:<5"),
        ("minutes:about8", "minutes: wants a number, as in <5, >=20 or 5-10", "minutes:about8", "minutes:<8"),
        ("has:pictures", "has:pictures: it can be asked for image, link and note", "has:pictures", None),
        ("on:2026-02-30", "on:2026-02-30: there is no such date", "on:2026-02-30", "on:2026-02"),
        ("on:2026-13", "on:2026-13: there is no such date", "on:2026-13", "on:2026-12"),
        ("lang:e!", "lang:e!: a language is written as en, or as en-gb", "lang:e!", None),
        ("author: smith", "author: wants something right after it; did you mean author:smith?", "author: smith",
         "author:smith"),
        ("b tag:", "tag: wants something right after it", "tag:", None),
        ('tag:""', "tag: wants something right after it", 'tag:""', None),
        ("author:(a OR b)", "author: wants something right after it", "author:", None),
        ("author:!!!", "author: there is no word in !!!", "author:!!!", None),
        ("title:/a(/", "/a(/ is no regular expression: missing ), unterminated subpattern", "title:/a(/", None),
        ("title:/a b", "title:/a has no / at its end", "title:/a", "title:/a/"),
        ("title://", "title: wants something right after it", "title://", None),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_was_meant(text, message, wrong, suggestion):
    with pytest.raises(QueryError) as told:
        parse(text)
    error = told.value
    assert (str(error), text[error.start : error.end], error.suggestion) == (message, wrong, suggestion)
    if suggestion is not None:
        parse(text[: error.start] + suggestion + text[error.end :])


def test_a_date_that_nobody_knows_is_told_how_to_write():
    with pytest.raises(QueryError, match="a date is written as") as told:
        parse("before:tomorow")
    assert told.value.suggestion == "before:tomorrow"


def test_what_is_too_long_is_not_read():
    with pytest.raises(QueryError, match="longer than 2,000 characters") as told:
        parse("(" * 1_000_000)
    assert (told.value.start, told.value.end) == (LONGEST, 1_000_000)


def test_what_would_be_too_long_when_written_again_is_not_read():
    with pytest.raises(QueryError, match="Written in full"):
        parse("|".join("a" * 900))


def test_what_is_too_deep_is_not_read():
    with pytest.raises(QueryError, match="inside one another") as told:
        parse("a (" * (DEEPEST + 1))
    assert told.value.end == len("a (" * (DEEPEST + 1))
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST) == Query(A)


@pytest.mark.parametrize(
    "text", ["-" * LONGEST, "NOT " * (LONGEST // 4), '"' * LONGEST, "\\" * LONGEST, '"\\' * 1_000, ")" * LONGEST]
)
def test_a_great_many_signs_take_no_time(text):
    assert parse(text) == Query()


@pytest.mark.parametrize("query", [query for query, _ in EXAMPLES])
def test_every_example_is_written_as_it_is_printed(query):
    assert str(parse(query)) == query


@given(queries)
@example(Query(Words("http://example.org/")))
def test_what_is_printed_is_understood_as_the_same(query):
    assert parse(str(query)) == query


@given(typed)
@example("“a\\”b")
def test_whatever_is_understood_can_be_printed_and_understood_again(text):
    if mistake(text) is None:
        query = parse(text)
        assert parse(str(query)) == query
        assert str(parse(str(query))) == str(query)


@given(typed | st.text(st.sampled_from('a(-"|:'), max_size=2_100))
def test_any_text_is_understood_or_has_a_mistake_somewhere(text):
    error = mistake(text)
    assert error is None or (error.message and 0 <= error.start <= error.end <= len(text))


@given(typed)
def test_what_is_suggested_is_no_mistake_itself(text):
    error = mistake(text)
    if error is not None and error.suggestion is not None:
        further = mistake(text[: error.start] + error.suggestion + text[error.end :])
        # There may be others, but they come later.
        assert further is None or further.start >= error.start

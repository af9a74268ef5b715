"""What is offered at the cursor of a query."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reader.model.query import Known, QueryError, complete, parse
from reader.model.query.fields import FIELDS
from tests.model.query.trees import names, typed

KNOWN = Known(
    authors=("Ada Marsh", "Óscar Wilde", "Bram", "…"),
    tags=("sea", "long reads", 'a "b"', "two\nlines"),
    sources=("The Elstow Gazette", "North Wire"),
    sections=("Coast & Country",),
    folders=("Morning Papers",),
)


def applied(text, completion):
    return text[: completion.start] + completion.text + text[completion.end :]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("au|", "author:"),
        ("tide -au|", "tide -author:"),
        ("(sec|", "(section:"),
        ("is:|", "is:unread"),
        ("is:unr|", "is:unread"),
        ("is:unrd|", "is:unread"),
        ("unr|", "is:unread"),
        ("new|", "sort:newest"),
        ("author:|", 'author:"Ada Marsh"'),
        ("author:mar|", 'author:"Ada Marsh"'),
        ('author:"ada m|', 'author:"Ada Marsh"'),
        ('author:"ada m|"', 'author:"Ada Marsh"'),
        ('tide author:"ada| m" x', 'tide author:"Ada Marsh" x'),
        ("author:br|", "author:Bram"),
        ("author:oscr|", 'author:"Óscar Wilde"'),
        ("tag:l|", 'tag:"long reads"'),
        ("tag:b|", r'tag:"a \"b\""'),
        ("-tag:s|", "-tag:sea"),
        ("source:gazete|", 'source:"The Elstow Gazette"'),
        ("section:co|", 'section:"Coast & Country"'),
        ("folder:pap|", 'folder:"Morning Papers"'),
        ("gaz|", 'source:"The Elstow Gazette"'),
        ("before:|", "before:today"),
        ("minutes:|", "minutes:<5"),
        ("has:im|", "has:image"),
        ("sort:new|st tide", "sort:newest tide"),
        ("autor|", "author:"),
    ],
)
def test_the_first_that_is_offered_is_what_was_meant(text, offered):
    cursor = text.index("|")
    text = text.replace("|", "")
    assert applied(text, complete(text, cursor, KNOWN)[0]) == offered


def test_on_an_empty_line_the_fields_are_offered_with_what_they_ask():
    offered = complete("", 0, KNOWN)
    assert {one.text: one.hint for one in offered} == {f"{name}:": hint for name, hint in FIELDS.items()}


@pytest.mark.parametrize(
    "text",
    [
        "nobody:x",
        "12:3",
        "https://ex",
        "author:xyzzy",
        "sort:newest",
        "-sort:n",
        "tag:two",
        'author:"Ada Marsh"',
        "is:unread",
        '"harb',
    ],
)
def test_nothing_is_offered_where_nothing_is_known(text):
    assert complete(text, len(text), KNOWN) == []


def test_a_name_without_a_word_is_not_offered():
    assert "author:…" not in {one.text for one in complete("author:", 7, KNOWN)}


def test_a_library_of_many_names_is_looked_through_at_once():
    many = Known(authors=tuple(f"Writer {number}" for number in range(200_000)))
    assert complete("author:wrtier", 13, many)[0].text.startswith('author:"Writer')


knowns = st.builds(Known, *(st.lists(names | st.text(max_size=5), max_size=3).map(tuple) for _ in range(5)))


@given(typed, st.integers(-2, 60), knowns)
@example("- so", 4, Known())
@example("NOT so", 6, Known())
@example('"au', 3, KNOWN)
def test_what_is_offered_is_understood_or_may_be_gone_on_with(text, cursor, known):
    offered = complete(text, cursor, known)
    assert all(0 <= one.start <= one.end <= len(text) for one in offered)
    for one in offered:
        assert one.start <= max(0, min(cursor, len(text))) <= one.end
        before = text[: one.start]
        assume(mended(before))
        assert any(mended(before + one.text + ending) for ending in ("", "1", "en", "today", "newest", "read", "image"))


def mended(text):
    try:
        parse(text)
    except QueryError:
        return False
    return True


def test_the_last_of_many_names_is_found_too():
    known = Known(authors=(*(f"Ada {number}" for number in range(30_000)), "Zoltan Marsh")).prepared()
    assert [one.text for one in complete("author:mars", 11, known)] == ['author:"Zoltan Marsh"']
    assert [one.text for one in complete("author:zo", 9, known)] == ['author:"Zoltan Marsh"']

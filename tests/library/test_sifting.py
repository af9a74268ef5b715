"""Many articles are sifted by a byte each, few sorted by SQLite: both list the same."""

from __future__ import annotations

from array import array
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import Library, sifting
from reader.model.article import Entry
from reader.model.listing import GROUPINGS, ORDERS, Filter, Group
from reader.model.source import Source
from reader.storage import intake

NOW = 1_795_000_000
FERRY = "Ferry runs aground off the north pier"
QUERIES = (
    "ferry", "tide", "-tide", "minutes:>0", "is:unread", "is:unread OR tide", "guide OR tide", "source:guide",
    "is:hidden", "is:hidden OR salt", "marmalade", "title:/ferry/", "author:ines", "rope",
)  # fmt: skip


@pytest.fixture
def library(places):
    """Give a library in which one story has come from three sources, one article is hidden, and one has a note."""
    with Library(places, now=lambda: NOW) as made:
        made.shelf.zone = UTC
        sources = [Source(f"feed-{number}", "feed", f"Source {number}") for number in range(3)]
        for number, (source, text) in enumerate(zip(sources, ("Salt.", "The tide.", "A rope."), strict=True)):
            own = [
                Entry(f"Piece {number} {at}", "Ines", f"Part {at}", "The tide. " * at, guid=f"{at}") for at in range(4)
            ]
            ferry = Entry(FERRY, excerpt=text, guid="ferry", published=NOW - number)
            intake.add(made.cache, source, [ferry, *own], NOW)
        made.marks.put_sources(sources)
        made.subscriptions.add_guide()
        made.states.load(made.marks.all_flags())
        rows = made.shelf.rows(made.shelf.listing().keys)
        made.notebook.set_read(rows[::3], read=True)
        made.notebook.set_hidden([rows[2]], hidden=True)
        made.notebook.set_note(rows[4], "Marmalade.")
        assert next(row for row in rows if row.title == FERRY).others
        yield made


@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_list_the_same(library, monkeypatch, query):
    everything = library.shelf.listing().keys
    for order in ORDERS:
        for grouping in GROUPINGS:
            for also in ((), everything[1:3]):
                listed = []
                for few in (2000, -1):
                    monkeypatch.setattr("reader.library.listings.FEW", few)
                    made = library.shelf.listing(Filter(words=query), order, also, grouping)
                    listed.append((list(made.keys), made.groups, made.flags))
                assert listed[0] == listed[1], (order, grouping, also)


def test_each_of_the_queries_tells_some_from_others(library):
    found = {query: len(library.shelf.listing(Filter(words=query)).keys) for query in QUERIES}
    assert all(found.values()), found
    assert found["rope"] == 1, "the leading article comes for one that follows it"


keys = st.lists(st.integers(0, 40), unique=True).map(lambda some: array("I", some))


@given(keys, keys, st.integers(0, 50))
def test_what_is_marked_is_what_was_asked_for(asked, order, size):
    marked = sifting.mask(asked, size)
    assert len(marked) >= size
    assert [key for key, one in enumerate(marked) if one] == sorted(asked)
    assert list(sifting.inside(marked, order)) == [key in asked for key in order]
    assert list(sifting.also(bytes(len(order)), order, asked)) == [key in asked for key in order]


@given(st.binary(max_size=9), st.binary(max_size=9))
def test_joining_is_done_byte_by_byte(one, other):
    ones, others = (bytes(byte & 1 for byte in some) for some in (one, other))
    long = max(len(ones), len(others))
    pairs = list(zip(ones.ljust(long, b"\0"), others.ljust(long, b"\0"), strict=True))
    assert list(sifting.either(ones, others)) == [a | b for a, b in pairs]
    assert list(sifting.both(ones, others)) == [a & b for a, b in pairs][: len(ones)]


def test_headings_without_articles_are_left_out():
    groups = (Group("A", 0, 2), Group("B", 2, 1), Group("C", 3, 1))
    kept = sifting.narrowed(array("I", [5, 6, 7, 8]), groups, b"\0\1\0\1")
    assert kept == (array("I", [6, 8]), (Group("A", 0, 1), Group("C", 1, 1)))

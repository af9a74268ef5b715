"""library.db, written: what comes is found again, and nobody rewrites another's article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import intake
from reader.storage.cache import Cache
from tests.invented import entry

PAGE = Source("page", "listing", "Harbours")
NEWS = Source("news", "feed", "News")
OTHER = Source("other", "feed", "Other")


@pytest.fixture
def cache():
    made = Cache(None)
    yield made
    made.close()


def add(cache, source, *entries, now=1_000):
    return intake.add(cache, source, entries, now)


def rows(cache):
    return cache.rows(cache.groups(Filter(), "page")[0])


def found(cache, words):
    return [row.title for row in cache.rows(cache.groups(Filter(words=words), "page")[0])]


def test_by_its_guid_within_a_source(cache):
    add(cache, NEWS, Entry("One", guid="7", url="https://x.org/1"))
    article = rows(cache)[0].id
    again = add(cache, NEWS, Entry("Renamed", guid="7", url="https://x.org/2", excerpt="new"))
    assert (again.new, again.changed) == ((), 1)
    assert [(row.id, row.title, row.url) for row in rows(cache)] == [(article, "Renamed", "https://x.org/2")]


def test_the_same_guid_in_another_source_is_another_article(cache):
    add(cache, NEWS, Entry("One", guid="7"))
    assert len(add(cache, OTHER, Entry("Two", guid="7")).new) == 1


def test_by_its_address_in_any_source(cache):
    add(cache, NEWS, Entry("One", guid="7", url="https://X.org/1?utm_medium=a"))
    assert add(cache, OTHER, Entry("One", url="https://x.org/1#c")).known == 1
    assert len(rows(cache)) == 1


def test_by_its_headline_within_a_source(cache):
    add(cache, PAGE, entry("A Lighthouse, for Sale"))
    assert add(cache, PAGE, entry("A lighthouse for sale!", excerpt="changed")).changed == 1
    assert len(add(cache, Source("p2", "listing", "P2"), entry("A lighthouse for sale")).new) == 1


def test_only_the_first_source_writes(cache):
    add(cache, NEWS, Entry("One", url="https://x.org/1", excerpt="Mine."))
    add(cache, OTHER, Entry("Hacked", url="https://x.org/1", excerpt="Theirs."))
    assert [(row.title, row.excerpt) for row in rows(cache)] == [("One", "Mine.")]
    assert found(cache, "theirs") == found(cache, "hacked") == []


def test_a_twin_on_the_same_page_is_not_taken_for_the_other(cache):
    one, two = entry("Letters", excerpt="First."), entry("Letters", excerpt="Second.")
    assert len(add(cache, PAGE, one, two).new) == 2
    ids = {row.excerpt: row.id for row in rows(cache)}
    assert len(set(ids.values())) == 2
    again = add(cache, PAGE, two, one)
    assert (again.new, again.changed) == ((), 0)
    assert {row.excerpt: row.id for row in rows(cache)} == ids


def test_an_id_does_not_depend_on_when_or_what_else_came(cache):
    add(cache, PAGE, entry("One"), entry("Two"))
    other = Cache(None)
    try:
        add(other, NEWS, Entry("Something", guid="1"))
        add(other, PAGE, entry("Two"), entry("One"), now=5)
        ids = {row.title: row.id for row in rows(other)}
    finally:
        other.close()
    assert {row.title: row.id for row in rows(cache)} == {"One": ids["One"], "Two": ids["Two"]}


def test_an_author_and_a_section_that_are_missing_later_stay(cache):
    add(cache, PAGE, entry("One", author="Ines", url="https://x.org/1", published=7))
    add(cache, PAGE, entry("One", author=None, section=None))
    add(cache, PAGE, Entry("One", excerpt=rows(cache)[0].excerpt))
    row = rows(cache)[0]
    assert (row.author, row.section, row.url, row.published) == ("Ines", "Harbours", "https://x.org/1", 7)


def test_the_index_follows_what_changed(cache):
    add(cache, PAGE, entry("Moorings", excerpt="lemons"), entry("Quay", excerpt="figs"))
    add(cache, PAGE, entry("Moorings", excerpt="oranges"))
    assert found(cache, "lemons") == []
    assert found(cache, "oranges") == ["Moorings"]
    assert found(cache, "figs") == ["Quay"]
    cache.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_a_page_that_fails_half_way_leaves_nothing(cache):
    add(cache, PAGE, entry("One"))
    with pytest.raises(AttributeError):
        add(cache, PAGE, entry("Two"), None)
    assert [row.title for row in rows(cache)] == ["One"]
    assert not cache.connection.in_transaction
    add(cache, PAGE, entry("Three"))
    assert {row.title for row in rows(cache)} == {"One", "Three"}


def test_an_excerpt_of_a_row_is_one_line_of_bounded_length(cache):
    add(cache, PAGE, entry("Long", excerpt="a b\n\nc " * 500))
    (row,) = rows(cache)
    assert len(row.excerpt) == intake.EXCERPT
    assert "\n" not in row.excerpt
    assert row.words == 1_500


@given(st.lists(st.lists(st.sampled_from("ABCDE"), unique=True), max_size=6))
def test_editions_in_any_order_bring_each_article_once_and_the_newest_leads(editions):
    cache = Cache(None)
    try:
        wanted: list[str] = []
        for edition in editions:
            new = [title for title in edition if title not in wanted]
            assert len(add(cache, PAGE, *(entry(title) for title in edition)).new) == len(new)
            wanted = [*edition, *(title for title in wanted if title not in edition)]
        shown = [row.title for row in rows(cache)]
        assert sorted(shown) == sorted(wanted)
        if editions:
            assert shown[: len(editions[-1])] == editions[-1]
    finally:
        cache.close()

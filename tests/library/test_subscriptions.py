"""Adding, and adding again: what is new comes in, what was marked stays marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.library import Library
from reader.model.article import BOOKMARKED, READ
from reader.model.source import GUIDE
from reader.storage.order import USUAL_ORDER
from tests.invented import entry, essay, harbours, listing, orchards

TITLES = [one.title for one in harbours().entries]


@pytest.fixture
def library(places):
    with Library(places, now=lambda: 1_000) as opened:
        yield opened


def titles(library: Library) -> list[str]:
    return [row.title for row in library.shelf.rows(library.shelf.listing().keys)]


def mark(library: Library, title: str) -> int:
    """Mark an article read and bookmarked; give its id."""
    row = next(row for row in library.shelf.rows(library.shelf.listing().keys) if row.title == title)
    library.notebook.set_read((row,), read=True)
    library.notebook.set_bookmarked((row,), bookmarked=True)
    return row.id


def state(library: Library) -> dict[int, int]:
    listing = library.shelf.listing()
    rows = library.shelf.rows(listing.keys)
    assert [row.flags for row in rows] == list(listing.flags)
    return {row.id: row.flags for row in rows if row.flags}


def test_a_page_comes_in_as_one_section_in_its_order(library):
    report = library.subscriptions.add(harbours(), "/tmp/page.txt")
    assert titles(library) == TITLES
    assert [group.title for group in library.shelf.listing().groups] == ["Harbours"]
    assert (len(report.new), report.changed, report.known) == (10, (), 0)
    assert str(report) == "Harbours: 10 new"
    (source,) = library.marks.sources()
    assert (source.kind, source.title, source.location) == ("listing", "Harbours", "/tmp/page.txt")


def test_the_same_page_again_changes_nothing(library):
    library.subscriptions.add(harbours())
    article = mark(library, TITLES[2])
    report = library.subscriptions.add(harbours())
    assert (report.new, report.changed, report.known) == ((), (), 10)
    assert str(report) == "Harbours: nothing new, 10 already here"
    assert titles(library) == TITLES
    assert state(library) == {article: READ | BOOKMARKED}
    assert len(library.marks.sources()) == 1


def test_a_longer_page_adds_what_is_new_and_leads_with_its_order(library):
    library.subscriptions.add(harbours())
    article = mark(library, TITLES[0])
    longer = listing("Harbours", [entry("Brand new"), *harbours().entries[:5]])
    report = library.subscriptions.add(longer)
    assert (len(report.new), report.known) == (1, 5)
    assert titles(library) == ["Brand new", *TITLES]
    assert state(library) == {article: READ | BOOKMARKED}


def test_a_reordered_page_is_in_its_new_order(library):
    library.subscriptions.add(harbours())
    article = mark(library, TITLES[0])
    report = library.subscriptions.add(listing("Harbours", reversed(harbours().entries)))
    assert not report.new
    assert titles(library) == TITLES[::-1]
    assert state(library) == {article: READ | BOOKMARKED}


def test_the_page_without_its_section_is_known_by_its_headlines(library):
    library.subscriptions.add(harbours())
    article = mark(library, TITLES[1])
    bare = [replace(one, section=None) for one in harbours().entries]
    report = library.subscriptions.add(listing("page", bare), "/tmp/other.txt")
    assert not report.new
    assert [group.title for group in library.shelf.listing().groups] == ["Harbours"]
    assert state(library) == {article: READ | BOOKMARKED}
    assert len(library.marks.sources()) == 1


def test_a_page_that_gets_its_section_later_stays_one_source(library):
    library.subscriptions.add(listing("page", [replace(one, section=None) for one in harbours().entries]))
    article = mark(library, TITLES[1])
    report = library.subscriptions.add(harbours())
    assert not report.new
    assert state(library) == {article: READ | BOOKMARKED}
    assert [source.title for source in library.marks.sources()] == ["Harbours"]


def test_two_sections_are_two_sources(library):
    library.subscriptions.add(harbours())
    library.subscriptions.add(orchards())
    assert [group.title for group in library.shelf.listing().groups] == ["Harbours", "Orchards"]
    assert [source.title for source in library.marks.sources()] == ["Harbours", "Orchards"]


def test_a_changed_excerpt_is_updated_and_keeps_the_marks(library):
    library.subscriptions.add(harbours())
    article = mark(library, TITLES[3])
    changed = [replace(one, excerpt="Mended. " + one.excerpt) for one in harbours().entries]
    report = library.subscriptions.add(listing("Harbours", changed))
    assert (report.new, len(report.changed), report.known) == ((), 10, 0)
    assert state(library) == {article: READ | BOOKMARKED}
    assert library.shelf.open(library.cache.key(article)).document.text.startswith("Mended.")
    assert "10 updated" in str(report)


def test_twins_with_one_headline_are_two_articles(library):
    twins = [entry("Letters", excerpt="First. " * 30), entry("Letters", excerpt="Second. " * 30), entry("Other")]
    library.subscriptions.add(listing("Harbours", twins))
    ids = [row.id for row in library.shelf.rows(library.shelf.listing().keys)]
    library.subscriptions.add(listing("Harbours", twins[::-1]))
    assert [row.id for row in library.shelf.rows(library.shelf.listing().keys)] == ids[::-1]


def test_single_texts_share_a_source(library):
    library.subscriptions.add(essay("One"))
    library.subscriptions.add(essay("Two"))
    assert [group.title for group in library.shelf.listing().groups] == ["Texts"]
    assert len(library.marks.sources()) == 1


def test_an_article_belongs_to_the_source_that_first_brought_it(library):
    url = "https://example.org/tide"
    library.subscriptions.add(listing("Harbours", [entry("The tide", url=url)]))
    article = mark(library, "The tide")
    rewritten = entry("You have won", section="Orchards", url=f"{url}?utm_source=x#top", excerpt="Click.")
    report = library.subscriptions.add(listing("Orchards", [rewritten]))
    assert not report.new
    assert titles(library) == ["The tide"]
    assert state(library) == {article: READ | BOOKMARKED}


def test_adding_drops_the_kept_order_of_all_articles(library, monkeypatch):
    monkeypatch.setattr("reader.storage.lists.WORTH_KEEPING", 5)
    library.subscriptions.add(harbours())
    assert titles(library) == TITLES
    assert library.cache.kept(USUAL_ORDER) is not None
    assert titles(library) == TITLES
    library.subscriptions.add(listing("Harbours", [entry("Brand new")]))
    assert library.cache.kept(USUAL_ORDER) is None
    assert titles(library) == ["Brand new", *TITLES]


def test_the_guide_comes_once_and_is_in_no_list_of_all(library):
    assert not library.has_guide
    library.subscriptions.add_guide()
    count = library.cache.sources()[0][1]
    library.subscriptions.add_guide()
    assert library.has_guide
    assert library.cache.sources()[0][1] == count
    assert library.cache.count() == 0
    assert titles(library) == []
    assert library.marks.sources() == []


def test_a_newer_guide_takes_the_place_of_the_older(library):
    from reader.model.listing import Filter

    library.subscriptions.add_guide()
    before = library.shelf.listing(Filter(source=GUIDE)).keys
    library.cache.keep("guide", b"older")
    library.subscriptions.add_guide()
    assert library.shelf.listing(Filter(source=GUIDE)).keys == before
    assert library.cache.kept("guide") != b"older"


def test_a_failing_disk_adds_nothing(library, monkeypatch):
    import sqlite3

    from reader.storage import indexing
    from reader.storage.cache import LibraryError

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    library.subscriptions.add(harbours())
    monkeypatch.setattr(indexing, "put_new", broken)
    with pytest.raises(LibraryError, match="nothing could be added: disk full"):
        library.subscriptions.add(orchards())
    assert titles(library) == TITLES
    assert len(library.cache.sources()) == 1

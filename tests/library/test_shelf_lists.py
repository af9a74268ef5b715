"""What the shelf lists: orders, headings, what is left out, snippets, and lists that nobody waits for any more."""

from __future__ import annotations

from datetime import UTC

import pytest

from reader.library import Library
from reader.library.shelf import Stopped
from reader.library.snippets import snippet
from reader.model.article import Entry
from reader.model.listing import GROUPINGS, ORDERS, VIEWS, Filter
from reader.model.query import Words
from reader.model.source import GUIDE, Source
from reader.storage import intake

NOW = 1_795_000_000
DAY = 86_400


@pytest.fixture
def library(places):
    """Give a library of four articles from two sources, with the guide."""
    with Library(places, now=lambda: NOW) as made:
        made.shelf.zone = UTC
        one, other = Source("one", "feed", "One"), Source("other", "feed", "Other")
        quay = Entry("On the quay", "Ines", "Harbours", "Lamps.", published=NOW, guid="1")
        intake.add(
            made.cache, one, [quay, Entry("Orchards", None, None, "A quay.", published=NOW - DAY, guid="2")], NOW
        )
        long = Entry("Lighthouses", "Tomas", "Harbours", "The quay " * 300, published=NOW - 40 * DAY, guid="3")
        intake.add(made.cache, other, [long, Entry("Bread", "Ines", None, "Salt.", published=5, guid="4")], NOW)
        made.marks.put_sources((one, other))
        made.subscriptions.add_guide()
        yield made


def titles(library, *chosen, **how):
    return [row.title for row in library.shelf.rows(library.shelf.listing(*chosen, **how).keys)]


def heads(library, *chosen, **how):
    return [(group.title, group.count) for group in library.shelf.listing(*chosen, **how).groups]


def test_the_headings(library):
    assert heads(library) == [("One", 1), ("Harbours", 1), ("Other", 1), ("Harbours", 1)]
    assert heads(library, grouping="source") == [("One", 2), ("Other", 2)]
    assert heads(library, grouping="author") == [("Ines", 2), ("Tomas", 1), ("No author", 1)]
    assert heads(library, grouping="date") == [("Today", 1), ("Yesterday", 1), ("October 2026", 1), ("1970", 1)]
    listing = library.shelf.listing(grouping="none")
    assert (listing.items, listing.index_at(0), listing.item_of(3), listing.heading_of(0)) == (4, 0, 3, -1)
    assert listing.with_fold(0, folded=True) is listing


@pytest.mark.parametrize("grouping", GROUPINGS)
@pytest.mark.parametrize("order", ORDERS)
def test_few_articles_are_listed_as_all_are(library, monkeypatch, order, grouping):
    all_of_them = library.shelf.listing(Filter(), order, grouping=grouping)
    some = library.shelf.listing(Filter(query="minutes:>0", view="saved:it"), order, grouping=grouping)
    assert (some.keys, some.groups) == (all_of_them.keys, all_of_them.groups)
    monkeypatch.setattr("reader.library.listings.FEW", 0)
    many = library.shelf.listing(Filter(query="minutes:>0", view="saved:it"), order, grouping=grouping)
    assert (many.keys, many.groups) == (all_of_them.keys, all_of_them.groups)


def test_the_guide_is_listed_only_when_it_is_asked_for(library):
    assert set(titles(library, Filter(words="the"))) == {"On the quay", "Lighthouses"}
    assert len(titles(library, Filter(source=GUIDE))) > 3
    assert len(titles(library, Filter(words="source:guide"))) > 3


def test_what_a_rule_hid_is_listed_only_when_it_is_asked_for(library):
    row = library.shelf.rows(library.shelf.listing().keys)[0]
    library.notebook.set_hidden([row], hidden=True)
    assert row.title not in titles(library) + titles(library, Filter("unread")) + titles(library, Filter(words="o"))
    assert row.title not in titles(library, Filter(source=row.source.lower()))
    assert titles(library, Filter(words="is:hidden")) == [row.title]
    assert library.shelf.counts({"all": "", "hidden": "is:hidden"}).views == {"all": (3, 3), "hidden": (1, 1)}


def test_the_best_match_comes_first_and_has_no_heading(library):
    assert titles(library, Filter(words="quay"))[0] == "On the quay"
    assert [group.bare for group in library.shelf.listing(Filter(words="quay")).groups] == [True]
    assert titles(library, Filter(words="quay sort:oldest")) == ["Lighthouses", "Orchards", "On the quay"]


def test_of_very_many_matches_those_in_titles_come_first(library, monkeypatch):
    monkeypatch.setattr("reader.storage.ranking.MANY", 1)
    assert titles(library, Filter(words="quay")) == ["On the quay", "Orchards", "Lighthouses"]
    monkeypatch.setattr("reader.storage.ranking.FRONT", 1)
    assert titles(library, Filter(words="quay")) == ["On the quay", "Orchards", "Lighthouses"]


def test_a_note_is_found_by_its_words_as_soon_as_it_is_written_and_no_longer_than_it_is_there(library):
    row = library.shelf.rows(library.shelf.listing().keys)[0]
    assert titles(library, Filter(words="marmalade")) == []
    library.notebook.set_note(row, "Ask about the Marmalade.")
    assert titles(library, Filter(words="marma")) == [row.title]
    assert titles(library, Filter(words="note:marmalade -bread")) == [row.title]
    library.notebook.undo()
    assert titles(library, Filter(words="marmalade")) == []


def test_what_was_listed_stays(library):
    keys = library.shelf.listing(Filter("unread")).keys
    library.notebook.set_read(library.shelf.rows(keys[:1]), read=True)
    assert len(library.shelf.listing(Filter("unread")).keys) == 3
    assert library.shelf.listing(Filter("unread"), also=keys).keys == keys
    today = library.shelf.listing(Filter("today"), also=keys[3:])
    assert set(today.keys) == {keys[1], keys[3]}


def test_the_counts_are_those_of_the_lists(library):
    library.notebook.set_read(library.shelf.rows(library.shelf.listing().keys[:2]), read=True)
    counts = library.shelf.counts({view.id: view.query for view in VIEWS.values()} | {"bad": "is:unred"})
    for view in VIEWS:
        listing = library.shelf.listing(Filter(view))
        assert counts.views[view] == (listing.unread, len(listing))
    assert "bad" not in counts.views
    for source in ("one", "other"):
        listing = library.shelf.listing(Filter(source=source))
        assert counts.sources[source] == (listing.unread, len(listing))


def test_a_list_that_nobody_waits_for_is_given_up(library, monkeypatch):
    monkeypatch.setattr("reader.storage.lists._STEPS", 1)
    with pytest.raises(Stopped):
        library.shelf.listing(Filter(words="quay"), stopped=lambda: True)
    assert len(library.shelf.listing(Filter(words="quay"), stopped=lambda: False).keys) == 3


def test_what_completes_a_query(library):
    known = library.shelf.known()
    assert (known.authors[0], known.sources[:2], known.sections) == ("Ines", ("One", "Other"), ("Harbours",))


def test_snippets_are_given_of_texts_that_have_the_words(library):
    keys = library.shelf.listing(Filter(words="quay")).keys
    found = {
        library.shelf.rows([key])[0].title: text for key, text in library.shelf.snippets(keys, [Words("qua")]).items()
    }
    assert found["Orchards"] == "A quay."
    assert "On the quay" not in found


def test_a_snippet_is_where_most_of_the_words_are_and_cuts_none():
    text = f"salt {'and more ' * 60}# The **salt** of [the lamps](https://x.example/salt) here {'and more ' * 60}"
    found = snippet(text, [Words("salt"), Words("lamp")], markdown=True)
    assert "salt of the lamps here" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) <= 165
    assert set(found.split()) <= {"…", "and", "more", "The", "salt", "of", "the", "lamps", "here", "#"}
    assert snippet("no such word", [Words("lamp")], markdown=False) == ""

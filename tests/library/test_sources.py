"""The library's sources: subscribed to, recognised, looked after, followed and let go."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from reader.ingest.found import Found
from reader.library import Library
from reader.library.subscriptions import refreshed
from reader.model.annotation import Place
from reader.model.article import BOOKMARKED, READ, Entry
from reader.model.identity import feed_id
from reader.model.listing import Filter
from reader.model.source import Care, Source
from reader.storage import fetches, intake
from reader.storage.cache import Cache, LibraryError
from tests.invented import essay, harbours

FEED = "https://harbours.example/feed.xml"
SITE = "https://harbours.example/"


@pytest.fixture
def library(places):
    with Library(places, now=lambda: 1_000_000) as opened:
        yield opened


def feed(*numbers, title="Harbours daily", address=FEED, **more):
    entries = tuple(
        Entry(f"Day {n}", body=f"Text of day {n}", guid=f"day-{n}", url=f"{SITE}{n}", published=1_000 - n)
        for n in numbers
    )
    return Found("feed", title, entries, address=address, site=SITE, **more)


def titles(library, **chosen):
    return [row.title for row in library.shelf.rows(library.shelf.listing(Filter(**chosen)).keys)]


def row(library, title):
    return next(one for one in library.shelf.rows(library.shelf.listing().keys) if one.title == title)


def standing(library):
    return {one.source.title: (one.articles, one.unread) for one in library.subscriptions.sources()}


# -- adding


def test_a_feed_is_subscribed_to(library):
    report = library.subscriptions.add(feed(1, 2), FEED, care=Care(private=True))
    assert str(report) == "Harbours daily: 2 new"
    assert report.source == Source(feed_id(FEED), "feed", "Harbours daily", FEED, SITE, Care(private=True))
    assert library.marks.sources() == [report.source]
    assert library.cache.source(report.source.id) == replace(report.source, care=Care())
    assert titles(library) == ["Day 1", "Day 2"]
    assert library.subscriptions.add(feed(3, 1, 2), FEED).known == 2
    assert titles(library) == ["Day 3", "Day 1", "Day 2"]
    assert len(library.marks.sources()) == 1


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("http://harbours.example/feed.xml", ""),
        ("https://www.harbours.example/feed.xml/", ""),
        ("https://HARBOURS.example/feed.xml?utm_source=a#b", ""),
        ("https://cdn.example/harbours", FEED),
        ("", FEED),
    ],
)
def test_a_feed_is_known_by_whatever_address_it_comes_from(library, address, typed):
    first = library.subscriptions.add(feed(1), FEED)
    library.subscriptions.rename(first.source.id, "My harbours")
    assert library.subscriptions.known(address or typed) is not None or address.startswith("https://cdn")
    again = library.subscriptions.add(feed(1, 2, address=address), typed)
    assert (again.source.id, len(again.new), again.known) == (first.source.id, 1, 1)
    (source,) = library.marks.sources()
    assert (source.title, source.location, source.care) == ("My harbours", FEED, Care(named=True))


def test_what_was_just_added_was_just_fetched(library):
    name = library.subscriptions.add(feed(1, 2, every=7200), FEED).source.id
    state = fetches.read(library.cache, name)
    assert (state.checked, state.succeeded, state.failures, state.error) == (1_000_000, 1_000_000, 0, "")
    assert state.due >= 1_000_000 + max(7200, state.every)
    saved = library.subscriptions.add(feed(1, address=""), "/tmp/feed.xml").source.id
    assert fetches.read(library.cache, saved).checked is None


@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize("heal", ["add", "resume"])
def test_a_source_that_failed_or_ended_is_well_when_it_is_added_or_resumed(library, gone, heal):
    name = library.subscriptions.add(feed(1), FEED).source.id
    failed = fetches.Fetch(name, checked=999_999, failures=5, error="it is over", due=1_080_000, gone=gone)
    fetches.write(library.cache, failed)
    library.subscriptions.pause(name, paused=True)
    assert fetches.read(library.cache, name) == failed
    if heal == "add":
        library.subscriptions.add(feed(1), FEED)
    else:
        library.subscriptions.pause(name, paused=False)
    state = fetches.read(library.cache, name)
    assert (state.failures, state.error, state.gone) == (0, "", False)
    assert (state.due > 1_000_000, state.due <= 1_000_000) == (heal == "add", heal == "resume")


def test_a_source_gets_its_own_name_back_at_once(library, tmp_path):
    name = library.subscriptions.add(feed(1), FEED).source.id
    library.subscriptions.rename(name, "Mine")
    library.subscriptions.add(feed(1, 2, title="Harbours weekly"), FEED)
    assert library.subscriptions.source(name).title == "Mine"
    renamed = library.subscriptions.rename(name, "")
    assert (renamed.title, renamed.care.named) == ("Harbours weekly", False)
    assert library.cache.source(name).title == "Harbours weekly"
    folder = library.subscriptions.watch(str(tmp_path / "papers")).id
    library.subscriptions.rename(folder, "Mine too")
    assert library.subscriptions.rename(folder, "").title == "papers"


def test_a_name_that_is_not_known_is_asked_for_anew(library):
    name = library.subscriptions.add(feed(1), FEED).source.id
    fetches.write(library.cache, fetches.Fetch(name, etag='"1"', digest="d", checked=1, due=2_000_000))
    library.subscriptions.rename(name, "Mine")
    assert library.subscriptions.rename(name, "").title == "Mine"
    state = fetches.read(library.cache, name)
    assert (state.etag, state.digest, state.due) == ("", "", 0)


def test_a_topic_page_is_asked_again_like_a_feed(library):
    found = Found("topic", "Tides", (Entry("Ebb", url=f"{SITE}ebb"),), address=f"{SITE}tides")
    source = library.subscriptions.add(found).source
    assert (source.kind, source.location, source.id[:6]) == ("topic", f"{SITE}tides", "topic-")
    assert library.subscriptions.add(found).source.id == source.id
    # The same page, saved to a file, cannot be.
    saved = replace(found, address="", entries=(Entry("Flood"),))
    assert library.subscriptions.add(saved, "/tmp/tides.html").source.kind == "listing"


def test_a_feed_in_a_file_that_does_not_say_where_it_is(library):
    source = library.subscriptions.add(feed(1, address=""), "/tmp/feed.xml").source
    assert (source.kind, source.location) == ("listing", "/tmp/feed.xml")
    assert library.subscriptions.add(feed(1, 2, address=""), "/home/feed.xml").source.id == source.id


def test_a_book_is_a_source_of_its_own(library):
    chapters = tuple(Entry(f"Chapter {n}", "M. Oduya", body=f"Text {n}", guid=f"c{n}") for n in range(3))
    report = library.subscriptions.add(Found("book", "The rope", chapters), "/tmp/rope.epub")
    assert (report.source.kind, len(report.new)) == ("book", 3)
    again = library.subscriptions.add(Found("book", "The Rope", chapters), "/home/the-rope.epub")
    assert (again.source.id, again.new) == (report.source.id, ())
    other = Found("book", "The rope", (Entry("Chapter 0", "J. Lind", body="x", guid="c0"),))
    assert library.subscriptions.add(other).source.id != report.source.id


def test_a_list_of_subscriptions_is_put_without_asking_any(library):
    known = library.subscriptions.add(feed(1)).source
    named = [
        Source("?", "feed", "Same", "http://harbours.example/feed.xml", care=Care(folder="Sea")),
        Source("?", "feed", "Orchards", "https://orchards.example/feed", care=Care(folder="Trees")),
        Source("?", "feed", "Orchards again", "https://www.orchards.example/feed"),
        Source("?", "feed", "", "https://plain.example/feed"),
        Source("?", "feed", "A file", "/etc/passwd"),
    ]
    report = library.subscriptions.add(Found("subscriptions", "My feeds", sources=tuple(named)), "/tmp/my.opml")
    assert str(report) == "My feeds: 2 new sources, 3 already here"
    assert [(one.title, one.care.folder) for one in library.marks.sources()] == [
        ("Harbours daily", "Sea"), ("Orchards", "Trees"), ("https://plain.example/feed", ""),
    ]  # fmt: skip
    assert report.sources == tuple(library.marks.sources()[1:])
    assert report.sources[0].id == feed_id("https://orchards.example/feed")
    assert standing(library) == {"Harbours daily": (1, 1), "Orchards": (0, 0), "https://plain.example/feed": (0, 0)}
    assert library.subscriptions.source(known.id).care.folder == "Sea"


def test_a_page_that_a_feed_has_an_excerpt_of_is_read_there(library):
    cut = Found(
        "feed", "News", (Entry("Tide", excerpt="The tide …", cut=True, guid="1", url=f"{SITE}tide"),), address=FEED
    )
    (key,) = library.subscriptions.add(cut).new
    page = Found(
        "page", "Tide", (Entry("The tide", body="The tide **turned** and more", markdown=True, url=f"{SITE}tide"),)
    )
    report = library.subscriptions.add(page, f"{SITE}tide")
    assert (report.new, report.keys) == ((), (key,))
    opened = library.shelf.open(key)
    assert (opened.article.as_page, opened.row.offline, opened.row.title) == (True, True, "Tide")
    assert opened.document.text.startswith("The tide turned")
    # Without the feed it is still here, among the single texts.
    library.subscriptions.remove(feed_id(FEED))
    assert library.cache.article(key).source_id == "texts"


def test_adding_a_page_that_a_feed_has_tells_where_its_text_is(library):
    cut = Entry("Tide", excerpt="The tide …", cut=True, guid="1", url=f"{SITE}tide")
    library.subscriptions.add(Found("feed", "News", (cut,), address=FEED))
    page = Found("page", "Tide", (Entry("Tide", body="The tide **turned**", markdown=True, url=f"{SITE}tide"),))
    assert str(library.subscriptions.add(page)) == "The whole text is with “Tide”, of News."
    assert str(library.subscriptions.add(essay())) == "Texts: 1 new"


# -- looking after


def test_renaming_holds_against_the_feed_and_can_be_given_up(library):
    source = library.subscriptions.add(feed(1)).source
    assert library.subscriptions.rename(source.id, "  My\x1b[31m harbours ").title == "My harbours"
    assert [group.title for group in library.shelf.listing().groups] == ["My harbours"]
    named = library.subscriptions.take(library.subscriptions.source(source.id), feed(1, 2, title="Theirs")).source
    assert named.title == "My harbours"
    library.subscriptions.landed(source.id, title="Theirs")
    assert library.subscriptions.source(source.id).title == "My harbours"
    library.subscriptions.rename(source.id, "")
    library.subscriptions.landed(source.id, title="Theirs", site="https://new.example/")
    kept = library.subscriptions.source(source.id)
    assert (kept.title, kept.site, kept.care) == ("Theirs", "https://new.example/", Care())


def test_care_and_pause(library):
    source = library.subscriptions.add(feed(1)).source
    library.subscriptions.set_care(source.id, Care(folder="Sea", full_text="always", keep=("main",)))
    assert library.subscriptions.pause(source.id, paused=True).care == Care(
        folder="Sea", full_text="always", keep=("main",), paused=True
    )
    assert library.subscriptions.add(feed(1, 2)).source.care.paused
    with pytest.raises(LibraryError, match="no source nothing"):
        library.subscriptions.pause("nothing", paused=True)


def test_a_move_for_good_is_remembered_and_the_old_address_still_known(library):
    source = library.subscriptions.add(feed(1)).source
    library.subscriptions.landed(source.id, moved="https://new.example/feed")
    assert library.subscriptions.source(source.id).location == "https://new.example/feed"
    for address in (FEED, "https://new.example/feed", "http://new.example/feed"):
        assert library.subscriptions.known(address).id == source.id
    assert library.subscriptions.add(feed(1, 2)).source.id == source.id
    library.subscriptions.add(feed(9, address="https://third.example/feed"))
    assert library.subscriptions.moved(source.id, "https://third.example/feed").location == "https://new.example/feed"
    assert library.subscriptions.moved(source.id, "ftp://new.example/feed").location == "https://new.example/feed"


def test_a_folder_is_watched(library):
    source = library.subscriptions.watch("/home/ines/Reading list")
    assert (source.kind, source.title, source.location) == ("folder", "Reading list", "/home/ines/Reading list")
    library.subscriptions.rename(source.id, "Mine")
    assert library.subscriptions.watch("/home/ines/Reading list").title == "Mine"
    assert standing(library) == {"Mine": (0, 0)}
    found = Found("feed", "", (Entry("A file", body="x", guid="a.txt"),))
    assert library.subscriptions.take(library.subscriptions.source(source.id), found).source.title == "Mine"
    assert standing(library) == {"Mine": (1, 1)}


def test_how_the_sources_stand(library):
    library.subscriptions.add_guide()
    library.subscriptions.add(harbours())
    source = library.subscriptions.add(feed(1, 2, 3)).source
    library.subscriptions.add(essay())
    library.notebook.set_read([row(library, "Day 1"), row(library, "Day 3")], read=True)
    fetches.write(library.cache, fetches.Fetch(source.id, error="no answer", failures=2))
    found = library.subscriptions.sources()
    assert [(one.source.title, one.articles, one.unread) for one in found] == [
        ("Harbours", 10, 10), ("Harbours daily", 3, 1), ("Texts", 1, 1),
    ]  # fmt: skip
    assert [one.fetch.error for one in found] == ["", "no answer", ""]
    assert [one.source for one in found] == library.marks.sources()


# -- removing


def test_removing_keeps_what_is_marked(library):
    source = library.subscriptions.add(feed(*range(6))).source
    library.notebook.set_read([row(library, "Day 0"), row(library, "Day 1")], read=True)
    library.notebook.set_bookmarked([row(library, "Day 1")], bookmarked=True)
    library.notebook.set_note(row(library, "Day 2"), "mine")
    library.notebook.set_place(row(library, "Day 3"), Place(1, 0.5, 0.5))
    removed = library.subscriptions.remove(source.id)
    assert (removed.deleted, removed.kept) == (3, 3)
    assert str(removed) == "Harbours daily removed: 3 articles deleted, 3 with marks kept"
    assert titles(library) == ["Day 1", "Day 2", "Day 3"]
    assert [(one.kind, one.title) for one in library.marks.sources()] == [("removed", "Harbours daily")]
    assert library.subscriptions.known(FEED) is None
    assert standing(library) == {"Harbours daily": (3, 2)}
    # A refresh that was under way brings nothing back.
    assert intake.add(library.cache, source, feed(0, 7).entries, 5) == intake.Added((), (), 0)
    library.subscriptions.landed(source.id, title="Other")
    assert library.subscriptions.source(source.id).title == "Harbours daily"
    # Adding it again does, with what was read.
    again = library.subscriptions.add(feed(*range(7)))
    assert (again.source.id, again.source.kind, len(again.new), again.known) == (source.id, "feed", 4, 3)
    assert row(library, "Day 0").flags == READ
    assert row(library, "Day 1").flags == READ | BOOKMARKED
    assert standing(library) == {"Harbours daily": (7, 5)}


def test_a_source_without_marks_leaves_nothing(library):
    library.subscriptions.add(harbours())
    source = library.subscriptions.add(feed(1, 2)).source
    assert str(library.subscriptions.remove(source.id)) == "Harbours daily removed: 2 articles deleted"
    assert standing(library) == {"Harbours": (10, 10)}
    assert [group.title for group in library.shelf.listing().groups] == ["Harbours"]
    with pytest.raises(LibraryError):
        library.subscriptions.remove(source.id)
    report = library.subscriptions.add(Found("subscriptions", "L", sources=(Source("", "feed", "Back", FEED),)))
    assert [one.kind for one in report.sources] == ["feed"]
    assert len(intake.add(library.cache, report.sources[0], feed(1).entries, 5).new) == 1


# -- what another process does


def test_what_a_child_process_adds_gets_the_marks_from_before(library, places):
    source = library.subscriptions.add(feed(1, 2)).source
    library.notebook.set_bookmarked([row(library, "Day 2")], bookmarked=True)
    library.notebook.set_read([row(library, "Day 2")], read=True)
    library.cache.connection.execute("PRAGMA foreign_keys = 0")
    with closing(Cache(places.library)) as child:
        # The article is lost, and comes again.
        with child.writing("test") as connection:
            from reader.storage import removal

            removal.delete(connection, [row(library, "Day 2").key])
        added = intake.add(child, refreshed(source, feed(3, 2, 1, title="Renamed")), feed(3, 2, 1).entries, 9)
    assert len(added.new) == 2
    library.subscriptions.landed(source.id, title="Renamed")
    assert row(library, "Day 2").flags == BOOKMARKED | READ
    assert titles(library) == ["Day 3", "Day 2", "Day 1"]
    assert library.shelf.listing().unread == 2
    assert standing(library) == {"Renamed": (3, 2)}
    assert [group.title for group in library.shelf.listing().groups] == ["Renamed"]


@pytest.mark.parametrize("told", [True, False])
def test_what_nobody_told_of_is_found_at_the_next_start(places, told):
    with Library(places) as library:
        source = library.subscriptions.add(feed(1, 2)).source
        lost = row(library, "Day 2")
        library.notebook.set_read([lost], read=True)
        with closing(Cache(places.library)) as child:
            with child.writing("test") as connection:
                from reader.storage import removal

                removal.delete(connection, [lost.key])
            intake.add(child, source, feed(1, 2).entries, 9)
        assert titles(library) == ["Day 1", "Day 2"]
        if told:
            library.subscriptions.landed()
    with Library(places) as library:
        assert library.ready != told, "the marks are only read when the mirror does not know all articles"
        assert row(library, "Day 2").flags == READ
    with Library(places) as library:
        assert not library.ready
        assert row(library, "Day 2").flags == READ


def test_a_removal_that_fails_loses_nothing_and_is_done_again(library, monkeypatch):
    source = library.subscriptions.add(feed(*range(3))).source
    care = Care(folder="Sea", login="ines")
    library.subscriptions.set_care(source.id, care)

    def full(*_):
        raise LibraryError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("reader.storage.removal.delete", full)
        with pytest.raises(LibraryError, match="full"):
            library.subscriptions.remove(source.id)
    assert library.subscriptions.source(source.id).care == care
    assert standing(library) == {"Harbours daily": (3, 3)}
    removed = library.subscriptions.remove(source.id)
    assert (removed.deleted, removed.kept) == (3, 0)
    assert library.marks.sources() == []


def test_what_is_left_of_a_removed_source_goes_once_it_is_marked_no_more(library):
    source = library.subscriptions.add(feed(1, 2)).source
    library.notebook.set_bookmarked([row(library, "Day 1")], bookmarked=True)
    assert library.subscriptions.remove(source.id).kept == 1
    library.notebook.set_bookmarked([row(library, "Day 1")], bookmarked=False)
    assert library.subscriptions.remove(source.id).deleted == 1
    assert library.marks.sources() == []


@pytest.mark.parametrize("by_list", [True, False])
@pytest.mark.parametrize("asked", [True, False])
def test_a_source_that_comes_back_begins_anew(library, by_list, asked):
    found = Found("subscriptions", "L", sources=(Source("", "feed", "Back", FEED),))
    (source,) = library.subscriptions.add(found).sources
    if asked:
        library.subscriptions.take(source, feed(1))
    fetches.write(library.cache, fetches.Fetch(source.id, etag="x", gone=True, error="ended", failures=3))
    library.subscriptions.remove(source.id)
    # A refresh that was under way told of it once more.
    fetches.write(library.cache, fetches.Fetch(source.id, etag="x", gone=True, error="ended", failures=3))
    library.subscriptions.add(found if by_list else feed(1))
    state = fetches.read(library.cache, source.id)
    assert (state.gone, state.error, state.failures) == (False, "", 0)


def test_a_source_that_was_never_asked_is_removed_with_what_is_known_of_it(library):
    found = Found("subscriptions", "L", sources=(Source("", "feed", "Back", FEED),))
    (source,) = library.subscriptions.add(found).sources
    fetches.write(library.cache, fetches.Fetch(source.id, gone=True))
    library.subscriptions.remove(source.id)
    assert fetches.all(library.cache) == {}


def test_a_title_given_during_a_refresh_is_the_lists_too(library):
    source = library.subscriptions.add(feed(1)).source
    library.subscriptions.rename(source.id, "Mine")
    # The refresh began before, and has the source as it was.
    intake.add(library.cache, source, feed(1, 2).entries, 5)
    assert library.subscriptions.landed(source.id, title="Harbours daily") == ""
    assert library.cache.source(source.id).title == "Mine"
    assert [group.title for group in library.shelf.listing().groups] == ["Mine"]


def test_pages_are_tried_again_when_they_are_asked_for_in_another_way(library, monkeypatch):
    tried = []
    monkeypatch.setattr("reader.storage.pages.retry", lambda _, name: tried.append(name))
    source = library.subscriptions.add(feed(1)).source
    for care in (Care(folder="Sea"), Care(full_text="always"), Care(full_text="always", paused=True)):
        library.subscriptions.set_care(source.id, care)
    assert tried == []
    changes = ({"keep": ("main",)}, {"drop": (".ad",)}, {"login": "ines"}, {"headers": (("X", "1"),)})
    for number, change in enumerate(changes, 1):
        library.subscriptions.set_care(source.id, Care(**change))
        assert tried == [source.id] * number

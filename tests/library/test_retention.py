"""What is old is pruned, and only then: marked articles stay, and what went does not come back by itself."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import Library
from reader.library.retention import KEPT, plan, prune
from reader.model.annotation import Place, Quote
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, TAGGED, Entry
from reader.model.listing import Filter
from reader.model.query import QueryError
from reader.model.source import Source
from reader.storage import intake, pruning
from reader.storage.cache import Cache
from tests.conftest import NOW
from tests.library.refreshing import feed

YEAR = 365 * 86_400
FEED = Source("gazette", "feed", "Gazette", "https://gazette.example/feed")


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as library:
        yield library


def entry(name, age=3, **more):
    return Entry(name, body=f"All about {name}.", guid=name, published=NOW - age * YEAR, **more)


def take(library, *entries, source=FEED):
    return intake.add(library.cache, source, entries, NOW)


def rows(library, query="is:hidden OR -is:hidden"):
    return library.shelf.rows(library.shelf.listing(Filter("asked", query=query)).keys)


def titles(library, query="is:hidden OR -is:hidden"):
    return {row.title for row in rows(library, query)}


def read(library, query=""):
    library.notebook.set_read(rows(library, query), read=True)


def test_only_what_is_old_and_read_goes(library):
    take(library, entry("old read"), entry("old unread"), entry("new read", 1))
    read(library, '"old read" OR "new read"')
    found = plan(library, "2y")
    assert (found.sources, found.kept) == ((("Gazette", 1),), 1)
    assert titles(library) == {"old read", "old unread", "new read"}
    prune(library, found)
    assert titles(library) == {"old unread", "new read"}
    assert library.cache.check() == []


def test_what_was_marked_stays_unless_it_is_named(library):
    names = ("plain", "bookmarked", "noted", "highlighted", "tagged", "started", "unread")
    take(library, *map(entry, names))
    row = {one.title: one for one in rows(library)}
    notebook = library.notebook
    notebook.set_bookmarked([row["bookmarked"]], bookmarked=True)
    notebook.set_note(row["noted"], "a note")
    notebook.add_highlight(row["highlighted"], Quote("about"), "green")
    notebook.set_tags([row["tagged"]], ["sea"])
    notebook.set_place(row["started"], Place(0, 0.5, 0.5))
    notebook.set_read([row[name] for name in names[:-2]], read=True)

    def going(*also):
        return {one.title for one in library.shelf.rows(plan(library, "2y", also=also).keys)}

    assert going() == {"plain"}
    for name in ("bookmarked", "noted", "highlighted", "tagged", "unread"):
        assert going(name) == {"plain", name}
    assert going("unread", "started") == {"plain", "unread", "started"}
    assert going(*KEPT) == set(names)


@given(st.sets(st.sampled_from(KEPT)), st.integers(0, 255))
def test_no_state_that_is_guarded_is_let_go(also, state):
    from reader.library.retention import _table

    flags = {
        "bookmarked": BOOKMARKED, "noted": NOTED, "highlighted": HIGHLIGHTED, "tagged": TAGGED, "started": STARTED,
    }  # fmt: skip
    guarded = any(state & flag and name not in also for name, flag in flags.items())
    unread = not state & READ and "unread" not in also
    assert _table(also)[state] == (not guarded and not unread)


def test_a_query_narrows_it_and_what_a_rule_hid_counts_too(library):
    take(library, entry("sea one"), entry("sea two"), entry("land"))
    read(library)
    library.notebook.set_hidden(rows(library, "two"), hidden=True)
    assert {one.title for one in library.shelf.rows(plan(library, "2y", "sea").keys)} == {"sea one", "sea two"}
    assert {one.title for one in library.shelf.rows(plan(library, "2026-01-01", "-sea").keys)} == {"land"}
    with pytest.raises(QueryError):
        plan(library, "old")
    with pytest.raises(QueryError):
        plan(library, "2y", "is:unred")


def test_the_guide_never_goes(library):
    library.subscriptions.add_guide()
    library.notebook.set_read(library.shelf.rows(library.shelf.listing(Filter(source="guide")).keys), read=True)
    assert not plan(library, "tomorrow", "source:guide").keys
    take(library, entry("old"), source=Source("city", "feed", "City guide"))
    read(library)
    assert len(plan(library, "2y").keys) == 1


def test_words_are_found_no_more_and_the_index_is_well(library):
    take(library, entry("lighthouse"), entry("harbour", 1))
    read(library)
    prune(library, plan(library, "2y"))
    assert titles(library, "lighthouse") == set()
    assert titles(library, "about") == {"harbour"}
    library.cache.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    docs = library.cache.connection.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
    assert docs == library.cache.connection.execute("SELECT count(*) FROM articles").fetchone()[0]


def test_the_next_refresh_brings_nothing_back(desk, server):
    server.routes["/feed"] = feed("One", "Two", etag="1")
    source = desk.subscribe(server.url("/feed"))
    assert len(desk.refresh(source).of(source).new) == 2
    read(desk.library)
    prune(desk.library, plan(desk.library, "tomorrow"))
    assert desk.titles(source) == set()
    server.routes["/feed"] = feed("One", "Two", "Three", etag="2")
    assert len(desk.refresh(source).of(source).new) == 1
    assert desk.titles(source) == {"Three"}
    assert desk.library.cache.check() == []


def test_whoever_adds_the_source_again_gets_it_back_and_it_is_known_to_be_read(desk, server):
    server.routes["/feed"] = feed("One", "Two", etag="1")
    source = desk.subscribe(server.url("/feed"), "gazette")
    desk.refresh(source)
    read(desk.library)
    prune(desk.library, plan(desk.library, "tomorrow"))
    desk.library.subscriptions.remove("gazette")
    from reader.storage import mirror

    mirror.put(desk.library.cache, source)
    desk.library.marks.put_source(source)
    desk.refresh(source)
    desk.library.subscriptions.landed()
    assert desk.titles(source) == {"One", "Two"}
    assert all(row.has(READ) for row in rows(desk.library))


@pytest.mark.parametrize(
    ("before", "after", "again"),
    [
        (entry("a"), entry("a"), False),
        (entry("a"), Entry("Another title", body="x", guid="a", published=NOW - 3 * YEAR), False),
        (entry("a"), Entry("a", body="Other words", guid="a", published=NOW - 2 * YEAR), False),
        (Entry("a", body="x", url="https://e.example/1"), Entry("a", body="y", url="https://e.example/1"), False),
        (Entry("a", body="x", url="https://e.example/1"), Entry("b", body="y", url="https://e.example/1"), True),
        (Entry("a", body="x", url="https://e.example/"), Entry("a", body="y", url="https://e.example/"), True),
        (Entry("Digest", body="x"), Entry("Digest", body="x"), False),
        (Entry("Digest", body="x"), Entry("Digest", body="of another week"), True),
        (Entry("a", body="x", guid="1"), Entry("b", body="y", guid="1"), True),
        (entry("a"), Entry("a", body="new", guid="a", published=NOW + 5), True),
    ],
)
def test_what_was_pruned_is_known_again_by_more_than_one_weak_sign(before, after, again):
    cache = Cache(None)
    (key,) = intake.add(cache, FEED, [before], NOW - YEAR).new
    pruning.prune(cache, [key], NOW)
    added = intake.add(cache, FEED, [after, Entry("z", guid="z", body="z")], NOW + 10)
    assert len(added.new) == (2 if again else 1)
    assert bool(added.keys[0]) == again
    assert intake.add(cache, FEED, [after], NOW + 10).new == ()
    cache.close()


def test_what_another_source_brings_and_what_the_user_brings_is_wanted():
    cache = Cache(None)
    texts = Source("texts", "texts", "Texts")
    keys = [intake.add(cache, source, [entry("a")], NOW).new[0] for source in (FEED, texts)]
    pruning.prune(cache, keys, NOW)
    assert intake.add(cache, texts, [entry("a")], NOW).new
    assert intake.add(cache, Source("other", "feed", "Other"), [entry("b")], NOW).new
    assert not intake.add(cache, FEED, [entry("a")], NOW).new
    cache.close()


def test_a_file_that_was_changed_is_wanted_again():
    cache, folder = Cache(None), Source("folder", "folder", "Files")
    (key,) = intake.add(cache, folder, [Entry("a", body="x", guid="a.txt")], NOW).new
    pruning.prune(cache, [key], NOW)
    assert not intake.add(cache, folder, [Entry("a", body="x", guid="a.txt")], NOW).new
    assert intake.add(cache, folder, [Entry("a", body="x, and more", guid="a.txt")], NOW).new
    cache.close()


def test_what_several_sources_brought_comes_back_by_none_of_them():
    cache, other = Cache(None), Source("herald", "feed", "Herald")
    story = Entry("A story", body="told twice", url="https://e.example/story")
    (key,) = intake.add(cache, FEED, [story], NOW).new
    assert intake.add(cache, other, [story], NOW).keys == (key,)
    pruning.prune(cache, [key], NOW)
    assert not intake.add(cache, other, [story], NOW).new
    assert not intake.add(cache, FEED, [story], NOW).new
    cache.close()


def test_the_room_is_given_back(library, places):
    take(library, *(entry(f"number {number}") for number in range(5)))
    big = [Entry(f"Big {n}", body=f"word{n} " * 60_000, guid=f"big {n}", published=NOW - 3 * YEAR) for n in range(12)]
    take(library, *big)
    read(library, "title:big")
    library.cache.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = places.library.stat().st_size
    given = prune(library, plan(library, "2y"))
    assert given is not None
    assert given > 3_000_000
    assert places.library.stat().st_size == before - given
    assert len(titles(library)) == 5
    assert library.cache.check() == []


def test_marks_of_what_went_stay(library, places):
    take(library, entry("old"))
    (row,) = rows(library)
    library.notebook.set_read([row], read=True)
    prune(library, plan(library, "2y"))
    assert library.notebook.marks(row.id).read_at


def told(source, at, title="Ferry runs aground off the north pier"):
    return Source(source, "feed", source.title(), f"https://{source}.example/feed"), Entry(
        title, body=f"As {source} tells it.", guid=f"{source} {title}", published=at
    )


def test_a_story_stays_when_what_is_not_listed_of_it_is_marked(places):
    with Library(places, now=lambda: NOW) as library:
        for title in ("Ferry runs aground off the north pier", "Council sells the old mill to its tenants"):
            for name in ("gazette", "herald"):
                source, one = told(name, NOW - 3 * YEAR, title)
                take(library, one, source=source)
        read(library)
        assert {row.source for row in rows(library)} == {"Gazette"}
        follower = min(library.cache.following.leaders(library.cache.connection))
        herald = library.shelf.rows([follower])[0].id
        # As when it was marked before it came again, and the process broke off before it was listed by itself.
        library.marks.set_bookmarked([str(herald)], bookmarked=True, label="bookmark")
    with Library(places, now=lambda: NOW) as library:
        found = plan(library, "2y")
        assert [row.title for row in library.shelf.rows(found.keys)] == ["Council sells the old mill to its tenants"]
        assert found.kept == 1
        prune(library, found)
        assert library.shelf.row(herald) is not None
        assert len(plan(library, "2y", also=["bookmarked"]).keys) == 1


WORKER = """
import sys
from reader.library import Library
from reader.library.retention import plan, prune
from reader.settings import places
from tests.conftest import NOW
with Library(places(), now=lambda: NOW) as library:
    prune(library, plan(library, "2y"), lambda done: print(done, flush=True))
"""


def test_killed_while_it_prunes_it_has_lost_nothing_that_stays_and_goes_on_the_next_time(places):
    with Library(places, now=lambda: NOW) as library:
        take(library, *(entry(f"old {number}") for number in range(600)), *(entry(f"new {n}", 1) for n in range(5)))
        read(library)
        (marked,) = rows(library, 'title:"old 7"')
        library.notebook.set_tags([marked], ["kept"])
    with subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE) as worker:
        assert worker.stdout.readline() == b"100\n"
        worker.kill()
    with Library(places, now=lambda: NOW) as library:
        assert library.cache.check() == []
        library.cache.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        here = rows(library)
        assert 6 <= len(here) <= 506
        assert {row.title for row in here if not row.title.startswith("old ")} == {f"new {n}" for n in range(5)}
        assert marked.id in {row.id for row in here}
        assert all(row.has(READ) for row in here)
        assert library.notebook.tags() == {"kept": 1}
        gone = [name for name in (f"old {number}" for number in range(600)) if name not in {r.title for r in here}]
        assert take(library, *map(entry, gone)).new == ()
        prune(library, plan(library, "2y"))
        assert len(rows(library)) == 6
        assert library.cache.check() == []


@pytest.mark.parametrize(
    "older", ["2y)OR(is:read", "2y|is:read", "2y)", "(2y", "-2y", "", " ", '"2y"', "2y\\\\", "2y -is:read", "2y*"]
)
def test_an_age_is_an_age_and_nothing_more(library, older):
    take(library, entry("old"), entry("new", 0))
    read(library)
    with pytest.raises(QueryError):
        plan(library, older)

"""What another program kept, kept here: once, undone as one, and nothing of the reader's changed by it."""

from __future__ import annotations

import json

import pytest

from reader.ingest.detect import read
from reader.ingest.errors import IngestError
from reader.library import Library, errands
from reader.model.annotation import Quote
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, TAGGED
from tests.conftest import NOW
from tests.exported import EXPORTS, FEED, cache_db


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as opened:
        yield opened


def take(library, name, called="x"):
    return library.subscriptions.add(read(EXPORTS[name], called), f"/tmp/{name}")


def rows(library):
    return {row.title: row for row in library.shelf.rows(library.shelf.listing().keys)}


def kept(library):
    """Everything that is marked, to be compared."""
    return {row.title: (row.flags, library.notebook.marks(row.id)) for row in rows(library).values()}


def test_articles_and_marks_come(library):
    report = take(library, "All articles.json")
    assert str(report) == (
        "wallabag: 2 new; 1 marked read, 1 bookmarked, 1 tagged, 2 highlights (1 in no text yet); 2 left out"
    )
    row = rows(library)["The quay at seven"]
    assert row.flags == READ | BOOKMARKED | TAGGED | HIGHLIGHTED
    marks = library.notebook.marks(row.id)
    assert (marks.tags, marks.bookmarked_at, marks.read_at) == (
        ("sea", "long reads"),
        "2024-01-01T10:00:00Z",
        "2024-02-01T10:00:00Z",
    )
    opened = library.shelf.seek(library.shelf.open(row.key))
    assert [(one.highlight.quote.exact, one.passage is not None) for one in opened.highlights] == [
        ("the gulls are up before it", True),
        ("words that are nowhere in it", False),
    ]
    first = opened.highlights[0].highlight
    assert (first.note, first.quote.prefix[-4:], first.created) == ("mine", "and ", "2024-01-01T10:00:00Z")
    (source,) = library.marks.sources()
    assert (source.kind, source.title, source.location) == ("export", "wallabag", "/tmp/All articles.json")


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "urls"])
def test_twice_is_once(library, name):
    first = take(library, name)
    before = kept(library)
    assert first.new
    report = take(library, name)
    assert (report.new, report.changed) == ((), ())
    assert report.carried is not None
    assert report.carried == type(report.carried)()
    assert kept(library) == before


def test_all_of_it_is_taken_back_at_once_and_done_again(library):
    take(library, "omnivore.zip")
    before = kept(library)
    assert library.notebook.undo().label == "import from Omnivore"
    assert set(rows(library)) == {"The quay at seven", "Ropes"}
    assert all(row.flags == 0 for row in rows(library).values())
    assert library.notebook.undo() is None
    library.notebook.redo()
    assert kept(library) == before
    library.notebook.undo()
    assert take(library, "omnivore.zip").carried.highlights == 2
    assert {title: flags for title, (flags, _) in kept(library).items()} == {
        title: flags for title, (flags, _) in before.items()
    }


def test_what_the_reader_took_back_is_not_brought_again(library):
    take(library, "omnivore.zip")
    row = rows(library)["The quay at seven"]
    marks = library.notebook.marks(row.id)
    library.notebook.set_read((row,), read=False)
    library.notebook.set_tags((row,), (), ("sea",))
    library.notebook.set_note(row, "")
    library.notebook.delete_highlight(row, marks.highlights[0].id)
    library.notebook.edit_highlight(row, marks.highlights[1].id, quote=Quote("other words"))
    before = kept(library)
    assert take(library, "omnivore.zip").carried.highlights == 0
    assert kept(library) == before


def test_what_the_reader_did_before_stays(library):
    take(library, "bookmarks.html")
    row = next(row for row in rows(library).values() if row.url == "https://quay.example/seven")
    library.notebook.set_note(row, "my own words")
    report = take(library, "omnivore.zip")
    assert (report.known, report.carried.notes, report.carried.mine) == (2, 0, 1)
    marks = library.notebook.marks(row.id)
    assert [note.text for note in marks.notes] == ["my own words"]
    assert marks.read_at == "2024-02-01T10:00:00Z"
    assert set(marks.tags) == {"sea", "dawn", "ports"}
    assert library.shelf.row(row.id).flags & NOTED


RSS = (
    '<rss version="2.0"><channel><title>The Quay</title><item><title>Seven</title>'
    '<link>https://quay.example/seven</link><guid isPermaLink="false">g1</guid></item></channel></rss>'
)


@pytest.fixture
def subscribed(library):
    """An article that a feed brought."""
    report = library.subscriptions.add(read(RSS.encode(), address=FEED))
    return library.shelf.rows(report.new)[0]


def test_an_article_that_a_feed_brought_gets_the_marks(library, subscribed):
    report = take(library, "All articles.json")
    assert (len(report.new), report.known) == (1, 1)
    row = library.shelf.row(subscribed.id)
    assert (row.title, row.source, row.flags) == ("Seven", "The Quay", READ | BOOKMARKED | TAGGED | HIGHLIGHTED)
    assert [source.kind for source in library.marks.sources()] == ["feed", "export"]


def test_what_the_reader_left_unread_stays_unread(library, subscribed):
    library.notebook.set_note(subscribed, "not yet")
    assert take(library, "All articles.json").carried.read == 0
    assert library.shelf.row(subscribed.id).flags == NOTED | BOOKMARKED | TAGGED | HIGHLIGHTED


def test_highlights_of_readwise_meet_its_documents(library):
    take(library, "reader-export.csv")
    take(library, "readwise-data.csv")
    row = rows(library)["The quay at seven"]
    assert row.url == "https://quay.example/seven"
    assert [one.quote.exact for one in library.notebook.marks(row.id).highlights] == [
        "the gulls are up\nbefore it",
        "Nobody waves.",
    ]
    assert "Harbour Book" in rows(library)


def test_newsboat_brings_its_feeds_with_their_articles(library, tmp_path):
    path = cache_db(tmp_path / "cache.db")
    found = errands.read_file(path)
    report = library.subscriptions.add(found, str(path))
    assert str(report) == ("newsboat: 3 new, 1 new source; 2 marked read, 1 bookmarked, 1 tagged; 2 left out")
    assert report.left_out == (
        "1 articles that newsboat holds for deleted",
        "1 feeds without a web address: their articles come as newsboat's own",
    )
    listed = rows(library)
    assert {title: (row.source, row.flags) for title, row in listed.items()} == {
        "Seven": ("The Quay", READ | BOOKMARKED | TAGGED),
        "Ropes": ("The Quay", 0),
        "Made by a script": ("newsboat", READ),
    }
    article = library.cache.article(listed["Ropes"].key)
    assert (article.text, article.enclosures[0].url) == ("plain & simple", "https://quay.example/a.mp3")
    assert library.notebook.marks(listed["Seven"].id).tags == ("flag s", "flag x")
    again = library.subscriptions.add(errands.read_file(path), str(path))
    assert (again.new, again.sources, again.known) == ((), (), 3)


def test_a_feed_knows_again_what_newsboat_had_of_it(library, tmp_path):
    library.subscriptions.add(errands.read_file(cache_db(tmp_path / "cache.db")))
    source = library.subscriptions.known(FEED)
    report = library.subscriptions.take(source, read(RSS.encode()))
    assert report.new == ()
    assert rows(library)["Seven"].flags & READ


def test_a_cache_that_is_damaged_in_the_middle_harms_nothing(library, tmp_path):
    path = cache_db(tmp_path / "cache.db")
    found = errands.read_file(path)
    path.write_bytes(b"SQLite format 3\x00" + bytes(9000))
    with pytest.raises(IngestError):
        library.subscriptions.add(found)
    assert library.cache.check() == []
    assert kept(library) == {}


def test_lists_of_feeds_become_sources_in_folders(library):
    report = take(library, "urls", "urls")
    assert [(one.title, one.care.folder) for one in report.sources] == [
        ("The Quay", "ports"),
        ("https://tide.example/feed", ""),
        ("https://ebb.example/a-feed", "north sea"),
    ]
    assert str(report) == "newsboat: 3 new sources; 7 left out"
    assert take(library, "urls", "urls").sources == ()


def test_very_many_are_taken_in_some_at_a_time_in_their_order(library, monkeypatch):
    from reader.library import moving_in

    monkeypatch.setattr(moving_in, "AT_ONCE", 3)
    lines = "".join(f"T{n},https://a.example/{n},{1600000000 - n},t{n % 2},archive\n" for n in range(10))
    told = []
    found = read(f"title,url,time_added,tags,status\n{lines}".encode())
    report = library.subscriptions.add(found, tell=told.append)
    assert len(report.new) == 10
    assert [row.title for row in library.shelf.rows(library.shelf.listing().keys)] == [f"T{n}" for n in range(10)]
    assert told[:2] == ["Pocket: 1 of 10 articles", "Pocket: 4 of 10 articles"]
    assert all(row.flags == READ | TAGGED for row in rows(library).values())


def test_a_source_that_was_removed_comes_back(library):
    take(library, "part_000000.csv")
    (source,) = library.marks.sources()
    library.subscriptions.remove(source.id)
    assert len(take(library, "part_000000.csv").new) == 2  # the tagged one was kept
    assert [one.kind for one in library.marks.sources()] == ["export"]


def test_rules_see_what_came_with_its_marks(library, places):
    places.settings.parent.mkdir(parents=True, exist_ok=True)
    places.settings.write_text('[[rules]]\nwhen = "tag:sea"\ndo = ["bookmark"]\n')
    assert take(library, "part_000000.csv").ruled
    assert rows(library)["The quay at seven"].flags == TAGGED | BOOKMARKED


def test_the_annotations_of_another_are_not_run(library):
    odd = [{"is_archived": 1, "url": "https://a.example/x", "title": "[@click=app.quit]x[/]", "tags": ["\x1b[31mred"]}]
    library.subscriptions.add(read(json.dumps(odd).encode()))
    (row,) = rows(library).values()
    assert library.notebook.marks(row.id).tags == ("red",)

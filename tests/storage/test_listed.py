"""The list of sources in marks.json: what the user decided about each, and what another version wrote."""

from __future__ import annotations

import json

import pytest
from tinydb import TinyDB

from reader.model.annotation import Place
from reader.model.article import Row
from reader.model.source import Care, Source
from reader.storage.marks import Marks

CARE = Care(
    named=True, folder="Sea", paused=True, full_text="always", keep=("main", ".text"), drop=(".ad",),
    headers=(("Accept-Language", "pt"), ("X-One", "1")), login="ines", private=True,
)  # fmt: skip
FULL = Source("feed-1", "feed", "Harbours", "https://x.example/feed", "https://x.example/", CARE)
BARE = Source("feed-2", "feed", "Orchards", "https://y.example/feed")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.json"


@pytest.fixture
def marks(path):
    opened = Marks(path)
    yield opened
    opened.abandon()


def row_of(number):
    return Row(10**14 + number, number, f"T{number}", None, None, "S", "", cut=False, words=1, published=None, url=None)


def again(marks, path):
    marks.close()
    return Marks(path)


def test_sources_come_back_as_they_were(marks, path):
    marks.put_sources([FULL, BARE])
    opened = again(marks, path)
    assert opened.sources() == [FULL, BARE]
    opened.close()
    # Plain TinyDB opens it, and what is as usual takes no room.
    with TinyDB(path) as db:
        one, other = db.table("sources").all()
    assert set(other) == {"id", "kind", "title", "location", "added"}
    assert one["care"]["headers"] == {"Accept-Language": "pt", "X-One": "1"}


def test_a_change_touches_only_what_changed(marks, path):
    marks.put_sources([FULL, BARE])
    marks.put_source(Source("feed-1", "feed", "Harbours", "https://x.example/feed", "https://x.example/"))
    marks.put_source(Source("feed-2", "feed", "Pears", "https://y.example/feed", care=Care(folder="Trees")))
    marks.put_source(Source("feed-2", "feed", "Pears", "https://y.example/feed", care=Care(folder="Trees")))
    opened = again(marks, path)
    assert [(one.title, one.site, one.care) for one in opened.sources()] == [
        ("Harbours", "https://x.example/", Care()),
        ("Pears", "", Care(folder="Trees")),
    ]
    opened.remove_source("feed-1")
    opened.remove_source("unknown")
    assert [one.id for one in opened.sources()] == ["feed-2"]
    assert again(opened, path).sources()[0].title == "Pears"


def test_what_we_do_not_know_stays_and_what_is_no_good_is_as_if_not_there(path):
    doc = {
        "id": "feed-1", "kind": "feed", "title": "T", "location": "https://x.example", "added": "2026-01-01T00:00:00Z",
        "site": 7, "colour": "blue",
        "care": {"paused": "yes", "folder": "Sea", "full_text": "sometimes", "keep": ["a", 1], "headers": {"A": 1},
                 "mood": "calm", "named": 1, "login": None, "drop": [".ad"]},
    }  # fmt: skip
    old = {"id": "page", "kind": "listing", "title": "Old", "location": ""}
    odd = {"id": "odd", "kind": "feed", "title": "Odd", "care": "much"}
    path.write_text(json.dumps({"sources": {"1": doc, "2": old, "3": odd}}))
    marks = Marks(path)
    one, two, three = marks.sources()
    assert one == Source("feed-1", "feed", "T", "https://x.example", "", Care(folder="Sea", drop=(".ad",)))
    assert two == Source("page", "listing", "Old")
    assert three.care == Care()
    assert [text.partition(":")[0] for text in marks.check()] == ["source 1", "source 3"]
    marks.put_source(Source("feed-1", "feed", "T", "https://x.example", "", Care(folder="Sky")))
    marks.close()
    kept = json.loads(path.read_text())["sources"]["1"]
    assert (kept["care"], kept["colour"]) == ({"folder": "Sky", "mood": "calm"}, "blue")


def test_sources_survive_a_kill_at_any_time(marks, path):
    marks.put_sources([FULL])
    marks.put_source(BARE)
    marks.remove_source("feed-1")
    marks.flush()
    other = Marks(path, read_only=True)
    assert other.sources() == [BARE]
    other.close()


def test_removing_a_source_is_not_undone(marks):
    row = row_of(0)
    marks.put_source(BARE)
    marks.set_read([row], read=True, label="read")
    marks.remove_source("feed-2")
    assert marks.undo().label == "read"
    assert marks.undo() is None
    assert marks.sources() == []


def test_which_articles_bear_a_mark_that_keeps_them(marks):
    rows = [row_of(number) for number in range(6)]
    marks.set_read(rows[:3], read=True, label="read")
    marks.set_bookmarked(rows[1:2], bookmarked=True, label="bookmark")
    marks.set_note(rows[2], "mine", "note")
    marks.set_place(rows[3], Place(1, 0.5, 0.3))
    marks.set_place(rows[0], Place(1, 0.5, 0.3))
    marks._db.at("articles").put({rows[4].id: {"title": "T4", "tags": ["later"]}})
    marks._db.at("highlights").insert({"article": str(rows[5].id), "exact": "x"})
    assert marks.marked() == {row.id for row in rows[1:]}


def test_one_source_is_found_by_its_id(marks):
    marks.put_sources([FULL, BARE])
    assert [marks.source("feed-1"), marks.source("feed-2"), marks.source("feed-3")] == [FULL, BARE, None]

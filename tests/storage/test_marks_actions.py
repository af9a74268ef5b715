"""Tags, what is hidden, saved views and the log; all but the log taken back and done again, also after a restart."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import orjson
import pytest
from tinydb import TinyDB

from reader.model.annotation import SOME, Place, Quote, Undone
from reader.model.article import BOOKMARKED, FINISHED, HIDDEN, HIGHLIGHTED, NOTED, READ, STARTED, TAGGED
from reader.storage import articles, log
from reader.storage.marks import Marks
from reader.storage.stamp import journal_of
from tests.storage.test_marks import ID, Clock, bookmark, opened, read, records, row

FIXTURE = Path(__file__).parents[1] / "fixtures" / "marks" / "before-tags.json"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.json"


@pytest.fixture
def marks(path):
    with opened(path) as found:
        yield found


def tag(marks, *rows, add=(), remove=(), label="tagged"):
    return marks.set_tags(rows, add, remove, label)


# --- tags -------------------------------------------------------------------------------------------------


def test_several_tags_on_several_articles_are_one_action(marks):
    assert tag(marks, row(1), row(2), row(1), add=["Ads", " boats\n"]) == 2
    assert marks.of(ID + 1).tags == ("Ads", "boats")
    assert marks.flags(ID + 2) == TAGGED
    assert marks.tags() == {"Ads": [ID + 1, ID + 2], "boats": [ID + 1, ID + 2]}
    assert records(marks) == 1
    assert marks.undo() == Undone("tagged", (ID + 1, ID + 2))
    assert marks.tags() == {}
    assert marks.flags(ID + 1) == 0


def test_a_tag_is_written_as_it_was_written_first(marks):
    tag(marks, row(1), add=["Ads"])
    assert tag(marks, row(1), add=["ADS"]) == 0
    tag(marks, row(2), add=["ads"])
    assert marks.of(ID + 2).tags == ("Ads",)
    assert marks.tag_counts() == {"Ads": 2}
    tag(marks, row(1), row(2), add=["ads"], remove=["Ads"])
    assert marks.tag_counts() == {"ads": 2}
    tag(marks, row(1), row(3), remove=["ADS", "none"])
    assert marks.tags() == {"ads": [ID + 2]}


def test_what_has_its_tags_already_is_no_action(marks):
    tag(marks, row(1), add=["a"])
    before = records(marks)
    assert tag(marks, row(1), row(2), add=["", "\x07"], remove=["b"]) == 0
    assert tag(marks, row(1), add=["A"]) == 0
    assert records(marks) == before


def test_tags_are_taken_back_article_by_article(marks):
    tag(marks, row(1), add=["a"])
    tag(marks, row(2), add=["b"])
    tag(marks, row(1), row(2), row(3), add=["c"], remove=["b"])
    assert [marks.of(ID + n).tags for n in (1, 2, 3)] == [("a", "c"), ("c",), ("c",)]
    assert set(marks.undo().articles) == {ID + 1, ID + 2, ID + 3}
    assert [marks.of(ID + n).tags for n in (1, 2, 3)] == [("a",), ("b",), ()]
    assert marks.tags() == {"a": [ID + 1], "b": [ID + 2]}
    marks.redo()
    assert [marks.of(ID + n).tags for n in (1, 2, 3)] == [("a", "c"), ("c",), ("c",)]


def test_what_someone_wrote_as_tags_is_tidied_when_it_is_read(path):
    tags = ["Ads", "ads", "\x1b[2J", "", 5, "x" * 500]
    path.write_bytes(orjson.dumps({"articles": {str(ID + 1): {"title": "A", "tags": tags}, str(ID + 2): {"tags": 5}}}))
    with opened(path) as marks:
        assert marks.of(ID + 1).tags == ("Ads", "[2J", "x" * 100)
        assert set(marks.tags()) == {"Ads", "[2J", "x" * 100}
        assert dict(marks.all_flags()) == {ID + 1: TAGGED}
        marks._db.drop_table("articles")
        assert marks.tags() == {}


# --- hidden and finished ----------------------------------------------------------------------------------


def test_what_is_hidden_is_shown_again_by_undoing(marks):
    assert marks.set_hidden([row(1), row(2)], hidden=True, label="hidden") == 2
    assert dict(marks.all_flags()) == {ID + 1: HIDDEN, ID + 2: HIDDEN}
    marks.undo()
    assert dict(marks.all_flags()) == {}
    marks.redo()
    marks.set_hidden([row(1)], hidden=False, label="shown again")
    assert dict(marks.all_flags()) == {ID + 2: HIDDEN}


@pytest.mark.parametrize(
    ("progress", "flags"), [(0, 0), (0.1, STARTED), (0.97, STARTED), (0.98, FINISHED), (1, FINISHED)]
)
def test_an_article_is_finished_near_its_end(marks, progress, flags):
    marks.set_place(row(), Place(3, 0.5, progress))
    assert marks.flags(ID + 1) == flags
    read(marks, row())
    assert marks.flags(ID + 1) == READ | flags & FINISHED


def test_the_flags_of_many_are_those_of_each(marks):
    read(marks, *map(row, range(30)))
    marks.set_read([str(ID + number) for number in range(10, 25_000)], read=True, label="x")
    tag(marks, row(3), row(40), add=["a"])
    marks.set_note(row(5), "note", "note")
    marks.add_highlight(row(60_000), Quote("words"), "red", "", "highlight")
    marks.set_hidden([row(8)], hidden=True, label="hidden")
    ids = [ID + number for number in (*range(50), 24_999, 25_000, 60_000)]
    assert list(marks.flags_of(ids)) == [marks.flags(article) for article in ids]
    flags = dict(marks.all_flags())
    assert [flags.get(article, 0) for article in ids] == [marks.flags(article) for article in ids]


def test_what_is_only_read_or_hidden_may_be_let_go(marks):
    read(marks, row(1), row(2))
    marks.set_place(row(2), Place(3, 0.5, 1))
    marks.set_hidden([row(3)], hidden=True, label="hidden")
    tag(marks, row(4), add=["a"])
    bookmark(marks, row(5))
    marks.set_place(row(6), Place(3, 0.5, 1))
    assert marks.marked() == {ID + 4, ID + 5, ID + 6}


# --- undo and redo ----------------------------------------------------------------------------------------


def test_everything_is_taken_back_and_done_again_after_a_restart(path):
    def acts(marks):
        read(marks, row(1), row(2))
        bookmark(marks, row(2))
        marks.set_note(row(3), "one", "note")
        tag(marks, row(1), row(4), add=["a", "b"])
        marks.set_hidden([row(5)], hidden=True, label="hidden")
        marks.put_view("Sea", "section:sea", "view saved")
        marks.rename_view("Sea", "Water", "view renamed")
        name = marks.add_highlight(row(6), Quote("words"), "blue", "", "highlight")
        marks.edit_highlight(row(6), name, color=None, note="why", label="noted")
        marks.delete_highlight(row(6), name, "gone")

    def state(marks):
        tags = {tag: sorted(found) for tag, found in marks.tags().items()}
        return dict(marks.all_flags()), marks.views(), tags, list(marks.said())

    with opened(path) as marks:
        acts(marks)
        done = state(marks)
        marks.flush()
    labels = []
    for _ in range(10):
        with opened(path) as marks:
            labels.append(marks.undo().label)
            marks.flush()
    with opened(path) as marks:
        assert state(marks) == ({}, [], {}, [])
        assert marks.undo() is None
        marks.close()
    again = []
    for _ in range(10):
        with opened(path) as marks:
            again.append(marks.redo().label)
            marks.close()
    assert again == labels[::-1]
    with opened(path) as marks:
        assert state(marks) == done
        assert marks.redo() is None
        assert marks.check() == []
        assert marks.undo().label == "gone"


def test_a_new_action_forgets_what_could_be_redone(marks):
    read(marks, row(1))
    read(marks, row(2))
    marks.undo()
    marks.undo()
    assert marks.redo() == Undone("Read", (ID + 1,))
    bookmark(marks, row(3))
    assert marks.redo() is None
    assert [marks.undo().label, marks.undo().label, marks.undo()] == ["Bookmark", "Read", None]


def test_what_happens_by_itself_forgets_nothing(marks):
    read(marks, row(1))
    marks.undo()
    marks.set_read([row(2)], read=True, label="")
    marks.set_place(row(3), Place(3, 0.5, 0.5))
    marks.log(ID + 3, 20, date(2026, 11, 22))
    assert marks.redo() == Undone("Read", (ID + 1,))
    assert marks.undo() == Undone("Read", (ID + 1,))
    assert dict(marks.all_flags()) == {ID + 2: READ, ID + 3: STARTED}


def test_several_changes_can_be_one_action(marks):
    with marks.action("rules"):
        read(marks, row(1), row(2))
        tag(marks, row(1), add=["ads"])
        marks.set_hidden([row(2)], hidden=True, label="hidden")
    assert records(marks) == 1
    assert marks.undo() == Undone("rules", (ID + 2, ID + 1))
    assert dict(marks.all_flags()) == {}
    assert marks.undo() is None
    marks.redo()
    assert dict(marks.all_flags()) == {ID + 1: READ | TAGGED, ID + 2: READ | HIDDEN}


def test_of_a_failed_action_nothing_is_left(marks):
    def fail():
        with marks.action("rules"):
            read(marks, row(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dict(marks.all_flags()) == {}
    assert marks.undo() is None
    read(marks, row(2))
    assert marks.undo() == Undone("Read", (ID + 2,))


def test_very_many_are_kept_by_their_ids_and_named_when_something_else_is_done(path, monkeypatch):
    monkeypatch.setattr(articles, "NAMED", 10)
    ids = [str(ID + number) for number in range(1, SOME + 100)]
    with opened(path) as marks:
        assert marks.set_read(ids, read=True, label=lambda count: f"{count:,} read") == len(ids)
        assert marks.named(ID + 7) == ("", "", "")
        bookmark(marks, row(7))
        assert marks.named(ID + 7) == ("Title 7", "Russia", "https://example.org/7")
        marks.close()
    with opened(path) as marks:
        assert marks.flags(ID + 7) == READ | BOOKMARKED
        marks.undo()
        undone = marks.undo()
        assert (undone.label, undone.count, len(undone.articles)) == (f"{len(ids):,} read", len(ids), SOME)
        assert dict(marks.all_flags()) == {}
        assert marks.redo().count == len(ids)
        marks.close()
    with TinyDB(path) as stock:
        assert len(stock.table("articles")) == len(ids)
        assert stock.table("articles").get(doc_id=ID + 9)["read"]


def test_a_view_is_saved_renamed_and_removed(marks):
    marks.put_view("Sea", "section:sea", "saved")
    marks.put_view("Short", "minutes:<5", "saved")
    marks.put_view("SEA", "tag:sea", "saved")
    assert marks.views() == [("SEA", "tag:sea"), ("Short", "minutes:<5")]
    marks.rename_view("short", "Brief", "renamed")
    marks.rename_view("nothing", "x", "renamed")
    marks.remove_view("nothing", "removed")
    marks.put_view("Brief", "minutes:<5", "saved")
    assert marks.views() == [("SEA", "tag:sea"), ("Brief", "minutes:<5")]
    marks.rename_view("Brief", "sea", "renamed")
    assert marks.views() == [("sea", "minutes:<5")]
    assert marks.undo() == Undone("renamed", ())
    assert marks.views() == [("SEA", "tag:sea"), ("Brief", "minutes:<5")]
    marks.remove_view("sea", "removed")
    assert marks.views() == [("Brief", "minutes:<5")]


# --- the log ----------------------------------------------------------------------------------------------


def test_the_log_adds_up_and_is_never_undone(path):
    day = date(2026, 11, 22)
    with opened(path) as marks:
        marks.log(ID + 1, 30, day)
        read(marks, row(1))
        marks.log(ID + 1, 12, day)
        marks.log(ID + 2, 5, date(2026, 11, 23))
        marks.undo()
        assert marks.undo() is None
        marks.close()
    with opened(path) as marks:
        assert marks.logged() == {day: {ID + 1: 42}, date(2026, 11, 23): {ID + 2: 5}}


def test_a_day_of_the_log_is_bounded(marks, monkeypatch):
    monkeypatch.setattr(log, "ARTICLES", 3)
    day = date(2026, 11, 22)
    for number in range(6):
        marks.log(ID + number, 10, day)
    marks.log(ID, 10, day)
    marks.log(ID, 10**9, day)
    assert marks.logged() == {day: {ID: 86_400, ID + 1: 10, ID + 2: 10, 0: 30}}


def test_a_log_written_by_hand_is_read_as_far_as_it_makes_sense(path):
    days = {"20261122": {str(ID): 5, "x": 5, str(ID + 1): "5", str(ID + 2): -5, str(ID + 3): True}, "7": {str(ID): 5}}
    path.write_bytes(orjson.dumps({"log": {**days, "20261399": {}, "-5": {}}}))
    with opened(path) as marks:
        assert marks.logged() == {date(2026, 11, 22): {ID: 5}}


# --- older files ------------------------------------------------------------------------------------------


def test_a_file_from_before_tags_opens_with_all_it_holds(path):
    shutil.copy(FIXTURE, path)
    shutil.copy(journal_of(FIXTURE), journal_of(path))
    marks = Marks(path, clock=Clock())
    try:
        assert marks.notices == []
        flags = dict(marks.all_flags())
        assert len(flags) == 201
        assert [flags[ID + n] for n in (1, 2, 3, 4, 5, 200, 201)] == [
            BOOKMARKED,
            READ | NOTED,
            READ | HIGHLIGHTED,
            READ | BOOKMARKED,
            READ,
            STARTED,
            FINISHED,
        ]
        undone = []
        while one := marks.undo():
            undone.append(one.label)
        assert undone[-1] == "read: 199 articles"
        assert len(undone) == 6
        assert dict(marks.all_flags()) == {ID + 200: STARTED, ID + 201: FINISHED}
        while marks.redo():
            pass
        assert dict(marks.all_flags()) == flags
        assert marks.check() == []
        marks.close()
    finally:
        marks.abandon()
    with TinyDB(path) as stock:
        assert len(stock.table("articles")) == 201
        assert stock.table("meta").get(doc_id=1) == {"format": 1}

"""Marks are set, found, undone and mended; whatever someone wrote into the file by hand."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from reader.model.annotation import Highlight, Place, Quote, Undone
from reader.model.annotation import Marks as ArticleMarks
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, Row
from reader.model.source import Source
from reader.storage.errors import MarksError, ReadOnlyError
from reader.storage.history import DOCUMENTS, ENTRIES
from reader.storage.lock import Lock
from reader.storage.marks import Marks
from reader.storage.stamp import journal_of, stamp
from tests.thorough import examples

ID = 10**14


def row(number: int = 1) -> Row:
    return Row(
        id=ID + number,
        key=number,
        title=f"Title {number}",
        author=None,
        section=None,
        source="Russia",
        excerpt="",
        cut=False,
        words=100,
        published=None,
        url=f"https://example.org/{number}",
    )


class Clock:
    """A clock that moves on a minute each time it is looked at."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.json"


@contextmanager
def opened(path, **options):
    marks = Marks(path, clock=Clock(), **options)
    try:
        yield marks
    finally:
        marks.abandon()


@pytest.fixture
def marks(path):
    with opened(path) as found:
        yield found


def read(marks: Marks, *rows: Row, on: bool = True) -> None:
    marks.set_read(rows, read=on, label="Read")


def bookmark(marks: Marks, *rows: Row, on: bool = True) -> None:
    marks.set_bookmarked(rows, bookmarked=on, label="Bookmark")


def records(marks: Marks) -> int:
    marks.flush()
    file = journal_of(marks._journal.path)
    return file.read_bytes().count(b"\n") if file.exists() else 0


def test_nothing_is_known_of_an_untouched_article(marks):
    assert marks.of(5) == ArticleMarks()
    assert marks.flags(5) == 0
    assert list(marks.all_flags()) == []
    assert marks.sources() == []
    assert marks.undo() is None
    assert not marks.pending


def test_every_mark_is_found_again_after_a_restart(path):
    def check(marks):
        found = marks.of(ID + 1)
        assert found.flags == READ | BOOKMARKED | NOTED
        assert found.read_at == "2026-11-22T13:02:00Z"
        assert found.bookmarked_at
        assert found.place == Place(3, 0.5, 0.25, "So it begins")
        (note,) = found.notes
        assert (note.article, note.text) == (ID + 1, "So *true*.")
        assert note.created == note.updated
        assert marks.flags(ID + 2) == STARTED
        assert dict(marks.all_flags()) == {ID + 1: READ | BOOKMARKED | NOTED, ID + 2: STARTED}

    with opened(path) as marks:
        read(marks, row())
        bookmark(marks, row())
        marks.set_note(row(), "So *true*.", "Note")
        marks.set_place(row(), Place(3, 0.5, 0.25, "So it begins"))
        marks.set_place(row(2), Place(1, 0.0, 0.1))
        check(marks)
        marks.flush()
    with opened(path) as marks:
        check(marks)
        marks.close()
    with opened(path) as marks:
        check(marks)
    with TinyDB(path) as stock:
        doc = stock.table("articles").get(doc_id=ID + 1)
        assert (doc["title"], doc["url"], doc["source"]) == ("Title 1", "https://example.org/1", "Russia")
        assert stock.table("meta").get(doc_id=1) == {"format": 1}


def test_each_action_is_undone_in_turn(path):
    with opened(path) as marks:
        read(marks, row(1), row(2))
        bookmark(marks, row(2))
        marks.set_note(row(3), "one", "Write a note")
        marks.set_note(row(3), "two", "Edit the note")
        marks.set_note(row(3), " \n", "Delete the note")
        bookmark(marks, row(2), on=False)
        assert dict(marks.all_flags()) == {ID + 1: READ, ID + 2: READ}
        marks.flush()
    with opened(path) as marks:
        assert marks.undo() == Undone("Bookmark", (ID + 2,))
        assert marks.flags(ID + 2) == READ | BOOKMARKED
        assert marks.undo() == Undone("Delete the note", (ID + 3,))
        assert [note.text for note in marks.of(ID + 3).notes] == ["two"]
        assert marks.flags(ID + 3) == NOTED
        assert marks.undo() == Undone("Edit the note", (ID + 3,))
        assert [note.text for note in marks.of(ID + 3).notes] == ["one"]
        assert marks.undo() == Undone("Write a note", (ID + 3,))
        assert marks.flags(ID + 3) == 0
        marks.close()
    with opened(path) as marks:
        assert marks.undo() == Undone("Bookmark", (ID + 2,))
        assert marks.undo() == Undone("Read", (ID + 1, ID + 2))
        assert list(marks.all_flags()) == []
        assert marks.undo() is None
        assert marks.check() == []


def test_a_place_saved_after_a_mark_survives_its_undo(marks):
    read(marks, row())
    marks.set_place(row(), Place(9, 0.5, 0.9))
    assert marks.flags(row().id) == READ
    assert marks.undo() == Undone("Read", (row().id,))
    assert marks.of(row().id).place == Place(9, 0.5, 0.9)
    assert marks.flags(row().id) == STARTED


def test_an_undone_mark_gets_its_old_time_back(marks):
    read(marks, row(1))
    read(marks, row(2))
    times = [marks.of(row(n).id).read_at for n in (1, 2)]
    read(marks, row(1), row(2), on=False)
    marks.undo()
    assert [marks.of(row(n).id).read_at for n in (1, 2)] == times
    assert times[0] != times[1]


def test_one_action_is_one_record(marks):
    read(marks, *map(row, range(50)))
    assert records(marks) == 1
    marks.set_note(row(), "text", "Note")
    assert records(marks) == 2
    marks.undo()
    assert records(marks) == 3


def test_what_changes_nothing_is_not_written_and_not_undone(marks):
    read(marks, row())
    marks.set_note(row(), "text", "Note")
    marks.set_place(row(), Place(1, 0.5, 0.5))
    marks.put_source(Source("s", "listing", "Russia"))
    before = records(marks)
    read(marks, row(), row())
    read(marks, row(2), on=False)
    read(marks)
    bookmark(marks, row(), on=False)
    marks.set_note(row(), "text", "Note")
    marks.set_note(row(2), "  ", "Note")
    marks.set_place(row(), Place(1, 0.5, 0.5))
    marks.set_place(row(2), Place())
    marks.put_source(Source("s", "listing", "Russia"))
    assert records(marks) == before
    assert marks.undo() == Undone("Note", (row().id,))


def test_those_already_so_keep_their_time(marks):
    read(marks, row(1))
    at = marks.of(row(1).id).read_at
    read(marks, row(1), row(2))
    assert marks.of(row(1).id).read_at == at
    assert marks.undo() == Undone("Read", (row(2).id,))
    assert marks.flags(row(1).id) == READ


def test_an_edited_note_keeps_when_it_was_made(marks):
    marks.set_note(row(), "one", "Note")
    marks.set_note(row(), "two", "Note")
    (note,) = marks.of(row().id).notes
    assert note.created < note.updated


def test_sources_are_added_once_and_changed_in_place(path):
    with opened(path) as marks:
        marks.put_source(Source("a", "listing", "A", "/a.txt"))
        marks.put_source(Source("b", "feed", "B"))
        marks.put_source(Source("a", "listing", "A, renamed", "/a.txt"))
        marks.flush()
    with opened(path) as marks:
        assert marks.sources() == [Source("a", "listing", "A, renamed", "/a.txt"), Source("b", "feed", "B")]
        assert marks.undo() is None


def test_history_is_bounded(marks, monkeypatch):
    for number in range(ENTRIES + 20):
        bookmark(marks, row(number))
    assert len(marks._journal.docs("history")) == ENTRIES
    undone = 0
    while marks.undo():
        undone += 1
    assert undone == ENTRIES
    assert len(list(marks.all_flags())) == 20


def test_large_actions_crowd_out_old_ones_but_never_the_newest(marks, monkeypatch):
    monkeypatch.setattr("reader.storage.history.DOCUMENTS", 100)
    assert DOCUMENTS > 100_000
    bookmark(marks, row())
    for _ in range(3):
        read(marks, *map(row, range(60)))
        read(marks, *map(row, range(60)), on=False)
    assert len(marks._journal.docs("history")) == 1
    read(marks, *map(row, range(150)))
    assert marks.undo() is not None
    assert marks.undo() is None


def test_an_article_may_have_highlights_from_elsewhere(marks):
    marks._db.at("highlights").insert({"article": str(ID + 1), "exact": "words"})
    assert marks.flags(ID + 1) == HIGHLIGHTED
    assert marks.of(ID + 1).highlights == (Highlight(1, ID + 1, Quote("words")),)
    assert marks.check() == [f"highlight 1: belongs to article {ID + 1}, of which nothing is kept"]
    assert dict(marks.all_flags()) == {ID + 1: HIGHLIGHTED}
    marks._db.drop_table("highlights")
    assert marks.flags(ID + 1) == 0


def test_a_failed_action_leaves_no_trace(marks):
    with pytest.raises(TypeError):
        marks.set_note(row(), "\ud800", "Note")
    with pytest.raises(TypeError):
        marks.set_read([row()], read=True, label="\ud800")
    assert marks.flags(row().id) == 0
    assert list(marks.all_flags()) == []
    assert marks.undo() is None
    assert records(marks) == 0
    marks.set_note(row(), "fine", "Note")
    assert marks.flags(row().id) == NOTED


# --- two at once ------------------------------------------------------------------------------------------


def test_a_second_instance_reads_while_the_first_writes(path):
    with Lock(path.with_name("reader.lock")) as first, opened(path) as writer:
        assert first.acquire()
        assert not Lock(path.with_name("reader.lock")).acquire()
        read(writer, row())
        writer.flush()
        with opened(path, read_only=True) as reader:
            seen = stamp(path)
            assert reader.read_only
            assert reader.flags(row().id) == READ
            for change in (
                lambda: read(reader, row()),
                lambda: bookmark(reader, row()),
                lambda: reader.set_note(row(), "x", "Note"),
                lambda: reader.set_place(row(), Place(1, 0.5, 0.5)),
                lambda: reader.add_highlight(row(), Quote("x"), "red", "", "Highlight"),
                lambda: reader.edit_highlight(row(), 1, color="red", note=None, label="Highlight"),
                lambda: reader.delete_highlight(row(), 1, "Highlight"),
                lambda: reader.put_source(Source("a", "b", "c")),
                lambda: reader.undo(),
                lambda: reader.repair(),
            ):
                with pytest.raises(ReadOnlyError):
                    change()
            assert reader.check() == []
            assert reader.stamp() == seen
            reader.close()
            bookmark(writer, row())
            writer.flush()
            assert stamp(path) != seen


def test_a_full_disk_at_the_close_keeps_the_marks_open(path, monkeypatch):
    def full(fd, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(path) as marks:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            read(marks, row())
            with pytest.raises(MarksError, match="No space left"):
                marks.close()
            assert marks.pending
        bookmark(marks, row())
        marks.close()
    with opened(path) as marks:
        assert marks.flags(row().id) == READ | BOOKMARKED


# --- files edited by hand ----------------------------------------------------------------------------------

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


few = st.integers(0, 3).map(str)


def docs_of(*fields: str, ids=few):
    known = st.dictionaries(st.sampled_from(fields), anything, max_size=len(fields))
    return st.dictionaries(ids, known, max_size=4)


article_ids = st.sampled_from([str(ID + 1), str(ID + 2), "7", "007", "-3"])
owners = article_ids | anything
text = st.just("words") | anything
shape = st.fixed_dictionaries(
    {},
    optional={
        "articles": docs_of("title", "url", "source", "read", "bookmarked", "tags", "place", ids=article_ids),
        "notes": docs_of("article", "text", "created", "updated"),
        "highlights": st.dictionaries(
            few,
            st.fixed_dictionaries(
                {"article": owners},
                optional=dict.fromkeys(("exact", "prefix", "suffix", "note", "color", "created", "updated"), text)
                | dict.fromkeys(("block", "offset"), anything),
            ),
            max_size=3,
        ),
        "sources": docs_of("id", "kind", "title", "location", "added"),
        "history": docs_of("label", "at", "ops"),
        "meta": docs_of("format", "x"),
        "quarantine": docs_of("x"),
    },
)


@settings(max_examples=examples(50, 150), deadline=None, derandomize=True)
@given(tables=shape)
def test_no_malformed_document_crashes_anything(tmp_path_factory, tables):
    found = tables.get("meta", {}).get("1", {}).get("format")
    if isinstance(found, int) and found > 1:
        tables["meta"]["1"]["format"] = 1
    path = tmp_path_factory.mktemp("hand") / "marks.json"
    path.write_bytes(orjson.dumps(tables))
    with opened(path) as marks:
        assert marks.notices == []
        ids = [ID + 1, ID + 2, 7, -3]
        for article in ids:
            assert marks.of(article).flags == marks.flags(article)
        list(marks.all_flags())
        marks.sources()
        marks.check()
        read(marks, row(1), row(2))
        read(marks, row(1), on=False)
        bookmark(marks, row(1))
        marks.set_place(row(1), Place(2, 0.5, 0.5))
        marks.set_note(row(1), "mine", "Note")
        marks.set_note(row(1), "", "Note")
        for one in (*marks.of(ID + 1).highlights, *marks.of(ID + 2).highlights):
            marks.edit_highlight(row(one.article - ID), one.id, color="red", note="mine", label="Edit")
        name = marks.add_highlight(row(1), Quote("mine"), "blue", "", "Highlight")
        marks.delete_highlight(row(1), name, "Delete")
        assert len(marks.kept({"bookmark", "note", "highlight"})) >= 1
        marks.put_source(Source("a", "b", "c"))
        for _ in range(12):
            marks.undo()
        marks.repair()
        assert marks.check() == []
        assert marks.repair() == []
        marks.flush()
        held = orjson.dumps(marks._journal.read(), option=orjson.OPT_SORT_KEYS)
    with opened(path) as marks:
        assert orjson.dumps(marks._journal.read(), option=orjson.OPT_SORT_KEYS) == held
        marks.close()


def test_repair_drops_nothing(path):
    tables = {
        "articles": {
            str(ID + 1): {"title": "A", "url": None, "source": "s", "read": 5, "bookmarked": "2026-11-22T13:00:00Z"},
            str(ID + 2): {"title": "B", "url": None, "source": "s", "place": [], "tags": "x"},
            "007": {"title": "C", "url": None, "source": "s"},
        },
        "notes": {
            "1": {"article": str(ID + 9), "text": "of no article"},
            "2": {"article": 5, "text": "of a number"},
            "3": {"article": str(ID + 1), "text": "good", "created": 5},
        },
        "sources": {"1": {"id": "a"}},
    }
    path.write_bytes(orjson.dumps(tables))
    with opened(path) as marks:
        assert marks.check() == [
            f"article {ID + 1}: read is of the wrong kind",
            f"article {ID + 2}: tags, place are of the wrong kind",
            "article 007: its id is not a plain whole number",
            "note 2: article is missing or of the wrong kind",
            "note 3: created is of the wrong kind",
            "source 1: kind, title are missing or of the wrong kind",
            f"note 1: belongs to article {ID + 9}, of which nothing is kept",
        ]
        assert len(marks.repair()) == 7
        assert marks.check() == []
        assert marks.flags(ID + 1) == BOOKMARKED | NOTED
        assert [note.text for note in marks.of(ID + 9).notes] == ["of no article"]
        marks.close()
    with TinyDB(path) as stock:
        kept = {(doc["table"], doc["id"]): doc["document"] for doc in stock.table("quarantine")}
    for table, docs in tables.items():
        for key, doc in docs.items():
            assert kept.get((table, key), doc) == doc
    assert len(kept) == 6


def test_a_forged_history_is_passed_over(path):
    ops = [[{"t": "meta", "d": ["1"]}], [{"t": "articles", "u": "1", "f": {}}], 5, [], [{"t": "articles", "d": ["x"]}]]
    history = {str(n): {"label": "forged", "ops": forged} for n, forged in enumerate(ops, 2)}
    history["1"] = {"label": "good", "at": "", "ops": [{"t": "articles", "u": [str(ID)], "f": {"read": None}}]}
    path.write_bytes(orjson.dumps({"articles": {str(ID): {"title": "A", "read": "x"}}, "history": history}))
    with opened(path) as marks:
        assert marks.undo() == Undone("good", (ID,))
        assert marks.flags(ID) == 0
        assert marks._journal.docs("history") == {}
        assert marks._journal.docs("meta") == {"1": {"format": 1}}

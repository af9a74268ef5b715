"""`reader backup` and `reader restore`: copies of the marks, and the way back."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from reader.library import Library
from reader.storage import backups
from reader.storage.lock import Lock
from reader.storage.marks import Marks

WHEN = datetime(2024, 5, 14, 13, 5, 1, tzinfo=UTC)


@pytest.fixture
def ids(library):
    """A library with marks, and the ids of its articles."""
    found = library("list").ids
    library("mark", "read", *found[:3])
    library("note", found[1], "a note")
    return found


def older(places, moment=WHEN, **changes):
    """Put a backup among the others that differs from what is kept."""
    tables = json.loads(places.marks.read_bytes())
    tables |= changes
    made = places.data / "backups" / f"marks-{backups.dated(moment)}.json"
    made.write_text(json.dumps(tables))
    made.chmod(0o600)
    return made


def files(home):
    return {path: path.read_bytes() for path in (home / "data").rglob("*.json*") if path.is_file()}


def marked(library):
    return library("list", "is:read").ids, library("list", "is:bookmarked").ids, library("list", "has:note").ids


@contextmanager
def open_app(places):
    """Another reader that has the library open, and marked something just now."""
    with Lock(places.lock) as lock:
        assert lock.acquire()
        marks = Marks(places.marks)
        try:
            yield marks
        finally:
            marks.abandon()


# --- backup -----------------------------------------------------------------------------------------------


def test_a_backup_is_made_and_told(library, ids, places):
    library("mark", "bookmark", ids[5])
    result = library("backup", "--json")
    assert result.status == 0
    (made,) = result.json
    assert (made["articles"], made["notes"], made["highlights"], made["sources"]) == (4, 1, 0, 1)
    with TinyDB(made["path"], access_mode="r") as stock:
        assert len(stock.table("articles")) == 4
    assert stat.S_IMODE(Path(made["path"]).stat().st_mode) == 0o600
    assert "4 marked articles, 1 note, 0 highlights, 1 source, " in library("backup").out


def test_nothing_is_copied_twice(library, ids, places):
    first = library("backup", "--json").json
    assert library("backup", "--json").json == first
    assert first[0]["path"] == str(backups.all_of(places.marks)[0][1])


def test_what_an_open_app_marked_is_in_the_copy(library, ids, places):
    with open_app(places) as marks:
        before = places.marks.read_bytes()
        marks.set_bookmarked([library_row(places, ids[7])], bookmarked=True, label="bookmark")
        marks.flush()
        (made,) = library("backup", "--json").json
        assert made["articles"] == 4
        assert places.marks.read_bytes() == before
        # The app goes on, and has its own copy made.
        marks.close()
    assert not list((places.data / "backups").glob("*.tmp"))


def test_a_copy_beside_an_app_that_closes_meanwhile_is_not_of_what_was_before(library, ids, places, monkeypatch):
    real, before = Marks.back_up, marked(library)
    with open_app(places) as marks:

        def late(store):
            monkeypatch.setattr(Marks, "back_up", real)
            marks.set_bookmarked([row], bookmarked=True, label="bookmark")
            marks.close()
            return real(store)

        row = library_row(places, ids[7])
        monkeypatch.setattr(Marks, "back_up", late)
        (made,) = library("backup", "--json").json
    assert made["articles"] == 4
    newest = backups.all_of(places.marks)[0][1]
    assert newest == Path(made["path"])
    places.marks.write_bytes(b"{broken")
    assert before != marked(library)
    assert marked(library)[1] == [ids[7]]


def library_row(places, article):
    with Library(places, write=False) as found:
        return found.shelf.row(int(article))


def test_a_copy_goes_where_it_is_wanted(library, ids, places, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert library("backup", "--to", folder).status == 0
    (made,) = folder.iterdir()
    assert made.name.startswith("marks-")
    file = folder / "mine.json"
    for count in (3, 4):
        assert library("backup", "--to", file, "--json").json[0]["articles"] == count
        library("mark", "bookmark", ids[9])
    assert sorted(folder.iterdir()) == sorted([made, file])


@pytest.mark.parametrize(
    ("to", "why"),
    [("data/marks.json", "that is what is to be backed up"), ("diary", "something else is there"), ("a/b", "no such")],
)
def test_nothing_else_is_overwritten(library, ids, home, to, why):
    (home / "diary").write_text('{"dear": "diary"}')
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    result = library("backup", "--to", home / to)
    assert result.status == 1
    assert why in result.err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def refused(result, home, before, why):
    assert result.status == 1
    assert why in result.err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("beside", ["reader.lock", "backups/marks-20240514-130501.json", "marks.json.journal"])
def test_the_marks_of_another_library_are_not_overwritten(library, ids, places, tmp_path, beside):
    other = tmp_path / "other"
    (other / "backups").mkdir(parents=True)
    (other / "marks.json").write_bytes(places.marks.read_bytes())
    (other / beside).touch()
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    result = library("backup", "--to", other / "marks.json")
    refused(result, other, before, f"{beside.rpartition('/')[2]} ")


def test_what_another_program_keeps_with_tinydb_is_not_overwritten(library, ids, tmp_path):
    with TinyDB(tmp_path / "shopping.json") as stock:
        stock.insert({"buy": "milk"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    refused(library("backup", "--to", tmp_path / "shopping.json"), tmp_path, before, "something else is there")


@pytest.mark.parametrize("name", ["", "marks-20240514-130501.json", "mine.json"])
def test_nothing_is_copied_among_the_copies_that_go_by_themselves(library, ids, home, places, name):
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    refused(library("backup", "--to", places.data / "backups" / name), home, before, "leave --to out")


def test_no_copy_is_made_beside_a_journal_that_is_not_its_own(library, ids, tmp_path):
    # As `cp marks.json*` leaves it beside an open app; the copy alone was taken away again.
    copied = tmp_path / "copied"
    copied.mkdir()
    (copied / "marks.json.journal").write_bytes(b"")
    before = {copied / "marks.json.journal": b""}
    refused(library("backup", "--to", copied / "marks.json"), copied, before, "marks.json.journal ")


def test_without_marks_there_is_nothing_to_copy(run):
    result = run("backup")
    assert result.status == 1
    assert "nothing to back up yet" in result.err
    assert run("backup", "--list").out == ""
    assert run("backup", "--list", "--json").json == []
    assert run("backup", "--list", "--to", "x").status == 2


def test_damaged_marks_are_not_copied_as_if_they_were_well(library, ids, places):
    places.marks.write_bytes(b"{broken")
    before = backups.all_of(places.marks)
    result = library("backup")
    assert result.status == 1
    assert "reader doctor --repair" in result.err
    assert backups.all_of(places.marks) == before


def test_a_full_disk_is_told_and_leaves_no_half(library, ids, places, monkeypatch):
    library("mark", "bookmark", ids[5])
    for _, file in backups.all_of(places.marks):
        file.unlink()

    def full(fd, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full)
        result = library("backup")
    assert result.status == 1
    assert "No space left" in result.err
    assert list((places.data / "backups").iterdir()) == []


def test_all_copies_are_listed_with_what_is_in_them(library, ids, places):
    older(places, notes={})
    (places.data / "backups" / "marks-20200101-000000.json").write_bytes(b"x")
    rows = library("backup", "--list").rows
    assert rows == sorted(rows, reverse=True)
    assert [row[2:6] for row in rows][-2:] == [["3", "0", "0", "1"], ["0", "0", "0", "0"]]
    assert rows[-1][0] == "2020-01-01 00:00:00"
    assert "it is no good" in rows[-1][-1]
    found = library("backup", "--list", "--json").json
    assert [one["path"] for one in found] == [row[6] for row in rows]
    assert "it is no good" in found[-1]["problem"]
    assert "3 marked articles, 0 notes" in library("backup", "--list", tty=80).out


# --- restore ----------------------------------------------------------------------------------------------


def test_it_tells_what_would_change_and_changes_nothing(library, ids, places, home):
    made = older(places)
    library("mark", "unread", ids[0])
    library("mark", "bookmark", ids[4])
    library("tag", "add", "sea", ids[4])
    before = files(home)
    result = library("restore", made.name, "--dry-run")
    assert result.status == 0
    title = library("list").rows[0][2]
    assert "  read        1 comes: " in result.out
    assert title[:20] in result.out
    assert "  bookmarks   1 goes: " in result.out
    assert "  tags        1 goes: " in result.out
    assert files(home) == before


def test_it_is_restored_and_taken_back_whole(library, ids, places):
    before = marked(library)
    made = older(places)
    library("mark", "unread", *ids[:2])
    library("mark", "bookmark", ids[4])
    library("note", ids[8], "another")
    now = marked(library)
    kept = len(backups.all_of(places.marks))

    result = library("restore", made.name, "--yes")
    assert result.status == 0
    assert "`reader undo` takes it back" in result.out
    assert marked(library) == before
    assert len(backups.all_of(places.marks)) >= kept
    assert library("doctor").status == 0

    assert "taken back: restored the backup of" in library("undo").out
    assert marked(library) == now
    assert library("redo").status == 0
    assert marked(library) == before
    assert library("doctor").status == 0


def test_what_was_kept_before_is_in_a_backup(library, ids, places):
    made = older(places, articles={}, notes={})
    library("mark", "bookmark", ids[4])
    now = marked(library)
    name = library("restore", made.name, "--yes").out.rpartition(", and ")[2].split()[0]
    assert marked(library) == ([], [], [])
    assert library("restore", name, "--yes").status == 0
    assert marked(library) == now


def test_the_newest_that_differs_is_meant_unless_another_is_named(library, ids, places):
    library("mark", "bookmark", ids[4])
    result = library("restore", "--dry-run")
    assert "bookmarks   1 goes" in result.out
    assert "read" not in result.out
    library("undo")
    library("backup")
    older(places, articles={}, notes={})
    assert "notes" in library("restore", "2024-05-14 13:05", "--dry-run").out
    assert "notes" in library("restore", "20240514", "--dry-run").out


def test_a_time_that_fits_several_is_not_guessed(library, ids, places):
    older(places, notes={})
    older(places, WHEN + timedelta(days=1), notes={})
    result = library("restore", "2024-05", "--yes")
    assert result.status == 1
    assert "backups are of that time" in result.err
    assert "Nothing was changed." in result.err


def test_a_copy_of_the_folder_is_restored_with_its_journal(library, ids, places, tmp_path):
    copied = tmp_path / "copied" / "marks.json"
    copied.parent.mkdir()
    with open_app(places) as marks:
        marks.set_bookmarked([library_row(places, ids[7])], bookmarked=True, label="bookmark")
        marks.flush()
        for name in ("marks.json", "marks.json.journal"):
            (copied.parent / name).write_bytes((places.data / name).read_bytes())
    library("undo")
    assert marked(library)[1] == []
    assert library("restore", copied, "--yes").status == 0
    assert marked(library)[1] == [ids[7]]


@pytest.mark.parametrize("damage", ["in the middle", "at the end"])
def test_what_cannot_be_read_in_the_journal_of_a_copy_is_told(library, ids, places, tmp_path, damage):
    copied = tmp_path / "copied" / "marks.json"
    copied.parent.mkdir()
    with open_app(places) as marks:
        for number in (7, 8):
            marks.set_bookmarked([library_row(places, ids[number])], bookmarked=True, label="bookmark")
        marks.flush()
        copied.write_bytes(places.marks.read_bytes())
        journal = (places.data / "marks.json.journal").read_bytes()
    damaged = b"0" + journal[1:] if damage == "in the middle" else journal[:-5]
    (copied.parent / "marks.json.journal").write_bytes(damaged)
    library("undo")
    library("undo")
    result = library("restore", copied, "--yes")
    assert "1 record in marks.json.journal cannot be read and would be left out" in result.err
    assert marked(library)[1] == [ids[8] if damage == "in the middle" else ids[7]]


def test_a_copy_is_read_with_the_journal_of_its_own_time(library, ids, places, tmp_path, monkeypatch):
    path = tmp_path / "marks.json"
    path.write_bytes(places.marks.read_bytes())
    there = Marks(path)
    there.put_view("both", "is:unread", "view")
    there.flush()
    real = Path.read_bytes

    def meanwhile(file):
        data = real(file)
        if file == path:
            monkeypatch.setattr(Path, "read_bytes", real)
            there.close()
        return data

    monkeypatch.setattr(Path, "read_bytes", meanwhile)
    result = library("restore", path, "--dry-run")
    assert "views" in result.out


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is no good"),
        (b"{broken", "it is no good"),
        (b"[1]", "not in the layout"),
        (b'{"articles": {"x": {}}}', "not in the layout"),
        (b'{"meta": {"1": {"format": 99}}}', "later version of reader"),
    ],
)
def test_a_backup_that_is_no_good_is_refused_and_nothing_happens(library, ids, home, tmp_path, content, why):
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    before = files(home)
    result = library("restore", bad, "--yes")
    assert result.status == 1
    assert why in result.err
    assert "Nothing was changed." in result.err
    assert result.err.count("\n") == 1
    assert files(home) == before


def test_a_backup_that_is_not_there_is_told(library, ids, home):
    before = files(home)
    for asked in ("1999-01-01", "nowhere.json"):
        result = library("restore", asked)
        assert result.status == 1
        assert "reader backup --list" in result.err
    assert files(home) == before


def test_newer_ones_that_cannot_be_read_are_passed_over_and_told(library, ids, places):
    library("mark", "bookmark", ids[4])
    backups.save(places.marks, b"x", backups.utc_now())
    result = library("restore", "--dry-run")
    assert "bookmarks   1 goes" in result.out
    assert "passed over: marks-" in result.err


def test_it_is_refused_while_another_writes_and_says_the_way_out(library, ids, places, home):
    made = older(places, notes={})
    with open_app(places):
        before = files(home)
        result = library("restore", made.name, "--yes")
        assert result.status == 1
        assert "another reader is open (process" in result.err
        assert "close it and try again" in result.err
        assert library("restore", made.name, "--dry-run").status == 0
        assert files(home) == before


def test_nobody_who_cannot_be_asked_is_taken_to_agree(library, ids, places, home, monkeypatch):
    made = older(places, notes={})
    result = library("restore", made.name)
    assert result.status == 2
    assert "--yes" in result.err
    assert marked(library)[2] == [ids[1]]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert library("restore", made.name, stdin=b"\n", typed=True).status == 1
    assert marked(library)[2] == [ids[1]]
    assert library("restore", made.name, stdin=b"y\n", typed=True).status == 0
    assert marked(library)[2] == []


def test_without_room_for_what_is_kept_now_nothing_is_restored(library, ids, places, monkeypatch):
    made = older(places, notes={})
    library("mark", "bookmark", ids[4])
    for moment, file in backups.all_of(places.marks):
        if file != made:
            file.unlink()
        assert moment

    def full(*_given, **_named):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(backups, "save", full)
        assert library("restore", made.name, "--yes").status == 1
    assert marked(library)[2] == [ids[1]]
    assert library("undo").out.startswith("taken back: bookmark")


def test_a_removed_source_comes_back_to_both_lists_and_goes_again_by_undo(library, ids, places, page):
    made = older(places)
    (source,) = library("sources", "--json").json
    library("mark", "unread", *ids[:3])
    for article in (ids[1],):
        with Library(places) as found:
            found.notebook.set_note(found.shelf.row(int(article)), "")
    assert library("sources", "remove", source["id"], "--yes").status == 0
    assert library("sources", "--json").json == []
    assert library("restore", made.name, "--yes").status == 0
    assert [one["title"] for one in library("sources", "--json").json] == ["Harbours"]
    assert library("doctor").status == 0
    library("undo")
    assert library("sources", "--json").json == []
    assert library("doctor").status == 0
    library("redo")
    library("add", page)
    assert marked(library)[0] == ids[:3]
    assert library("doctor").status == 0


def test_a_source_that_came_back_and_brought_something_stays_findable_when_that_is_taken_back(
    library, ids, places, page
):
    made = older(places)
    (source,) = library("sources", "--json").json
    with Library(places) as found:
        found.notebook.set_note(found.shelf.row(int(ids[1])), "")
    library("sources", "remove", source["id"], "--yes")
    library("restore", made.name, "--yes")
    with Library(places) as found:
        from reader.model.article import Entry
        from reader.storage import intake

        (back,) = found.marks.sources()
        assert intake.add(found.cache, back, (Entry("A new one", None, None, "Its text"),), 1_800_000_000).new
    library("undo")
    assert library("doctor").status == 0
    assert library("sources", "remove", source["id"], "--yes").status == 0
    assert library("doctor").status == 0


def test_a_source_that_was_added_since_stays(library, ids, places, tmp_path):
    made = older(places)
    other = tmp_path / "other.txt"
    other.write_text("One more article\n\nIt has a text of its own, which is long enough to be one.\n")
    assert library("add", other).status == 0
    library("mark", "bookmark", ids[4])
    result = library("restore", made.name, "--yes")
    assert "  1 added since stays: " in result.out
    assert len(library("sources", "--json").json) == 2
    assert library("doctor").status == 0


def test_a_lost_file_of_marks_is_brought_back(library, ids, places):
    before = marked(library)
    made = Path(library("backup", "--json").json[0]["path"])
    aside = made.rename(places.data / "kept.json")
    for path in [places.marks, *(file for _, file in backups.all_of(places.marks))]:
        path.unlink()
    assert marked(library) == ([], [], [])
    assert library("restore", aside, "--yes").status == 0
    assert marked(library) == before

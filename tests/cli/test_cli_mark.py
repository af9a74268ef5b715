"""`reader mark` and `reader note`."""

import stat
import sys

import pytest
from tinydb import TinyDB

from reader.library import Library
from reader.settings import places
from reader.storage.lock import Lock


@pytest.fixture
def ids(library):
    return library("list").ids


@pytest.fixture
def state(library):
    """Give an article as the list has it."""

    def state(article):
        return next(one for one in library("list", "--json").json if one["id"] == article)

    return state


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Make $EDITOR a program of our own."""

    def editor(code, status=0):
        program = tmp_path / "my editor.py"
        program.write_text(
            "import pathlib, sys\n"
            "path = pathlib.Path(sys.argv[-1])\n"
            "old = path.read_text('utf-8')\n"
            f"new = {code}\n"
            "if new is not None: path.write_text(new, 'utf-8')\n"
            f"sys.exit({status})\n"
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"{sys.executable} '{program}'")
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    return editor


def drafts(tmp_path):
    return list(tmp_path.glob("reader-note-*"))


def test_each_mark_is_made_and_taken_back(library, ids, state):
    for made, undone, field in (("read", "unread", "read"), ("bookmark", "unbookmark", "bookmarked")):
        result = library("mark", made, ids[0], ids[1])
        assert result.status == 0
        assert [line.split(": ")[0] for line in result.lines] == [field] * 2
        assert state(ids[0])[field]
        assert state(ids[1])[field]
        assert library("mark", undone, ids[0]).status == 0
        assert not state(ids[0])[field]
        assert state(ids[1])[field]


def test_one_that_is_not_found_does_not_keep_the_others_out(library, ids, state):
    result = library("mark", "read", "no", ids[0], "999999999999999", ids[0])
    assert result.status == 1
    assert len(result.lines) == 1
    assert [line.split(": ")[1] for line in result.err.splitlines()] == ["no", "999999999999999"]
    assert state(ids[0])["read"]


def test_marks_of_one_command_are_one_step_of_undo(library, ids, state):
    library("mark", "read", *ids[:3])
    with Library(places()) as opened:
        undone = opened.notebook.undo()
    assert undone is not None
    assert len(undone.articles) == 3
    assert not state(ids[0])["read"]


def test_the_guide_can_be_marked(library):
    guide = library("list", "source:guide").ids
    assert library("mark", "read", guide[0]).status == 0
    assert library("list", "source:guide", "is:read").ids == guide[:1]


def test_the_marks_are_the_users(library, ids, home):
    library("mark", "read", ids[0])
    library("note", ids[0], "mine")
    with TinyDB(home / "data" / "marks.json") as db:
        assert db.table("articles").get(doc_id=int(ids[0]))["read"]
        assert [note["text"] for note in db.table("notes")] == ["mine"]


def test_text_is_added_to_the_note(library, ids):
    assert library("note", ids[0], "one", "thought").status == 0
    assert library("note", ids[0][:14], stdin="zwei\r\nGedänken\x1b[31m\n".encode()).status == 0
    (note,) = library("show", ids[0], "--json").json[0]["notes"]
    assert note["text"] == "one thought\n\nzwei\nGedänken"


@pytest.mark.parametrize("empty", [b"", b" \n\t\n"])
def test_nothing_is_no_note(library, ids, empty):
    result = library("note", ids[0], stdin=empty)
    assert result.status == 1
    assert result.err.startswith("reader: note: there is no text to add")


def test_a_note_that_begins_with_a_dash(library, ids):
    assert library("note", ids[0], "--", "- one").status == 0
    assert library("show", ids[0], "--json").json[0]["notes"][0]["text"] == "- one"


def test_the_editor_is_given_the_note(library, ids, editor, tmp_path):
    library("note", ids[0], "früher")
    editor("old + '\\nspäter\\n'")
    result = library("note", ids[0], typed=True)
    assert result.status == 0
    assert result.out.startswith("noted: ")
    assert library("show", ids[0], "--json").json[0]["notes"][0]["text"] == "früher\nspäter"
    assert not drafts(tmp_path)


def test_a_note_emptied_in_the_editor_is_deleted(library, ids, editor, state):
    library("note", ids[0], "x")
    editor("'\\n'")
    result = library("note", ids[0], typed=True)
    assert result.out.startswith("note deleted, U in the app brings it back: ")
    assert state(ids[0])["notes"] == 0


def test_an_editor_that_changes_nothing(library, ids, editor, state, tmp_path):
    editor("None")
    result = library("note", ids[0], typed=True)
    assert (result.status, result.out) == (0, "")
    assert state(ids[0])["notes"] == 0
    assert not drafts(tmp_path)


def test_an_editor_that_fails_keeps_what_was_written(library, ids, editor, state, tmp_path):
    editor("'much work'", status=3)
    result = library("note", ids[0], typed=True)
    assert result.status == 1
    (draft,) = drafts(tmp_path)
    assert result.err.endswith(f"ended with status 3; the note stays as it was; what you wrote is in {draft}\n")
    assert result.err.count("\n") == 1
    assert draft.read_text() == "much work"
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert state(ids[0])["notes"] == 0


@pytest.mark.parametrize(
    ("value", "why"),
    [("", "no editor is set"), ("/no/such/editor", "No such file"), ("'open", "cannot be understood")],
)
def test_an_editor_that_is_none(library, ids, monkeypatch, value, why):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", value)
    result = library("note", ids[0], typed=True)
    assert result.status == 1
    assert why in result.err
    assert result.err.count("\n") == 1


def test_what_was_written_survives_a_failing_disk(library, ids, editor, monkeypatch, tmp_path):
    editor("'much work'")
    monkeypatch.setattr(Library, "close", lambda self: _closed(self))
    result = library("note", ids[0], typed=True)
    assert result.status == 1
    assert "reader: note: the disk is full\n" in result.err
    (draft,) = drafts(tmp_path)
    assert str(draft) in result.err


def _closed(library):
    library.marks.abandon()
    library.cache.close()
    library._lock.release()
    return "the disk is full"


@pytest.mark.parametrize("verb", [("mark", "read", "1"), ("note", "1", "x"), ("doctor", "--repair")])
def test_writing_is_refused_while_another_reader_writes_and_reading_is_not(library, home, verb, ids):
    with Lock(home / "data" / "reader.lock") as lock:
        assert lock.acquire()
        result = library(*verb)
        assert library("list").ids == ids
        assert library("show", ids[0]).status == 0
        assert library("sources").status == 0
        assert library("doctor").status == 0
    assert result.status == 1
    assert result.err.startswith(f"reader: {verb[0]}: another reader is open (process ")
    assert result.err.endswith("); close it and try again\n")
    assert library(*verb[:1], *verb[1:]).status in {0, 1}


def test_marks_of_an_open_app_are_listed(library, ids):
    with Library(places()) as app:
        row = app.shelf.row(int(ids[0]))
        app.notebook.set_read((row,), read=True)
        app.marks.flush()
        assert library("list", "is:read").ids == ids[:1]
        assert library("list", "--json", "is:read").json[0]["read"]


def test_a_notice_of_the_marks_goes_to_standard_error(library, ids, home):
    library("mark", "read", ids[0])
    (home / "data" / "marks.json").write_bytes(b"{broken")
    result = library("list", "is:read")
    assert result.ids == ids[:1]
    assert result.err.startswith("reader: list: marks.json is damaged")
    assert result.err.count("\n") == 1

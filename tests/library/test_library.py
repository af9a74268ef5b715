"""Both stores opened: who writes, what a preview is, and the mirror of the marks."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3

import pytest

from reader.library import Library
from reader.model.annotation import Place
from reader.model.article import BOOKMARKED, NOTED, READ, STARTED
from reader.model.listing import Filter
from reader.storage.cache import LibraryError
from reader.storage.database import Database
from reader.storage.errors import ReadOnlyError
from tests.invented import essay, fill, harbours, orchards

TITLES = [entry.title for entry in harbours().entries]


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


def first(library: Library):
    return library.shelf.rows(library.shelf.listing().keys[:1])[0]


def test_a_list_is_made_without_opening_the_marks(shore):
    with Library(shore) as library:
        library.notebook.set_read((first(library),), read=True)
    with Library(shore) as library:
        assert library.shelf.listing().unread == 9
        assert first(library).flags == READ
        assert library.shelf.glance(first(library).key).row.flags == READ
        assert not library.ready


def test_after_a_crash_the_mirror_is_not_believed(shore):
    with Library(shore) as library:
        library.notebook.set_read((first(library),), read=True)
    crashed = Library(shore)
    row = first(crashed)
    crashed.notebook.set_bookmarked((row,), bookmarked=True)
    crashed.marks.flush()
    crashed.marks.abandon()  # killed: nothing is closed, the mirror is the old one
    crashed.cache.close()
    crashed._lock.release()
    with Library(shore) as library:
        assert library.ready, "the marks had to be read"
        assert first(library).flags == READ | BOOKMARKED
    with Library(shore) as library:
        assert not library.ready
        assert first(library).flags == READ | BOOKMARKED


def test_a_mirror_of_another_marks_file_is_not_believed(shore):
    with Library(shore) as library:
        library.notebook.set_read((first(library),), read=True)
    shore.marks.unlink()
    for path in (*shore.data.glob("marks.json.*"), *shore.data.glob("backups/*")):
        path.unlink()
    with Library(shore) as library:
        assert first(library).flags == 0


def test_every_kind_of_mark_is_in_the_mirror(shore):
    with Library(shore) as library:
        row = first(library)
        assert library.notebook.set_place(row, Place(1, 0.5, 0.4)).flags == STARTED
        library.notebook.set_bookmarked((row,), bookmarked=True)
        library.notebook.set_note(row, "x")
        library.notebook.set_read(library.shelf.rows(library.shelf.listing().keys[1:2]), read=True)
    with Library(shore) as library:
        assert list(library.shelf.listing().flags[:3]) == [BOOKMARKED | NOTED | STARTED, READ, 0]
        opened = library.shelf.open(first(library).key)
        assert opened.marks.place == Place(1, 0.5, 0.4)
        assert [note.text for note in opened.marks.notes] == ["x"]
        assert [block.kind for note in opened.notes for block in note.blocks] == ["note"]


def test_marks_outlive_the_library_file(shore):
    with Library(shore) as library:
        library.notebook.set_note(first(library), "kept")
        article = first(library).id
    for path in shore.data.glob("library.db*"):
        path.unlink()
    fill(shore, orchards(), harbours())
    with Library(shore) as library:
        row = library.shelf.row(article)
        assert (row.title, row.flags) == (TITLES[0], NOTED)
        assert library.shelf.open(row.key).marks.notes[0].text == "kept"


def test_a_second_library_only_reads(shore):
    with Library(shore) as writer:
        writer.notebook.set_read((first(writer),), read=True)
        writer.marks.flush()
        with Library(shore) as second:
            assert second.read_only
            assert not writer.read_only
            assert second.holder is not None
            assert str(second.holder) in second.why_read_only
            assert first(second).flags == READ
            for change in (
                lambda: second.notebook.set_read((first(second),), read=False),
                lambda: second.notebook.set_bookmarked((first(second),), bookmarked=True),
                lambda: second.notebook.set_note(first(second), "x"),
                lambda: second.notebook.set_place(first(second), Place(1)),
                second.notebook.undo,
                lambda: second.subscriptions.add(orchards()),
            ):
                with pytest.raises((ReadOnlyError, LibraryError)):
                    change()
            assert first(second).flags == READ
        assert first(writer).flags == READ
        assert writer.cache.count() == 10
    with Library(shore) as third:
        assert not third.read_only


def test_who_does_not_ask_to_write_lets_others(shore):
    with Library(shore, write=False) as looking:
        assert looking.read_only
        with Library(shore) as writer:
            assert not writer.read_only


def test_looking_into_an_empty_place_makes_nothing(places):
    with Library(places, write=False) as library:
        assert library.shelf.listing().items == 0
    assert not places.library.exists()
    assert not places.marks.exists()


@pytest.mark.parametrize("page", [harbours(), essay()])
def test_a_preview_is_a_library_of_its_own(shore, page):
    with Library(shore, preview=page) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)
        assert [row.title for row in rows] == [entry.title for entry in page.entries]
        assert "+ keeps it" in library.why_read_only
        with pytest.raises(ReadOnlyError):
            library.notebook.set_read(rows, read=True)
        with Library(shore) as other:
            assert not other.read_only
    with Library(shore) as library:
        assert library.cache.count() == 10


def test_a_library_that_cannot_be_opened_lets_go_of_the_lock(places):
    places.data.mkdir(parents=True)
    places.library.mkdir()
    for _ in range(2):
        with pytest.raises(LibraryError):
            Library(places)
    places.library.rmdir()
    with Library(places) as library:
        assert not library.read_only


def test_nothing_is_unsaved_after_a_mark(shore):
    with Library(shore) as library:
        assert library.unsaved is None
        library.notebook.set_read((first(library),), read=True)
        assert library.unsaved is None


def test_views_sources_and_words(places):
    fill(places, harbours(), orchards())
    with Library(places) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)
        library.notebook.set_read(rows[:2], read=True)
        library.notebook.set_bookmarked(rows[1:3], bookmarked=True)
        library.notebook.set_note(rows[11], "pears")

        def found(**chosen: object) -> list[str]:
            listing = library.shelf.listing(Filter(**chosen))
            shown = library.shelf.rows(listing.keys)
            assert [row.flags for row in shown] == list(listing.flags)
            assert sum(group.count for group in listing.groups) == len(listing)
            return [row.title for row in shown]

        assert found(view="unread") == [row.title for row in rows[2:]]
        assert found(view="bookmarked") == [row.title for row in rows[1:3]]
        assert found(view="notes") == [rows[11].title]
        assert found(words="oduya") == ["The last rope maker"]
        assert found(words="lighthouse", view="unread") == []
        source = library.marks.sources()[1].id
        assert found(source=source) == [entry.title for entry in orchards().entries]
        assert found(source="no such source") == []


def test_an_article_that_is_not_there(shore):
    with Library(shore) as library:
        assert library.shelf.open(99) is None
        assert library.shelf.glance(99) is None
        assert library.shelf.row(7) is None
        assert library.shelf.rows([99, library.shelf.listing().keys[0]])[0].title == TITLES[0]


def test_ids_are_found_by_their_beginning(shore):
    with Library(shore) as library:
        row = first(library)
        assert library.shelf.find(str(row.id)) == [row.id]
        assert row.id in library.shelf.find(str(row.id)[:6])
        assert library.shelf.find("x") == library.shelf.find("") == library.shelf.find("1" * 16) == []


# -- where nothing can be written


@pytest.fixture
def locked(shore, monkeypatch):
    """The folder of another user, or a disk that is read-only: nothing can be written or put into it."""
    open_file, connected = os.open, Database._connected

    def denied(path, flags, *mode):
        if str(path).startswith(str(shore.data)) and flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return open_file(path, flags, *mode)

    def unwritable(self, name, *, uri):
        if not uri:
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorcode = sqlite3.SQLITE_READONLY_DIRECTORY
            raise error
        return connected(self, name, uri=uri)

    monkeypatch.setattr("os.open", denied)
    monkeypatch.setattr(Database, "_connected", unwritable)
    return shore


def test_where_nothing_can_be_written_everything_can_still_be_read(locked):
    with Library(locked) as library:
        assert library.read_only
        assert library.why_read_only.startswith(f"This one only shows: {locked.data} cannot be written (Permission ")
        assert "READER_HOME" in library.denied
        row = first(library)
        assert library.shelf.open(row.key).document.text
        assert len(library.subscriptions.sources()) == 1
        with pytest.raises(ReadOnlyError):
            library.notebook.set_read((row,), read=True)


@pytest.mark.parametrize("name", ["library", "marks"])
def test_a_file_that_cannot_be_written_is_enough(shore, monkeypatch, name):
    with Library(shore) as library:
        library.notebook.set_read((first(library),), read=True)
    denied, access = getattr(shore, name), os.access
    monkeypatch.setattr("os.access", lambda path, mode: path != denied and access(path, mode))
    with Library(shore) as library:
        assert library.read_only
        assert denied.name in library.denied
        assert first(library).title == TITLES[0]
    monkeypatch.undo()
    with Library(shore) as library:
        assert not library.read_only
        assert not library.denied


@pytest.mark.parametrize("home", ["there", "missing"])
@pytest.mark.skipif(os.name == "nt" or not os.geteuid(), reason="nothing is denied here")
def test_a_folder_of_somebody_else_is_only_shown(shore, home):
    closed = shore.data if home == "there" else shore.data.parent
    if home == "missing":
        shutil.rmtree(shore.data)
    closed.chmod(0o555)
    try:
        with Library(shore) as library:
            assert library.denied
            assert len(library.shelf.listing().keys) == (len(TITLES) if home == "there" else 0)
    finally:
        closed.chmod(0o755)


def test_what_was_not_put_into_the_file_yet_is_not_passed_over(locked):
    locked.library.with_name("library.db-wal").write_bytes(b"something")
    with pytest.raises(LibraryError, match="check that you may read and write") as told:
        Library(locked)
    assert "doctor" not in str(told.value)


def test_what_is_damaged_is_for_the_doctor(shore):
    shore.library.write_bytes(b"no database" * 999)
    with pytest.raises(LibraryError, match="doctor --repair"):
        Library(shore)


def test_marks_that_are_gone_with_their_backups_are_missed(shore):
    with Library(shore) as library:
        library.notebook.set_read((first(library),), read=True)
    shutil.rmtree(shore.data / "backups")
    shore.marks.unlink()
    with Library(shore, write=False) as library:
        assert first(library).flags == 0
        (notice,) = library.notices
        assert notice.startswith("marks.json is missing, and there is no backup: 1 article was marked when")
    with Library(shore) as library:
        assert library.notices == [notice]
        library.notebook.set_read((first(library),), read=True)
    with Library(shore) as library:
        assert library.notices == []
        assert first(library).flags == READ

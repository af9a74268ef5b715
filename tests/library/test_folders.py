"""Folders that are looked through: whole files, all problems kept, nothing cut off unsaid."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from reader.ingest import detect, folder
from reader.library import folders
from tests.conftest import NOW
from tests.ingest.books import simple

GOOD = "# {0}\n\n" + "It goes on for a while here. " * 40
BINARY = b"\x00\x01\x02\xff" * 50


@pytest.fixture
def shelf(desk, tmp_path):
    """A folder that is watched, and what puts a file into it at a time."""
    place = tmp_path / "shelf"
    place.mkdir()
    desk.now = NOW

    def put(name, data):
        file = place / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())

    return desk.subscribe(str(place), "folder-1", "folder"), put, place


def late(desk):
    """Let so much time pass that no file has changed since."""
    desk.now = 4_000_000_000


def test_a_book_larger_than_any_feed_comes_whole(desk, shelf):
    source, put, _ = shelf
    book = io.BytesIO(simple())
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("OEBPS/picture.png", bytes(20 << 20), zipfile.ZIP_STORED)
    put("quay.epub", book.getvalue())
    landed = desk.refresh(largest=1 << 20).of(source)
    assert (landed.error, len(landed.new)) == ("", 3)


def test_a_text_that_is_too_long_is_refused_and_not_cut(desk, shelf):
    source, put, _ = shelf
    put("long.txt", "word " * (17 << 20 >> 2))
    landed = desk.refresh().of(source)
    assert landed.error == "long.txt: it is larger than 16 MiB, too much to read at once"
    assert not landed.new


def test_a_file_that_cannot_be_read_is_told_until_it_changes(desk, shelf):
    source, put, place = shelf
    put("bad.txt", BINARY)
    put("worse.txt", BINARY)
    put("good.md", GOOD.format("Good"))
    said = desk.refresh(source).of(source).error
    assert said == "bad.txt: it is a binary file, not text (and 1 more)"
    late(desk)
    assert desk.refresh(source).of(source).error == said
    assert desk.refresh(source).of(source).error == said
    assert desk.state(source).error == said
    (place / "bad.txt").unlink()
    assert desk.refresh(source).of(source).error == "worse.txt: it is a binary file, not text"
    put("worse.txt", GOOD.format("Better"))
    desk.now = NOW
    desk.refresh(source)
    late(desk)
    assert desk.refresh(source).of(source).error == ""
    assert desk.titles(source) == {"Good", "Better"}


def test_why_files_cannot_be_read_is_kept_of_some_hundred(desk):
    cache = desk.library.cache
    folders.keep_unreadable(cache, "a", {f"{number}.txt": "why" for number in range(folders.TOLD + 9)})
    assert len(folders.unreadable(cache, "a")) == folders.TOLD
    folders.keep_unreadable(cache, "a", {})
    assert folders.unreadable(cache, "a") == {}


def test_what_is_added_and_what_is_watched_are_the_same_files(desk, shelf):
    source, put, place = shelf
    for ending in folder.ENDINGS - {".epub", ".pdf", ".gz", ".xml", ".rss", ".atom", ".rdf", ".opml", ".jsonfeed"}:
        if "htm" not in ending:
            put(f"a{ending}", GOOD.format(f"Title {ending}"))
    landed = desk.refresh(source).of(source)
    assert len(landed.new) == len(folder.listed(place).files) == 6


def test_too_many_files_are_told(desk, shelf, monkeypatch):
    source, put, _ = shelf
    monkeypatch.setattr(folder, "MAX_FILES", 1)
    put("a.md", GOOD.format("A"))
    put("b.md", GOOD.format("B"))
    landed = desk.refresh(source).of(source)
    assert len(landed.new) == 1
    assert landed.error == "only 1 files are looked at: divide it into several folders"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into all")
def test_a_folder_that_may_not_be_looked_into_is_told(desk, shelf):
    source, _, place = shelf
    place.chmod(0)
    try:
        assert "cannot be looked into" in desk.refresh(source).of(source).error
    finally:
        place.chmod(0o700)


def test_a_book_beyond_all_bounds_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(detect, "MAX_BOOK", 100)
    taken = detect.taken(io.BytesIO(simple()))
    assert len(taken) == 101
    with pytest.raises(detect.IngestError, match="larger than"):
        detect.read(taken, "quay.epub")
    assert detect.taken(io.BytesIO(b"")) == b""

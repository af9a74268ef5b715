"""Which files of a folder are readable."""

from __future__ import annotations

import os

import pytest

from reader.ingest import folder


@pytest.fixture
def shelf(tmp_path):
    for name in (
        *("b.txt", "a.MD", "c.epub", "d.jpg", "e", ".hidden.txt", "sub/page.html", "sub/deep/f.pdf"),
        *(".git/g.txt", "sub/.cache/h.txt", "feed.xml.gz"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def names(listing, place):
    return [str(path.relative_to(place)) for path in listing.files]


def test_readable_files_in_order_hidden_ones_left_out(shelf):
    listing = folder.listed(shelf)
    assert names(listing, shelf) == ["a.MD", "b.txt", "c.epub", "feed.xml.gz", "sub/page.html", "sub/deep/f.pdf"]
    assert not listing.more


def test_links_that_lead_round_in_a_circle_are_not_followed(shelf):
    (shelf / "sub" / "up").symlink_to(shelf, target_is_directory=True)
    (shelf / "gone.txt").symlink_to(shelf / "nowhere")
    assert len(folder.listed(shelf).files) == 6


def test_a_pipe_is_no_file(shelf):
    os.mkfifo(shelf / "pipe.txt")
    assert len(folder.listed(shelf).files) == 6


def test_the_number_is_bounded(shelf, monkeypatch):
    monkeypatch.setattr(folder, "MAX_FILES", 2)
    listing = folder.listed(shelf)
    assert names(listing, shelf) == ["a.MD", "b.txt"]
    assert listing.more
    monkeypatch.setattr(folder, "MAX_FILES", 6)
    assert not folder.listed(shelf).more


def test_what_is_looked_at_is_bounded(shelf, monkeypatch):
    monkeypatch.setattr(folder, "MAX_LOOKED_AT", 3)
    listing = folder.listed(shelf)
    assert len(listing.files) == 3
    assert listing.more


def test_the_depth_is_bounded(shelf, monkeypatch):
    monkeypatch.setattr(folder, "MAX_DEPTH", 1)
    assert "sub/page.html" in names(folder.listed(shelf), shelf)
    assert "sub/deep/f.pdf" not in names(folder.listed(shelf), shelf)


def test_what_is_no_folder_is_an_error(shelf):
    with pytest.raises(NotADirectoryError):
        folder.listed(shelf / "b.txt")
    with pytest.raises(FileNotFoundError):
        folder.listed(shelf / "nowhere")

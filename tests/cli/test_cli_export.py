"""`reader export`, and `reader add` of what it wrote."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reader.cli import exporting
from reader.storage.lock import Lock


def test_what_is_one_text_is_printed(library):
    assert library("export", "--format", "json").json["complete"] is True
    assert library("export", "--format", "csv").out.startswith("Highlight,Title,")
    assert library("export", "--format", "digest").out.startswith("# Articles\n")
    assert library("export", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert "<opml" in library("export", "--format", "opml").out


def test_a_query_chooses(library):
    title = library("list").rows[3][2]
    told = library("export", "--format", "json", f'title:"{title}"').json
    assert [one["title"] for one in told["articles"]] == [title]
    assert told["complete"] is False
    library("mark", "bookmark", library("list").ids[0])
    assert len(library("export", "--format", "json", "--view", "Bookmarks").json["articles"]) == 1
    assert library("export", "--format", "digest", "--title", "Mine", "is:bookmarked").out.startswith("# Mine\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--format", "markdown"), "--to says where"),
        (("--format", "epub"), "--to says where"),
        (("--format", "word"), "invalid choice"),
        ((), "--format"),
        (("--format", "json", "--watch"), "--watch needs --to"),
        (("--format", "json", "--json"), "--json needs --to"),
        (("--format", "opml", "is:unread"), "no query chooses"),
        (("--format", "json", "is:nothing"), "is:"),
    ],
)
def test_what_makes_no_sense_is_a_wrong_command(library, arguments, why):
    result = library("export", *arguments)
    assert result.status == 2
    assert why in result.err
    assert result.out == ""


def test_a_folder_is_written_once(library, tmp_path):
    vault = tmp_path / "vault"
    first = library("export", "--format", "markdown", "--to", vault)
    assert first.lines == [f"{vault}: 23 files written"]
    assert first.err == ""
    again = library("export", "--format", "markdown", "--to", vault, "--json")
    assert again.json == [{"path": str(vault), "articles": 23, "written": [], "unchanged": 23, "left": []}]


def test_a_marker_that_is_gone_is_told_of(library, tmp_path):
    library("export", "--format", "markdown", "--to", tmp_path / "v")
    path = next((tmp_path / "v").glob("*.md"))
    path.write_text(path.read_text("utf-8").rpartition("<!--")[0], "utf-8")
    result = library("export", "--format", "markdown", "--to", tmp_path / "v")
    assert result.status == 1
    assert result.err == f"reader: {path}: its marker line is gone, so it was left as it is\n"


def test_a_file_that_is_there_stays_without_force(library, tmp_path):
    path = tmp_path / "all.epub"
    assert library("export", "--format", "epub", "--to", path).status == 0
    assert zipfile.is_zipfile(path)
    path.write_text("mine")
    refused = library("export", "--format", "epub", "--to", path)
    assert refused.status == 1
    assert refused.err == (
        f"reader: export: {path}: there is a file already, which was left as it is; --force replaces it\n"
    )
    assert path.read_text() == "mine"
    assert library("export", "--format", "epub", "--to", path, "--force").status == 0
    assert zipfile.is_zipfile(path)


def test_our_json_is_added_again_without_a_loss(library, home, tmp_path, monkeypatch):
    ids = library("list").ids
    library("note", ids[0], "My thought")
    library("mark", "read", *ids[:3])
    library("tag", "add", "sea", ids[1])
    path = tmp_path / "all.json"
    assert library("export", "--format", "json", "--to", path).status == 0
    monkeypatch.setenv("READER_HOME", str(tmp_path / "second"))
    result = library("add", path)
    assert result.status == 0
    assert result.lines == [
        f"{path}: an export of reader: 23 articles",
        "all.json: 23 new; with it came 1 source, 1 note, marks on 3 articles",
    ]
    assert library("export", "--format", "json").out == path.read_text("utf-8")
    assert library("add", "-", stdin=path.read_bytes()).status == 0
    assert library("undo").lines == ["taken back: import of all.json: 3 articles marked"]
    assert "My thought" not in library("export", "--format", "json").out


def test_a_wrong_export_is_refused_with_the_place(library, tmp_path):
    told = library("export", "--format", "json").json
    told["articles"][7]["notes"] = [{"text": "a"}, {"text": 1}]
    (tmp_path / "bad.json").write_text(json.dumps(told))
    result = library("add", tmp_path / "bad.json")
    assert result.status == 1
    assert result.err == f"reader: {tmp_path / 'bad.json'}: articles[7].notes[1].text must be a text\n"


def test_it_works_beside_the_app(library, home, tmp_path):
    with Lock(home / "data" / "reader.lock") as lock:
        assert lock.acquire()
        assert library("export", "--format", "markdown", "--to", tmp_path / "v").status == 0


# -- --watch


def test_a_folder_is_kept_up_to_date(library, tmp_path, monkeypatch):
    vault, ids = tmp_path / "vault", library("list").ids
    rounds = []

    def change():
        rounds.append(1)
        if len(rounds) == 2:
            subprocess.run(
                [sys.executable, "-m", "reader", "note", ids[0], "Meanwhile"], check=True, capture_output=True
            )
        if len(rounds) == 5:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(exporting, "_moment", change)
    looked = []
    find = exporting.write
    monkeypatch.setattr(exporting, "write", lambda *given: looked.append(1) or find(*given))
    result = library("export", "--format", "markdown", "--to", vault, "--watch")
    assert result.status == exporting.INTERRUPTED
    assert result.err == ""
    assert len(result.lines) == 24
    assert "Meanwhile" in Path(result.lines[-1]).read_text("utf-8")
    # A change is told by the files; without one, the library is not even opened.
    assert len(looked) == 2


_HEARS = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
runpy.run_module("reader", run_name="__main__", alter_sys=True)
"""


def test_ctrl_c_ends_the_watch_at_once(library, home, tmp_path):
    vault = tmp_path / "vault"
    with subprocess.Popen(
        [sys.executable, "-c", _HEARS, "export", "--format", "markdown", "--to", vault, "--watch"],
        env={**os.environ, "READER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        told = [watching.stdout.readline() for _ in range(23)]
        assert all(line.endswith(".md\n") for line in told)
        watching.send_signal(signal.SIGINT)
        try:
            out, err = watching.communicate(timeout=60)
        finally:
            watching.kill()
    assert (watching.returncode, out, err) == (exporting.INTERRUPTED, "", "")
    assert len(list(vault.glob("*.md"))) == 23

"""`reader add` with what other programs export."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from reader.ingest import opml
from reader.model.source import Care, Source
from tests import exported
from tests.exported import EXPORTS, cache_db

NEWSBOAT = shutil.which("newsboat")


@pytest.fixture
def files(tmp_path):
    for name, data in EXPORTS.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_it_says_what_came_and_what_was_left_out_with_its_line(run, files):
    done = run("add", files / "part_000000.csv")
    assert done.status == 0
    assert done.lines[1:] == [
        "Pocket: 3 new; 1 marked read, 1 tagged; 1 left out",
        "  left out: line 5: javascript:alert(1): it is no web address",
    ]
    assert [row[1] for row in run("list", "is:read").rows] == ["○"]


def test_a_dry_run_adds_nothing(run, files, home):
    done = run("add", "--dry-run", files / "part_000000.csv", files / "urls", cache_db(files / "cache.db"))
    assert done.status == 0
    assert [line.rpartition("/")[2] for line in done.lines if not line.startswith("  ")] == [
        "part_000000.csv: an export of Pocket: 3 articles, 1 read, 1 tagged, 1 left out",
        "urls: a list of 3 subscriptions",
        "cache.db: an export of newsboat: 3 articles, 2 read, 1 feed, 2 left out",
    ]
    assert not home.exists()


def test_it_tells_in_json(run, files):
    (one,) = run("add", "--json", files / "All articles.json").json
    assert (one["kind"], one["title"], one["new"], one["read"], one["highlights"]) == ("export", "wallabag", 2, 1, 2)
    assert one["left_out"] == ["entry 3: it has no web address", "entry 4: it is no article"]
    (dry,) = run("add", "--json", "--dry-run", files / "bookmarks.html").json
    assert (dry["articles"], "new" in dry) == (3, False)


def test_an_unpacked_export_is_one_thing(run, files):
    for name, data in exported.omnivore_files().items():
        path = files / "omnivore" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data)
    done = run("add", files / "omnivore")
    assert done.lines[1] == "Omnivore: 2 new; 1 marked read, 1 tagged, 1 with notes, 2 highlights (1 in no text yet)"


def test_one_that_is_damaged_keeps_nothing_out(run, files):
    (files / "bad.csv").write_bytes(EXPORTS["part_000000.csv"] + b'"open')
    done = run("add", files / "bad.csv", files / "ril_export.html")
    assert done.status == 1
    assert done.err == f"reader: {files}/bad.csv: line 6: a quote is opened that is never closed; nothing was added\n"
    assert done.lines[1].startswith("Pocket: 2 new")


def test_a_database_can_only_be_named(run, files):
    data = cache_db(files / "cache.db").read_bytes()
    assert "name the file itself" in run("add", "-", stdin=data).err
    assert run("add", files / "cache.db").lines[1].startswith("newsboat: 3 new, 1 new source")
    (files / "other.db").write_bytes(b"SQLite format 3\x00" + bytes(5000))
    assert run("add", files / "other.db").status == 1


def test_many_left_out_are_told_in_json(run, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("title,url,time_added,tags,status\nA,https://a.example/a,1,,\n" + "B,nowhere,1,,\n" * 30)
    assert run("add", path).lines[-1] == "  left out: 10 more, told by --json"
    assert len(run("add", "--json", path).json[0]["left_out"]) == 30


@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")
def test_newsboat_takes_our_list_of_feeds_and_we_take_its(tmp_path, run):
    """Our OPML goes into newsboat, and newsboat's `urls` comes back as the same feeds in the same folders."""
    sources = [
        Source("a", "feed", "The Quay", "https://quay.example/feed.xml", care=Care(folder="Ports")),
        Source("b", "feed", "Tide & Ebb", "https://tide.example/feed?a=1&b=2"),
    ]
    urls = into_newsboat(opml.write(sources), tmp_path)
    assert "https://quay.example/feed.xml" in urls.read_text()
    assert run("add", urls).lines[1].startswith("newsboat: 2 new sources")
    told = {one["location"]: one["folder"] for one in run("sources", "--json").json}
    assert told == {one.location: one.care.folder or None for one in sources}


def into_newsboat(data: bytes, folder):
    """Let the newsboat that is installed import a list of subscriptions; gives its `urls`."""
    path, urls = folder / "subscriptions.opml", folder / "urls"
    path.write_bytes(data)
    urls.touch()
    command = [NEWSBOAT, "-u", urls, "-c", folder / "c.db", "-C", "/dev/null", "-i", path]
    subprocess.run(command, check=True, env={"HOME": str(folder), "TERM": "dumb"}, capture_output=True, timeout=60)
    return urls

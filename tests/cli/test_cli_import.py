"""`reader add` with what other programs export."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing

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


@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")
def test_the_cache_of_the_real_newsboat_comes_over_whole(tmp_path, run, server):
    """newsboat fetches two feeds and is told what was read; as many articles, read and unread ones, are here then."""
    for name, count in (("one", 30), ("two", 7)):
        items = "".join(
            f"<item><title>{name} {n} &amp; more</title><link>https://{name}.example/{n}</link>"
            f"<guid>{name}-{n}</guid><description>&lt;p&gt;Text {n}&lt;/p&gt;</description></item>"
            for n in range(count)
        )
        server.routes[f"/{name}"] = f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>"
    urls, read = tmp_path / "urls", tmp_path / "read"
    urls.write_text("".join(f"{server.url(f'/{name}')} ports\n" for name in ("one", "two")))
    read.write_text("".join(f"one-{n}\n" for n in range(11)))
    for asked in (("-x", "reload"), ("-I", read)):
        newsboat(tmp_path, *asked)
    with closing(sqlite3.connect(tmp_path / "c.db")) as cache:
        wanted = cache.execute("SELECT count(*), sum(unread = 0) FROM rss_item WHERE deleted = 0").fetchone()
    assert wanted == (37, 11)
    (told,) = run("add", "--json", tmp_path / "c.db").json
    assert (told["new"], told["read"], told["new_sources"]) == (37, 11, 2)
    assert len(run("list", "is:read").ids) == 11
    assert run("add", tmp_path / "c.db").lines[1] == "newsboat: nothing new, 37 already here"


def newsboat(folder, *arguments):
    """Run the newsboat that is installed, with its files in a folder."""
    command = [NEWSBOAT, "-u", folder / "urls", "-c", folder / "c.db", "-C", "/dev/null", *arguments]
    subprocess.run(command, check=True, env={"HOME": str(folder), "TERM": "dumb"}, capture_output=True, timeout=60)


def into_newsboat(data: bytes, folder):
    """Let the newsboat that is installed import a list of subscriptions; gives its `urls`."""
    path, urls = folder / "subscriptions.opml", folder / "urls"
    path.write_bytes(data)
    urls.touch()
    newsboat(folder, "-i", path)
    return urls

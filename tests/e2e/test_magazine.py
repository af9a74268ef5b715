"""A magazine on the loopback, read from end to end by the real program: first with its server, then without."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.e2e.pty import Terminal, command
from tests.servers import Reply
from tests.site import CHAPTERS, FEED_TITLES, LONG, TOPIC_TITLES, feed, routes, topic

QUOTE = "A tide is only a rumour until your boots are wet."


@pytest.fixture
def magazine(server):
    server.routes.update(routes(server.base))
    return server


def run(*arguments: str) -> str:
    status, out, err = command(*arguments)
    assert (status, err) == (0, ""), out
    return out


def listed() -> dict[str, dict]:
    return {one["title"]: one for one in json.loads(run("list", "--json"))}


def test_the_command_line_takes_in_all_of_a_magazine_and_reads_it_when_the_server_is_gone(magazine, places):
    assert "a feed: The Estuary Post, 3 articles" in run("add", "--feed", magazine.url("/"))
    assert "a headlines page: Tides, 4 articles" in run("add", "--page", magazine.url("/tides/"))
    assert "a book: A Pilot's Reader, 3 chapters" in run("add", magazine.url("/book.epub"))
    assert set(listed()) == {*FEED_TITLES, *TOPIC_TITLES, *CHAPTERS}
    assert [one["author"] for one in listed().values() if one["title"] in TOPIC_TITLES] == ["Marguerite Oduya"] * 4

    run("refresh", "--force")
    magazine.stop()
    found = listed()
    assert {title for title, one in found.items() if one["offline"]} == {*FEED_TITLES[1:], *TOPIC_TITLES}
    for title in (FEED_TITLES[1], *TOPIC_TITLES):
        (whole,) = json.loads(run("show", "--json", found[title]["id"]))
        assert all(part in whole["text"] for part in (*LONG[:3], QUOTE))
        assert "Ten anchors" not in whole["text"]
        assert "cookies" not in whole["text"]
        markdown = whole["markdown"]
        assert "> “A tide" in markdown
        assert "1. Read the page for today." in markdown
        assert "```ini\nhigh  04:12\nlow   10:31\n```" in markdown
        assert "## Under the bench" in markdown
    assert all(part in run("show", found[CHAPTERS[2]]["id"]) for part in LONG)
    (sound,) = json.loads(run("show", "--json", found[FEED_TITLES[2]]["id"]))
    assert [one["url"] for one in sound["enclosures"]] == [magazine.url("/sound.mp3")]
    with closing(sqlite3.connect(places.library)) as library:
        assert library.execute("SELECT count(*) FROM pictures").fetchone() == (1,)


def test_a_refresh_without_the_server_keeps_everything_and_says_what_is_wrong(magazine):
    run("add", "--feed", magazine.url("/"))
    before = listed()
    magazine.stop()
    status, _, err = command("refresh", "--force")
    assert status == 1
    assert err.startswith("reader: The Estuary Post: ")
    assert "Traceback" not in err
    assert listed() == before


def test_what_leaves_the_feed_stays_and_what_comes_back_is_the_same(magazine):
    run("add", "--feed", magazine.url("/"))
    before = listed()
    run("mark", "bookmark", before[FEED_TITLES[1]]["id"])
    magazine.routes["/feed.xml"] = Reply(feed(magazine.base, ("A new one", FEED_TITLES[0])), type="application/rss+xml")
    assert "1 new" in run("refresh", "--force")
    magazine.routes["/feed.xml"] = Reply(feed(magazine.base, FEED_TITLES), type="application/rss+xml")
    run("refresh", "--force")
    after = listed()
    assert set(after) == {"A new one", *FEED_TITLES}
    assert all(after[title]["id"] == before[title]["id"] for title in FEED_TITLES)
    assert after[FEED_TITLES[1]]["bookmarked"]


def test_the_page_of_headlines_is_asked_again_like_a_feed(magazine):
    run("add", "--page", magazine.url("/tides/"))
    magazine.routes["/tides/"] = Reply(topic(("A headline that was not there before", *TOPIC_TITLES[:3])))
    magazine.routes["/t/a-headline-that-was-not-there-before"] = Reply("", 404)
    assert "1 new" in run("refresh", "--force")
    assert set(listed()) == {"A headline that was not there before", *TOPIC_TITLES}


def test_the_app_adds_by_an_address_reads_whole_articles_and_goes_on_without_the_server(magazine):
    with Terminal() as it:
        it.see("? help")
        it.press("+")
        it.see("Add")
        it.press(magazine.url("/"))
        it.see(magazine.url("/"))
        it.press("\r")
        it.see("All articles")
        it.press("\r")
        it.see("Enter adds it")
        it.press("\r")
        it.see(FEED_TITLES[0], FEED_TITLES[1], "3 new")
        it.press("j\r")
        it.see("x fetches the whole article")
        it.press("x")
        it.see(QUOTE)
        it.press("x")
        it.wait(lambda: QUOTE not in it.text)
        it.press("x")
        it.see(QUOTE, "⇣")
        it.press("hgS")
        it.see("Sources", "The Estuary Post", "feed")
        it.press("\x1b")
        it.see("? help", FEED_TITLES[0])
        magazine.routes["/feed.xml"] = Reply(
            feed(magazine.base, ("Fresh from the mud", *FEED_TITLES)), type="application/rss+xml"
        )
        it.press("R")
        it.see("1 new · gr shows them")
        assert "Fresh from the mud" not in it.text
        it.press("gr")
        it.see("Fresh from the mud")
        it.press("Q")
        assert it.end() == 0
    magazine.stop()
    with Terminal() as it:
        it.see("? help", FEED_TITLES[1])
        it.press("\r")
        it.see(QUOTE)
        it.press("Q")
        assert it.end() == 0

"""A refresh that brings whole articles, and those of topic pages and folders."""

import pytest

from reader.library.schedule import HOUR
from tests import servers, site
from tests.conftest import NOW
from tests.library.refreshing import feed
from tests.servers import Reply, Server


@pytest.fixture
def post(desk, server):
    server.routes.update(site.routes(server.base))
    return desk.subscribe(server.url("/feed.xml"), full_text="auto")


def articles(desk, source):
    from reader.model.listing import Filter

    keys = desk.library.shelf.listing(Filter(source=source.id)).keys
    return {row.title: desk.library.cache.article(row.key) for row in desk.library.shelf.rows(keys)}


def test_articles_that_came_cut_off_are_fetched_whole_with_their_pictures(desk, server, post):
    run = desk.refresh()
    first, second = run.landed
    assert (len(first.new), first.pages, second.pages, len(second.changed)) == (3, 0, 2, 2)
    assert run.summary.pages == 2
    assert first.title == second.title == "The Estuary Post"
    here = articles(desk, post)
    came, *cut = (here[title] for title in site.FEED_TITLES)
    assert not came.row.offline
    for article in cut:
        assert article.row.offline
        assert article.as_page
        assert site.LONG[3][:40] in article.text
    from reader.storage import pictures

    assert pictures.of(desk.library.cache, server.url("/img/tin.png"), now=NOW).data == site.picture()
    assert server.count("/img/tin.png") <= 2
    desk.refresh(post)
    assert sum(server.count(f"/a/{site.slug(title)}") for title in site.FEED_TITLES) == 2


def test_never_means_never_and_always_means_all(desk, server, post):
    desk.change(post, full_text="never")
    desk.refresh(post)
    assert not [asked for asked in server.asked if asked.path.startswith("/a/")]
    desk.change(post, full_text="always")
    desk.refresh(post)
    assert all(article.row.offline for article in articles(desk, post).values())


def test_no_budget_no_pictures(desk, server, post):
    desk.refresh(pictures=0)
    assert not server.count("/img/tin.png")


def test_a_page_that_cannot_be_had_is_told_and_the_excerpt_stays(desk, server, post):
    lost = f"/a/{site.slug(site.FEED_TITLES[1])}"
    server.routes[lost] = servers.MISSING
    run = desk.refresh()
    assert not any(one.error for one in run.landed)
    article = articles(desk, post)[site.FEED_TITLES[1]]
    assert "404" in article.problem
    assert not article.row.offline
    assert article.text.startswith(site.LONG[0][:40])
    desk.refresh(post)
    assert server.count(lost) == 1


def test_a_page_that_may_come_later_is_tried_three_times(desk, server, post):
    broken = f"/a/{site.slug(site.FEED_TITLES[1])}"
    server.routes[broken] = Reply("", 502)
    for _ in range(5):
        desk.refresh(post)
    assert server.count(broken) == 3


def test_pages_of_a_private_host_are_fetched_only_for_sources_the_user_put_there(desk, server):
    with Server() as inner:
        server.routes["/feed"] = site.feed(inner.base)
        source = desk.subscribe(server.url("/feed"), full_text="always")
        desk.refresh()
        assert not inner.asked
    assert all("your own network" in article.problem for article in articles(desk, source).values())


def test_a_topic_page_is_refreshed_like_a_feed(desk, server):
    server.routes["/tides/"] = Reply(site.topic(), etag='"t1"')
    source = desk.subscribe(server.url("/tides/"), kind="topic")
    assert len(desk.refresh().of(source).new) == 4
    assert desk.refresh(source).of(source).unchanged
    server.routes["/tides/"] = site.topic((*site.TOPIC_TITLES, "An anchor with opinions"))
    assert len(desk.refresh(source).of(source).new) == 1
    server.routes["/tides/"] = "<!doctype html><title>Closed</title><p>This page has been closed for good."
    assert desk.refresh(source).of(source).error


def test_a_folder_is_looked_through_for_what_changed(desk, tmp_path):
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.md").write_text("# The first\n\n" + "It goes on for a while here. " * 40)
    (folder / "deep" / "two.txt").write_text("The second\n\n" + "It goes on for a while here too. " * 40)
    (folder / ".hidden.md").write_text("# Hidden\n\nNobody sees this.")
    (folder / "tool.py").write_text("print(1)")
    source = desk.subscribe(str(folder), "folder-1", "folder")
    first = desk.refresh().of(source)
    assert (len(first.new), first.error) == (2, "")
    assert desk.titles(source) == {"The first", "The second"}
    # Before their clock, nothing changed.
    desk.now = 4_000_000_000
    desk.refresh(source)
    assert desk.refresh(source).of(source).unchanged
    (folder / "one.md").write_text("# The first, mended\n\n" + "It goes on for a while, there. " * 40)
    desk.now = NOW
    landed = desk.refresh(source).of(source)
    assert len(landed.new) == 0


def test_files_that_cannot_be_read_are_named_and_the_others_come(desk, tmp_path):
    (tmp_path / "good.md").write_text("# Good\n\n" + "It goes on for a while here. " * 40)
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    source = desk.subscribe(str(tmp_path), "folder-1", "folder")
    landed = desk.refresh().of(source)
    assert len(landed.new) == 1
    assert landed.error.startswith("bad.txt: ")


def test_a_folder_that_is_not_there_is_told(desk, tmp_path):
    source = desk.subscribe(str(tmp_path / "nothing"), "folder-1", "folder")
    assert "is no folder any more" in desk.refresh().of(source).error


def test_bounds_are_those_of_the_job(desk, server):
    server.routes["/feed"] = feed(*(f"Story {number}" for number in range(40)))
    source = desk.subscribe(server.url("/feed"))
    assert "which is the most" in desk.refresh(largest=20_000).of(source).error
    assert desk.state(source).due == NOW + HOUR

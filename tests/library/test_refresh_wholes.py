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


def test_a_page_that_says_less_than_the_feed_is_not_shown_unless_the_user_asks(desk, server, post):
    from reader.library import errands

    whole = site.FEED_TITLES[0]
    server.routes[f"/a/{site.slug(whole)}"] = "<title>Stub</title><p>Read all of it in our app, which is free today."
    desk.change(post, full_text="always")
    desk.refresh()
    article = articles(desk, post)[whole]
    assert (article.row.offline, article.as_page) == (True, False)
    assert site.LONG[2] in article.text
    row = errands.whole(desk.library, article.row.key)
    assert desk.library.cache.article(row.key).text.startswith("Read all of it in our app")


PAGE = site.page("The stand-in")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (servers.redirect("/"), "front page"),
        (servers.redirect("/?from=old", 301), "front page"),
        (servers.redirect("/index.html"), "front page"),
        (servers.redirect("/blog"), "front page"),
        (
            Reply("<title>404</title><h1>Not found</h1><p>There is nothing under this address any more, dear reader."),
            "",
        ),
        (Reply(b"%PDF-1.7" + b"words " * 99, type="application/pdf"), "PDF"),
        (Reply(b"%PDF-1.7" + b"words " * 99), "PDF"),
        (Reply(b"ID3" + bytes(999), type="audio/mpeg"), "audio/mpeg"),
        (Reply(PAGE, type="application/json"), "application/json"),
    ],
)
def test_what_is_no_page_of_an_article_is_told_and_the_excerpt_stays(desk, server, post, reply, words):
    title = site.FEED_TITLES[1]
    server.routes |= {"/": PAGE, "/index.html": PAGE, "/blog": PAGE, f"/a/{site.slug(title)}": reply}
    server.routes["/feed.xml"] = site.feed(server.base).replace(f"<link>{server.base}/<", f"<link>{server.base}/blog<")
    for _ in range(2):
        desk.refresh(post)
    article = articles(desk, post)[title]
    assert words in article.problem
    assert article.problem
    assert (article.row.offline, article.as_page) == (False, False)
    assert article.text.startswith(site.LONG[0][:40])
    assert server.count(f"/a/{site.slug(title)}") == 1


@pytest.mark.parametrize("kind", ["", "text/html; charset=utf-8", "application/xhtml+xml", "TEXT/HTML"])
def test_what_is_a_page_of_an_article_is_taken(desk, server, post, kind):
    title = site.FEED_TITLES[1]
    server.routes |= {"/": Reply(PAGE, type=kind), f"/a/{site.slug(title)}": servers.redirect("/?p=12")}
    desk.refresh(post)
    assert articles(desk, post)[title].as_page


def test_an_article_whose_words_changed_is_fetched_again(desk, server, post):
    title = site.FEED_TITLES[1]
    desk.refresh()
    server.routes["/feed.xml"] = site.feed(server.base).replace(site.LONG[0][:90], "The pilots have corrected it:")
    server.routes[f"/a/{site.slug(title)}"] = Reply("", 502)
    desk.refresh(post)
    # Until it can be had, the page of before is read.
    assert site.LONG[3][:40] in articles(desk, post)[title].text
    server.routes[f"/a/{site.slug(title)}"] = site.page(title).replace(site.LONG[3], "The tin has been found. " * 9)
    assert desk.refresh(post).summary.pages == 1
    article = articles(desk, post)[title]
    assert article.as_page
    assert "The tin has been found." in article.text
    assert [former.text for former in desk.library.cache.former(article.row.key) if site.LONG[3][:40] in former.text]
    asked = len(server.asked)
    desk.refresh(post)
    assert len(server.asked) == asked + 1


def test_a_row_without_an_excerpt_shows_the_beginning_of_its_page(desk, server, post):
    server.routes["/feed.xml"] = site.feed(server.base).replace(f"<description>{site.LONG[0][:90]} …</description>", "")
    desk.refresh()
    article = articles(desk, post)[site.FEED_TITLES[1]]
    assert article.as_page
    assert article.row.excerpt.startswith(site.LONG[0][:40])


def test_login_and_headers_go_to_the_pages_of_the_sources_own_server_and_no_other(desk, server, ring):
    with Server() as other:
        own = site.routes(server.base)
        theirs = f"{other.base}/a/{site.slug(site.FEED_TITLES[2])}"
        server.routes |= own | {
            "/feed.xml": site.feed(server.base).replace(f"{server.base}{theirs[len(other.base) :]}", theirs)
        }
        server.routes[f"/a/{site.slug(site.FEED_TITLES[1])}"] = servers.redirect("/moved")
        server.routes["/moved"] = site.page("Moved").replace("/img/tin.png", other.url("/tin.png"))
        other.routes["*"] = site.page("Theirs")
        source = desk.subscribe(server.url("/feed.xml"), full_text="auto", login="ines", headers=(("X-Key", "k"),))
        ring.set_password("reader", f"ines@{source.id}", "pw")
        desk.refresh()
        pages = [asked for asked in server.asked if asked.path.startswith(("/a/", "/moved"))]
        assert len(pages) == 2
        assert all({"authorization", "x-key"} <= asked.headers.keys() for asked in pages)
        # Its host is the user's, its port is another's: it is neither told nor asked.
        assert not any({"authorization", "x-key"} & asked.headers.keys() for asked in other.asked)


def test_a_page_behind_a_login_whose_password_is_missing_is_told_and_tried_again(desk, server, post, ring):
    ring.set_password("reader", f"ines@{post.id}", "pw")
    desk.change(post, login="ines", full_text="never")
    desk.refresh()
    from reader.library import errands

    key = articles(desk, post)[site.FEED_TITLES[1]].row.key
    ring.held.clear()
    with pytest.raises(errands.IngestError, match="keyring has no password"):
        errands.whole(desk.library, key)
    ring.set_password("reader", f"ines@{post.id}", "pw")
    assert errands.whole(desk.library, key).offline


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

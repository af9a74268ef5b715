"""Errands: a look into an address, a file read, a whole article, a refresh, each with its failures in words."""

import socketserver
import threading

import pytest

from reader.ingest import detect
from reader.ingest.errors import IngestError
from reader.library import Library, errands
from reader.library.errands import StoppedError
from reader.library.looking import PROBES, addressed
from reader.model.source import Care
from tests import servers, site
from tests.conftest import NOW
from tests.library.refreshing import feed
from tests.servers import Reply, Server


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def post(server):
    server.routes.update(site.routes(server.base))
    return server


# -- looking


@pytest.mark.parametrize(
    ("typed", "address", "guessed"),
    [
        ("example.org/a", "https://example.org/a", True),
        (" http://example.org ", "http://example.org", False),
        ("feed://example.org/f", "https://example.org/f", True),
        ("feed:https://example.org/f", "https://example.org/f", False),
    ],
)
def test_an_address_is_taken_as_it_is_typed(typed, address, guessed):
    assert addressed(typed) == (address, guessed)


def test_a_feed_is_a_feed(post):
    said = []
    found = errands.look(post.url("/feed.xml"), tell=said.append)
    assert (found.kind, found.title, len(found.entries)) == ("feed", "The Estuary Post", 3)
    assert found.address == post.url("/feed.xml")
    assert found.local
    assert said[0].startswith("Fetching 127.0.0.1")


SHELL = "<html><head><title>Shop</title>{}</head><body><div id=app></div><script src=/a.js></script></body></html>"
ATOM = '<link rel=alternate type="application/rss+xml" href="/feed">'


@pytest.mark.parametrize("head", ["", ATOM])
@pytest.mark.parametrize("asked", [{}, {"feed": False}, {"kind": "page"}])
def test_a_page_with_nothing_to_read_is_refused_in_words_unless_it_has_feeds(server, head, asked):
    server.routes |= {"/app": SHELL.format(head), "/feed": feed("One")}
    if head and asked.get("feed") is not False:
        found = errands.look(server.url("/app"), **asked)
        assert (found.kind, found.entries, len(found.offers)) == ("page", (), 1)
    else:
        with pytest.raises(IngestError, match="copy its text and paste it"):
            errands.look(server.url("/app"), **asked)


def test_a_page_with_nothing_to_read_whose_feed_is_not_there_is_refused(server):
    server.routes["/app"] = SHELL.format(ATOM)
    with pytest.raises(IngestError, match="copy its text and paste it"):
        errands.look(server.url("/app"))


class Plain(socketserver.StreamRequestHandler):
    """A site that has no https: what begins like that is left."""

    def handle(self):
        if self.rfile.peek(1)[:1] == b"\x16":
            return
        while self.rfile.readline().strip():
            pass
        body = feed("One").body.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)


def test_a_site_without_https_is_found_when_nobody_said_https():
    with socketserver.TCPServer(("127.0.0.1", 0), Plain) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        at = f"127.0.0.1:{server.server_address[1]}"
        try:
            assert errands.look(at).address == f"http://{at}/"
            with pytest.raises(IngestError):
                errands.look(f"https://{at}")
        finally:
            server.shutdown()


def test_a_page_offers_the_feeds_that_are_really_there(post):
    found = errands.look(post.url("/"))
    assert found.kind in {"page", "topic"}
    assert [(offer.url, offer.title) for offer in found.offers] == [(post.url("/feed.xml"), "All articles")]


def test_a_feed_that_is_announced_and_not_there_is_not_offered(post):
    post.routes["/feed.xml"] = servers.MISSING
    assert errands.look(post.url("/")).offers == ()


def test_a_feed_that_is_wanted_is_given_with_its_address(post):
    found = errands.look(post.url("/"), feed=True)
    assert (found.kind, found.address, len(found.entries)) == ("feed", post.url("/feed.xml"), 3)
    assert found.local


def test_a_page_that_is_wanted_is_given_without_asking_for_feeds(post):
    found = errands.look(post.url("/"), feed=False)
    assert found.kind in {"page", "topic"}
    assert found.offers == ()
    assert len(post.asked) == 1


def test_a_feed_that_nobody_tells_of_is_guessed_at_a_section(post):
    post.routes |= {"/feed": feed("Found"), "/feed.xml": servers.MISSING}
    (offer,) = errands.look(post.url("/tides/")).offers
    assert offer.url == post.url("/feed")
    assert offer.guessed


def test_one_feed_under_several_names_is_offered_once(post):
    del post.routes["/feed.xml"]
    post.routes |= {"/feed": feed("Found"), "/rss": servers.redirect("/feed"), "/rss.xml": feed("Found")}
    assert len(errands.look(post.url("/tides/")).offers) == 1


def test_nobody_is_asked_more_than_a_few_times(post):
    del post.routes["/feed.xml"]
    errands.look(post.url("/tides/"))
    assert 3 < len(post.asked) <= 1 + PROBES
    with pytest.raises(IngestError, match="no feed is to be found"):
        errands.look(post.url("/tides/"), feed=True)


def test_a_single_article_is_not_searched_for_feeds(post):
    found = errands.look(post.url(f"/a/{site.slug(site.FEED_TITLES[1])}"))
    assert (found.kind, found.offers) == ("page", ())
    assert len(post.asked) == 1


def test_a_topic_page_and_a_book_are_told(post):
    assert errands.look(post.url("/tides/")).kind == "topic"
    book = errands.look(post.url("/book.epub"))
    assert (book.kind, book.title) == ("book", "A Pilot's Reader")


def test_a_kind_overrules(post):
    assert errands.look(post.url("/tides/"), kind="page").kind == "page"
    with pytest.raises(IngestError):
        errands.look(post.url(f"/a/{site.slug(site.FEED_TITLES[1])}"), kind="feed")


@pytest.mark.parametrize(("path", "words"), [("/nothing", "404"), ("/gone", "410"), ("/empty", ""), ("/zip", "")])
def test_what_cannot_be_had_is_told_on_one_line(server, path, words):
    server.routes |= {"/gone": servers.gone(), "/empty": "", "/zip": Reply(b"PK\3\4" + bytes(99))}
    with pytest.raises(IngestError) as refused:
        errands.look(server.url(path))
    assert words in str(refused.value)
    assert str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_server_that_is_not_there_is_told():
    with Server() as server:
        pass
    with pytest.raises(IngestError, match=r"127\.0\.0\.1"):
        errands.look(server.url("/"))


def test_a_look_is_stopped_at_once(server):
    stop = threading.Event()

    def asked(_):
        stop.set()
        return servers.silent()

    server.routes["/"] = asked
    with pytest.raises(StoppedError):
        errands.look(server.url("/"), stop=stop)


# -- files


def test_plain_text_is_read_here_and_what_may_harm_elsewhere(monkeypatch):
    here = []
    read = detect.read
    monkeypatch.setattr(detect, "read", lambda *args, **kwargs: here.append(1) or read(*args, **kwargs))
    text = ("A title\n\n" + "It goes on for a while, as texts do. " * 30).encode()
    assert errands.read_bytes(text, "a.txt").kind == "essay"
    assert here == [1]
    assert errands.read_bytes(site.feed("http://127.0.0.1").encode(), "a.xml").kind == "feed"
    assert errands.read_bytes(site.book(), "a.epub").kind == "book"
    assert errands.read_bytes(site.page("Mud").encode(), "a.html").title == "Mud"
    assert here == [1]


def test_a_file_that_cannot_be_read_is_told():
    with pytest.raises(IngestError):
        errands.read_bytes(b"<?xml version='1.0'?><nothing/>", "a.xml")
    with pytest.raises(IngestError):
        errands.read_bytes(b"", "a.txt")


# -- whole articles


def article(library, url, *, title="Mud", private=True):
    from dataclasses import replace

    from reader.ingest.found import Found
    from reader.model.article import Entry

    entry = Entry(title, excerpt="It begins …", cut=True, url=url, guid=url)
    found = Found("feed", "Post", (entry,), address=url.rpartition("/")[0] + "/feed")
    report = library.subscriptions.add(found)
    library.subscriptions.set_care(report.source.id, replace(report.source.care, private=private))
    return report.new[0]


def test_a_whole_article_is_fetched_and_kept(library, post):
    key = article(library, post.url(f"/a/{site.slug(site.FEED_TITLES[1])}"))
    row = errands.whole(library, key)
    assert row.offline
    assert site.LONG[3][:40] in library.cache.article(key).text
    assert library.shelf.rows((key,))[0] == row


def test_what_the_user_says_of_a_sites_pages_is_followed(library, post):
    post.routes["/long"] = site.page("Mud").replace(site.LONG[2], " ".join(site.LONG * 4))
    key = article(library, post.url("/long"))
    source = library.cache.article(key).source_id
    library.subscriptions.set_care(source, Care(private=True, drop=("blockquote",)))
    errands.whole(library, key)
    assert "boots are wet" not in library.cache.article(key).text


def test_a_whole_article_that_cannot_be_had_is_told_and_noted(library, post):
    key = article(library, post.url("/nothing"))
    with pytest.raises(IngestError, match="404"):
        errands.whole(library, key)
    assert "404" in library.cache.article(key).problem
    inside = article(library, post.url("/nothing-else"), private=False, title="Inside")
    with pytest.raises(IngestError, match="your own network"):
        errands.whole(library, inside)


def test_an_article_without_an_address_is_told(library):
    report = library.subscriptions.add(detect.read(b"A title\n\n" + b"It goes on for a while here. " * 40))
    with pytest.raises(IngestError, match="without an address"):
        errands.whole(library, report.new[0])


def test_fetching_a_whole_article_is_stopped_at_once(library, server):
    stop = threading.Event()

    def asked(_):
        stop.set()
        return servers.silent()

    server.routes["/a"] = asked
    with pytest.raises(StoppedError):
        errands.whole(library, article(library, server.url("/a")), stop=stop)


# -- refreshing


def test_a_refresh_brings_news_the_title_and_the_new_address_into_the_library(library, server):
    server.routes |= {"/new": feed("One", "Two", title="The Ferry"), "/old": servers.redirect("/new", 301)}
    from reader.model.source import Source

    library.marks.put_source(Source("feed-1", "feed", "?", server.url("/old"), care=Care(private=True)))
    landed = []
    summary = errands.refresh(library, tell=landed.append)
    assert (summary.new, summary.failed) == (2, 0)
    source = library.subscriptions.source("feed-1")
    assert (source.title, source.location) == ("The Ferry", server.url("/new"))
    assert [row.title for row in library.shelf.rows(landed[0].new)] == ["One", "Two"]
    assert library.shelf.listing().unread == 2


def test_a_refresh_that_is_stopped_says_so_and_keeps_what_landed(library, server):
    from reader.model.source import Source

    server.routes |= {"/good": feed("One"), "/slow": servers.silent()}
    for name in ("good", "slow"):
        library.marks.put_source(Source(name, "feed", name, server.url(f"/{name}"), care=Care(private=True)))
    stop = threading.Event()
    summary = errands.refresh(library, tell=lambda _: stop.set(), stop=stop)
    assert summary.stopped
    assert str(summary) == "Stopped after 1 source: 1 new"
    assert library.shelf.listing().unread == 1

"""Names and passwords: typed into addresses, kept in the keyring, told to nobody else."""

from __future__ import annotations

import keyring
import pytest

from reader.ingest import opml
from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.ingest.net import addresses
from reader.ingest.net.fetched import OURS, FetchError, Request
from reader.ingest.net.trip import Trip
from reader.library import errands
from reader.library.secrets import SecretError
from reader.model.source import Care, Source
from tests import servers
from tests.library.refreshing import feed
from tests.servers import Reply, Server

BASIC = "Basic Ym9iOmh1bnRlcjI="


def typed(server, path):
    return server.url(path).replace("//", "//bob:hunter2@")


def everything(places):
    return b"".join(path.read_bytes() for path in places.data.rglob("*") if path.is_file())


def page(*links):
    told = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    return f"<!doctype html><title>Fog</title>{told}<article><h1>Fog</h1><p>{'Fog is a cloud. ' * 60}</article>"


@pytest.mark.parametrize(
    ("url", "bare", "login"),
    [
        ("https://bob:a%40b@x.org/f?q=1@2#@", "https://x.org/f?q=1@2#@", ("bob", "a@b")),
        ("http://bob@x.org", "http://x.org", ("bob", "")),
        ("feed://b@b:p@x.org/", "feed://x.org/", ("b@b", "p")),
        ("https://x.org/@user", "https://x.org/@user", None),
        ("x.org/a@b", "x.org/a@b", None),
        ("", "", None),
    ],
)
def test_a_login_is_parted_from_its_address(url, bare, login):
    assert addresses.without_login(url) == (bare, login)


@pytest.mark.parametrize(
    "url",
    ["http://bob:hunter2@x.org:99999/", "http://bob:hun/hunter2@x.org/", "ftp://bob:hunter2@x.org/",
     "http://bob:hunter2@/", "https://bob:hunter2@[::1/"],
)  # fmt: skip
def test_no_error_shows_a_password(url):
    with pytest.raises(FetchError) as caught:
        addresses.parse(url)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in addresses.shown(url)


def test_what_is_typed_into_an_address_is_the_login_from_then_on(desk, server, ring, places):
    server.routes["/feed"] = lambda asked: (
        feed("One", site="http://x:y@127.0.0.1/") if asked.headers.get("authorization") == BASIC else Reply(status=401)
    )
    found = errands.look(typed(server, "/feed"))
    assert "hunter2" not in repr(found)
    source = desk.library.subscriptions.add(found, typed(server, "/feed")).source
    assert (source.location, source.care.login) == (server.url("/feed"), "bob")
    assert "y@" not in source.site
    assert ring.held == {("reader", f"bob@{source.id}"): "hunter2"}
    assert desk.refresh(source).of(source).error == ""
    desk.library.close()
    assert b"hunter2" not in everything(places)


def test_without_a_keyring_nothing_is_added_and_it_is_said_what_to_do(desk, server):
    from keyring.backends.fail import Keyring

    server.routes["/feed"] = feed("One")
    found = errands.look(typed(server, "/feed"))
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        with pytest.raises(SecretError, match="reader sources set SOURCE --login"):
            desk.library.subscriptions.add(found)
    finally:
        keyring.set_keyring(before)
    assert desk.library.marks.sources() == []


def test_a_list_of_subscriptions_brings_no_passwords(desk, places):
    found = opml.read(
        b'<opml version="2.0"><body><outline xmlUrl="https://bob:hunter2@x.org/f" htmlUrl="https://bob:hunter2@x.org/"/>'
        b"</body></opml>"
    )
    (named,) = found.sources
    assert (named.location, named.site, named.title) == ("https://x.org/f", "https://x.org/", "https://x.org/")
    bad = Source("", "feed", "https://bob:hunter2@y.org/", "https://bob:hunter2@y.org/")
    (kept,) = desk.library.subscriptions.add(Found("subscriptions", "L", sources=(bad,))).sources
    assert (kept.location, kept.title) == ("https://y.org/", "https://y.org/")


# -- where a login goes


def test_a_move_for_good_to_another_server_takes_nothing_secret_along(desk, server):
    with Server() as other:
        other.routes["/feed"] = feed("One")
        server.routes["/feed"] = servers.redirect(server.url("/new"), 301)
        server.routes["/new"] = feed("One", title="New")
        headers = (("X-Token", "geheim"),)
        source = desk.subscribe(server.url("/feed"), headers=headers, login="bob", folder="Sea")
        subscriptions = desk.library.subscriptions
        assert subscriptions.landed(source.id, moved=server.url("/new")) == ""
        assert subscriptions.source(source.id).care.login == "bob"
        said = subscriptions.landed(source.id, moved=other.url("/feed"))
        assert "reader sources set" in said
        kept = subscriptions.source(source.id)
        assert (kept.location, kept.care) == (other.url("/feed"), Care(folder="Sea", full_text="never"))


def test_a_safer_address_of_the_same_host_keeps_the_login(desk):
    source = desk.subscribe("http://x.org/feed", login="bob", private=False)
    assert desk.library.subscriptions.moved(source.id, "https://x.org/feed").care.login == "bob"
    assert desk.library.subscriptions.moved(source.id, "http://x.org/feed").care.login == ""
    assert desk.library.subscriptions.moved(source.id, "https://u:p@z.org/feed").location == "https://z.org/feed"


def test_a_refresh_says_that_a_login_stayed_behind(desk, server, monkeypatch):
    monkeypatch.setattr("reader.library.recognising.trusts", lambda *_: False)
    server.routes |= {"/feed": servers.redirect("/new", 301), "/new": feed("One")}
    source = desk.subscribe(server.url("/feed"), headers=(("X-Token", "geheim"),))
    landed = []
    errands.refresh(desk.library, [source.id], tell=landed.append)
    assert "not sent there" in landed[0].note


def test_the_headers_that_are_ours_are_nobody_elses():
    mine = tuple((name.title(), "mine") for name in OURS)
    said = Trip.begin(Request("https://x.org/", headers=(*mine, ("X-Mine", "1"))), 9).headers()
    assert [name for name, value in said if value == b"mine"] == []
    assert (b"X-Mine", b"1") in said
    assert {"cookie", "proxy-authorization", "authorization", "range", "te", "host"} <= OURS


# -- what a page offers


def test_a_feed_that_a_stranger_offers_is_not_fetched_from_the_own_network(server):
    server.routes["/secret"] = feed("Inside")
    for stranger in (Found("page", "Saved"), Found("page", "Far", address="https://far.example/", local=False)):
        with pytest.raises(IngestError, match="own network"):
            errands.look(server.url("/secret"), feed=True, offered_by=stranger)
    assert server.count("/secret") == 0


def test_a_feed_that_the_own_network_offers_is_of_the_same_server_only(server):
    server.routes |= {"/": page("/feed"), "/feed": feed("Inside")}
    mine = errands.look(server.url("/"))
    assert mine.local
    assert errands.look(server.url("/feed"), feed=True, offered_by=mine).title == "The Ferry"
    with Server() as other:
        other.routes["/feed"] = feed("Other")
        with pytest.raises(IngestError, match="own network"):
            errands.look(other.url("/feed"), feed=True, offered_by=mine)


def test_a_login_for_a_page_is_one_for_its_feeds_too(server):
    server.routes |= {"/": page("/feed"), "/feed": feed("Inside")}
    seen = errands.look(typed(server, "/"))
    assert [offer.url for offer in seen.offers] == [server.url("/feed")]
    chosen = errands.look(seen.offers[0].url, feed=True, offered_by=seen)
    assert chosen.login == ("bob", "hunter2")
    assert errands.look(typed(server, "/"), feed=True).login == ("bob", "hunter2")
    assert {asked.headers.get("authorization") for asked in server.asked} == {BASIC}

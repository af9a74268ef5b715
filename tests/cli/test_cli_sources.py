"""`reader sources`: where articles come from, and each of these places looked after."""

import io
import sys

import keyring
import pytest

from reader import settings
from reader.cli.sourcing import earlier, later
from reader.library import Library
from reader.model.source import Care, Source
from tests import servers
from tests.cli.conftest import Typed
from tests.library.refreshing import Ring, feed


@pytest.fixture
def ring():
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def ferry(run, server):
    """A library with one feed that was refreshed, and one that failed."""
    server.routes["/ferry"] = feed("One", "Two", title="The Ferry", etag='"1"')
    with Library(settings.places()) as library:
        for number, path in enumerate(("/ferry", "/mud"), 1):
            care = Care(private=True, full_text="never")
            library.marks.put_source(Source(f"feed-{number}", "feed", "Mud", server.url(path), care=care))
    run("refresh")
    return run


def care(name="feed-1"):
    with Library(settings.places(), write=False) as library:
        return library.subscriptions.source(name).care


def test_json_tells_all_that_is_known(ferry, server):
    good, bad = ferry("sources", "--json").json
    assert good["last_success"] is not None
    assert good["next"] > good["last_success"]
    assert {name: good[name] for name in ("id", "kind", "articles", "unread", "title", "location", "error")} == {
        "id": "feed-1", "kind": "feed", "articles": 2, "unread": 2, "title": "The Ferry",
        "location": server.url("/ferry"), "error": None,
    }  # fmt: skip
    assert (bad["last_success"], bad["failures"]) == (None, 1)
    assert "404" in bad["error"]


def test_piped_it_is_one_line_of_tabs_a_source(ferry):
    good, bad = ferry("sources").rows
    assert good[:5] == ["feed-1", "feed", "2", "2", "The Ferry"]
    assert good[8] == ""
    assert "404" in bad[8]
    assert len(good) == len(bad) == 9


def test_on_a_terminal_times_are_told_as_people_do(ferry):
    good, bad = ferry("sources", tty=160).lines
    assert "just now" in good
    assert " in " in good
    assert "in 5" in bad or "in 1 hour" in bad
    assert "404" in bad
    assert max(map(len, (good, bad))) <= 160


def test_times():
    assert earlier(100, 130) == "just now"
    assert earlier(0, 7200) == "2 hours ago"
    assert later(86_400, 0) == "in 1 day"
    assert later(0, 50) == "now"


def test_show_tells_one_with_the_error_in_full(ferry):
    told = ferry("sources", "show", "mud").out
    assert "error         127.0.0.1 answers 404 (not found): the address may have changed" in told
    (shown,) = ferry("sources", "show", "feed-2", "--json").json
    assert shown["login"] is None
    assert shown["full_text"] == "never"


def test_a_source_gets_a_title_of_the_users_and_its_own_again(ferry):
    assert ferry("sources", "rename", "feed-1", "My", "boat\x1b[31m").out == "The Ferry is now called My boat\n"
    ferry("refresh", "--force")
    assert ferry("sources", "--json").json[0]["title"] == "My boat"
    assert care().named
    ferry("sources", "rename", "my boat")
    assert not care().named


def test_a_paused_source_is_not_asked_until_it_is_resumed(ferry, server):
    assert ferry("sources", "pause", "feed-1").status == 0
    assert ferry("sources", tty=120).lines[0].split()[4:7] == ["just", "now", "paused"]
    count = server.count("/ferry")
    ferry("refresh", "--force")
    assert server.count("/ferry") == count
    ferry("sources", "resume", "feed-1")
    ferry("refresh", "--force")
    assert server.count("/ferry") == count + 1


def test_settings_are_set_kept_and_taken_back(ferry):
    done = ferry(
        "sources", "set", "feed-1", "--full-text", "always", "--folder", "Water", "--keep", "article .text",
        "--drop", ".ad", "--drop", "nav > ul", "--header", "X-Key: 7", "--header", "Accept-Language:de",
    )  # fmt: skip
    assert (done.status, done.out) == (0, "The Ferry: set\n")
    assert care() == Care(
        full_text="always", folder="Water", keep=("article .text",), drop=(".ad", "nav > ul"),
        headers=(("X-Key", "7"), ("Accept-Language", "de")), private=True,
    )  # fmt: skip
    ferry("sources", "set", "feed-1", "--full-text", "never")
    assert care().folder == "Water"
    ferry("sources", "set", "feed-1", "--folder", "", "--keep", "", "--drop", "", "--header", "")
    assert care() == Care(full_text="never", private=True)
    assert ferry("sources", "set", "feed-1").out == "The Ferry: nothing changed\n"


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--keep", "p[[", "is no CSS selector"),
        ("--header", "nonsense", "is no header"),
        ("--header", "X: a\r\nY: b", "is no header"),
        ("--header", "Host: elsewhere", "reader sends it by itself"),
        ("--header", "Authorization: x", "use --login"),
        ("--header", "Cookie: a=1", "reader sends it by itself, or not at all"),
        ("--header", "Proxy-Authorization: x", "not at all"),
        ("--keep", "p::text", "is no CSS selector"),
        ("--drop", "p:contains('x')", "is no CSS selector"),
        ("--full-text", "sometimes", "invalid choice"),
    ],
)
def test_wrong_settings_are_refused_and_change_nothing(ferry, option, value, words):
    before = care()
    result = ferry("sources", "set", "feed-1", "--folder", "New", option, value)
    assert result.status == 2
    assert words in result.err
    assert result.err.count("\n") == 1
    assert care() == before


def test_a_password_goes_into_the_keyring_and_nowhere_else(ferry, ring, home):
    assert ferry("sources", "set", "feed-1", "--login", "ines", stdin=b"open sesame\n").status == 0
    assert ring.held == {("reader", "ines@feed-1"): "open sesame"}
    assert care().login == "ines"
    assert b"sesame" not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    ferry("sources", "set", "feed-1", "--login", "tomas", stdin=b"another\n")
    assert list(ring.held) == [("reader", "tomas@feed-1")]
    ferry("sources", "set", "feed-1", "--login", "")
    assert (ring.held, care().login) == ({}, "")


def test_without_a_keyring_nothing_is_set(ferry):
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        result = ferry("sources", "set", "feed-1", "--login", "ines", stdin=b"open sesame\n")
    finally:
        keyring.set_keyring(before)
    assert result.status == 1
    assert "this system has no keyring" in result.err
    assert result.err.count("\n") == 1
    assert care().login == ""
    assert ferry("sources", "set", "feed-1", "--login", "ines", stdin=b"").status == 1


def test_removing_asks_and_keeps_what_was_marked(ferry, ring, monkeypatch):
    one, _ = ferry("list").ids
    ferry("mark", "bookmark", one)
    ferry("sources", "set", "feed-1", "--login", "ines", stdin=b"open sesame\n")
    refused = ferry("sources", "remove", "feed-1")
    assert (refused.status, len(ferry("list").ids)) == (2, 2)
    assert "--yes" in refused.err
    monkeypatch.setattr(sys, "stdin", Typed(io.BytesIO(b"n\n")))
    assert ferry("sources", "remove", "feed-1", stdin=b"n\n", typed=True).status == 0
    assert len(ferry("list").ids) == 2
    assert ferry("sources", "remove", "feed-1", stdin=b"y\n", typed=True).status == 0
    assert ferry("list").ids == [one]
    assert ring.held == {}
    assert ferry("sources", "remove", "feed-2", "--yes").status == 0
    assert [one["kind"] for one in ferry("sources", "--json").json] == ["removed"]
    assert ferry("refresh", "--force").status == 0


@pytest.mark.parametrize("action", ["show", "rename", "set", "pause", "resume", "remove"])
def test_a_source_that_is_not_there_is_told(ferry, action):
    result = ferry("sources", action, "nobody")
    assert result.status == 1
    assert result.err == "reader: nobody: there is no such source; `reader sources` prints those there are\n"
    assert ferry("sources", action).status == 2
    assert ferry("sources", action, "--help").status == 0


def test_a_name_that_fits_several_is_refused(ferry):
    result = ferry("sources", "pause", "feed")
    assert result.status == 1
    assert "fits 2 sources: feed-1 (The Ferry), feed-2 (Mud)" in result.err


def test_what_came_once_cannot_be_paused(library):
    result = library("sources", "pause", "harbours")
    assert result.status == 1
    assert "is a listing, which came once" in result.err


def test_an_ended_source_says_so(ferry, server):
    server.routes["/ferry"] = servers.gone()
    ferry("refresh", "--force")
    assert "ended" in ferry("sources", tty=160).lines[0]
    assert ferry("sources", "--json").json[0]["gone"]


def test_what_is_left_of_a_removed_source_can_be_removed(ferry):
    one, _ = ferry("list").ids
    ferry("mark", "bookmark", one)
    ferry("sources", "remove", "feed-1", "--yes")
    refused = ferry("refresh", "feed-1")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == "reader: feed-1: was removed: `reader add` with its address brings it back\n"
    assert "no such source" in ferry("sources", "pause", "feed-1").err
    ferry("mark", "unbookmark", one)
    assert ferry("sources", "remove", "feed-1", "--yes").out == "The Ferry removed: 1 article deleted\n"


def test_a_source_is_named_by_its_address_whatever_login_is_in_it(ferry, server):
    address = server.url("/ferry").replace("//", "//bob:hunter2@")
    assert ferry("sources", "show", address).out.startswith("id            feed-1")
    wrong = ferry("sources", "show", address.replace("ferry", "fish"))
    assert "no such source" in wrong.err
    assert "hunter2" not in wrong.err

"""`reader refresh`: what it asks, prints and gives back."""

import os
import signal
import subprocess
import sys

import pytest

from reader import settings
from reader.cli.refreshing import _Landing
from reader.library import Library
from reader.library.events import Landed
from reader.model.source import Care, Source
from tests import servers
from tests.ingest.test_workshop import children, running, wait_until
from tests.library.refreshing import feed


@pytest.fixture
def subscribe(home):
    def put(address, name, kind="feed", **care):
        with Library(settings.places()) as library:
            source = Source(name, kind, name.title(), address, care=Care(private=True, full_text="never", **care))
            library.marks.put_source(source)

    return put


@pytest.fixture
def paper(server, subscribe):
    server.routes["/ferry"] = feed("One", "Two", title="The Ferry", etag='"1"')
    subscribe(server.url("/ferry"), "feed-1")
    return server


def test_it_prints_what_landed_and_a_summary(run, paper):
    result = run("refresh")
    assert (result.status, result.err) == (0, "")
    assert result.lines == ["The Ferry: 2 new", "1 source: 2 new"]
    assert [row[-1] for row in run("list").rows]
    assert run("sources", "--json").json[0]["title"] == "The Ferry"


def test_unchanged_is_no_news(run, paper):
    run("refresh")
    result = run("refresh", "--force")
    assert result.lines == ["1 source: nothing new"]
    assert paper.count("/ferry") == 2


def test_nothing_due_asks_nobody_and_says_so_to_people(run, paper):
    run("refresh")
    result = run("refresh")
    assert (result.status, result.out, result.err) == (0, "", "")
    assert paper.count("/ferry") == 1


@pytest.mark.parametrize("name", ["feed-1", "The Fer", "the ferry", "ADDRESS"])
def test_a_source_is_named_by_id_title_or_address(run, paper, name):
    run("refresh")
    assert run("refresh", paper.url("/ferry") if name == "ADDRESS" else name).status == 0
    assert paper.count("/ferry") == 2


def test_a_name_that_is_none_is_told_and_the_others_are_asked(run, paper, subscribe):
    run("refresh")
    subscribe("", "listing-1", "listing")
    result = run("refresh", "nobody", "listing-1", "feed-1")
    assert result.status == 1
    assert "reader: nobody: there is no such source" in result.err
    assert "reader: listing-1: is a listing, which came once: there is nothing to ask" in result.err
    assert paper.count("/ferry") == 2
    assert run("refresh", "nobody").status == 1
    assert paper.count("/ferry") == 2


def test_one_that_fails_is_told_on_one_line_and_the_others_land(run, paper, subscribe):
    subscribe(paper.url("/nothing"), "feed-2")
    result = run("refresh")
    assert result.status == 1
    assert result.err.startswith("reader: Feed-2: 127.0.0.1 answers 404")
    assert result.err.count("\n") == 1
    assert result.lines == ["The Ferry: 2 new", "2 sources: 2 new, 1 failed"]


def test_a_move_and_the_end_are_told(run, server, subscribe):
    server.routes |= {"/new": feed("One"), "/old": servers.redirect("/new", 308), "/over": servers.gone()}
    subscribe(server.url("/old"), "feed-1")
    subscribe(server.url("/over"), "feed-2")
    result = run("refresh")
    assert f"The Ferry: has moved to {server.url('/new')}" in result.lines
    assert "ended it (410 Gone)" in result.err
    assert {one["location"] for one in run("sources", "--json").json} == {server.url("/new"), server.url("/over")}
    assert run("refresh", "--force").status == 0


def test_json_is_one_array_with_an_object_for_each_source(run, paper, subscribe):
    subscribe(paper.url("/nothing"), "feed-2")
    result = run("refresh", "--json")
    assert result.status == 1
    first, second = sorted(result.json, key=lambda one: one["id"])
    assert first == {
        "id": "feed-1", "title": "The Ferry", "new": 2, "updated": 0, "whole": 0, "unchanged": False, "waits": False,
        "moved": None, "gone": False, "error": None,
    }  # fmt: skip
    assert "404" in second["error"]
    assert run("refresh", "--json").json == []


def test_with_nothing_to_ask_it_says_how_to_begin(run, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "reader add ADDRESS" in run("refresh", tty=100).err


def test_while_the_app_is_open_it_says_so(run, paper):
    with Library(settings.places()):
        result = run("refresh")
    assert result.status == 1
    assert result.err.startswith("reader: refresh: another reader is open")
    assert not paper.asked


def test_on_a_terminal_a_line_tells_how_far_it_is(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    landing = _Landing(silent=False)
    landing.tell(Landed("a", "The\x1b Ferry", unchanged=True, done=1, total=2))
    landing.tell(Landed("b", "Mud", new=(1,), done=2, total=2))
    landing.end()
    taken = capsys.readouterr()
    assert taken.err == "\r\x1b[K1 of 2  The Ferry\r\x1b[K"
    assert taken.out == "Mud: 1 new\n"


HEARING = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("reader", run_name="__main__", alter_sys=True)
"""
"""The program as a terminal starts it: tests that run in the background hand on that interrupts are not heard."""


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_it_ends_at_once_with_its_workers_and_keeps_what_landed(run, paper, subscribe, home, kill):
    paper.routes["/slow"] = servers.silent()
    subscribe(paper.url("/slow"), "feed-2")
    process = subprocess.Popen(
        [sys.executable, "-c", HEARING, "refresh"],
        env={**os.environ, "READER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        wait_until(lambda: {asked.path for asked in paper.asked} == {"/ferry", "/slow"} and children(process.pid))
        workers = children(process.pid)
        wait_until(lambda: run("list").out)
        process.send_signal(kill)
        assert process.wait(20) == (130 if kill == signal.SIGINT else -signal.SIGKILL)
        assert process.stderr.read() == ""
    wait_until(lambda: not any(map(running, workers)))
    assert len(run("list").lines) == 2
    result = run("refresh", "feed-1")
    assert result.lines[-1] == "1 source: nothing new"

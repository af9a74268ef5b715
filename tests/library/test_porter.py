"""The refresh beside the app: the same work in a process of its own, which never outlives its parent."""

import os
import queue
import subprocess
import sys
from pathlib import Path

import pytest

from reader.library import Library, porter
from reader.library.events import Job, Landed, Summary
from reader.library.porter import Porter
from reader.model.source import Care, Source
from tests import servers
from tests.ingest.test_workshop import children, running, wait_until
from tests.library.refreshing import feed

PARENT = """
import sys, threading
from reader import settings
from reader.library import Library
from reader.library.porter import Porter

with Library(settings.places()) as library:
    Porter(library).start(None, lambda landed: print(landed.source, flush=True), print)
    threading.Event().wait()
"""


@pytest.fixture
def library(places):
    with Library(places) as opened:
        yield opened


@pytest.fixture
def work(library):
    made = Porter(library)
    yield made
    made.close()


def subscribe(library, address, name, **care):
    source = Source(name, "feed", name, address, care=Care(private=True, full_text="never", **care))
    library.marks.put_source(source)
    return source


class Told:
    """What a porter told, from whatever thread."""

    def __init__(self):
        self.said = queue.SimpleQueue()

    def __call__(self, event):
        self.said.put(event)

    def next(self):
        return self.said.get(timeout=30)

    def rest(self):
        events = [self.next()]
        while not isinstance(events[-1], Summary):
            events.append(self.next())
        return events


def test_a_job_reaches_the_child_as_it_is():
    care = Care(keep=("article",), drop=(".ad", "nav"), headers=(("X", "ä"),), login="ines", private=True)
    source = Source("feed-1", "feed", "Ö", "http://x/", "http://y/", care)
    job = Job((source,), frozenset({"feed-1"}), force=True, largest=5)
    import json

    told = json.loads(porter.packed(Path("/a b/c"), job))
    assert told["library"] == "/a b/c"
    assert porter._job(told["job"]) == job
    landed = Landed("feed-1", "Ö\n", (1, 2), (3,), "why", pages=2, gone=True)
    for event in (landed, Summary(3, 2, 1, stopped=True)):
        line = porter._line(event)
        assert line.count(b"\n") == 1
        assert porter.unpacked(line) == event


def test_news_land_in_the_library_of_the_app(library, server, work):
    server.routes |= {"/a": feed("One", "Two", title="The Ferry"), "/b": servers.MISSING}
    subscribe(library, server.url("/a"), "a")
    subscribe(library, server.url("/b"), "b")
    told = Told()
    assert work.start(None, told, told)
    assert work.running
    events = told.rest()
    landed = {event.source: event for event in events[:-1]}
    assert len(landed["a"].new) == 2
    assert "404" in landed["b"].error
    assert events[-1] == Summary(asked=2, new=2, failed=1)
    # The marks are the app's: until it takes note, nothing there has changed.
    assert library.subscriptions.source("a").title == "a"
    library.subscriptions.landed("a", title=landed["a"].title, site=landed["a"].site, moved=landed["a"].moved)
    assert library.subscriptions.source("a").title == "The Ferry"
    assert {row.title for row in library.shelf.rows(landed["a"].new)} == {"One", "Two"}
    assert library.shelf.listing().unread == 2


def test_one_runs_at_a_time_and_another_after_it(library, server, work):
    server.routes["/a"] = feed("One", etag='"1"')
    subscribe(library, server.url("/a"), "a")
    told = Told()
    work.start(None, told, told)
    assert not work.start(None, told, told)
    told.rest()
    wait_until(lambda: not work.running)
    assert work.start(["a"], told, told)
    assert told.rest()[0].unchanged


def test_stopping_keeps_what_landed_and_tells_so(library, server, work):
    server.routes |= {"/a": feed("One"), "/slow": servers.silent()}
    subscribe(library, server.url("/a"), "a")
    subscribe(library, server.url("/slow"), "slow")
    told = Told()
    work.start(None, told, told)
    assert told.next().source == "a"
    child = work._child.pid
    work.stop()
    summary = told.rest()[-1]
    assert summary.stopped
    assert summary.new == 1
    assert not running(child)
    assert library.shelf.listing().unread == 1


def test_closing_waits_for_the_end(library, server, work):
    server.routes["/slow"] = servers.silent()
    subscribe(library, server.url("/slow"), "slow")
    told = Told()
    work.start(None, told, told)
    wait_until(lambda: server.asked)
    work.close()
    assert not work.running
    assert told.next().stopped


def test_a_child_that_dies_is_told(library, server, work):
    server.routes["/slow"] = servers.silent()
    subscribe(library, server.url("/slow"), "slow")
    told = Told()
    work.start(None, told, told)
    wait_until(lambda: server.asked)
    work._child.kill()
    assert told.next() == Summary(trouble="the refresh broke off; what had landed is kept")


def test_a_library_that_cannot_be_opened_is_told(library, server, work):
    subscribe(library, server.url("/a"), "a")
    library.cache.connection.execute("PRAGMA user_version = 999")
    told = Told()
    work.start(None, told, told)
    assert "was written by a newer reader" in told.rest()[-1].trouble


def test_when_the_app_is_killed_nothing_is_left(places, server):
    server.routes |= {"/a": feed("One"), "/slow": servers.silent()}
    with Library(places) as library:
        subscribe(library, server.url("/a"), "a")
        subscribe(library, server.url("/slow"), "slow")
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env={**os.environ})
    try:
        assert parent.stdout.readline() == "a\n"
        (child,) = children(parent.pid)
        workers = children(child)
        assert workers
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    wait_until(lambda: not any(map(running, (child, *workers))))
    with Library(places) as library:
        assert library.shelf.listing().unread == 1

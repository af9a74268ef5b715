"""A refresh where something is wrong: moved, gone, busy, broken, stopped."""

import asyncio

import pytest

from reader.ingest.workshop import Workshop
from reader.library import verdicts
from reader.library.events import Job
from reader.library.refresh import Refresh
from reader.library.schedule import DAY, HOUR, MINUTE
from reader.storage import fetches, mirror
from reader.storage.cache import LibraryError
from tests import servers
from tests.conftest import NOW
from tests.library.refreshing import feed
from tests.servers import Reply, Server


def test_a_move_for_good_is_told_and_one_for_now_is_not(desk, server):
    server.routes |= {"/new": feed("One"), "/old": servers.redirect("/new", 301), "/now": servers.redirect("/new", 302)}
    old, now = desk.subscribe(server.url("/old")), desk.subscribe(server.url("/now"))
    run = desk.refresh()
    assert run.of(old).moved == server.url("/new")
    assert run.of(now).moved == ""


def test_a_move_to_what_cannot_be_read_is_not_told(desk, server):
    server.routes |= {"/new": "<p>Parked.", "/old": servers.redirect("/new", 301)}
    landed = desk.refresh(desk.subscribe(server.url("/old"))).landed[0]
    assert landed.error
    assert landed.moved == ""


def test_what_is_gone_is_told_once_and_not_asked_again_but_by_name(desk, server, ferry):
    desk.refresh()
    server.routes["/feed"] = servers.gone()
    landed = desk.refresh(ferry).of(ferry)
    assert landed.gone
    assert landed.error == verdicts.ENDED
    desk.now += 30 * DAY
    assert desk.refresh(force=True).landed == []
    assert desk.titles(ferry) == {"One", "Two"}
    server.routes["/feed"] = feed("One", "Two", "Three")
    assert len(desk.refresh(ferry).of(ferry).new) == 1
    assert not desk.state(ferry).gone


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_with_all_its_sources(desk, server, status):
    with Server({"/calm": feed("Calm")}) as other:
        server.routes |= {"/busy": servers.busy(7200, status), "/later": feed("Later")}
        desk.subscribe(other.url("/calm"), "feed-calm")
        busy, later = desk.subscribe(server.url("/busy")), desk.subscribe(server.url("/later"))
        third = desk.subscribe(server.url("/third"), paused=True)
        # So many that the last ones wait for a connection until the first have answered.
        queue = [desk.subscribe(server.url("/busy")) for _ in range(6)]
        run = desk.refresh()
    assert len(next(one for one in run.landed if one.source == "feed-calm").new) == 1
    assert "2 hours" in run.of(busy).error
    waiting = [one for one in run.landed if one.waits]
    assert len(waiting) >= 4
    assert not any(one.error for one in waiting)
    assert server.count("/busy") <= 3
    for source in (busy, third, *queue):
        assert desk.state(source).due >= NOW + 7200
    assert desk.state(busy).failures == 1
    assert run.summary.asked + len(waiting) == 9
    desk.now = NOW + 7199
    assert {one.source for one in desk.refresh().landed} <= {"feed-calm", later.id}


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (servers.MISSING, "404"),
        (Reply("", 500), "500"),
        (servers.cut(), "broke off"),
        (servers.garbage(), "answer"),
        (servers.busy("soon"), "429"),
        ("<!doctype html><html><p>You must log in first to see this feed, dear reader of feeds.", ""),
        (Reply("", type="application/rss+xml"), ""),
        (Reply("{]", type="application/feed+json"), ""),
    ],
)
def test_failures_are_told_and_tried_again_later_and_later(desk, server, ferry, reply, words):
    desk.refresh()
    good = desk.state(ferry)
    server.routes["/feed"] = reply
    for failures, wait in enumerate((HOUR, 2 * HOUR, 4 * HOUR), 1):
        desk.now = desk.state(ferry).due
        landed = desk.refresh().of(ferry)
        assert words in landed.error
        assert landed.error
        assert "\n" not in landed.error
        state = desk.state(ferry)
        assert (state.failures, state.error, state.due) == (failures, landed.error, desk.now + wait)
        assert (state.succeeded, state.checked) == (good.succeeded, desk.now)
    server.routes["/feed"] = feed("One", "Two", "Three")
    assert len(desk.refresh(ferry).of(ferry).new) == 1
    assert (desk.state(ferry).failures, desk.state(ferry).error) == (0, "")


@pytest.mark.parametrize("reply", [servers.MISSING, servers.busy(3600), servers.cut(), "no feed at all"])
def test_tries_by_hand_do_not_put_the_next_one_off(desk, server, ferry, reply):
    desk.refresh()
    server.routes["/feed"] = reply
    for number in range(6):
        assert desk.refresh(*(ferry,) * (number % 2), force=True).of(ferry).error
        desk.now += 2
    state = desk.state(ferry)
    assert state.failures == 1
    assert NOW < state.due <= desk.now + HOUR
    desk.now = state.due
    desk.refresh()
    assert desk.state(ferry).failures == 2


def test_while_nothing_can_be_reached_everything_is_tried_again_soon(desk, server):
    server.routes["/feed"] = feed("One")
    with Server({"/feed": feed("Two")}) as other:
        there = desk.subscribe(server.url("/feed"))
        desk.subscribe(other.url("/feed").replace("127.0.0.1", "127.0.0.2"))
        lost = desk.subscribe(other.url("/feed"))
    assert desk.refresh().of(lost).error
    assert desk.state(lost).due == NOW + HOUR
    server.stop()
    for failures in (1, 1, 1):
        desk.now = desk.state(lost).due + DAY
        run = desk.refresh()
        assert run.summary.failed == 3
        for source in (there, lost):
            state = desk.state(source)
            assert (state.failures, state.error) == (failures, run.of(source).error)
            assert 15 * MINUTE <= state.due - desk.now <= 30 * MINUTE


def test_after_what_could_not_be_read_no_validators_are_sent(desk, server, ferry):
    desk.refresh()
    server.routes["/feed"] = Reply("no feed at all", etag='"bad"', type="text/plain")
    assert desk.refresh(ferry).of(ferry).error
    assert "if-none-match" in server.asked[-1].headers
    desk.refresh(ferry)
    assert not {"if-none-match", "if-modified-since"} & server.asked[-1].headers.keys()


def test_a_server_that_is_gone_and_one_bad_feed_leave_the_others(desk, server):
    with Server() as closed:
        pass
    server.routes |= {"/good": feed("Good"), "/bad": "\0\1\2"}
    good = desk.subscribe(server.url("/good"))
    lost, bad = desk.subscribe(closed.url("/feed")), desk.subscribe(server.url("/bad"))
    odd = desk.subscribe("ftp://127.0.0.1/feed")
    run = desk.refresh()
    assert len(run.of(good).new) == 1
    assert all(run.of(source).error for source in (lost, bad, odd))
    assert (run.summary.new, run.summary.failed) == (1, 3)


def test_a_feed_that_breaks_its_reader_breaks_nothing_else(desk, server, monkeypatch):
    server.routes |= {"/good": feed("Good"), "/evil": feed("Evil", title="EVIL")}
    good, evil = desk.subscribe(server.url("/good")), desk.subscribe(server.url("/evil"))
    run_in_worker = Workshop.run

    async def run(self, function, *args, **kwargs):
        if args and b"EVIL" in args[0]:
            return await run_in_worker(self, "os:abort")
        return await run_in_worker(self, function, *args, **kwargs)

    monkeypatch.setattr(Workshop, "run", run)
    landed = desk.refresh()
    assert len(landed.of(good).new) == 1
    assert "broke off (SIGABRT)" in landed.of(evil).error


def test_a_mistake_of_ours_in_one_source_is_told_and_leaves_the_others(desk, server, ferry, monkeypatch):
    monkeypatch.setattr("reader.library.refresh.refreshed", lambda source, found: 1 / 0)
    assert "ZeroDivisionError" in desk.refresh().of(ferry).error


def test_a_library_that_takes_nothing_ends_the_run(desk, ferry, monkeypatch):
    def full(*_):
        raise LibraryError("the disk is full")

    monkeypatch.setattr("reader.storage.intake.add", full)
    with pytest.raises(LibraryError, match="the disk is full"):
        desk.refresh()


def test_a_source_that_was_removed_meanwhile_takes_nothing_in(desk, server, ferry):
    desk.refresh()
    server.routes["/feed"] = feed("Late")

    def removed(asked):
        desk.library.subscriptions.remove(ferry.id)
        return feed("Late")

    server.routes["/feed"] = removed
    run = desk.refresh(ferry)
    assert not run.of(ferry).new
    assert desk.titles(ferry) == set()
    # What it answered is forgotten too, or it would be "unchanged" for ever once it is added again.
    assert desk.state(ferry) == fetches.Fetch(ferry.id)


def test_a_source_without_articles_is_asked_in_full(desk, server, ferry):
    desk.refresh()
    kept = desk.state(ferry)
    desk.library.subscriptions.remove(ferry.id)
    mirror.put(desk.library.cache, ferry)
    desk.library.marks.put_source(ferry)
    fetches.write(desk.library.cache, kept)
    assert len(desk.refresh(ferry).of(ferry).new) == 2
    assert not {"if-none-match", "if-modified-since"} & server.asked[-1].headers.keys()
    assert desk.state(ferry).etag == kept.etag
    desk.refresh(ferry)
    assert "if-none-match" in server.asked[-1].headers


def test_a_busy_host_that_another_sent_us_to_is_left_alone_too(desk, server):
    with Server({"*": servers.busy(7200)}) as busy:
        server.routes["/feed"] = servers.redirect(busy.url("/feed"))
        # To another port of a private host goes only who has typed it.
        first = desk.subscribe(server.url("/feed"))
        there = desk.subscribe(busy.url("/there"), paused=True)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("reader.ingest.net.trip.Trip.may_be_private", True)
            desk.refresh(first)
    assert desk.state(first).due == desk.state(there).due == NOW + 7200


def cancelled(desk, after):
    """Refresh what is due until so many have landed, and cancel it then."""
    task = None

    def tell(landed):
        if landed.done == after:
            task.cancel()

    async def run():
        nonlocal task
        work = Refresh(desk.library.cache, Job(tuple(desk.library.marks.sources())), tell, now=lambda: desk.now)
        task = asyncio.ensure_future(work.run())
        with pytest.raises(asyncio.CancelledError):
            await task
        return work.stopped()

    return asyncio.run(run())


def test_what_landed_is_kept_when_it_is_cancelled(desk, server, ferry):
    server.routes["/slow"] = servers.silent()
    slow = desk.subscribe(server.url("/slow"))
    summary = cancelled(desk, 1)
    assert (summary.stopped, summary.asked, summary.new) == (True, 1, 2)
    assert desk.titles(ferry) == {"One", "Two"}
    assert desk.state(ferry).succeeded == NOW
    assert desk.state(slow).checked is None


def test_that_nothing_was_new_is_kept_too_when_it_is_cancelled(desk, server, ferry):
    desk.refresh()
    desk.now += 3 * DAY
    server.routes["/slow"] = servers.silent()
    desk.subscribe(server.url("/slow"))
    assert cancelled(desk, 1).asked == 1
    assert desk.state(ferry).succeeded == desk.now

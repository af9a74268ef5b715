"""A refresh against a loopback server: what lands, and when a source is asked again."""

from dataclasses import replace

import pytest

from reader.ingest.workshop import Workshop
from reader.library import schedule
from reader.library.schedule import DAY, HOUR, MINUTE
from tests import servers
from tests.conftest import NOW
from tests.library.refreshing import feed
from tests.servers import Reply, Server


def test_news_land_and_the_source_tells_its_name(desk, server, ferry):
    run = desk.refresh()
    landed = run.of(ferry)
    assert (landed.title, len(landed.new), landed.changed, landed.error) == ("The Ferry", 2, (), "")
    assert (landed.done, landed.total, landed.unchanged) == (1, 1, False)
    assert desk.titles(ferry) == {"One", "Two"}
    assert (run.summary.asked, run.summary.new, run.summary.failed) == (1, 2, 0)
    state = desk.state(ferry)
    assert (state.checked, state.succeeded, state.failures, state.error) == (NOW, NOW, 0, "")
    assert (state.etag, state.modified) == ('W/"a b"', "Thu, 28 May 2026 10:00:00 GMT")


def test_what_leaves_a_feed_stays_and_what_comes_is_added(desk, server, ferry):
    desk.refresh()
    server.routes["/feed"] = feed("Two", "Three")
    assert len(desk.refresh(ferry).of(ferry).new) == 1
    assert desk.titles(ferry) == {"One", "Two", "Three"}


def test_unchanged_is_asked_with_the_validators_as_they_came_and_touches_nothing(desk, server, ferry):
    desk.refresh()
    run = desk.refresh(ferry)
    headers = server.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == (
        'W/"a b"',
        "Thu, 28 May 2026 10:00:00 GMT",
    )
    assert run.of(ferry).unchanged
    assert not run.of(ferry).new
    assert desk.state(ferry).etag == 'W/"a b"'
    assert run.summary == replace(run.summary, asked=1, new=0, changed=0, failed=0)


def test_the_same_body_without_validators_is_not_read_again(desk, server, monkeypatch):
    server.routes["/feed"] = feed("One")
    source = desk.subscribe(server.url("/feed"))
    desk.refresh()
    monkeypatch.setattr(Workshop, "run", None)
    run = desk.refresh(source)
    assert run.of(source).unchanged
    assert not run.of(source).error


def test_a_correction_counts_as_changed(desk, server, ferry):
    desk.refresh()
    body = server.routes["/feed"].body.replace("nobody has to go", "no one must walk")
    server.routes["/feed"] = Reply(body, type="application/rss+xml")
    landed = desk.refresh(ferry).of(ferry)
    assert (len(landed.new), len(landed.changed)) == (0, 2)


def test_many_sources_land_each_by_itself_and_are_counted(desk, server):
    sources = []
    for number in range(30):
        server.routes[f"/{number}"] = feed(f"Story {number}", title=f"Paper {number}", etag=f'"{number}"')
        sources.append(desk.subscribe(server.url(f"/{number}")))
    run = desk.refresh()
    assert [one.done for one in run.landed] == list(range(1, 31))
    assert {one.total for one in run.landed} == {30}
    assert run.summary.new == 30
    again = desk.refresh(force=True)
    assert again.summary.asked == 30
    assert all(one.unchanged for one in again.landed)
    assert all(desk.state(source).succeeded == NOW for source in sources)


def test_what_is_not_due_is_not_asked_unless_it_is_forced_or_named(desk, server, ferry):
    desk.refresh()
    due = desk.state(ferry).due
    assert due > NOW
    assert desk.refresh().landed == []
    assert len(desk.refresh(force=True).landed) == 1
    assert len(desk.refresh(ferry).landed) == 1
    desk.now = desk.state(ferry).due
    assert len(desk.refresh().landed) == 1
    assert server.count("/feed") == 4


def test_the_next_time_follows_the_rhythm_and_silence_makes_it_later(desk, server, ferry):
    desk.refresh()
    first = desk.state(ferry)
    assert first.every == schedule.every([1779840000, 1779843600], NOW)
    assert first.due == schedule.due(NOW, first.every, 0, 0.5)
    desk.now = first.due
    desk.refresh()
    assert desk.state(ferry).every == schedule.slower(first.every)


def test_who_asks_by_hand_again_and_again_does_not_slow_a_source_down(desk, server, ferry):
    desk.refresh()
    first = desk.state(ferry)
    for _ in range(8):
        desk.now += 60
        assert desk.refresh(force=True).of(ferry).unchanged
    assert desk.state(ferry).every == first.every
    assert desk.state(ferry).due == schedule.due(desk.now, first.every, 0, 0.5)


def test_a_folder_is_looked_through_by_every_refresh(desk, tmp_path):
    watched = desk.library.subscriptions.watch(str(tmp_path))
    assert len(desk.refresh().landed) == 1
    assert desk.state(watched).due == NOW + MINUTE
    (tmp_path / "new.txt").write_text("New here\n\n" + "It came after the first look, and is read at once. " * 9)
    assert len(desk.refresh().of(watched).new) == 1
    desk.change(watched, paused=True)
    assert not desk.refresh().landed


def test_a_folder_that_was_away_is_there_again_at_once(desk, tmp_path):
    folder = tmp_path / "stick"
    watched = desk.library.subscriptions.watch(str(folder))
    for _ in range(5):
        assert "is no folder any more" in desk.refresh().of(watched).error
    assert desk.state(watched).due == NOW + MINUTE
    folder.mkdir()
    assert not desk.refresh().of(watched).error
    assert (desk.state(watched).failures, desk.state(watched).error) == (0, "")


@pytest.mark.parametrize(
    ("more", "headers", "least"),
    [
        ("<ttl>600</ttl>", (), 10 * HOUR),
        ("", (("Cache-Control", "max-age=36000"),), 10 * HOUR),
        ("", (("Cache-Control", "max-age=99999999"),), DAY),
    ],
)
def test_a_publisher_may_ask_for_more_time(desk, server, more, headers, least):
    server.routes["/feed"] = feed("One", more=more, headers=headers)
    source = desk.subscribe(server.url("/feed"))
    desk.refresh()
    assert desk.state(source).due == NOW + max(least, round(desk.state(source).every * 1.05))


def test_what_is_paused_is_asked_only_by_name(desk, server, ferry):
    desk.change(ferry, paused=True)
    assert desk.refresh(force=True).landed == []
    assert len(desk.refresh(ferry).landed) == 1


def test_what_cannot_be_asked_is_passed_over(desk):
    page = desk.subscribe("", "listing-1", "listing")
    assert desk.refresh(page, force=True).landed == []


def test_headers_and_login_are_sent(desk, server, ring):
    server.routes["/feed"] = feed("One")
    source = desk.subscribe(server.url("/feed"), headers=(("X-Key", "7"),), login="ines")
    ring.held["reader", f"ines@{source.id}"] = "open sesame"
    assert not desk.refresh().of(source).error
    sent = server.asked[-1].headers
    assert sent["x-key"] == "7"
    assert sent["authorization"] == "Basic aW5lczpvcGVuIHNlc2FtZQ=="


def test_without_its_password_a_source_fails_in_words_and_is_not_asked(desk, server, ring):
    source = desk.subscribe(server.url("/feed"), login="ines")
    assert "the keyring has no password for ines" in desk.refresh().of(source).error
    assert not server.asked


def test_validators_go_back_to_where_they_came_from_and_only_there(desk, server, monkeypatch):
    monkeypatch.setattr("reader.ingest.net.trip.Trip.may_be_private", True)
    with Server({"/b": feed("One", etag='"1"')}) as other:
        server.routes["/a"] = servers.redirect(other.url("/b"), 302)
        source = desk.subscribe(server.url("/a"))
        desk.refresh(source)
        assert desk.state(source).address == other.url("/b")
        assert desk.refresh(source).of(source).unchanged
        assert other.asked[-1].headers["if-none-match"] == '"1"'
        assert not any("if-none-match" in asked.headers for asked in server.asked)
        # The same name for another thing: what the first address says itself is read.
        server.routes["/a"] = feed("Two", etag='"1"')
        assert len(desk.refresh(source).of(source).new) == 1
        assert "if-none-match" not in server.asked[-1].headers
    desk.refresh(source)
    assert server.asked[-1].headers["if-none-match"] == '"1"'


def test_what_a_wrong_clock_put_off_for_years_is_due(desk, server, ferry):
    desk.now += 900 * DAY
    desk.refresh()
    desk.now -= 900 * DAY
    assert desk.refresh().names == {ferry.id}
    assert desk.refresh().names == set()
    assert desk.state(ferry).due <= desk.now + 2 * DAY

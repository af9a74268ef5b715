"""How long an article is read."""

from __future__ import annotations

import pytest
from textual import events

from reader.ui.screens.reading_time import IDLE, ReadingTime
from tests.invented import fill, harbours
from tests.ui.driving import reading


class Bench:
    """A clock that the test sets, and what was given away."""

    def __init__(self):
        self.now, self.given = 0.0, []
        self.time = ReadingTime(lambda *told: self.given.append(told), lambda: self.now)

    def after(self, seconds):
        self.now += seconds
        return self.time


def test_seconds_are_given_when_the_article_is_left():
    bench = Bench()
    bench.time.begin(7)
    bench.after(12.6).end()
    assert bench.given == [(7, 12)]


def test_what_is_less_than_a_second_stays_for_the_next_time():
    bench = Bench()
    bench.time.begin(7)
    bench.after(1.6).give()
    bench.after(1.6).give()
    assert bench.given == [(7, 1), (7, 2)]


def test_every_minute_of_pressing_keys_is_written_once():
    bench = Bench()
    bench.time.begin(7)
    for _ in range(12):
        bench.after(10).pressed()
    assert bench.given == [(7, 60), (7, 60)]


def test_who_presses_no_key_for_long_is_counted_for_two_minutes():
    bench = Bench()
    bench.time.begin(7)
    bench.after(1000).give()
    assert bench.given == [(7, IDLE)]
    bench.after(1000).pressed()
    bench.after(5).end()
    assert bench.given == [(7, IDLE), (7, 5)]


def test_what_is_covered_is_not_read():
    bench = Bench()
    bench.time.begin(7)
    bench.after(3).pause()
    bench.after(50).go_on()
    bench.after(4).end()
    assert bench.given == [(7, 3), (7, 4)]


def test_another_article_is_counted_for_itself():
    bench = Bench()
    bench.time.begin(7)
    bench.after(3).begin(8)
    bench.after(4).end()
    bench.after(100).go_on()
    bench.after(100).end()
    assert bench.given == [(7, 3), (8, 4)]


@pytest.fixture
def clock(places, monkeypatch):
    """A library with a page, and the clock of the readers of it."""
    fill(places, harbours())

    class Clock:
        now = 1000.0

    monkeypatch.setattr(ReadingTime.__init__, "__defaults__", (lambda: Clock.now,), raising=True)
    return Clock


def logged(it) -> list[int]:
    """Give the seconds that were read of each article."""
    return sorted(seconds for day in it.library.marks.logged().values() for seconds in day.values())


async def test_only_an_article_with_the_focus_is_read(clock, places):
    async with reading(places) as it:
        clock.now += 30
        await it.press("j")
        assert logged(it) == []
        await it.press("enter")
        clock.now += 30
        await it.press("escape")
        assert logged(it) == [30]
        clock.now += 30
        await it.press("j")
        assert logged(it) == [30]


async def test_under_a_dialogue_and_with_the_terminal_left_nothing_is_read(clock, places):
    async with reading(places) as it:
        await it.press("enter")
        clock.now += 10
        await it.press("?")
        clock.now += 30
        await it.press("escape")
        clock.now += 5
        it.app.post_message(events.AppBlur())
        await it.rest()
        clock.now += 40
        it.app.post_message(events.AppFocus())
        await it.rest()
        clock.now += 2
        await it.press("escape")
        assert logged(it) == [17]


async def test_what_was_read_last_is_written_when_the_app_is_left(clock, places):
    async with reading(places) as it:
        await it.press("enter")
        clock.now += 20
        it.app.keep_session()
        assert logged(it) == [20]

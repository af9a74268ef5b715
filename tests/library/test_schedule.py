"""When a source is asked again: every rule by itself."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import schedule
from reader.library.schedule import DAY, HOUR, MINUTE

NOW = 1_780_000_000


def rhythm(gap, count=30, newest=0):
    return [NOW - newest - number * gap for number in range(count)]


@pytest.mark.parametrize(
    ("gap", "seconds"),
    [
        (5 * MINUTE, 30 * MINUTE),
        (2 * HOUR, HOUR),
        (12 * HOUR, 6 * HOUR),
        (7 * DAY, DAY),
    ],
)
def test_a_source_is_asked_twice_as_often_as_it_publishes(gap, seconds):
    assert schedule.every(rhythm(gap), NOW) == seconds


def test_only_its_newest_entries_tell_the_rhythm():
    assert schedule.every([*rhythm(2 * HOUR, 20), *rhythm(30 * DAY, 20, newest=60 * DAY)], NOW) == HOUR


def test_one_burst_is_no_rhythm():
    assert schedule.every([*rhythm(MINUTE, 5), *rhythm(8 * HOUR, 12, newest=DAY)], NOW) == 4 * HOUR


def test_a_silent_source_is_asked_less_often():
    assert schedule.every(rhythm(HOUR, newest=50 * HOUR), NOW) == 5 * HOUR
    assert schedule.every(rhythm(HOUR, newest=900 * DAY), NOW) == DAY


def test_dates_in_the_future_and_none_at_all_are_no_rhythm():
    assert schedule.every([], NOW) == HOUR
    assert schedule.every([None, NOW + 1, NOW + DAY], NOW) == HOUR
    assert schedule.every([NOW, NOW, NOW], NOW) == HOUR


@given(st.lists(st.none() | st.integers(-(1 << 40), 1 << 40)))
def test_it_always_lies_between_half_an_hour_and_a_day(published):
    assert 30 * MINUTE <= schedule.every(published, NOW) <= DAY


def test_nothing_new_slows_down_to_once_a_day():
    waits = [HOUR]
    while waits[-1] < DAY:
        waits.append(schedule.slower(waits[-1]))
        assert waits[-1] > waits[-2]
    assert waits[-1] == schedule.slower(DAY) == DAY
    assert 10 < len(waits) < 20


def test_wishes_count_as_a_quarter_of_an_hour_at_least_and_a_day_at_most():
    assert schedule.asked_for() == schedule.asked_for(None, 0, -5) == 0
    assert schedule.asked_for(1, None) == 15 * MINUTE
    assert schedule.asked_for(HOUR, 2 * HOUR) == 2 * HOUR
    assert schedule.asked_for(99 * DAY) == DAY


def test_the_publishers_wish_makes_the_next_look_later_and_never_sooner():
    assert schedule.due(NOW, HOUR, 0, 0) == NOW + HOUR
    assert schedule.due(NOW, HOUR, 5 * HOUR, 0) == NOW + 5 * HOUR
    assert schedule.due(NOW, HOUR, 15 * MINUTE, 0) == NOW + HOUR
    assert NOW + HOUR < schedule.due(NOW, HOUR, 0, 0.5) < NOW + 1.1 * HOUR


def test_failures_back_off_from_an_hour_to_a_day_with_some_chance():
    waits = [schedule.retry(NOW, failures, 0.5) - NOW for failures in range(1, 9)]
    assert waits == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY, DAY, DAY]
    assert schedule.retry(NOW, 10**6, 0.5) == NOW + DAY
    dice = random.Random(4)
    spread = {schedule.retry(NOW, 1, dice.random()) - NOW for _ in range(50)}
    assert len(spread) > 40
    assert 0.9 * HOUR <= min(spread) < max(spread) <= 1.1 * HOUR


def test_patience_that_a_host_asks_for_is_kept_for_a_day_at_the_most():
    assert schedule.pause(NOW, 90) == NOW + 90
    assert schedule.pause(NOW, 0) == NOW + MINUTE
    assert schedule.pause(NOW, 400 * DAY) == NOW + DAY

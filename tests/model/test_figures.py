"""The figures of what was read: nothing is counted twice, and nothing that was only marked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from reader.model.figures import GLANCE, TOGETHER, Day, Reading, days_of, figures, moments, streaks

TODAY = date(2026, 11, 22)
DATES = st.integers(0, 40).map(lambda number: TODAY - timedelta(number))
LOGS = st.dictionaries(
    DATES, st.dictionaries(st.integers(0, 9), st.integers(1, 4000), min_size=1, max_size=5), max_size=12
)
MOMENTS = st.dictionaries(
    st.integers(1, 9),
    st.integers(0, 40 * 86_400).map(lambda ago: int(datetime(2026, 11, 22, 23, tzinfo=UTC).timestamp()) - ago),
    max_size=9,
)


def at(day: int, hour: int = 12) -> int:
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp())


def nobody(articles):
    return {}


def test_a_day_has_what_was_read_the_longest_first():
    log = {date(2026, 11, 20): {1: 60, 2: 300, 3: GLANCE - 1, 0: 40}}
    assert days_of({1: at(20), 4: at(21)}, log, UTC) == [
        Day(date(2026, 11, 21), (Reading(4, 0, at(21)),)),
        Day(date(2026, 11, 20), (Reading(2, 300), Reading(1, 60, at(20))), 60 + 300 + GLANCE - 1 + 40),
    ]


def test_a_day_begins_where_the_reader_is():
    east = timezone(timedelta(hours=12))
    assert [day.date.day for day in days_of({1: at(20, 13)}, {}, east)] == [21]
    assert [day.date.day for day in days_of({1: at(20, 13)}, {}, UTC)] == [20]


def test_what_became_read_with_many_others_was_not_read():
    same = [(str(number), "2026-11-22T13:00:00Z") for number in range(TOGETHER + 1)]
    alone = [("77", "2026-11-22T13:00:01Z"), ("78", "yesterday"), ("79", 5), ("80", None)]
    assert moments([*same, *alone]) == {77: int(datetime(2026, 11, 22, 13, 0, 1, tzinfo=UTC).timestamp())}


def test_days_in_a_row_are_counted_up_to_yesterday():
    days = [TODAY - timedelta(number) for number in (1, 2, 3, 5, 6, 7, 8, 9)]
    assert streaks(days, TODAY) == (3, 5)
    assert streaks([*days, TODAY], TODAY) == (4, 5)
    assert streaks(days[3:], TODAY) == (0, 5)
    assert streaks([], TODAY) == (0, 0)
    assert streaks([TODAY + timedelta(1)], TODAY) == (0, 0)


def test_shares_are_of_whom_is_known():
    log = {TODAY: {1: 100, 2: 50, 3: 30}}
    names = {1: ("Almanac", "Ann", "Sea"), 2: ("Almanac", "", ""), 3: ("Gazette", "Ann", "")}
    found = figures(days_of({}, log, UTC), TODAY, 7, lambda articles: {one: names[one] for one in articles})
    assert [(one.name, one.articles, one.seconds) for one in found.sources] == [("Almanac", 2, 150), ("Gazette", 1, 30)]
    assert [(one.name, one.articles, one.seconds) for one in found.authors] == [("Ann", 2, 130)]
    assert [one.name for one in found.sections] == ["Sea"]
    assert (found.articles, found.minutes, found.streak, found.longest) == (3, 3, 1, 1)


@given(MOMENTS, LOGS, st.integers(-5, 60))
def test_the_figures_of_anything_add_up(moments, log, span):
    days = days_of(moments, log, UTC)
    assert [day.date for day in days] == sorted({day.date for day in days}, reverse=True)
    found = figures(days, TODAY, span, nobody)
    assert len(found.days) == max(span, 1)
    assert [day for day, _, _ in found.days] == [TODAY - timedelta(n) for n in reversed(range(max(span, 1)))]
    assert found.seconds == sum(seconds for _, _, seconds in found.days)
    assert found.articles <= sum(articles for _, articles, _ in found.days)
    assert 0 <= found.streak <= found.longest <= len(days)
    assert not found.sources


@given(st.sets(DATES), DATES)
def test_one_more_day_never_makes_a_streak_shorter(days, more):
    before, after = streaks(days, TODAY), streaks({*days, more}, TODAY)
    assert after[0] >= before[0]
    assert before[1] <= after[1] <= len({*days, more})


def test_absurd_times_are_passed_over():
    assert days_of({1: 10**18, 2: -(10**18)}, {}, UTC) == []
    assert figures([], date.min, 10**9, nobody).days == ((date.min, 0, 0),)

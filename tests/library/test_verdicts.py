"""What is known of a source after it was asked: every rule by itself."""

import pytest

from reader.library import verdicts
from reader.library.schedule import DAY, HOUR, MINUTE
from reader.storage.fetches import Fetch
from tests.conftest import NOW


def known(**values):
    return Fetch("feed-1", **values)


def test_without_news_a_source_is_asked_less_often_only_if_it_was_due():
    assert verdicts.unchanged(known(due=NOW, every=2 * HOUR), NOW, 0, 0).every == 2.5 * HOUR
    early = verdicts.unchanged(known(due=NOW + 1, every=2 * HOUR), NOW, 0, 0)
    assert (early.every, early.due) == (2 * HOUR, NOW + 2 * HOUR)


def test_the_first_failure_counts_and_those_by_hand_after_it_do_not():
    first = verdicts.failed(known(due=NOW + DAY), NOW, "it broke", 0.5)
    assert (first.failures, first.due, first.error) == (1, NOW + HOUR, "it broke")
    again = verdicts.failed(first, NOW + 9, "it is away", 0.5)
    assert (again.failures, again.due, again.error, again.checked) == (1, NOW + HOUR, "it is away", NOW + 9)
    later = verdicts.failed(again, NOW + HOUR, "it is away", 0.5)
    assert (later.failures, later.due) == (2, NOW + 3 * HOUR)


def test_a_host_that_asks_for_patience_gets_it_and_is_counted_once():
    first = verdicts.busy(known(), NOW, "busy", NOW + 60)
    again = verdicts.busy(first, NOW + 9, "busy", NOW + 90)
    assert (first.failures, again.failures, again.due) == (1, 1, NOW + 90)


def test_while_the_network_is_away_failures_are_not_counted():
    for failures, after in ((0, 1), (1, 1), (5, 5)):
        state = verdicts.cut_off(known(failures=failures, due=NOW + DAY), NOW, "away", 1)
        assert (state.failures, state.error, state.due) == (after, "away", NOW + 30 * MINUTE)


@pytest.mark.parametrize(
    ("lost", "others", "away"),
    [
        ({"a", "b"}, [], True),
        ({"a", "b"}, [("c", known(checked=NOW - 60, succeeded=NOW - 60))], True),
        ({"a"}, [], False),
        ({"a"}, [("a", known(checked=NOW - 60, failures=2))], False),
        ({"a"}, [("b", known(checked=NOW - 60, failures=2))], True),
        ({"a"}, [("b", known(checked=NOW - DAY, failures=2))], False),
        ({"a"}, [("b", known(checked=NOW - 60, failures=2)), ("c", known(checked=NOW - 60))], False),
        ({"a"}, [("b", known())], False),
    ],
)
def test_one_host_that_is_lost_tells_of_the_network_only_if_others_are_too(lost, others, away):
    assert verdicts.is_cut_off(lost, others, NOW) is away

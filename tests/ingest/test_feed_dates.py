"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.feeds import dates as feed_dates

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
MIDNIGHT = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 01 May 2024 12:00:00 GMT",
        "Wed, 01 May 2024 14:00:00 +0200",
        "Wed, 1 May 2024 12:00:00 Z",
        "01 May 2024 08:00:00 EDT",
        "Wed, 01 May 24 12:00:00 GMT",
        "Sun, 01 May 2024 12:00:00 GMT",
        "Wednesday, 01-May-24 12:00:00 GMT",
        "Wed, 01 May 2024 14:00:00 CEST",
        "Wed, 01 May 2024 21:00 JST",
        "Wed, 01 May 2024 12:00:00",
        "  Wed,  01   May 2024\n12:00:00 GMT ",
        "2024-05-01T12:00:00Z",
        "2024-05-01T12:00:00.123456Z",
        "2024-05-01T07:00:00-05:00",
        "2024-05-01T07:00:00-0500",
        "2024-05-01T12:00Z",
        "2024-05-01T12:00:00",
        "2024-05-01 12:00:00",
        "20240501T120000Z",
        "2024/05/01 12:00",
        "1714564800",
        "1714564800000",
        "Mi, 01 Mai 2024 14:00:00 +0200",
        "mer., 1 mai 2024 12:00:00 GMT",
        "ср, 1 мая 2024 15:00:00 +0300",
        "środa, 1 maja 2024 12:00",
        "1 Mayıs 2024 12:00",
        "01.05.2024 12:00",
        "5/1/2024 12:00 PM",
        "May 1st, 2024 12:00pm",
        "2024年5月1日 12:00",
    ],
)
def test_one_moment_written_in_many_ways(text):
    assert feed_dates.seconds(text) == NOON.timestamp()


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01",
        "1 May 2024",
        "May 1, 2024",
        "20240501",
        "Tue, 30 Apr 2024 24:00:00 GMT",
        "2024-04-30T24:00:00Z",
        "13/05/2024",
    ],
)
def test_days(text):
    day = MIDNIGHT.replace(day=13) if text.startswith("13") else MIDNIGHT
    assert feed_dates.seconds(text) == day.timestamp()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "0000-00-00 00:00:00",
        "Thu, 31 Feb 2024 12:00:00 GMT",
        "2023-02-29",
        "2024-13-01T00:00:00Z",
        "Wed, 01 May 2024 25:00:00 GMT",
        "Wed, 01 May 2024 12:61:00 GMT",
        "9" * 50,
        "1 May",
        "x" * 5000,
        None,
        17,
        ["2024"],
    ],
)
def test_what_is_no_moment_is_dropped(text):
    assert feed_dates.seconds(text) is None


def test_what_lies_ahead_is_dropped_and_tomorrow_is_not():
    assert feed_dates.not_ahead(1_000_000, 1_000_000 - feed_dates.A_DAY) == 1_000_000
    assert feed_dates.not_ahead(1_000_001, 1_000_000 - feed_dates.A_DAY) is None
    assert feed_dates.not_ahead(None, 0) is None


@settings(max_examples=80, deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2089, 12, 31)), st.integers(-12 * 4, 14 * 4))  # noqa: DTZ001
def test_every_moment_is_read_back(moment, quarters):
    """And the way that does not ask feedparser agrees with it."""
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
    expected = int(moment.replace(microsecond=0, tzinfo=UTC).timestamp()) - quarters * 900
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    mail = f"{moment.day:02} {months[moment.month - 1]} {moment:%Y %H:%M:%S} {zone}"
    iso = f"{moment:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:]}"
    for text in (mail, iso):
        assert feed_dates.seconds(text) == expected
        assert feed_dates._as_feedparser(text) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[0-9A-Za-z:/,.+ -]{0,40}"))
def test_any_text_is_a_moment_or_none(text):
    found = feed_dates.seconds(text)
    assert found is None or isinstance(found, int)

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import days, sanitize
from reader.ingest.topics.dates import in_path, moment
from tests.thorough import examples

NOW = int(datetime(2026, 3, 10, tzinfo=UTC).timestamp())


def told(text: str) -> str | None:
    found = moment(text, NOW)
    return None if found is None else datetime.fromtimestamp(found, UTC).isoformat(" ", "minutes")[:16]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", "2026-03-01 00:00"),
        ("2026-03-01T10:00", "2026-03-01 10:00"),
        ("2026-03-01T10:00:00+02:00", "2026-03-01 08:00"),
        ("1 March 2026", "2026-03-01 00:00"),
        ("Published on March 1, 2026", "2026-03-01 00:00"),
        ("Anna Marsh · 1 Mar 2026 · 4 min", "2026-03-01 00:00"),
        ("2026年3月1日", "2026-03-01 00:00"),
        ("Mar 1", "2026-03-01 00:00"),
        ("5 Dec", "2025-12-05 00:00"),
        ("3 hours ago", "2026-03-09 21:00"),
        ("yesterday", "2026-03-09 00:00"),
        ("2030-01-01", None),
        ("2026-02-30", None),
        ("3 min read", None),
        ("March of the herons", None),
        ("", None),
        ("1" * 200, None),
    ],
)
def test_dates_as_pages_show_them(text, expected):
    assert told(text) == expected


def test_days_in_addresses():
    assert in_path("/2026/03/05/tide", NOW) == int(datetime(2026, 3, 5, tzinfo=UTC).timestamp())
    assert in_path("/2026/13/05/tide", NOW) is None
    assert in_path("/2031/03/05/tide", NOW) is None
    assert in_path("/a/12026/03/05", NOW) is None


@settings(max_examples=examples(40, 1_000))
@given(st.text(max_size=60) | st.from_regex(r"[0-9A-Za-z:/,.+ -]{0,40}", fullmatch=True))
def test_any_text_is_a_moment_or_none(text):
    for found in (moment(text, NOW), in_path(f"/{text}/", NOW), days.seconds(text)):
        assert found is None or sanitize.moment(found) in {None, found}

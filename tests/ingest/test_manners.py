"""What a server asks of those who come back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.net.manners import LONGEST_AGE, LONGEST_PAUSE, max_age, retry_after

NOON = 1_780_056_000
"""29 May 2026, 12:00 UTC."""


@pytest.mark.parametrize(
    ("control", "expires", "date", "seconds"),
    [
        ("", "", "", None),
        ("max-age=3600", "", "", 3600),
        ("public, Max-Age=60", "Fri, 29 May 2026 13:00:00 GMT", "", 60),
        ('max-age="90"', "", "", 90),
        ("s-maxage=60", "", "", None),
        ("no-cache", "", "", 0),
        ("no-store, max-age=60", "", "", 0),
        ("private", "", "", None),
        ("max-age=999999999999", "", "", LONGEST_AGE),
        ("max-age=" + "9" * 5000, "", "", LONGEST_AGE),
        ("", "Fri, 29 May 2026 13:00:00 GMT", "", 3600),
        ("", "Fri, 29 May 2026 13:00:00 GMT", "Fri, 29 May 2026 12:30:00 GMT", 1800),
        ("", "Fri, 29 May 2026 11:00:00 GMT", "", 0),
        ("", "0", "", 0),
        ("", "-1", "", 0),
        ("", "Fri, 31 Feb 2026 11:00:00 GMT", "", 0),
    ],
)
def test_max_age(control, expires, date, seconds):
    assert max_age(control, expires, date, NOON) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", None),
        ("120", 120),
        (" 0 ", 0),
        ("999999999", LONGEST_PAUSE),
        ("9" * 5000, LONGEST_PAUSE),
        ("Fri, 29 May 2026 12:10:00 GMT", 600),
        ("Fri, 29 May 2026 11:10:00 GMT", 0),
        ("Sun, 29 May 2089 12:10:00 GMT", LONGEST_PAUSE),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOON) == seconds


@given(st.text(max_size=70))
def test_any_text_is_a_time_or_none(text):
    assert (retry_after(text, NOON) or 0) >= 0
    assert (max_age(text, text, text, NOON) or 0) >= 0

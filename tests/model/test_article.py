"""How long reading takes, in words."""

from __future__ import annotations

import pytest

from reader.model.article import as_time, said_time


@pytest.mark.parametrize(
    ("minutes", "written", "said"),
    [
        (1, "1 min", "1 minute"),
        (59, "59 min", "59 minutes"),
        (60, "1 h", "1 hour"),
        (61, "1 h 1 min", "1 hour 1 minute"),
        (120, "2 h", "2 hours"),
        (496, "8 h 16 min", "8 hours 16 minutes"),
        (72_005, "1,200 h 5 min", "1,200 hours 5 minutes"),
    ],
)
def test_from_an_hour_on_hours_are_told(minutes, written, said):
    assert as_time(minutes) == written
    assert said_time(minutes) == said

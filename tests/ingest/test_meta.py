from __future__ import annotations

import pytest

from reader.ingest.plain.meta import is_date, is_meta

DATES = """
12 March 2025|March 12, 2025|12th of March, 2025|Wed 12 Mar|Wednesday, 12 March 2025|Mar. 12|Sept 2024
2025-03-12|2025-03-12T10:00:00Z|12/03/2025|12.03.25|12\u00a0March\u00a02025|3 March 2025, 14:05
Published: 12 March 2025 10:30am|Updated on Mar 3, 2025, 10:15 PM GMT
3 hours ago|an hour ago|7 days ago|Yesterday|12. März 2025|12 mars 2025|2 марта 2025|2025年3月12日
"""
METAS = """
5 min read|40 min listen|5-minute read|1 hr 20 min listen|Reading time: 5 minutes|5 min|12 comments|Read more…
Continue reading
"""
LINES = """
March|1984|May in Sandby|24 hours in Sandby|10:30|The 12 March plan|Harbours|Today we sail|Shed 9|March of the gulls
no more|Five minutes to midnight|Read this first|12|Anna Marsh
"""


def lines(text: str) -> list[str]:
    return [line for row in text.strip().split("\n") for line in row.split("|")]


@pytest.mark.parametrize("line", lines(DATES))
def test_dates(line):
    assert is_date(line)
    assert is_meta(line)


@pytest.mark.parametrize("line", lines(METAS))
def test_other_meta(line):
    assert is_meta(line)
    assert not is_date(line)


@pytest.mark.parametrize("line", lines(LINES))
def test_neither(line):
    assert not is_meta(line)


@pytest.mark.parametrize("line", ["12 March 2025 · 5 min read", "5 min read | 12 March 2025", "3 May — 12 comments"])
def test_a_line_of_several(line):
    assert is_date(line)


def test_a_name_beside_a_date_is_no_meta_line():
    assert not is_meta("Anna Marsh · 12 March 2025")

"""What was read and when, and figures of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reader.library import Library
from reader.model.figures import About, Day, Figures, Reading, Share
from reader.ui.widgets.chart import chart, columns, top_of
from reader.ui.widgets.figure_sheet import said_day, sheet
from tests.invented import fill, harbours, orchards
from tests.ui.driving import reading

FIRST, SECOND, THIRD, *_ = [one.title for one in harbours().entries]
DAY = 86_400


@pytest.fixture
def shore(places):
    """A library with a page of which two articles were read yesterday, and one today."""
    fill(places, harbours(), orchards())
    with Library(places) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)[:3]
        now = library.now()
        library.notebook.set_read(rows[:1], read=True)
        for row, day, seconds in zip(rows, (0, 1, 1), (90, 600, 240), strict=True):
            library.log.add(row.id, seconds, now - day * DAY)
    return places


def side(it, name: str) -> str:
    """Give one side of the screen as text."""
    return it.of(it.app.screen.query_one(name))


async def test_gh_shows_the_days_newest_first_beside_the_figures(shore):
    async with reading(shore) as it:
        await it.press("g", "h")
        assert it.dialogue == "HistoryScreen"
        days = side(it, "HistoryList")
        assert days.index("Today  1 article, 2 min") < days.index(FIRST)
        assert days.index(FIRST) < days.index("Yesterday  2 articles, 14 min") < days.index(SECOND)
        figures = side(it, "FigureSheet")
        assert "2 days in a row" in figures
        assert "3 articles, 16 min in the last 365 days" in figures
        assert "█" in figures
        await it.press("escape")
        assert not it.dialogue


async def test_enter_reads_the_article(shore):
    async with reading(shore) as it:
        await it.press("2", "g", "h", "enter")
        assert not it.dialogue
        assert it.title == FIRST
        assert it.screen.reading


async def test_where_it_is_narrow_tab_goes_to_the_figures(shore):
    async with reading(shore, size=(60, 20)) as it:
        await it.press("g", "h")
        assert "days in a row" not in it.seen()
        assert "Today" in it.seen()
        await it.press("tab")
        assert "days in a row" in it.seen()
        assert FIRST not in it.seen()
        await it.press("G")
        assert "Harbours" in it.seen()
        await it.press("tab")
        assert FIRST in it.seen()


async def test_nothing_read_yet_says_how_it_fills(places):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("g", "h")
        assert "Nothing was read yet." in side(it, "HistoryList")
        assert "once it is marked read" in side(it, "HistoryList")
        await it.press("enter", "j", "k", "G", "g", "g", "space", "b", "tab", "j", "space", "enter", "q")
        assert not it.dialogue


async def test_the_cursor_goes_over_the_headings(shore):
    async with reading(shore) as it:
        await it.press("g", "h")
        chosen = []
        listed = it.app.screen.query_one("HistoryList")
        for key in ("j", "j", "j", "k", "g", "G"):
            await it.press(key)
            chosen.append(listed.about(listed.chosen.article).title)
        assert chosen == [SECOND, THIRD, THIRD, SECOND, SECOND, SECOND]
        await it.press("G")
        assert listed.about(listed.chosen.article).title == THIRD
        await it.press("g", "g")
        assert listed.about(listed.chosen.article).title == FIRST


# -- the chart


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 2), (1, 2), (2, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 20), (41, 60), (100, 100), (101, 200)],
)
def test_the_axis_ends_at_a_round_number_not_below_the_most(most, top):
    assert top_of(most) == top


def test_a_column_is_as_high_as_its_value_and_what_is_more_than_nothing_is_seen():
    assert columns([0, 1, 50, 100], 2) == ["   █", " ▁██"]


def test_the_axis_says_its_numbers_and_the_mondays():
    days = [(date(2026, 11, 2) + timedelta(number), number) for number in range(21)]
    assert chart(days, 4) == [
        "20 ┤                ▂▃▅▆█",
        "   │           ▂▃▅▆██████",
        "10 ┤      ▂▃▅▆███████████",
        "   │ ▂▃▅▆████████████████",
        " 0 └┴──────┴──────┴──────",
        "    2 Nov  9 Nov  16 Nov",
    ]


@pytest.mark.parametrize("width", [24, 55, 76, 118])
def test_no_line_of_the_sheet_is_wider_than_there_is_room(width):
    days = tuple((date(2026, 1, 1) + timedelta(number), number % 5, number * 9) for number in range(365))
    shares = (Share("The long name of a source that goes on and on", 1200, 90_000), Share("港の新聞", 3, 60))
    lines = sheet(Figures(days, 1203, 90_060, 3, 12, shares, shares, shares), width)
    from rich.cells import cell_len

    assert max(cell_len(text) for _, text in lines) <= width


def test_days_are_named_as_people_name_them():
    today = date(2026, 11, 22)
    names = [said_day(today - timedelta(back), today) for back in (0, 1, 2, 400)]
    assert names == ["Today", "Yesterday", "Friday, 20 November", "Saturday, 18 October 2025"]


async def test_a_hundred_thousand_articles_are_shown_at_once(places, monkeypatch):
    fill(places, harbours())
    reads = tuple(Reading(number, 60, 1_780_000_000 - number) for number in range(1, 100_001))
    days = [Day(date(2026, 5, 28), reads, 6_000_000)]
    from reader.library.figures import Past

    asked = []
    monkeypatch.setattr(Past, "history", lambda *_: days)
    monkeypatch.setattr(
        Past, "about", lambda _, ids: asked.append(len(ids)) or {one: About(f"No {one}") for one in ids}
    )
    async with reading(places) as it:
        await it.press("g", "h")
        assert "No 1 " in side(it, "HistoryList")
        await it.press("G")
        assert "No 100000" in side(it, "HistoryList")
        assert sum(asked) < 1000

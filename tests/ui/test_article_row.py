"""Rows of the list."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, Row
from reader.model.listing import Group
from reader.ui.widgets.article_row import (
    RowStyles,
    Searched,
    age,
    byline,
    compact_row,
    full_row,
    heading_row,
    state_mark,
)

NOW = int(datetime(2026, 5, 20, 12, tzinfo=UTC).timestamp())
STYLES = RowStyles(*(Style() for _ in fields(RowStyles)))
PACE = 230
TEXT = st.text(st.sampled_from("harbour 漢字 é[/]…❤\ufe0f"), max_size=90)


def row(title: str = "A lighthouse for sale", **more: object) -> Row:
    given = {
        "id": 10**14, "key": 1, "author": "Ines Calloway", "section": "Harbours", "source": "Harbours",
        "excerpt": "", "cut": False, "words": 460, "published": None, "url": None, "flags": 0,
    }  # fmt: skip
    return Row(title=title, **{**given, **more})


def shown(row: Row, width: int = 40, *, cursor: bool = False) -> list[str]:
    return [strip.text for strip in full_row(row, width, NOW, cursor, STYLES, PACE)]


@given(TEXT, TEXT, TEXT, st.integers(12, 60), st.integers(0, 31), st.booleans(), st.booleans())
def test_every_line_is_as_wide_as_the_list(title, author, excerpt, width, flags, cursor, cut):
    made = row(title, author=author, excerpt=excerpt, cut=cut, flags=flags)
    strips = full_row(made, width, NOW, cursor, STYLES, PACE) + compact_row(made, width, NOW, cursor, STYLES, PACE)
    assert {(strip.cell_length, cell_len(strip.text)) for strip in strips} == {(width, width)}


def test_a_book_tells_hours():
    book = row("A book", words=496 * PACE)
    assert byline(book, NOW, PACE) == "Ines Calloway · 8 h 16 min"
    (strip,) = compact_row(book, 40, NOW, cursor=False, styles=STYLES, pace=PACE)
    assert strip.text.rstrip().endswith("A book".ljust(25) + " 8 h 16 min")


@given(TEXT, st.integers(0, 99_999), st.integers(5, 60), st.booleans())
def test_a_heading_is_as_wide_as_the_list(title, unread, width, folded):
    (strip,) = heading_row(Group(title, 0, unread, folded), unread, width, STYLES, cursor=folded)
    assert cell_len(strip.text) == width


def test_a_row_tells_state_headline_byline_and_excerpt():
    made = row(excerpt="The keeper left in spring. " * 9, flags=BOOKMARKED | NOTED | STARTED)
    assert shown(made) == [
        " ◐ ★ ✎ A lighthouse for sale            ",
        "   Ines Calloway · 2 min                ",
        "   The keeper left in spring. The       ",
        "   keeper left in spring. The keeper …  ",
        " " * 40,
    ]


def test_the_cursor_is_told_by_a_bar_on_every_line_of_text():
    assert {line[0] for line in shown(row(), cursor=True)[:-1]} == {"▌"}
    assert {line[0] for line in shown(row())} == {" "}


@pytest.mark.parametrize(
    ("flags", "mark"),
    [(0, "●"), (STARTED, "◐"), (READ, "○"), (READ | STARTED, "○"), (BOOKMARKED | NOTED | HIGHLIGHTED, "●")],
)
def test_each_state_has_a_sign_of_its_own(flags, mark):
    assert state_mark(flags) == mark


def test_a_long_headline_takes_four_lines_and_trails_off():
    lines = shown(row("harbour " * 40, author=None), 30)
    assert [line.strip(" ●") for line in lines[:4]][3].endswith("…")
    assert lines[4].strip() == "2 min"


def test_an_excerpt_that_is_cut_off_says_so_even_when_all_of_it_is_there():
    assert shown(row(excerpt="And then the", cut=True))[2].strip() == "And then the …"
    assert shown(row(excerpt="And then it left.", cut=False))[2].strip() == "And then it left."


def test_a_row_without_excerpt_has_no_line_for_it():
    assert len(shown(row())) == 3


@pytest.mark.parametrize(
    ("ago", "wanted"),
    [
        (0, "now"), (3599, "now"), (3600, "1 h"), (3 * 3600 + 5, "3 h"),
        (24 * 3600, "1 d"), (7 * 86400 - 1, "6 d"), (7 * 86400, "13 May"),
        (-3600, "20 May"), (200 * 86400, "1 Nov 2025"),
    ],
)  # fmt: skip
def test_the_age_of_an_article(ago, wanted):
    assert age(NOW - ago, NOW) == wanted


def test_the_byline_leaves_out_what_is_not_known():
    assert byline(row(), NOW, PACE) == "Ines Calloway · 2 min"
    assert byline(row(author=None, published=NOW - 7200), NOW, PACE) == "2 h · 2 min"


def test_the_byline_names_as_many_of_the_other_sources_as_there_is_room_for():
    made = row(others=("Daily Sketch", "The Gull", "Zenith"))
    assert byline(made, NOW, PACE) == "Ines Calloway · 2 min · also in Daily Sketch, The Gull +1"
    assert byline(made, NOW, PACE, room=50) == "Ines Calloway · 2 min · also in Daily Sketch +2"
    assert byline(made, NOW, PACE, room=40) == "Ines Calloway · 2 min · also in 3"


def test_a_compact_row_is_one_line_with_the_reading_time_at_its_end():
    (strip,) = compact_row(row(flags=READ | BOOKMARKED), 40, NOW, cursor=True, styles=STYLES, pace=PACE)
    assert strip.text.startswith("▌○ ★ A lighthouse")
    assert strip.text.rstrip().endswith("2 min")


def test_a_heading_tells_whether_it_is_folded_and_how_many_are_unread():
    (open_one,) = heading_row(Group("Harbours", 0, 9), 4, 30, STYLES, cursor=False)
    (folded,) = heading_row(Group("Harbours", 0, 9, folded=True), 0, 30, STYLES, cursor=True)
    assert open_one.text.split() == ["▾", "Harbours", "4"]
    assert folded.text.split() == ["▌▸", "Harbours"]


# -- what a search found


def found_in(row: Row, words: str, snippet: str | None = None, *, compact: bool = False) -> list[str]:
    """Give the lines of a row, each matching word between brackets."""
    pattern = re.compile(words, re.IGNORECASE)
    searched = Searched(lambda text: [match.span() for match in pattern.finditer(text)], snippet)
    styles = RowStyles(*(Style() for _ in range(6)), match=Style(underline=True))
    draw = compact_row if compact else full_row
    strips = draw(row, 40, NOW, cursor=False, styles=styles, pace=PACE, searched=searched)
    assert {strip.cell_length for strip in strips} == {40}
    return [
        "".join(f"[{part.text}]" if part.style and part.style.underline else part.text for part in strip)
        for strip in strips
    ]


def test_matching_words_are_marked_in_headline_byline_and_passage_also_over_the_end_of_a_line():
    made = row("A keeper of light and of the lighthouse", author="Ada Light", flags=BOOKMARKED)
    lines = [line.strip() for line in found_in(made, "light[a-z]*|the last", "… and lights went out. It was the last")]
    assert lines[:3] == ["● ★ A keeper of [light] and of the", "[lighthouse]", "Ada [Light] · 2 min"]
    assert lines[3:5] == ["… and [lights] went out. It was [the]", "[last]"]


def test_a_word_that_is_cut_off_is_marked_as_far_as_it_is_there():
    (line,) = found_in(row("The " + "harbourmaster" * 4), "harbour[a-z]*", compact=True)
    assert line.startswith(" ● The [harbourmaster")
    assert "…]" in line


@given(TEXT, TEXT, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90))), st.integers(12, 60))
def test_marks_never_change_the_text(title, excerpt, spans, width):
    made = row(title, excerpt=excerpt)
    searched = Searched(lambda _: sorted(spans))
    plain = full_row(made, width, NOW, cursor=False, styles=STYLES, pace=PACE)
    marked = full_row(made, width, NOW, cursor=False, styles=STYLES, pace=PACE, searched=searched)
    assert [strip.text for strip in marked] == [strip.text for strip in plain]

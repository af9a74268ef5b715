from __future__ import annotations

import pytest

from reader.ingest.plain.names import author, cannot_be_byline, looks_like_names, says_by


@pytest.mark.parametrize(
    "name",
    [
        "Anna Marsh",
        "Ursula von der Leyen",
        "A. B. Writer and C. D'Author",
        "Jean-Luc O’Brien",
        "J.R.R. Wharf",
        "Анна Маршак",
        "Γιώργος Λιμένας",
        "Anna Marsh, Tom Reed & J. Wharf",
        "Martin Quay Jr.",
        "Anna Marsh, PhD",
        "Bashar al-Marfa",
        "Matteo d’Ancora",
        "María José de la Cruz y Borbón",
        "ANNA MARSH",
        "By Anna Marsh",
        "Words by Anna Marsh",
    ],
)
def test_names(name):
    assert looks_like_names(name)


@pytest.mark.parametrize(
    "line",
    [
        "Harbours",
        "Mark Twain in Venice",
        "Middle East",
        "Foreign Affairs",
        "WORLD NEWS",
        "bell hooks",
        "Rope and salt",
        "The Rope Walk",
        "Anna Marsh’s Tides",
        "Anna Marsh's Tides",
        "Has Anna Marsh Won?",
        "Nine Tugs!",
        "Shed 9",
        "A. B.",
        "安娜",
        "",
        "By the sea",
        "Anna Marsh " * 12,
    ],
)
def test_no_names(line):
    assert not looks_like_names(line)


def test_a_leading_by_is_dropped():
    assert author("By Anna Marsh") == author("by: Anna Marsh") == author("Written by Anna Marsh") == "Anna Marsh"
    assert author("Byron Marsh") == "Byron Marsh"
    assert author("By") == "By"


def test_by_and_a_name_say_a_byline():
    assert says_by("By Anna Marsh")
    assert not says_by("By the grey sea")
    assert not says_by("Anna Marsh")


def test_a_question_or_a_crowd_cannot_be_a_byline():
    assert cannot_be_byline("Is it Anna Marsh?’")
    assert cannot_be_byline("word " * 15)
    assert not cannot_be_byline("bell hooks")

from __future__ import annotations

from reader.ingest.essay import entry
from reader.ingest.plain.blocks import split
from tests.ingest.pages import LONG, WHOLE, page


def test_title_byline_dates_and_body():
    found = entry(split(page("Wake", "By Anna Marsh", "3 May 2024", "W", "Low water", "W")))
    assert (found.title, found.author, found.meta) == ("Wake", "Anna Marsh", ("3 May 2024",))
    assert found.body == f"{WHOLE}\n\nLow water\n\n{WHOLE}"
    assert found.section is None
    assert not found.cut


def test_the_excerpt_is_the_first_sixty_words():
    found = entry(split(page("Wake", "W", "W")))
    assert len(found.excerpt.split()) == 61
    assert found.excerpt.endswith(" …")
    assert found.excerpt.startswith(LONG)
    assert entry(split(page("Wake", "W"))).excerpt == WHOLE


def test_without_a_short_line_the_first_words_are_the_title():
    found = entry(split(page("W", "W")))
    assert found.title.endswith("…")
    assert len(found.title) <= 81
    assert WHOLE.startswith(found.title[:-1])
    assert found.body == f"{WHOLE}\n\n{WHOLE}"


def test_one_line_is_title_and_body():
    found = entry(split("Wake"))
    assert (found.title, found.body, found.excerpt) == ("Wake", "Wake", "Wake")


def test_a_second_line_that_is_no_name_belongs_to_the_body():
    assert entry(split(page("Wake", "a song of low water", "W"))).author is None


def test_one_endless_word_has_a_title():
    assert 0 < len(entry(split("x" * 5000)).title) <= 81

"""Whatever is typed, the search answers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import intake
from reader.storage.cache import Cache
from tests.invented import entry
from tests.storage.asked import groups


@pytest.fixture(scope="module")
def cache():
    made = Cache(None)
    entries = [
        entry("Café on the Quai", author="Ines Calloway", excerpt="Salt, lemons and a timetable."),
        entry("Lighthouses", author="Tomas Brandt", excerpt="NEAR the water; 漢字 too. C++ and foo_bar."),
    ]
    intake.add(made, Source("s", "listing", "Harbours"), entries, 1)
    yield made
    made.close()


def found(cache: Cache, words: str) -> list[str]:
    keys, heads = groups(cache, Filter(words=words), "page")
    assert sum(group.count for group in heads) == len(keys)
    return [row.title for row in cache.rows(keys)]


@given(st.one_of(st.text(max_size=30), st.text(st.sampled_from("\"*()^:-+ ANDORNTEQ{}'\0\\é漢_"), max_size=20)))
@example('"')
@example("title:x OR NOT")
@example("NEAR(a b)")
@example("\0")
@example("\ud800")
def test_no_typed_text_ever_raises(cache, typed):
    assert len(found(cache, typed)) <= 2


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("cafe", 1), ("CAFÉ", 1), ("light", 1), ("ines lemons", 1), ("ines water", 0), ("harbours", 2),
        ("near", 1), ("lemons AND", 1), ("foo_bar", 1), ("漢字", 1), ("calloway-salt", 0), ("lemons-and", 1),
        ("house", 0),
    ],
)  # fmt: skip
def test_every_word_must_begin_a_word_of_the_article(cache, typed, count):
    assert len(found(cache, typed)) == count


@pytest.mark.parametrize("typed", ["!", "...", '""', "—"])
def test_signs_alone_ask_for_nothing_in_particular(cache, typed):
    assert len(found(cache, typed)) == 2

"""The first matches of words that very many articles have: the same that the whole search puts first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import Library
from reader.library.shelf import Stopped
from reader.model.article import Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.settings import Places
from reader.storage import intake, ranking

NOW = 1_795_000_000
SOURCES = (Source("one", "feed", "One"), Source("other", "feed", "Other"))


@pytest.fixture(autouse=True)
def soon_common(monkeypatch):
    monkeypatch.setattr("reader.storage.ranking.MANY", 5)
    monkeypatch.setattr("reader.storage.ranking.FRONT", 20)
    monkeypatch.setattr("reader.library.best_first.ENOUGH", 3)
    monkeypatch.setattr("reader.library.best_first._LOOKED_AT", 8)
    monkeypatch.setattr("reader.library.best_first._AT_ONCE", 2)


def filled(library, articles):
    """Put articles into a library, each with its title, its text, and hours since it was published."""
    for place, source in enumerate(SOURCES):
        some = [
            Entry(title, None, None, text, published=NOW - hours * 3600, guid=str(number))
            for number, (title, text, hours) in enumerate(articles)
            if number % 2 == place
        ]
        intake.add(library.cache, source, some, NOW)
    library.marks.put_sources(SOURCES)
    library.cache.same_story = lambda: False


def beginning(library, words, **more):
    found = library.shelf.beginning(Filter(words=words, **more), lambda: False)
    assert found is None or found.partial
    return None if found is None else list(found.keys)


TEXTS = st.lists(
    st.sampled_from(["quay", "quays", "lamp", "Salt", "rope quay", "lamp and quay", "", "é quay"]), max_size=3
)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 40)), min_size=6, max_size=30), st.sets(st.integers(0, 29)))
@pytest.mark.parametrize("words", ["quay", "qu lamp", '"lamp and quay"', "sa"])
def test_they_are_the_first_of_all(tmp_path_factory, words, articles, hidden):
    home = tmp_path_factory.mktemp("home")
    with Library(Places(home / "config", home / "data"), now=lambda: NOW) as library:
        filled(
            library,
            [
                (f"{number} {' '.join(title)}", " ".join(text), hours)
                for number, (title, text, hours) in enumerate(articles)
            ],
        )
        rows = library.shelf.rows(library.shelf.listing().keys)
        library.notebook.many([row.key for row in rows if row.key in hidden]).set_hidden(hidden=True)
        whole = library.shelf.listing(Filter(words=words), "relevance", grouping="none")
        first = beginning(library, words)
        if first is not None:
            assert len(first) >= 3
            assert list(whole.keys[: len(first)]) == first
        assert not whole.partial


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as made:
        filled(made, [(f"Number {number}", "The quay and a lamp.", number) for number in range(12)])
        yield made


def test_they_are_given_where_very_many_have_the_words(library):
    whole = library.shelf.listing(Filter(words="quay"), "relevance", grouping="none")
    assert beginning(library, "quay") == list(whole.keys[:4])
    assert beginning(library, "number") == list(whole.keys)
    assert beginning(library, "quay lamp") == list(whole.keys[:4])


@pytest.mark.parametrize(
    "words",
    [
        "quay -rope",
        "quay OR lamp",
        "quay is:unread",
        "quay sort:oldest",
        "title:number",
        "rope",
        "-rope",
        ",",
    ],
)
def test_none_are_given_where_all_are_there_as_soon_or_more_than_words_is_asked(library, words):
    assert beginning(library, words) is None


def test_none_are_given_of_a_view_or_a_source(library):
    assert beginning(library, "quay", view="unread", query="is:unread") is None
    assert beginning(library, "quay", source="one") is None


def test_nobody_may_wait_for_them_any_more(library, monkeypatch):
    monkeypatch.setattr("reader.storage.lists._STEPS", 1)
    with pytest.raises(Stopped):
        library.shelf.beginning(Filter(words="quay"), lambda: True)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 40)), min_size=6, max_size=30))
@pytest.mark.parametrize("words", ["quay", "qu lamp", "title:quay", "quay source:one"])
def test_a_search_finds_the_same_when_it_is_prepared(tmp_path_factory, words, articles):
    home = tmp_path_factory.mktemp("home")
    with Library(Places(home / "config", home / "data"), now=lambda: NOW) as library:
        filled(library, [(" ".join(title), " ".join(text), hours) for title, text, hours in articles])
        before = library.shelf.listing(Filter(words=words), "relevance", grouping="none")
        library.shelf.prepare()
        after = library.shelf.listing(Filter(words=words), "relevance", grouping="none")
        assert (after.keys, after.flags, after.groups) == (before.keys, before.flags, before.groups)
        some = after.keys[::2]
        found = [
            ranking.ranked(library.cache.connection, '"quay" *', some, {}, few_others=few) for few in (False, True)
        ]
        assert found[0] == found[1]

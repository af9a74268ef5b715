"""The order of all articles, kept, and where each of them stands in it."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.source import Source
from reader.storage import intake, sorting
from reader.storage.cache import Cache
from reader.storage.order import Places
from tests.invented import entry

PAGE = Source("page", "listing", "Harbours", "/tmp/page.txt")


@given(st.lists(st.integers(1, 300), unique=True), st.data())
def test_some_articles_are_put_in_the_order_of_all(order, data):
    some = data.draw(st.lists(st.sampled_from(order), unique=True)) if order else []
    placed = Places(array("I", order), "1").sorted(array("I", some))
    assert list(placed) == sorted(some, key=order.index)


@pytest.mark.parametrize("lacking", [1, 5, 9])
def test_none_are_where_one_has_no_place(lacking):
    assert Places(array("I", [3, 7, 2, 8]), "1").sorted(array("I", [2, lacking, 3])) is None


def test_very_many_have_their_places(monkeypatch):
    monkeypatch.setattr("reader.storage.order._RUN", 3)
    order = array("I", range(10, 0, -1))
    assert list(Places(order, "1").sorted(range(1, 11))) == list(order)


def test_a_library_puts_some_in_order_as_soon_as_that_is_prepared_and_until_others_come(tmp_path):
    cache = Cache(tmp_path / "data" / "library.db")
    moments = [300, None, 100, 300, 200]
    entries = [entry(f"T{number}", published=moment) for number, moment in enumerate(moments)]
    keys = intake.add(cache, PAGE, entries, 1_000).new
    assert cache.placed(keys) is None
    cache.prepare()
    wanted = sorting.some(cache.connection, keys[1:], "relevance", "none", ())[0]
    assert cache.placed(keys[1:]) == wanted
    intake.add(cache, PAGE, [entry("Another", published=250)], 2_000)
    assert cache.placed(keys) is None
    cache.prepare()
    assert len(cache.placed([*keys, max(keys) + 1])) == 6
    cache.close()

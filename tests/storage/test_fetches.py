"""What sources answered: kept, forgotten, and of no removed one."""

from __future__ import annotations

import pytest

from reader.model.article import Entry
from reader.model.source import Source
from reader.storage import fetches, intake, removal
from reader.storage.cache import Cache

NEWS = Source("news", "feed", "News")
URL = "https://news.example/"


@pytest.fixture
def cache(tmp_path):
    made = Cache(tmp_path / "library.db")
    yield made
    made.close()


def add(cache, source=NEWS):
    intake.add(cache, source, [Entry("T", excerpt="Only the beginning …", cut=True, url=URL + "T")], 1_000)


def test_what_a_source_answered_is_kept(cache):
    assert fetches.read(cache, "news") == fetches.Fetch("news")
    assert fetches.all(cache) == {}
    assert fetches.soonest(cache, 800) is None
    full = fetches.Fetch(
        "news", 'W/"é"', "Mon, 01 Jan", "ab", 5, 4, 3, "no answer: try again", 900, gone=False, every=60, address=URL
    )
    gone = fetches.Fetch("gone", due=1, gone=True)
    fetches.write_all(cache, [full, gone])
    assert fetches.read(cache, "news") == full
    assert fetches.all(cache) == {"news": full, "gone": gone}
    assert fetches.soonest(cache, 800) == 900
    # What is due in years was noted when the clock was wrong.
    assert fetches.soonest(cache, -(10**9)) == -(10**9)
    fetches.write(cache, fetches.Fetch("news", every=1))
    assert fetches.read(cache, "news") == fetches.Fetch("news", every=1)
    fetches.forget(cache, "news")
    assert fetches.all(cache) == {"gone": gone}


def test_nothing_is_kept_of_a_source_that_was_removed(cache):
    add(cache)
    assert fetches.filled(cache) == {"news"}
    removal.remove(cache, "news", ())
    fetches.write_all(cache, [fetches.Fetch("news", etag="x"), fetches.Fetch("new")])
    assert fetches.all(cache).keys() == {"new"}
    assert fetches.filled(cache) == set()


def test_a_source_is_filled_by_what_another_brought_before_it(cache):
    add(cache)
    add(cache, Source("other", "feed", "Other"))
    intake.add(cache, Source("empty", "feed", "Empty"), [], 1_000)
    assert fetches.filled(cache) == {"news", "other"}

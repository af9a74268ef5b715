"""library.db, read."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from reader.model.article import Entry
from reader.model.listing import ORDERS, Filter
from reader.model.source import Source
from reader.storage import intake, sorting
from reader.storage.cache import Cache, LibraryError
from tests.invented import entry
from tests.storage.asked import groups

PAGE = Source("page", "listing", "Harbours", "/tmp/page.txt")
NEWS = Source("news", "feed", "News")


@pytest.fixture
def cache(tmp_path):
    made = Cache(tmp_path / "data" / "library.db")
    yield made
    made.close()


def add(cache, source, *entries, now=1_000):
    return intake.add(cache, source, entries, now)


def titles(cache, chosen=None, order="page"):
    keys, heads = groups(cache, chosen or Filter(), order)
    assert sum(group.count for group in heads) == len(keys)
    return [row.title for row in cache.rows(keys)]


def test_rows_are_given_in_the_order_that_was_asked(cache):
    keys = add(cache, PAGE, entry("One"), entry("Two"), entry("Three")).new
    assert [row.title for row in cache.rows(keys[::-1])] == ["Three", "Two", "One"]
    assert [row.title for row in cache.rows([keys[1], 99])] == ["Two"]
    assert cache.rows([]) == []


def test_a_row_is_what_came(cache):
    came = entry("A [title]", author="Ä", excerpt="E  x\n\ny", cut=True, url="https://x.org/?utm_source=a", published=5)
    (key,) = add(cache, PAGE, came).new
    (row,) = cache.rows([key])
    assert (row.title, row.author, row.section, row.source) == ("A [title]", "Ä", "Harbours", "Harbours")
    assert (row.excerpt, row.cut, row.published, row.url) == ("E x y", True, 5, "https://x.org/?utm_source=a")
    assert cache.key(row.id) == key
    article = cache.article(key)
    assert (article.text, article.markdown, article.added) == ("E  x\n\ny", False, 1_000)
    assert cache.excerpts([key]) == {key: "E  x\n\ny"}
    assert cache.article(99) is None
    assert cache.key(99) is None


@pytest.mark.parametrize("stretch", [1, 2, 3, 10_000])
def test_keys_are_read_a_stretch_at_a_time(cache, monkeypatch, stretch):
    monkeypatch.setattr("reader.storage.sorting._STRETCH", stretch)
    keys = add(cache, PAGE, *(entry(f"T{number}") for number in range(120))).new
    assert tuple(groups(cache, Filter(), "page")[0]) == keys


def test_the_orders(cache):
    add(
        cache,
        PAGE,
        entry("Bravo", author="Zoe", excerpt="x " * 30, published=300),
        entry("alpha", author=None, excerpt="x " * 10, published=100),
        entry("Charlie", author="Abe", excerpt="x " * 20, published=200),
    )
    wanted = {
        "page": ["Bravo", "alpha", "Charlie"],
        "newest": ["Bravo", "Charlie", "alpha"],
        "title": ["alpha", "Bravo", "Charlie"],
        "author": ["Charlie", "Bravo", "alpha"],
        "shortest": ["alpha", "Charlie", "Bravo"],
        "longest": ["Bravo", "Charlie", "alpha"],
        "oldest": ["alpha", "Charlie", "Bravo"],
        "source": ["Bravo", "alpha", "Charlie"],
        "relevance": ["Bravo", "Charlie", "alpha"],
    }
    assert set(wanted) == set(ORDERS)
    assert {order: titles(cache, order=order) for order in ORDERS} == wanted


def test_every_order_keeps_the_sections_together(cache):
    add(cache, NEWS, Entry("N2", guid="2"), Entry("N1", guid="1"))
    add(cache, PAGE, entry("H", section="Harbours"), entry("O", section="Orchards"), entry("H2", section="Harbours"))
    for order in ORDERS:
        _, heads = groups(cache, Filter(), order)
        assert [(group.title, group.start, group.count) for group in heads] == [
            ("News", 0, 2),
            ("Harbours", 2, 2),
            ("Orchards", 4, 1),
        ]


def test_a_listing_of_one_source(cache):
    add(cache, PAGE, entry("H"))
    add(cache, NEWS, Entry("N", guid="1"))
    assert titles(cache, Filter(source="news")) == ["N"]
    assert titles(cache, Filter(source="gone")) == []


@pytest.mark.parametrize("order", ORDERS)
def test_a_listing_of_a_source_has_what_another_source_brought_first(cache, order):
    story = {"url": "https://x.org/1", "published": 7}
    add(cache, NEWS, Entry("First", guid="0"), Entry("Story", guid="1", **story))
    other = Source("other", "feed", "Other")
    add(cache, other, Entry("Story", guid="o1", **story))
    assert titles(cache, Filter(source="other"), order) == ["Story"]
    add(cache, other, Entry("Own words", guid="o2"), Entry("Story", guid="o1", **story))
    assert titles(cache, Filter(source="other"), order) == ["Story", "Own words"]
    assert titles(cache, Filter(source="other", words="own"), order) == ["Own words"]
    assert titles(cache, Filter(source="other", words="story"), order) == ["Story"]
    assert sorted(titles(cache, Filter(source="news"), order)) == ["First", "Story"]
    assert len(titles(cache, order=order)) == 3


@pytest.mark.parametrize("order", ORDERS)
def test_the_kept_usual_order_is_the_one_that_is_made(cache, monkeypatch, order):
    monkeypatch.setattr("reader.storage.lists.WORTH_KEEPING", 2)
    add(cache, PAGE, entry("H", section="Häfen\n1"), entry("O", section=None), entry("P"))
    made = sorting.everything(cache.connection, order, "section", 0, ())
    assert groups(cache, Filter(), order) == groups(cache, Filter(), order) == made


def test_small_values_are_kept(cache):
    assert cache.kept("x") is None
    cache.keep("x", b"one")
    cache.keep("x", b"two")
    assert cache.kept("x") == b"two"


def test_every_thread_has_its_own_connection(cache):
    add(cache, PAGE, entry("One"))
    found = []
    thread = threading.Thread(target=lambda: found.append((id(cache.connection), titles(cache))))
    thread.start()
    thread.join(60)
    assert found[0][1] == ["One"]
    assert found[0][0] != id(cache.connection)


def test_one_in_memory_is_shared_between_threads_and_with_nobody_else():
    one, other = Cache(None), Cache(None)
    try:
        add(one, PAGE, entry("One"))
        found = []
        thread = threading.Thread(target=lambda: found.append(titles(one)))
        thread.start()
        thread.join(60)
        assert found == [["One"]]
        assert titles(other) == []
    finally:
        one.close()
        other.close()


def test_reading_only_changes_nothing(cache, tmp_path):
    add(cache, PAGE, entry("One"))
    only = Cache(tmp_path / "data" / "library.db", read_only=True)
    try:
        assert titles(only) == ["One"]
        with pytest.raises(LibraryError):
            add(only, PAGE, entry("Two"))
        with pytest.raises(LibraryError):
            only.keep("x", b"y")
    finally:
        only.close()
    assert titles(cache) == ["One"]


def test_a_file_of_a_newer_reader_is_refused(tmp_path):
    path = tmp_path / "library.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(LibraryError, match="newer reader"):
        Cache(path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(b"a diary, not a database\n" * 99)
    with pytest.raises(LibraryError, match=r"library\.db"):
        Cache(path)
    assert path.read_bytes().startswith(b"a diary")


def test_a_file_not_set_up_is_not_read(tmp_path):
    path = tmp_path / "library.db"
    sqlite3.connect(path).close()
    with pytest.raises(LibraryError, match="not set up yet"):
        Cache(path, read_only=True)


def test_damage_is_found(cache):
    (key,) = add(cache, PAGE, entry("One")).new
    assert cache.check() == []
    cache.connection.execute("PRAGMA foreign_keys = 0")
    cache.connection.execute("DELETE FROM bodies WHERE key = ?", (key,))
    assert cache.check() == ["1 articles have lost their text"]


def test_ids_by_their_beginning(cache):
    add(cache, PAGE, *(entry(f"Ship {number}") for number in range(30)))
    article = cache.rows([1])[0].id
    assert article in cache.ids(str(article)[:3], limit=100)
    assert all(str(found).startswith(str(article)[:1]) for found in cache.ids(str(article)[:1], limit=100))
    assert cache.ids("²") == cache.ids("-1") == cache.ids("") == []

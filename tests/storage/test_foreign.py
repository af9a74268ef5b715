"""newsboat's cache.db: read as it is, and harmless whatever somebody made of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.storage import foreign
from reader.storage.foreign import ForeignError, newsboat_articles, newsboat_counts, newsboat_feeds
from tests.exported import FEED, SCRIPT, cache_db
from tests.thorough import examples


@pytest.fixture
def path(tmp_path):
    return cache_db(tmp_path / "cache.db")


def altered(path, *statements):
    with closing(sqlite3.connect(path)) as made, made:
        for statement in statements:
            made.execute("PRAGMA writable_schema = 1")
            made.execute(statement)
    return str(path)


def test_all_but_what_was_deleted_is_read(path):
    assert newsboat_counts(str(path)) == (3, 1, 2, 1)
    assert newsboat_feeds(str(path)) == [(FEED, "https://quay.example/", "The Quay"), (SCRIPT, "", "Script")]
    rows = newsboat_articles(str(path))
    assert [(row[0], row[1], row[8], row[11]) for row in rows] == [
        (1, "g1", 0, "sx"),
        (2, "g2", 1, None),
        (4, "g4", 0, None),
    ]
    assert [row[0] for row in newsboat_articles(str(path), 1)] == [2, 4]
    assert newsboat_articles(str(path), 4) == []


def test_it_is_left_as_it_was(path):
    before, names = path.read_bytes(), list(path.parent.iterdir())
    path.chmod(0o400)
    newsboat_articles(str(path))
    assert (path.read_bytes(), list(path.parent.iterdir())) == (before, names)


def test_a_name_that_is_no_address_is_read(tmp_path):
    path = cache_db(tmp_path / "a?mode=rw&b#c %41.db")
    assert newsboat_counts(str(path))[0] == 3


def test_what_is_given_at_once_is_bounded(tmp_path, monkeypatch):
    rows = [(f"g{n}", "T", "", "", FEED, 1, "x" * 1000, 0, None, None, None, 0) for n in range(50)]
    path = str(cache_db(tmp_path / "cache.db", rows))
    monkeypatch.setattr(foreign, "TEXTS_AT_ONCE", 5_000)
    first = newsboat_articles(path)
    assert len(first) == 5
    monkeypatch.setattr(foreign, "TEXT", 500)
    assert len(newsboat_articles(path, 5)[0][7]) == 500
    monkeypatch.setattr(foreign, "AT_ONCE", 7)
    assert len(newsboat_articles(path)) == 7


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DROP TABLE rss_feed"], "not newsboat's"),
        (["DROP TABLE rss_item", "CREATE VIEW rss_item AS SELECT * FROM rss_feed"], "not newsboat's"),
        (["DROP TABLE rss_item", "CREATE TABLE rss_item (id, guid)"], "no title"),
        (
            [
                "ALTER TABLE rss_item ADD COLUMN more",
                "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', 'AS (1)') WHERE name = 'rss_item'",
            ],
            "it is a",
        ),
        (
            ["UPDATE sqlite_master SET sql = 'CREATE VIRTUAL TABLE rss_item USING fts5(guid)' WHERE name = 'rss_item'"],
            "it is a",
        ),
        (["UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'rss_item'"], "damaged"),
    ],
)
def test_what_was_made_to_harm_is_refused(path, statements, words):
    made = altered(path, *statements)
    with pytest.raises(ForeignError, match=words):
        newsboat_articles(made)


def test_a_view_that_never_ends_is_not_run(path):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS guid FROM n"
    made = altered(path, "ALTER TABLE rss_item RENAME TO other", f"CREATE VIEW rss_item AS {endless}")
    with pytest.raises(ForeignError, match="not newsboat's"):
        newsboat_counts(made)


def test_values_of_any_type_are_given_as_they_are(tmp_path):
    row = (b"\xff", 3, 2.5, "https://a.example", FEED, "soon", b"<p>x", "no", None, 7, b"s", 0)
    (found,) = newsboat_articles(str(cache_db(tmp_path / "cache.db", [row])))
    assert found[6] == "soon"


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(4096), b"text" * 2000])
def test_what_is_no_database_is_refused(tmp_path, data):
    path = tmp_path / "cache.db"
    path.write_bytes(data)
    with pytest.raises(ForeignError):
        newsboat_counts(str(path))
    with pytest.raises(ForeignError):
        newsboat_counts(str(tmp_path / "nowhere"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return cache_db(tmp_path_factory.mktemp("whole") / "cache.db")


@given(data=st.data())
def test_any_damage_is_read_or_refused(whole, data):
    torn = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, examples(4, 40)))):
        at = data.draw(st.integers(16, len(torn) - 1))
        torn[at : at + 8] = data.draw(st.binary(min_size=1, max_size=8))
    path = whole.with_name("torn.db")
    path.write_bytes(bytes(torn[: data.draw(st.sampled_from([len(torn), len(torn), 4096, 5000]))]))
    try:
        newsboat_counts(str(path))
        newsboat_feeds(str(path))
        rows = newsboat_articles(str(path))
    except ForeignError:
        return
    assert all(len(row) == 13 for row in rows)


def test_no_function_of_its_schema_is_run(path):
    made = "replace(sql, 'content VARCHAR(65535) NOT NULL', 'content AS (upper(guid))')"
    changed = altered(path, f"UPDATE sqlite_master SET sql = {made} WHERE name = 'rss_item'")
    with pytest.raises(ForeignError, match="made to look like newsboat's"):
        newsboat_articles(changed)


@pytest.mark.parametrize(
    "statement", ["ATTACH ':memory:' AS more", "PRAGMA journal_mode", "DELETE FROM rss_item", "SELECT upper('x')"]
)
def test_nothing_but_reading_is_let(path, statement):
    with closing(foreign._Opened(str(path))) as opened, pytest.raises(ForeignError, match="made to look like"):
        list(opened.rows(statement))

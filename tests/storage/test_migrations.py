"""A library.db of an earlier version becomes one of this, with all that is in it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest

from reader.model.article import Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import indexing, intake, pages, rescue
from reader.storage.cache import Cache, LibraryError
from reader.storage.schema import MIGRATIONS
from tests.storage.asked import groups

PAGE = Source("page", "listing", "Harbours", "/tmp/page.txt")
TEXTS = Source("texts", "texts", "Texts")


def first_version(path, articles=3):
    """Make a file as the first version made it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.executescript(f"BEGIN;{MIGRATIONS[0]}PRAGMA user_version = 1;COMMIT;")
        made.execute("BEGIN")
        for number, source in enumerate((PAGE, TEXTS), 1):
            made.execute(
                "INSERT INTO sources VALUES (?, ?, ?, ?, ?, 1)",
                (number, source.id, source.kind, source.title, source.location),
            )
        for key in range(1, articles + 1):
            source = 2 if key == 3 else 1
            text = f"Excerpt number{key}x of it"
            made.execute(
                "INSERT INTO articles VALUES (?, ?, ?, NULL, NULL, ?, ?, NULL, 'Sea', NULL, NULL, 500, 1, ?, 4, 1, ?)",
                (key, 10**14 + key, source, f"title {key}", f"Title {key}", key, text),
            )
            made.execute("INSERT INTO bodies VALUES (?, ?, 0, 'a line')", (key, text))
            made.execute(
                "INSERT INTO words (rowid, title, author, section, body) VALUES (?, ?, NULL, 'Sea', ?)",
                (key, f"Title {key}", text),
            )
        made.execute("INSERT INTO kept VALUES ('session', x'01')")
        made.execute("COMMIT")
    return path


@pytest.fixture
def path(tmp_path):
    return first_version(tmp_path / "library.db")


def found(cache, words):
    return [row.title for row in cache.rows(groups(cache, Filter(words=words), "page")[0])]


def test_everything_is_still_there(path):
    with closing(Cache(path)) as cache:
        assert cache.count() == 3
        article = cache.article(1)
        assert (article.text, article.meta, article.added) == ("Excerpt number1x of it", ("a line",), 500)
        assert (article.row.title, article.row.cut, article.row.offline, article.row.revised) == (
            "Title 1",
            True,
            False,
            None,
        )
        assert (article.tags, article.enclosures, article.updated, article.as_page, article.problem) == (
            (),
            (),
            None,
            False,
            "",
        )
        assert found(cache, "number2x") == ["Title 2"]
        assert cache.excerpts([1, 2, 3]) == {1: "Excerpt number1x of it", 2: "Excerpt number2x of it"}
        assert cache.kept("session") == b"\1"
        assert [source for source, _ in cache.sources()] == [PAGE, TEXTS]
        assert cache.check() == []


def test_what_comes_again_is_known_and_changes_exactly(path):
    with closing(Cache(path)) as cache:
        same = Entry("Title 1", None, "Sea", "Excerpt number1x of it", cut=True, meta=("a line",))
        changed = Entry("Title 2", None, "Sea", "Written anew")
        added = intake.add(cache, PAGE, (same, changed), 900)
        assert (added.keys, added.new, added.changed) == ((1, 2), (), (2,))
        assert found(cache, "number2x") == []
        assert found(cache, "anew") == ["Title 2"]
        assert [former.text for former in cache.former(2)] == ["Excerpt number2x of it"]
        assert intake.add(cache, PAGE, (same, changed), 900).known == 2
        assert pages.keep(cache, 1, "A page whole, far longer than the excerpt was", 901)
        assert found(cache, "number1x") == []
        indexing.make_again(cache.connection)
        assert found(cache, "number1x") == []
        assert found(cache, "whole") == ["Title 1"]


def test_no_article_is_rewritten_for_it(tmp_path):
    path = first_version(tmp_path / "many.db", 20_000)
    assert path.stat().st_size > 4_000_000
    with closing(Cache(path)):
        # An index of their dates is made.
        assert path.with_name("many.db-wal").stat().st_size < 1_000_000


def test_two_processes_may_open_it_at_once(path):
    opened, errors = [], []
    barrier = threading.Barrier(4)

    def open_it():
        barrier.wait(60)
        try:
            opened.append(Cache(path))
        except LibraryError as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for cache in opened:
        assert cache.count() == 3
        cache.close()
    assert not errors
    assert len(opened) == 4


def test_a_step_that_fails_leaves_the_file_as_it_was(path, monkeypatch):
    monkeypatch.setattr(
        "reader.storage.database.MIGRATIONS", (*MIGRATIONS[:1], MIGRATIONS[1] + "CREATE TABLE kept (x);")
    )
    with pytest.raises(LibraryError, match="already exists"):
        Cache(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'pages'").fetchone() == (0,)
    monkeypatch.undo()
    with closing(Cache(path)) as cache:
        assert cache.count() == 3


def test_one_that_only_looks_changes_nothing(path):
    with pytest.raises(LibraryError, match="not set up yet"):
        Cache(path, read_only=True)
    assert rescue.examine(path).outdated
    assert rescue.examine(path) == rescue.State(outdated=True)
    state = rescue.update(path)
    assert (state.articles, state.outdated, state.damage, state.index) == (3, False, (), "")

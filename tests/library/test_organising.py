"""Tags, what is hidden, saved views, very many at once, and what was read when."""

from __future__ import annotations

import threading
from array import array
from datetime import UTC, date, datetime

import pytest

from reader.library import Library
from reader.library import many as many_at_once
from reader.library import notebook as notebooks
from reader.library.figures import Past
from reader.library.log import AT_MOST, Log
from reader.model.annotation import Place
from reader.model.article import BOOKMARKED, HIDDEN, READ, TAGGED
from reader.storage import articles, identities, naming
from reader.storage.order import changed
from tests.invented import entry, fill, harbours, listing

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def library(places):
    fill(places, harbours())
    with Library(places) as opened:
        yield opened


@pytest.fixture
def rows(library):
    return library.shelf.rows(library.shelf.listing().keys)


def test_tags_are_one_action_with_a_label_in_words(library, rows):
    notebook = library.notebook
    assert {row.flags for row in notebook.set_tags(rows[:3], ["ads", " Boats"])} == {TAGGED}
    assert notebook.tags() == {"ads": 3, "Boats": 3}
    notebook.set_tags(rows[:1], (), ["ADS"])
    notebook.set_tags(rows[:2], ["tea"], ["boats"])
    labels = [notebook.undo().label for _ in range(3)]
    assert labels == [
        "2 articles tagged tea, no longer boats",
        f"no longer tagged ADS: {rows[0].title}",
        "3 articles tagged ads, Boats",
    ]
    assert notebook.undo() is None
    assert [notebook.redo().label for _ in range(3)] == labels[::-1]
    assert notebook.redo() is None
    assert notebook.tags() == {"ads": 2, "Boats": 1, "tea": 2}


def test_labels_count_what_changed_and_not_what_was_so(library, rows):
    library.notebook.set_hidden(rows[:2], hidden=True)
    library.notebook.set_hidden(rows, hidden=True)
    assert library.notebook.undo().label == "8 articles hidden"
    library.notebook.set_hidden(rows[:9], hidden=False)
    assert library.notebook.undo().label == "2 articles shown again"


def test_very_many_are_marked_without_rows(library, rows, monkeypatch):
    keys = [row.key for row in rows]
    many = library.notebook.many(keys[:6])
    assert many.set_read(read=True) == 6
    assert many.set_read(read=True) == 0
    assert many.set_tags(["ads"]) == 6
    assert library.notebook.many(keys[4:]).set_hidden(hidden=True) == 6
    assert library.notebook.many(keys[:2]).set_bookmarked(bookmarked=True) == 2
    wanted = [READ | TAGGED | BOOKMARKED] * 2 + [READ | TAGGED] * 2 + [READ | TAGGED | HIDDEN] * 2 + [HIDDEN] * 4
    assert [library.states.get(key) for key in keys] == wanted
    monkeypatch.setattr(notebooks, "_FEW", 1)
    assert library.notebook.undo().label == "2 articles bookmarked"
    assert library.notebook.undo().label == "6 articles hidden"
    assert [library.states.get(key) for key in keys] == [READ | TAGGED] * 6 + [0] * 4
    assert [row.flags for row in library.shelf.rows(keys)] == [library.marks.flags(row.id) for row in rows]


@pytest.mark.parametrize("few", [3, 1000])
def test_bookmarks_tell_what_they_are_on_unless_very_many_change_at_once(library, rows, monkeypatch, few):
    monkeypatch.setattr(many_at_once, "NAMED", few)
    monkeypatch.setattr(articles, "NAMED", few)
    keys = [row.key for row in rows]
    library.notebook.many(keys[:3]).set_bookmarked(bookmarked=True)
    assert library.notebook.many(keys).set_bookmarked(bookmarked=True) == len(rows) - 3
    titles = [library.marks.named(row.id)[0] for row in rows]
    assert titles == [row.title if at < 3 or few > 3 else "" for at, row in enumerate(rows)]
    assert {library.states.get(key) for key in keys} == {BOOKMARKED}
    library.notebook.many(keys[:-2]).set_bookmarked(bookmarked=False)
    assert library.notebook.many(keys).set_bookmarked(bookmarked=False) == 2
    assert [library.marks.named(row.id)[0] for row in rows[-2:]] == [row.title for row in rows[-2:]]
    assert {library.states.get(key) for key in keys} == {0}


@pytest.mark.parametrize("sparse", [0, 1000])
def test_figures_name_what_is_there_and_what_is_gone_however_many_were_read(library, rows, monkeypatch, sparse):
    monkeypatch.setattr(naming, "_SPARSE", sparse)
    for row in rows[:2]:
        library.log.add(row.id, 60, library.now())
        library.notebook.set_bookmarked([row], bookmarked=True)
    with library.cache.writing("x") as connection:
        connection.execute("DELETE FROM articles WHERE key = ?", (rows[0].key,))
    found = library.figures.figures(7)
    assert [(one.name, one.articles, one.seconds) for one in found.sources] == [(rows[0].source, 2, 120)]
    assert sum(one.articles for one in found.sections) == 1


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("stretch", [1, 3, 100])
def test_articles_are_identified_by_their_keys_however_many_there_are(library, rows, monkeypatch, few, stretch):
    monkeypatch.setattr(identities, "_FEW", few)
    monkeypatch.setattr(identities, "_STRETCH", stretch)
    wanted = {row.key: str(row.id) for row in rows[::2]}
    keys, articles = identities.of(library.cache, [*wanted, *wanted, 99_999])
    assert dict(zip(keys, articles, strict=True)) == wanted
    for _ in range(2):  # asked, and remembered
        everything = [pair for some in identities.all_of(library.cache) for pair in zip(*some, strict=True)]
        assert {row.key: str(row.id) for row in rows}.items() <= set(everything)
        assert identities.of(library.cache, keys)[1] == articles


def test_articles_that_came_or_went_since_are_known(library, rows):
    before = dict(pair for some in identities.all_of(library.cache) for pair in zip(*some, strict=True))
    library.subscriptions.add(listing("More", [entry("One more")]))
    with library.cache.writing("a test") as connection:
        connection.execute("DELETE FROM articles WHERE key = ?", (rows[0].key,))
        changed(connection)
    now = dict(pair for some in identities.all_of(library.cache) for pair in zip(*some, strict=True))
    assert set(before) - set(now) == {rows[0].key}
    assert len(set(now) - set(before)) == 1


def test_a_table_turns_states_as_the_marks_tell_them(library, rows):
    keys = [row.key for row in rows]
    library.notebook.set_place(rows[0], Place(0, 0.0, 0.5))
    library.notebook.set_tags(rows[1:2], ["ads"])
    library.notebook.set_bookmarked(rows[2:3], bookmarked=True)
    library.notebook.set_place(rows[3], Place(0, 0.0, 1.0))
    many = library.notebook.many(keys)
    for change in (
        lambda: many.set_read(read=True),
        lambda: many.set_bookmarked(bookmarked=True),
        lambda: many.set_bookmarked(bookmarked=False),
        lambda: many.set_read(read=False),
    ):
        change()
        assert library.states.of(array("I", keys)) == library.marks.flags_of([str(row.id) for row in rows])


def test_several_changes_are_one_action_and_the_list_knows(library, rows):
    with library.notebook.as_one("a rule on 2 articles"):
        library.notebook.set_tags(rows[:2], ["ads"])
        library.notebook.set_hidden(rows[:2], hidden=True)
    assert library.notebook.undo().label == "a rule on 2 articles"
    assert {row.flags for row in library.shelf.rows([row.key for row in rows])} == {0}
    assert library.notebook.redo().count == 2
    assert library.states.get(rows[0].key) == TAGGED | HIDDEN


def test_what_an_exception_takes_back_is_not_left_in_the_mirror(library, rows):
    def fail():
        with library.notebook.as_one("a rule on 2 articles"):
            library.notebook.set_tags(rows[:2], ["ads"])
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert library.states.get(rows[0].key) == library.marks.flags(rows[0].id) == 0
    assert library.notebook.undo() is None


def test_of_two_changes_at_once_the_mirror_has_the_later(library, rows, monkeypatch):
    keys, undone, begun = [row.key for row in rows], [], library.marks.version
    flags_of = library.marks.flags_of
    other = threading.Thread(target=lambda: undone.append(library.notebook.undo()))

    def slow(articles):
        found = flags_of(articles)
        if library.marks.version > begun and not other.ident:
            other.start()
            other.join(0.2)  # it must wait for its turn
        return found

    monkeypatch.setattr(library.marks, "flags_of", slow)
    library.notebook.many(keys).set_hidden(hidden=True)
    other.join()
    assert undone[0].label == f"{len(keys)} articles hidden"
    assert {library.states.get(key) for key in keys} == {0}


def test_saved_views_are_kept_and_taken_back(places, library):
    library.views.save("  At\nsea ", 'section:sea  "cold water"')
    library.views.save("Short", "minutes:<5")
    library.views.rename("Short", "Brief")
    assert [(view.id, view.name, view.query) for view in library.views.saved()] == [
        ("saved:At sea", "At sea", 'section:sea "cold water"'),
        ("saved:Brief", "Brief", "minutes:<5"),
    ]
    with pytest.raises(ValueError, match="name"):
        library.views.save(" \x07", "x")
    library.close()
    with Library(places) as again:
        again.views.remove("brief")
        assert [view.name for view in again.views.saved()] == ["At sea"]
        assert again.notebook.undo().label == "view removed: brief"
        assert again.notebook.undo().label == "view renamed: Short is Brief"
        assert [view.name for view in again.views.saved()] == ["At sea", "Short"]


def test_the_log_and_what_became_read_make_the_history(library, rows):
    log = Log(lambda: library.marks, UTC)
    past = Past(lambda: library.marks, library.cache, NOON.timestamp, UTC)
    log.add(rows[0].id, 90.4, NOON.timestamp())
    log.add(rows[0].id, 30, NOON.timestamp())
    log.add(rows[1].id, 0.3, NOON.timestamp())
    log.add(rows[1].id, 9e9, NOON.timestamp() - 86_400)
    log.add(rows[1].id, 5, 1e30)
    log.add(7, 60, NOON.timestamp() - 3 * 86_400)
    first, second, third = past.history()
    assert (first.date, first.seconds) == (date(2026, 11, 22), 120)
    assert [(one.article, one.seconds) for one in second.articles] == [(rows[1].id, AT_MOST)]
    assert past.history(1, before=first.date) == [second]
    assert [one.article for one in third.articles] == [7]
    assert past.about([rows[0].id])[rows[0].id].title == rows[0].title
    found = past.figures(7)
    assert (found.articles, found.seconds, found.streak, found.longest) == (3, 120 + AT_MOST + 60, 2, 2)
    assert [one.name for one in found.sources] == [rows[0].source]
    assert len(found.days) == 7
    assert library.notebook.undo() is None


def test_marking_all_read_is_no_reading(library, rows):
    library.notebook.many([row.key for row in rows[1:]]).set_read(read=True)
    library.notebook.set_read(rows[:1], read=True)
    assert library.figures.figures(30).articles <= 1


def test_an_article_that_is_gone_keeps_its_name_in_the_history(library, rows):
    library.notebook.set_read(rows[:1], read=True)
    with library.cache.writing("x") as connection:
        connection.execute("DELETE FROM articles WHERE key = ?", (rows[0].key,))
    about = library.figures.about([rows[0].id, 5])
    assert (about[rows[0].id].title, about[rows[0].id].key) == (rows[0].title, None)
    assert about[5].title == ""

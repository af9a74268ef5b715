"""What a backup would change is told kind by kind, and the ops do exactly that, there and back."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import Quote
from reader.model.source import REMOVED, Source
from reader.storage.comparing import compare
from reader.storage.opening import parse
from reader.storage.records import apply
from tests.storage.test_marks import ID, bookmark, opened, read, row
from tests.thorough import examples

WORDS = Quote("Some words")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.json"


@pytest.fixture
def marks(path):
    with opened(path) as found:
        yield found


def tables(marks):
    """What a backup made now would hold."""
    return parse(marks.packed())


def told(comparison):
    return {kind: (tally.come, tally.go, tally.change) for kind, tally in comparison.tallies.items()}


def seen(marks):
    """Everything that people can see of the marks."""
    return {
        "flags": dict(marks.all_flags()),
        "of": {article: marks.of(article) for article in range(ID, ID + 9)},
        "tags": marks.tags(),
        "views": marks.views(),
        "sources": marks.sources(),
        "logged": marks.logged(),
    }


def test_nothing_differs_from_what_is_kept(marks):
    read(marks, row(1), row(2))
    marks.set_note(row(1), "a note", "note")
    comparison = marks.compare(tables(marks))
    assert not comparison
    assert (comparison.tallies, comparison.ops, comparison.stay) == ({}, [], [])


def test_every_kind_is_counted_and_named_and_taken_back_whole(marks):
    read(marks, row(1), row(2))
    bookmark(marks, row(1))
    marks.set_tags([row(1)], ["sea"], [], "tag")
    marks.set_note(row(3), "a note", "note")
    name = marks.add_highlight(row(4), WORDS, "yellow", "", "highlight")
    marks.put_view("Short", "minutes:<5", "view")
    marks.put_source(Source("one", "feed", "One", "https://one.example"))
    then = tables(marks)
    before = seen(marks)

    read(marks, row(2), on=False)
    read(marks, row(5), row(6))
    bookmark(marks, row(1), on=False)
    marks.set_tags([row(1)], ["boats"], [], "tag")
    marks.set_hidden([row(7)], hidden=True, label="hidden")
    marks.set_note(row(3), "", "note")
    marks.edit_highlight(row(4), name, color="green", note=None, label="color")
    marks.remove_view("Short", "view")
    marks.remove_source("one")
    marks.put_source(Source("two", "feed", "Two", "https://two.example"))
    marks.put_source(Source("three", REMOVED, "Three", "https://three.example"))
    now = seen(marks)

    comparison = marks.compare(then)
    assert told(comparison) == {
        "read": (1, 2, 0),
        "bookmarks": (1, 0, 0),
        "tags": (0, 0, 1),
        "hidden": (0, 1, 0),
        "notes": (1, 0, 0),
        "highlights": (0, 0, 1),
        "views": (1, 0, 0),
        "sources": (1, 0, 0),
    }
    assert comparison.tallies["read"].some == [ID + 2, ID + 5, ID + 6]
    assert comparison.tallies["notes"].some == [ID + 3]
    assert comparison.tallies["sources"].some == ["One"]
    assert comparison.stay == ["Two"]

    marks.restore(comparison, "restored")
    restored = seen(marks)
    assert {source.id for source in restored.pop("sources")} == {"one", "two", "three"}
    assert before.pop("sources")
    assert restored == before
    assert not marks.compare(then)

    undone = marks.undo()
    assert (undone.label, undone.sources) == ("restored", True)
    assert seen(marks) == now
    assert marks.redo().sources
    assert not marks.compare(then)
    marks.undo()
    assert seen(marks) == now
    # What was done before the restoring can still be taken back.
    assert marks.undo().label == "view"


def test_it_is_taken_back_after_a_restart(path):
    with opened(path) as marks:
        read(marks, row(1))
        then = tables(marks)
        read(marks, row(1), on=False)
        bookmark(marks, row(2))
        now = seen(marks)
        marks.restore(marks.compare(then), "restored")
        marks.close()
    with opened(path) as marks:
        assert marks.undo().label == "restored"
        assert seen(marks) == now


def test_a_place_that_was_reached_meanwhile_stays_when_it_is_taken_back(marks):
    from reader.model.annotation import Place

    read(marks, row(1))
    then = tables(marks)
    read(marks, row(1), on=False)
    marks.restore(marks.compare(then), "restored")
    marks.set_place(row(1), Place(5, 0.5, 0.5))
    marks.undo()
    assert marks.of(ID + 1).place == Place(5, 0.5, 0.5)
    assert marks.of(ID + 1).read_at is None


def test_a_source_that_was_taken_in_again_is_not_removed_by_an_old_backup(marks):
    marks.put_source(Source("one", REMOVED, "One"))
    then = tables(marks)
    marks.put_source(Source("one", "feed", "One"))
    assert not marks.compare(then)


def test_times_that_were_spent_come_back_and_never_go():
    now = {"log": {"20261122": {"1": 50, "2": 10}}}
    then = {"log": {"20261122": {"1": 40, "2": 30, "3": 5}, "20261121": {"1": 7}}}
    comparison = compare(now, then)
    assert told(comparison) == {"days": (1, 0, 1)}
    for op in comparison.ops:
        apply(now, op)
    assert now["log"] == {"20261122": {"1": 50, "2": 30, "3": 5}, "20261121": {"1": 7}}


def test_what_was_put_aside_comes_back_and_never_goes():
    now = {"quarantine": {"1": {"id": "1"}}}
    comparison = compare(now, {"quarantine": {"1": {"id": "2"}, "2": {"id": "1"}}})
    for op in comparison.ops:
        apply(now, op)
    assert now["quarantine"] == {"1": {"id": "1"}, "2": {"id": "2"}}
    assert not compare(now, {})


def test_very_many_alike_are_one_change(marks):
    keys = [str(ID + number) for number in range(5000)]
    marks.set_read(keys, read=True, label="read")
    then = tables(marks)
    marks.set_read(keys, read=False, label="unread")
    comparison = marks.compare(then)
    assert told(comparison) == {"read": (5000, 0, 0)}
    assert len(comparison.ops) == 1
    marks.restore(comparison, "restored")
    assert len(dict(marks.all_flags())) == 5000
    marks.undo()
    assert dict(marks.all_flags()) == {}


fields = st.dictionaries(
    st.sampled_from(["title", "read", "bookmarked", "tags", "place", "x"]), st.sampled_from(["a", "b", None, 1, ["t"]])
)
docs = st.dictionaries(st.integers(1, 6).map(str), fields)
kept = st.fixed_dictionaries({}, optional=dict.fromkeys(("articles", "notes", "views"), docs))
NAMES = {"title", "url", "source"}


def bare(content):
    """What is kept, without what means nothing: null fields, names of articles, documents that are empty then."""
    found = {}
    for table, some in content.items():
        for key, doc in some.items():
            left = {
                name: value
                for name, value in doc.items()
                if table != "articles" or (value is not None and name not in NAMES)
            }
            if left or table != "articles":
                found[table, key] = left
    return orjson.dumps(sorted(found.items()), option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)


@given(kept, kept)
@settings(max_examples=examples(40, 3000))
def test_whatever_is_kept_becomes_what_the_backup_holds(now, then):
    comparison = compare(now, then)
    assert bool(comparison) == (bare(now) != bare(then))
    for op in comparison.ops:
        apply(now, op)
    assert bare(now) == bare(then)
    assert not compare(now, then)

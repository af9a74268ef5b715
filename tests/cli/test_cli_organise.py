"""`reader search`, `tag`, `tags`, `views`, `undo`, `redo` and marks by query."""

import pytest

from reader.library import Library
from reader.model.annotation import Quote
from reader.settings import places


@pytest.fixture
def ids(library):
    return library("list").ids


def test_a_search_gives_the_best_first_with_its_words(library):
    found = library("search", "lighthouses", "--json").json
    assert "lighthouses" in found[0]["title"]
    listed = {one["id"]: one for one in library("list", "--json").json}
    for one in found:
        snippet = one.pop("snippet")
        assert snippet is None or "lighthouse" in snippet.casefold()
        assert one == listed[one["id"]]
    rows = library("search", "harbour").rows
    assert {len(row) for row in rows} == {6}
    assert any("harbour" in row[5] for row in rows)
    assert library("search", "harbour", tty=80).lines[1].startswith("    ")
    assert max(map(len, library("search", "harbour", tty=80).lines)) <= 80


def test_a_search_is_bounded_unless_it_is_said(library):
    assert len(library("search", "is:unread", "--limit", "3").lines) == 3
    assert len(library("search", "is:unread", "--limit", "0").lines) == 23
    for wrong in ("-1", "x", "9" * 12):
        assert library("search", "a", "--limit", wrong).status == 2
    assert library("search").status == 2
    assert library("search", "zzzz").lines == []


def test_notes_and_highlights_are_searched(library, ids):
    library("note", ids[3], "zanzibar")
    with Library(places()) as opened:
        opened.notebook.add_highlight(opened.shelf.row(int(ids[5])), Quote("xylophone"), "green")
    assert library("search", "zanzi").ids == [ids[3]]
    assert library("search", "xylophone").ids == [ids[5]]
    assert library("list", "note:zanzibar").ids == [ids[3]]


def test_tags_are_given_by_id_and_by_query_and_taken_back(library, ids):
    assert library("tag", "add", "Sea, long  reads", ids[0], ids[1]).lines == ["tagged Sea, long reads: 2 articles"]
    assert library("list", "tag:sea").ids == ids[:2]
    assert library("list", "tag:long reads").ids == ids[:2]
    assert library("tags").rows == [["long reads", "2", "2"], ["Sea", "2", "2"]]
    library("mark", "read", ids[0])
    assert library("tags", "--json").json[1] == {"tag": "Sea", "articles": 2, "unread": 1}
    assert library("tag", "remove", "sea", "tag:sea", "is:read").lines == ["no longer tagged sea: 1 article"]
    assert library("list", "tag:sea").ids == [ids[1]]
    assert library("undo").lines[0].startswith("taken back: no longer tagged sea")
    assert library("list", "tag:sea").ids == ids[:2]
    assert library("redo").lines[0].startswith("done again: no longer tagged sea")
    assert library("list", "tag:sea").ids == [ids[1]]


def test_a_dry_run_prints_the_articles_and_changes_nothing(library, ids):
    assert library("tag", "add", "sea", "the sort:title", "--dry-run").ids
    assert len(library("tag", "add", "sea", "is:unread", "--dry-run").lines) == 23
    assert library("tags").lines == []
    assert library("undo").status == 1


def test_a_tag_that_is_none_and_articles_that_are_none_are_told(library, ids):
    assert library("tag", "add", " , ", ids[0]).status == 2
    assert library("tag", "put", "x", ids[0]).status == 2
    assert library("tag", "add", "x").status == 2
    result = library("tag", "add", "x", ids[0], "999999999999999")
    assert (result.status, result.lines) == (1, ["tagged x: 1 article"])


def test_marks_by_query_are_one_step(library, ids):
    assert library("mark", "read", "--query", "is:unread").lines == ["read: 23 articles"]
    assert library("list", "is:unread").lines == []
    assert library("undo").lines == ["taken back: 23 articles marked read"]
    assert len(library("list", "is:unread").lines) == 23
    assert library("mark", "bookmark", "--query", "title:the", "-title:lighthouses").status == 0
    assert library("list", "is:bookmarked").ids == library("list", "title:the -title:lighthouses").ids
    assert library("mark", "read").status == 2
    assert library("mark", "read", ids[0], "--query", "x").status == 2


def test_nothing_to_take_back_is_told(library):
    for verb, said in (("undo", "there is nothing to take back"), ("redo", "there is nothing to do again")):
        result = library(verb)
        assert (result.status, result.out, result.err) == (1, "", f"reader: {verb}: {said}\n")


def test_a_view_is_saved_listed_counted_renamed_and_removed(library, ids):
    library("mark", "read", ids[0])
    library("tag", "add", "sea", *ids[:3])
    assert library("views", "save", "The sea", "tag:sea", "-is:started").lines == [
        "saved: The sea: tag:sea -is:started"
    ]
    assert library("list", "--view", "the SEA").ids == ids[:3]
    assert library("list", "--view", "The sea", "is:unread").ids == ids[1:3]
    assert library("list", "--view", "unread").ids == ids[1:]
    assert library("list", "--view", "tag:sea").ids == ids[:3]
    found = {one["name"]: one for one in library("views", "--json").json}
    assert found["The sea"] == {
        "name": "The sea", "query": "tag:sea -is:started", "unread": 2, "articles": 3, "own": True,
    }  # fmt: skip
    assert (found["All"]["articles"], found["All"]["own"]) == (23, False)
    assert library("views").rows[-1] == ["The sea", "2", "3", "tag:sea -is:started"]
    assert library("views", "rename", "the sea", "Water").status == 0
    assert library("list", "--view", "the sea").status == 1
    assert library("views", "remove", "Water").status == 0
    assert library("undo").status == 0
    assert library("list", "--view", "Water").ids == ids[:3]


def test_a_view_that_cannot_be_is_told(library):
    assert library("views", "save", "Bad", "is:unred").status == 2
    assert library("views", "save", " ", "tide").status == 2
    assert library("views", "save", "unread", "tide").status == 1
    assert library("views", "remove", "unread").status == 1
    assert "did you mean unread?" in library("list", "--view", "unraed").err.lower()
    library("views", "save", "One", "tide")
    library("views", "save", "Two", "tide")
    assert library("views", "rename", "One", "two").status == 1


def test_a_view_that_was_written_by_hand_and_means_nothing_is_told(library):
    with Library(places()) as opened:
        opened.views.save("Odd", "is:unred")
    result = library("list", "--view", "odd")
    assert result.status == 2
    assert "did you mean is:unread?" in result.err
    assert [one["articles"] for one in library("views", "--json").json][-1] is None


def test_linear_reading_understands_queries_and_views(library, ids, run):
    library("mark", "read", ids[0])
    library("views", "save", "Done", "is:read")
    typed = "/is:unred\n/is:read\nview done\nview nothing\nview\nu\nredo\nquit\n"
    out = run("--linear", stdin=typed.encode()).out
    assert "did you mean is:unread?" in out
    assert "1 article with is:read, 0 unread." in out
    assert "Done: 1 article, 0 unread." in out
    assert "there is no such view" in out
    assert "In progress" in out
    assert "Taken back: view saved: Done." in out
    assert "Done again: view saved: Done." in out


def test_sources_tell_unread_counts(library, ids):
    library("mark", "read", ids[0])
    (source,) = library("sources", "--json").json
    assert (source["articles"], source["unread"]) == (23, 22)

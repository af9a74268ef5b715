"""Highlights, as `reader list`, `reader show` and `reader doctor` tell of them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from reader.library import Library
from reader.model import anchoring
from reader.model.annotation import Quote
from reader.model.article import Entry
from reader.model.document import Passage, Point
from reader.model.source import Source
from reader.settings import places
from reader.storage import intake
from reader.storage.cache import Cache


def today():
    now = datetime.now(UTC)
    return f"{now.day} {now:%b %Y}"


@pytest.fixture
def kept(library, home):
    """Three highlights in two articles of our own, one second apart, and what is to be known of them."""
    with closing(Cache(places().library)) as cache:
        intake.add(cache, Source("sea", "listing", "Sea"), (Entry("Wake", body="the harbour"),), 1_780_000_000)
        rope = Entry("Rope & salt", body="a bell rings", url="https://rope.example/1")
        intake.add(cache, Source("land", "listing", "Land"), (rope,), 1_780_000_000)
    with Library(places()) as opened:
        rows = {row.title: row for row in opened.shelf.rows(opened.shelf.listing().keys)}
        wake, rope = rows["Wake"], rows["Rope & salt"]
        opened.notebook.add_highlight(wake, Quote("the harbour"), "green", "My *own* words.")
        opened.notebook.add_highlight(rope, Quote("a bell rings"), "yellow")
        opened.notebook.add_highlight(wake, Quote("the ropes\nof the boat"), "blue")
        opened.notebook.set_read((rope,), read=True)
    return SimpleNamespace(wake=str(wake.id), rope=str(rope.id), day=today())


@pytest.fixture
def marked(library):
    """Highlight the beginning of the first article, and something that is not in it; give its id and the words."""
    article = library("list").ids[0]
    with Library(places()) as opened:
        found = opened.shelf.open(opened.cache.key(int(article)))
        quote = anchoring.quote_of(found.document, Passage(Point(0, 0), Point(0, 40)))
        opened.notebook.add_highlight(found.row, quote, "green", "My *own* words.")
        opened.notebook.add_highlight(found.row, Quote("Words that\n\n# nobody printed"), "red")
    return article, quote.exact


def test_the_list_has_a_sign_and_a_count(library, marked):
    assert library("list").rows[0][1] == "●▍"
    assert [one["highlights"] for one in library("list", "--json").json[:2]] == [2, 0]


def test_show_prints_them_after_the_text_with_colour_and_note(library, marked):
    article, words = marked
    text = library("show", article).out
    first = f"Highlight, green\n> {words}\nMy *own* words."
    assert f"\n\n{first}\n\nHighlight, red, no longer in the text\n> Words that\n> \n> # nobody printed\n" in text
    assert max(map(len, library("show", article, tty=40).lines)) <= 40


def test_show_as_markdown_has_a_section_of_quotes(library, marked):
    article, words = marked
    text = library("show", article, "--markdown").out
    day = today()
    assert text.endswith(
        f"\n\n## Highlights\n\n> {words.rstrip()}\n\n— green, {day}\n\nNote: My *own* words.\n\n"
        f"> Words that\n>\n> \\# nobody printed\n\n— red, {day}, no longer in the text\n"
    )
    assert "\n\n\n" not in text


def test_as_markdown_blank_lines_stay_single_and_what_has_no_date_tells_none(library, marked):
    article, _ = marked
    with Library(places()) as opened:
        row = opened.shelf.row(int(article))
        opened.notebook.add_highlight(row, Quote("One\n\n\n\nmore"), "blue", "- first\n\n\n- second")
        opened.marks._db.at("highlights").patch({"created": "long ago", "updated": ""}, [3])
    text = library("show", article, "--markdown").out
    assert text.endswith("\n\n> One\n>\n> more\n\n— blue, no longer in the text\n\nNote:\n\n- first\n\n- second\n")
    assert "\n\n\n" not in text


def test_show_as_json_has_them_in_full(library, marked):
    article, words = marked
    first, second = library("show", article, "--json").json[0]["highlights"]
    assert list(first) == ["id", "exact", "prefix", "suffix", "block", "found", "color", "note", "created", "updated"]
    assert (first["exact"], first["prefix"], first["block"], first["color"]) == (words, "", 0, "green")
    assert (first["note"], second["note"]) == ("My *own* words.", None)
    assert len(first["suffix"]) == 32
    assert (first["found"], second["found"]) == (True, False)


# -- reader highlights


def test_all_of_them_are_printed_newest_first(library, kept):
    assert library("highlights").out == (
        f"{kept.wake}  Wake · blue · {kept.day}\n> the ropes\n> of the boat\n\n"
        f"{kept.rope}  Rope & salt · yellow · {kept.day}\n> a bell rings\n\n"
        f"{kept.wake}  Wake · green · {kept.day}\n> the harbour\nMy *own* words.\n"
    )


def test_as_json_they_are_one_array(library, kept):
    made = library("highlights", "--json").json
    assert [list(one) for one in made] == [["article", "title", "url", "exact", "color", "note", "created"]] * 3
    assert [one["article"] for one in made] == [kept.wake, kept.rope, kept.wake]
    assert [one["title"] for one in made] == ["Wake", "Rope & salt", "Wake"]
    assert [one["url"] for one in made] == [None, "https://rope.example/1", None]
    assert [one["exact"] for one in made] == ["the ropes\nof the boat", "a bell rings", "the harbour"]
    assert [one["color"] for one in made] == ["blue", "yellow", "green"]
    assert [one["note"] for one in made] == [None, None, "My *own* words."]
    assert all(one["created"].startswith("2") and one["created"].endswith("Z") for one in made)


def test_as_markdown_each_article_heads_its_own(library, kept):
    assert library("highlights", "--markdown").out == (
        "# Highlights\n\n"
        f"## Wake\n\n> the ropes\n> of the boat\n\n— blue, {kept.day}\n\n"
        f"## Rope & salt\n\n<https://rope.example/1>\n\n> a bell rings\n\n— yellow, {kept.day}\n\n"
        f"## Wake\n\n> the harbour\n\n— green, {kept.day}\n\nNote: My *own* words.\n"
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["BELL"], ["a bell rings"]),
        (["own", "harbour"], ["the harbour"]),
        (["rope", "salt"], ["a bell rings"]),
        (["source:sea"], ["the ropes\nof the boat", "the harbour"]),
        (["is:read"], ["a bell rings"]),
        (["is:unread", "boat"], ["the ropes\nof the boat"]),
        (["note:own"], ["the harbour"]),
        (["text:own"], []),
        (["title:wake", "-note:own"], ["the ropes\nof the boat"]),
        (["has:link"], ["a bell rings"]),
        (["is:read OR note:own"], ["a bell rings", "the harbour"]),
        (["before:2020"], []),
        (["zebra"], []),
    ],
)
def test_some_of_them_are_asked_for(library, kept, query, found):
    assert [one["exact"] for one in library("highlights", "--json", *query).json] == found


def test_where_there_are_none_nothing_is_printed(library):
    assert library("highlights").out == ""
    assert library("highlights", "--json").json == []
    assert library("highlights", "--markdown").out == ""


def test_those_of_an_article_that_is_gone_are_told(library, kept):
    with Library(places()) as opened:
        opened.cache.connection.execute("DELETE FROM articles WHERE id = ?", (int(kept.rope),))
    (_, gone, _) = library("highlights", "--json").json
    assert (gone["title"], gone["url"], gone["exact"]) == ("Rope & salt", "https://rope.example/1", "a bell rings")
    assert f"Rope & salt · yellow · {kept.day} · no longer in the library" in library("highlights").out
    assert [one["exact"] for one in library("highlights", "--json", "is:read").json] == ["a bell rings"]
    assert library("highlights", "--json", "is:unread bell").json == []
    assert [one["exact"] for one in library("highlights", "--json", "bell").json] == ["a bell rings"]


def test_no_highlight_drives_the_terminal(library, kept):
    with Library(places()) as opened:
        opened.marks._db.at("highlights").patch({"exact": "red \x1b[31m", "note": "\x9b5m \u202e"}, [1])
    for form in ([], ["--markdown"], ["--json"]):
        out = library("highlights", *form, tty=60).out
        assert not any(
            (ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in out
        )
    assert max(map(len, library("highlights", tty=30).lines)) <= 30


def test_a_state_that_there_is_none_of_is_refused(library):
    result = library("highlights", "is:loved")
    assert (result.status, result.out) == (2, "")
    assert "no such state" in result.err
    assert "reader highlights" in library("--help").out


def test_the_doctor_keeps_what_is_no_highlight_aside(library, marked):
    with Library(places()) as opened:
        table = opened.marks._db.at("highlights")
        table.patch({"exact": 5}, [1])
        table.patch({"offset": -3, "color": "purple"}, [2])
    result = library("doctor")
    assert "highlight 1: exact is missing or of the wrong kind" in result.out
    assert "highlight 2: offset is of the wrong kind" in result.out
    library("doctor", "--repair")
    assert "highlight" not in library("doctor").out
    (left,) = library("show", marked[0], "--json").json[0]["highlights"]
    assert left["color"] == "yellow"

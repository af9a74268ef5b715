"""Highlights, as `reader list`, `reader show` and `reader doctor` tell of them."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.model import anchoring
from reader.model.annotation import Quote
from reader.model.document import Passage, Point
from reader.settings import places


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
    assert text.endswith(
        f"\n\n## Highlights\n\n> {words.rstrip()}\n\nMy *own* words.\n\n> Words that\n>\n> \\# nobody printed\n"
    )


def test_show_as_json_has_them_in_full(library, marked):
    article, words = marked
    first, second = library("show", article, "--json").json[0]["highlights"]
    assert list(first) == ["id", "exact", "prefix", "suffix", "block", "color", "note", "created", "updated"]
    assert (first["exact"], first["prefix"], first["block"], first["color"]) == (words, "", 0, "green")
    assert (first["note"], second["note"]) == ("My *own* words.", None)
    assert len(first["suffix"]) == 32


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

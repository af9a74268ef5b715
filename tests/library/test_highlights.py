"""Highlights: made, found again after the text changed, kept when their words are gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from reader.library import Library
from reader.library.shelf import Shelf
from reader.model import anchoring
from reader.model.annotation import Quote
from reader.model.article import HIGHLIGHTED, Entry
from reader.model.document import Passage, Point
from reader.model.source import Source
from reader.storage import intake, pages
from tests.conftest import NOW
from tests.invented import fill, harbours

FIRST = "The lamp on the mole went out in the spring, and nobody in the town could say who used to light it."
WORDS = "Every boat that came in after dark was paid a penny by the keeper"
SECOND = f"{WORDS}, which is how he knew them all by name and never needed the light himself."
THIRD = "Now there is a machine that counts them, and it has not learned a single name."
LAST = "On some nights the penny is still left on the step."
SOURCE = Source("quay", "feed", "The Quay")


def entry(*paragraphs: str) -> Entry:
    return Entry(
        "A penny a boat",
        "Ines Calloway",
        body="\n\n".join(paragraphs),
        markdown=True,
        guid="a",
        url="https://example.org/a",
    )


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as opened:
        take_in(opened, FIRST, SECOND, THIRD, LAST)
        yield opened


def take_in(library: Library, *paragraphs: str) -> None:
    intake.add(library.cache, SOURCE, (entry(*paragraphs),), NOW)


def key_of(library: Library) -> int:
    (key,) = [row.key for row in library.shelf.rows(library.shelf.listing().keys)]
    return key


def highlight(library: Library, words: str = WORDS, note: str = "So *that* is how.", color="green"):
    opened = library.shelf.open(key_of(library))
    block = next(number for number, block in enumerate(opened.document.blocks) if words in block.text)
    start = opened.document.blocks[block].text.index(words)
    passage = Passage(Point(block, start), Point(block, start + len(words)))
    return library.notebook.add_highlight(opened.row, anchoring.quote_of(opened.document, passage), color, note)


def shown(library: Library):
    """Give the highlights of the article, each with its words as the text has them."""
    opened = library.shelf.seek(library.shelf.open(key_of(library)))
    assert not opened.unsought
    return [
        (one.highlight.quote.exact, opened.document.said(one.passage) if one.passage else None)
        for one in opened.highlights
    ]


def test_a_highlight_is_made_with_its_note_and_stands_in_the_text(library):
    row, made = highlight(library)
    assert row.flags == HIGHLIGHTED
    assert (made.color, made.note, made.quote.exact, made.article) == ("green", "So *that* is how.", WORDS, row.id)
    assert made.created == made.updated != ""
    opened = library.shelf.open(row.key)
    ((one, passage),) = [(one.highlight, one.passage) for one in opened.highlights]
    assert (one, passage) == (made, Passage(Point(1, 0), Point(1, len(WORDS))))
    assert opened.marks.highlights == (made,)
    assert library.shelf.listing().flags == bytes([HIGHLIGHTED])


def test_it_is_found_again_when_the_text_around_it_changed(library):
    highlight(library)
    take_in(library, "A note from the editors.", FIRST.replace("spring", "autumn"), f"I was told this: {SECOND}", LAST)
    assert shown(library) == [(WORDS, WORDS)]


def test_it_is_found_again_when_a_word_of_it_changed(library):
    highlight(library)
    changed = SECOND.replace("came in after dark", "came in after nightfall")
    take_in(library, "A note from the editors.", FIRST, changed, THIRD, LAST)
    opened = library.shelf.open(key_of(library))
    assert (opened.highlights, len(opened.unsought)) == ((), 1)
    assert shown(library) == [(WORDS, WORDS.replace("dark", "nightfall"))]
    again = library.shelf.open(key_of(library))
    assert (len(again.highlights), again.unsought) == (1, ())


def test_it_is_kept_with_its_quote_when_its_words_are_gone_and_found_when_they_are_back(library, places):
    highlight(library)
    highlight(library, LAST, "")
    take_in(library, FIRST, "The keeper has left, and he took the book with the names along.", THIRD, LAST)
    # What is still in the text comes first, though it was made later.
    assert shown(library) == [(LAST, LAST), (WORDS, None)]
    assert library.notebook.entries({"highlight"})[-1].text == WORDS
    library.close()
    with Library(places, now=lambda: NOW) as again:
        assert shown(again) == [(LAST, LAST), (WORDS, None)]
        take_in(again, FIRST, SECOND, THIRD, LAST)
        assert shown(again) == [(WORDS, WORDS), (LAST, LAST)]


def test_it_is_looked_for_in_the_text_that_is_shown(library):
    highlight(library)
    key = key_of(library)
    page = f"# A penny a boat\n\nBy Ines Calloway\n\n{FIRST}\n\n> {SECOND}\n\nMore of it."
    pages.keep(library.cache, key, page, NOW, asked=True, excerpt=FIRST)
    opened = library.shelf.open(key)
    assert opened.article.as_page
    assert shown(library) == [(WORDS, WORDS)]
    pages.keep(library.cache, key, "Please log in to read on.", NOW, asked=True, excerpt="")
    assert shown(library) == [(WORDS, None)]
    library.shelf.toggle_page(key)
    assert shown(library) == [(WORDS, WORDS)]


def test_it_is_edited_and_deleted_and_all_of_it_taken_back(library):
    row, made = highlight(library)

    def now():
        return [(one.id, one.color, one.note) for one in library.notebook.marks(row.id).highlights]

    library.notebook.edit_highlight(row, made.id, color="red")
    library.notebook.edit_highlight(row, made.id, note="  Another note. ")
    library.notebook.edit_highlight(row, made.id, color="red", note="Another note.")
    library.notebook.edit_highlight(row, made.id)
    assert library.notebook.delete_highlight(row, made.id).flags == 0
    assert library.notebook.delete_highlight(row, made.id).flags == 0
    library.notebook.edit_highlight(row, made.id, color="blue")
    assert now() == []
    steps = [
        ("highlight deleted", [(made.id, "red", "Another note.")]),
        ("highlight's note", [(made.id, "red", made.note)]),
        ("highlight's color", [(made.id, "green", made.note)]),
        ("highlight", []),
    ]
    for label, expected in steps:
        undone = library.notebook.undo()
        assert (undone.label, undone.articles) == (f"{label}: A penny a boat", (row.id,))
        assert now() == expected
        assert library.shelf.listing().flags == bytes([HIGHLIGHTED if expected else 0])
    assert library.notebook.undo() is None


def test_nothing_is_no_highlight(library):
    row = library.shelf.open(key_of(library)).row
    with pytest.raises(ValueError, match="nothing"):
        library.notebook.add_highlight(row, Quote(" \n"), "yellow")


def test_what_others_wrote_beside_it_is_kept(library):
    row, made = highlight(library)
    library.marks._db.at("highlights").patch({"app": "elsewhere", "color": "purple"}, [made.id])
    assert library.notebook.marks(row.id).highlights[0].color == "yellow"
    library.notebook.edit_highlight(row, made.id, note="")
    library.notebook.delete_highlight(row, made.id)
    library.notebook.undo()
    doc = library.marks._journal.docs("highlights")[str(made.id)]
    assert (doc["app"], doc["color"], doc["note"]) == ("elsewhere", "purple", "")
    assert library.marks.check() == []


def test_what_someone_wrote_into_the_file_reaches_no_terminal(library):
    row, made = highlight(library)
    library.marks._db.at("highlights").patch({"exact": f"\x1b[2J{WORDS}\u202e", "note": "a\x07b"}, [made.id])
    (one,) = library.shelf.seek(library.shelf.open(row.key)).highlights
    assert (one.highlight.quote.exact, one.highlight.note) == (WORDS, "ab")
    (kept,) = library.notebook.entries({"highlight"})
    assert (kept.text, kept.note) == (WORDS, "ab")


def test_a_highlight_far_down_a_long_text_waits_for_the_text(library):
    long = [f"{number}. {THIRD}" for number in range(9_000)]
    take_in(library, *long, SECOND)
    row, made = highlight(library)
    opened = library.shelf.open(row.key, begun=True)
    assert opened.coming
    assert (opened.highlights, opened.unsought) == ((), (made,))
    assert library.shelf.seek(opened) is opened
    assert shown(library) == [(WORDS, WORDS)]


def test_a_highlight_survives_a_kill(places):
    fill(places, harbours())
    script = """
import os, sys, time
from reader.library import Library
from reader.model import anchoring
from reader.model.document import Passage, Point
from reader.settings import Places
from pathlib import Path
library = Library(Places(Path(sys.argv[1]), Path(sys.argv[2])))
opened = library.shelf.open(library.shelf.listing().keys[0])
quote = anchoring.quote_of(opened.document, Passage(Point(0, 0), Point(0, 29)))
library.notebook.add_highlight(opened.row, quote, "blue", "Mine.")
library.marks.flush()
os.kill(os.getpid(), 9)
"""
    home, data = places.settings.parent, places.data
    done = subprocess.run([sys.executable, "-c", script, home, data], env=os.environ, timeout=60, check=False)
    assert done.returncode == -9
    with Library(places) as library:
        opened = library.shelf.open(library.shelf.listing().keys[0])
        (one,) = opened.highlights
        assert one.passage == Passage(Point(0, 0), Point(0, 29))
        assert (one.highlight.color, one.highlight.note) == ("blue", "Mine.")
        assert library.notebook.undo().label.startswith("highlight: ")
        assert library.shelf.open(library.shelf.listing().keys[0]).highlights == ()


# --- the notebook ------------------------------------------------------------------------------------------


def test_everything_kept_is_listed_newest_first(places):
    fill(places, harbours())
    with Library(places) as library:
        moments = iter(f"2026-11-{day:02}T10:00:00Z" for day in range(1, 29))
        library.marks._now = lambda: next(moments)
        rows = library.shelf.rows(library.shelf.listing().keys)
        library.notebook.set_bookmarked(rows[:2], bookmarked=True)
        library.notebook.set_note(rows[1], "A note.")
        library.notebook.set_read(rows[3:], read=True)
        _, made = library.notebook.add_highlight(rows[2], Quote("some words"), "red", "On them.")
        everything = library.notebook.entries({"bookmark", "note", "highlight"})
        said = [(one.kind, one.title, one.text, one.note, one.highlight) for one in everything]
        assert said[:2] == [
            ("highlight", rows[2].title, "some words", "On them.", made),
            ("note", rows[1].title, "A note.", "", None),
        ]
        assert {one.title for one in everything[2:]} == {rows[0].title, rows[1].title}
        assert {(one.kind, one.source, one.key is None) for one in everything[2:]} == {("bookmark", "Harbours", False)}
        assert [one.kind for one in library.notebook.entries({"note"})] == ["note"]
        assert library.notebook.entries(()) == []


def test_marks_on_an_article_that_is_gone_are_listed_by_the_name_they_keep(library, places):
    row, _ = highlight(library)
    library.notebook.set_bookmarked((row,), bookmarked=True)
    library.close()
    places.library.unlink()
    with Library(places) as again:
        found = again.notebook.entries({"bookmark", "highlight"})
        assert {(one.title, one.source, one.key, one.article) for one in found} == {
            ("A penny a boat", "The Quay", None, row.id)
        }


def test_ten_thousand_marks_are_listed_in_no_time(library):
    table = library.marks._db.at("highlights")
    table.put(
        {
            number: {
                "article": str(10**14 + number // 5),
                "exact": THIRD,
                "created": f"2026-01-01T00:00:{number % 60:02}Z",
            }
            for number in range(1, 10_001)
        }
    )
    begun = time.process_time()
    assert len(library.notebook.entries({"bookmark", "note", "highlight"})) == 10_000
    assert time.process_time() - begun < 1.5  # some 80 ms where nothing else runs


def test_opening_an_article_without_highlights_looks_for_none(library, monkeypatch):
    monkeypatch.setattr(anchoring, "at_hint", lambda *_: pytest.fail("nothing is to be found"))
    assert isinstance(library.shelf, Shelf)
    assert library.shelf.open(key_of(library)).highlights == ()


def test_a_highlight_is_given_other_words_in_one_step(library):
    row, made = highlight(library)
    longer = replace(made.quote, exact=f"{made.quote.exact} and more", suffix="after")
    assert library.notebook.edit_highlight(row, made.id, quote=longer).flags == HIGHLIGHTED
    (one,) = library.notebook.marks(row.id).highlights
    assert (one.id, one.quote, one.color, one.note) == (made.id, longer, "green", made.note)
    library.notebook.edit_highlight(row, made.id, quote=longer)
    assert library.notebook.undo().label.startswith("highlight's words: ")
    assert library.notebook.marks(row.id).highlights[0].quote == made.quote

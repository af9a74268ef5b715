"""Highlights that are looked for while the article is read already."""

from __future__ import annotations

import threading
from contextlib import contextmanager

from reader.ingest.found import Found
from reader.library import Library
from reader.library.anchors import Anchors
from reader.model import anchoring
from reader.model.annotation import Quote
from reader.model.article import Entry
from reader.model.document import Passage, Point
from tests.invented import body, fill
from tests.ui.driving import reading

WORDS = "and it was on the last of these mornings that the pilot spoke of the lamp"
CHANGED = WORDS.replace("mornings", "evenings")


def page(words: str = CHANGED, paragraphs: int = 30) -> Found:
    long = body(2, paragraphs)
    one = Entry("The lamp", body=f"{long}\n\nSo we went, {words}, which nobody else had.\n\n{long}", markdown=True)
    return Found("feed", "News", (Entry("Another", excerpt="Whole."), one))


def mark(places, *quotes: Quote) -> None:
    with Library(places) as library:
        row = next(row for row in library.shelf.rows(library.shelf.listing().keys) if row.title == "The lamp")
        for quote in quotes:
            library.notebook.add_highlight(row, quote, "green", "Mine.")


QUOTE = Quote(WORDS, "So we went, ", ", which nobody else had.", 30, 12)


@contextmanager
def held(monkeypatch):
    """Let nothing be found by seeking before it may."""
    may, seek, calls = threading.Event(), Anchors.seek, []

    def waits(self, *given):
        calls.append(given)
        assert may.wait(10)
        seek(self, *given)

    monkeypatch.setattr(Anchors, "seek", waits)
    try:
        yield may, calls
    finally:
        may.set()


async def press(it, *keys: str) -> None:
    for key in keys:
        await it.pilot.press(key)
        await it.pilot.pause()


async def test_what_takes_long_to_find_comes_while_the_article_is_read(places, monkeypatch):
    fill(places, page())
    mark(places, QUOTE, Quote("What has never been in it, not even nearly so."))
    with held(monkeypatch) as (may, calls):
        async with reading(places) as it:
            await press(it, "j", "enter", *"jjjjjjjjj")
            assert it.pane.opened.row.title == "The lamp"
            assert (it.pane.opened.highlights, len(it.pane.opened.unsought)) == ((), 2)
            shown = it.of(it.pane).split("\n")[1:-1]
            may.set()
            await it.until(lambda: not it.pane.opened.unsought, "the highlights")
            found, lost = it.pane.opened.highlights
            assert it.pane.opened.document.said(found.passage) == CHANGED
            assert lost.passage is None
            assert it.of(it.pane).split("\n")[1:-1] == shown
            await it.press("escape", "k", "j", "enter")
            assert (len(it.pane.opened.highlights), it.pane.opened.unsought) == (2, ())
            assert len(calls) == 1


async def test_what_is_found_for_an_article_that_was_left_is_not_shown(places, monkeypatch):
    fill(places, page())
    mark(places, QUOTE)
    with held(monkeypatch) as (may, _):
        async with reading(places) as it:
            await press(it, "j", "enter", "escape", "k")
            assert it.pane.opened.row.title == "Another"
            may.set()
            await it.rest()
            assert it.pane.opened.row.title == "Another"
            await it.press("j")
            await it.until(lambda: len(it.pane.opened.highlights) == 1, "the highlight")


async def test_a_highlight_in_the_rest_of_a_long_text_comes_with_it(places):
    fill(places, page(WORDS, 300))
    with Library(places) as library:
        opened = library.shelf.open(library.shelf.listing().keys[1])
        block = next(number for number, one in enumerate(opened.document.blocks) if WORDS in one.text)
        start = opened.document.blocks[block].text.index(WORDS)
        passage = Passage(Point(block, start), Point(block, start + len(WORDS)))
        library.notebook.add_highlight(opened.row, anchoring.quote_of(opened.document, passage), "red")
    async with reading(places) as it:
        await press(it, "j", "enter")
        await it.until(lambda: not it.pane.opened.coming, "the rest")
        assert [one.passage for one in it.pane.opened.highlights] == [passage]

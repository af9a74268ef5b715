"""The other text of an article: the paragraph stays, and its highlights are looked for in it too."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from reader.ingest.found import Found
from reader.library import Library
from reader.library.anchors import Anchors
from reader.model import anchoring
from reader.model.annotation import Place, Quote
from reader.model.article import Entry
from reader.model.document import Block, Document, Point
from reader.storage import pages
from reader.storage.cache import LibraryError
from reader.ui.screens.turning import Turning
from tests.invented import body, fill
from tests.ui import paning
from tests.ui.driving import reading

WORDS = "and it was on the last of these mornings that the pilot spoke of the lamp"
CHANGED = WORDS.replace("mornings", "evenings")


def text(words: str, paragraphs: int = 30) -> str:
    long = body(2, paragraphs)
    return f"{long}\n\nSo we went, {words}, which nobody else had.\n\n{long}"


def numbered(count: int) -> list[str]:
    return [f"Paragraph {number} tells of the tide, and of the {number} who waited for it." for number in range(count)]


def entry(markdown: str) -> Found:
    one = Entry("The lamp", body=markdown, markdown=True, guid="1", url="https://harbour.example/1")
    return Found("feed", "News", (Entry("Another", excerpt="Whole.", guid="2"), one))


def keep_page(places, page: str, *quotes: Quote) -> None:
    """Keep a page of the article, which shows the text that came."""
    with Library(places) as library:
        row = next(row for row in library.shelf.rows(library.shelf.listing().keys) if row.title == "The lamp")
        pages.keep(library.cache, row.key, page, int(time.time()), asked=True)
        if library.shelf.open(row.key).article.as_page:
            library.shelf.toggle_page(row.key)
        for quote in quotes:
            library.notebook.add_highlight(row, quote, "green")


# --- highlights ---------------------------------------------------------------------------------------------

QUOTE = Quote(WORDS, "So we went, ", ", which nobody else had.", 30, 12)


async def test_the_second_text_is_searched_though_the_first_is_still(places, monkeypatch):
    fill(places, entry(text(WORDS.replace("spoke", "spoke then"))))
    keep_page(places, f"Other words.\n\n{text(CHANGED)}", QUOTE)
    may, seek = threading.Event(), Anchors.seek

    def waits(self, *given):
        assert may.wait(10)
        seek(self, *given)

    monkeypatch.setattr(Anchors, "seek", waits)
    try:
        async with reading(places) as it:
            await it.pilot.press("j", "enter")
            await it.until(lambda: it.pane.opened.unsought, "the article")
            await it.pilot.press("x")
            await it.until(lambda: it.pane.opened.article.as_page, "the page")
            may.set()
            await it.until(lambda: not it.pane.opened.unsought, "the highlights of the page")
            (one,) = it.pane.opened.highlights
            assert it.pane.opened.document.said(one.passage) == CHANGED
    finally:
        may.set()


async def test_they_are_looked_for_again_when_looking_failed(places, monkeypatch):
    fill(places, entry(text(CHANGED)))
    keep_page(places, "Another text.", QUOTE)
    seek, calls = Anchors.seek, []

    def fails(self, *given):
        calls.append(given)
        if len(calls) == 1:
            raise LibraryError("the disk is full")
        seek(self, *given)

    monkeypatch.setattr(Anchors, "seek", fails)
    async with reading(places) as it:
        await it.press("j", "enter")
        assert it.said[-1] == "the disk is full"
        await it.press("escape", "k", "j", "enter")
        await it.until(lambda: not it.pane.opened.unsought, "the highlights")
        assert len(calls) == 2


# --- the place ----------------------------------------------------------------------------------------------


def document(*texts: str) -> Document:
    return Document(tuple(Block("paragraph", text) for text in texts))


def place(before: Document, block: int, fraction: float = 0.25) -> Place:
    return Place(block, fraction, 0.5, anchoring.beginning(before.blocks[block]))


def turned(before: Document, block: int, after: Document, fraction: float = 0.25) -> Place:
    return Turning(before, place(before, block, fraction), replace(paning.opened("x"), document=after)).shown


def test_the_nearest_of_paragraphs_that_begin_alike_is_meant():
    before = document("One.", "Ask.", "Two is another.", "Three is another.", "Ask.", "Four.")
    after = document("New.", "Ask.", "One.", "Two is quite another.", "Three, too.", "Ask.", "Five.")
    assert turned(before, 4, after).block == 5


def test_a_paragraph_that_was_cut_off_is_found_as_many_characters_in():
    whole = "The harbour was quiet when the last of the ferries came in, and so it stayed until the morning."
    before = document("Before it.", f"{whole[:40]} …")
    found = turned(before, 1, document("A.", "B.", whole), 0.5)
    assert found.block == 2
    assert round(found.fraction * len(whole)) == 21


def test_a_paragraph_that_is_nowhere_is_at_the_same_share():
    before = document(*numbered(10))
    after = document(*(f"{number} quite other words in here" for number in range(100)))
    assert turned(before, 5, after).block == pytest.approx(52, abs=3)


def test_a_place_that_is_not_there_yet_is_beyond_what_is():
    many = numbered(1_000)
    before, begun = document(*many), document("New.", *many[:99])
    one = Turning(before, place(before, 900), replace(paning.opened("x"), document=begun, coming=True))
    assert one.is_beyond
    assert one.shown.block >= 100
    assert one.place_in(document("New.", *many)).block == 901
    near = Turning(before, place(before, 40), replace(paning.opened("x"), document=begun, coming=True))
    assert (near.is_beyond, near.shown.block) == (False, 41)


async def test_x_goes_to_the_paragraph_far_down_a_long_text(places):
    many = [f"{one} {body(number % 4, 1)}" for number, one in enumerate(numbered(1_000))]
    fill(places, entry("\n\n".join(many)))
    keep_page(places, "\n\n".join(("A page begins so.", *many)))
    async with reading(places) as it:
        await it.press("j", "enter")
        await it.until(lambda: not it.pane.opened.coming, "the rest")
        it.pane.to_point(Point(900, 0))
        await it.press("x")
        await it.until(lambda: it.pane.opened.article.as_page and not it.pane.opened.coming, "the page")
        await it.rest()
        assert it.pane.place.block == 901
        assert "Paragraph 900 tells" in it.of(it.pane)


# --- a restart ----------------------------------------------------------------------------------------------


async def test_the_paragraph_is_kept_when_the_text_changed_between_two_starts(places):
    many = numbered(60)
    fill(places, entry("\n\n".join(many)))
    async with reading(places, size=(100, 20)) as it:
        await it.press("j", "enter")
        it.pane.to_point(Point(40, 0))
        await it.rest()
        assert it.pane.place.text.startswith("Paragraph 40 tells")
        shown = it.of(it.pane).split("\n")[1]
    fill(places, entry("\n\n".join(("An added one.", "Another one.", *many[:20], *many[25:]))))
    async with reading(places, size=(100, 20)) as it:
        assert it.title == "The lamp"
        assert it.pane.place.block == 37
        assert "Paragraph 40 tells" in shown
        assert it.of(it.pane).split("\n")[1] == shown

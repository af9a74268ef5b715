"""The reading pane from end to end: the place is never lost, and a highlight finds its words again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reader.ingest.found import Found
from reader.library import Library
from reader.model.article import Entry
from tests.e2e.pty import Terminal, command
from tests.invented import text

if TYPE_CHECKING:
    from reader.settings import Places

ADDRESS = "https://harbour.example/feed"
WORDS = "the mud is never early, said the keeper of the clocks"
HERE = f"On the pier {WORDS}, and went home."


def story(*, before: str = "", passage: str = HERE, paragraphs: int = 60) -> Entry:
    """A long article of numbered paragraphs, with a passage in the twentieth."""
    parts = [f"Paragraph {number} begins. {text(number, 2)}" for number in range(1, paragraphs + 1)]
    parts[29] = f"## Half way\n\n{parts[29]}"
    parts[19] = f"Paragraph 20 begins. {passage} {text(20, 1)}"
    body = "\n\n".join((before, *parts) if before else parts)
    return Entry("The long story", "Ines Calloway", body=body, markdown=True, guid="1", published=1_770_000_000)


def bring(places: Places, entry: Entry) -> None:
    """Let the feed bring an article, or bring it again."""
    with Library(places) as library:
        library.subscriptions.add(Found("feed", "Harbour News", (entry,), address=ADDRESS), ADDRESS)


@pytest.fixture
def harbour(places):
    bring(places, story())
    return places


def at_top(it: Terminal) -> bool:
    """Tell whether the heading in the middle of the article is the first of it that is in view."""
    return any("Half way" in line for line in it.text.split("\n")[1:4])


def start(**more: int) -> Terminal:
    it = Terminal(**more)
    it.see("? help")
    return it


def test_the_paragraph_at_the_top_is_there_again_at_another_size_and_after_the_text_changed(harbour):
    with start() as it:
        it.press("\r")
        it.see("Space page")
        it.press("T")
        it.see("Contents")
        it.press("\r")
        it.wait(lambda: at_top(it))
        it.press("Q")
        assert it.end() == 0

    for again, (columns, lines) in enumerate(((80, 24), (60, 20), (120, 40))):
        with start(columns=columns, lines=lines) as it:
            it.see("Paragraph 30 begins")
            assert at_top(it), it.text
            it.resize(90 + again, 30)
            it.wait(lambda: at_top(it))
            it.press("Q")
            assert it.end() == 0
        bring(harbour, story(before="\n\n".join(f"Nobody had seen this before, {again}." for _ in range(again + 1))))


def highlight(it: Terminal) -> None:
    """Find the passage, and highlight it with a note."""
    it.press("\r")
    it.see("Space page")
    it.press("/mud is never early")
    it.see("1 of 1")
    it.press("\rva")  # what was found is what is selected
    it.see("Note:")
    it.press("so it is")
    it.see("so it is")
    it.press("\x1b")
    it.wait(lambda: "Note:" not in it.text)


def test_a_highlight_is_found_again_or_kept_as_an_orphan(harbour):
    with start() as it:
        highlight(it)
        it.press("Q")
        assert it.end() == 0
    (shown,) = json.loads(command("show", "--json", only())[1])
    assert [(one["exact"], one["note"]) for one in shown["highlights"]] == [("mud is never early", "so it is")]

    around = HERE.replace("On the pier", "Long after dark, on the old pier,").replace("went home", "stayed there")
    bring(harbour, story(before="Something new stands first.", passage=around))
    with start() as it:
        it.press("\r")
        it.press("gn")
        it.see("mud is never early", "so it is")
        it.press("\r")
        it.see("Long after dark", "never early")
        assert "not in this text" not in it.text
        it.press("Q")
        assert it.end() == 0

    bring(harbour, story(passage="On the pier a heron slept, and nothing else was said all day."))
    with start() as it:
        it.press("\r")
        it.see("Space page")
        # That the words are gone is known a moment after the opening; until then the end is another one.
        it.wait(lambda: it.press("G") or ("not in this text" in it.text and "mud is never early" in it.text))
        it.press("Q")
        assert it.end() == 0


def only() -> str:
    """Give the id of the article."""
    (article,) = json.loads(command("list", "--json")[1])
    return article["id"]

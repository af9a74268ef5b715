"""Finding and organising from end to end: by the keys in a terminal, and the same by the command line."""

from __future__ import annotations

import json

import pytest

from reader.library import Library
from reader.model.annotation import Place
from tests.e2e.pty import Terminal, command
from tests.invented import fill, harbours, orchards

ESC = "\x1b"
WORDS = "loud enough to wake the ferryman"
GULLS = "Counting gulls in the fog"


@pytest.fixture
def coast(places):
    """A library of two pages, in which each view shows another number of articles."""
    fill(places, harbours(), orchards())
    with Library(places) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)
        pilot, gulls = (next(row for row in rows if row.title.startswith(title)) for title in ("The pilot", GULLS))
        library.notebook.set_read(rows[-2:], read=True)
        library.notebook.set_bookmarked([row for row in rows if row.section == "Orchards"], bookmarked=True)
        library.notebook.set_note(gulls, f"They were {WORDS}.")
        library.notebook.set_place(pilot, Place(1, 0.0, 0.4))
    return places


VIEWS = {"All": (13, 11), "Unread": (11, 11), "Bookmarks": (3, 1), "Notes": (1, 1), "In progress": (1, 1),
         "Today": (13, 11)}  # fmt: skip
"""How many articles are in each view, and how many of them unread."""


def said(name: str, counts: tuple[int, int]) -> str:
    """What the status line says of a view."""
    articles, unread = counts
    return f" {name} · {articles} article{'s' if articles != 1 else ''}, {unread} unread"


def start() -> Terminal:
    it = Terminal(columns=110, lines=24)
    it.see("? help", "unread")
    return it


def ask(*arguments: str) -> list[dict]:
    """Give what a verb answers as JSON."""
    status, out, err = command(*arguments, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_every_view_is_reached_by_its_digit_and_by_the_pane_and_the_command_line_counts_the_same(coast):
    with start() as it:
        for digit, (name, counts) in enumerate(VIEWS.items(), 1):
            it.press(str(digit))
            it.see(said(name, counts))
        it.press("\\")
        it.see("┏━ Views", "▾ Sources")
        it.press("gg")
        for name, counts in VIEWS.items():
            it.press("j\r")
            it.see(said(name, counts), f"┏━ {name}")
            it.press("\t\t")
            it.see("┏━ Views")
        it.press("\\")
        it.wait(lambda: "▾ Sources" not in it.text)
        it.press("Q")
        assert it.end() == 0
    assert {one["name"]: (one["articles"], one["unread"]) for one in ask("views")} == VIEWS


def test_a_search_opens_at_its_match_and_a_filter_is_mended_and_kept_as_a_view(coast):
    with start() as it:
        it.press("/lemons")
        it.see("“lemons” · 8 found")
        it.press("\r\r")
        it.see("1 of 1 · n next")
        it.press(ESC)
        it.wait(lambda: "1 of 1" not in it.text)
        it.press("h" + ESC)
        it.see(said("All", VIEWS["All"]), "Enter read")

        it.press("F-is:bookmarked minutes:>2 is:unred")
        it.see("^^^^^^^^", "is:unred: there is no such state; did you mean is:unread?")
        it.press("\x7f\x7fead\r")
        it.see(" 1 article, 1 unread", "The pilot")
        it.press("gw")
        it.see("Name", "minutes:>2")
        it.press("Long ones\r")
        it.see(said("Long ones", (1, 1)))
        for keys in ("gslong\r", "7"):
            it.press("1")
            it.see(said("All", VIEWS["All"]))
            it.press(keys)
            it.see(said("Long ones", (1, 1)), "The pilot")
        it.press("Q")
        assert it.end() == 0
    (own,) = [one for one in ask("views") if one["own"]]
    assert (own["name"], own["articles"], own["unread"]) == ("Long ones", 1, 1)
    (pilot,) = ask("list", "--view", "long ones")
    assert pilot["title"] == "The pilot who never learned to swim"
    assert [(one["title"], one["notes"]) for one in ask("search", "ferryman")] == [(GULLS, 1)]
    mistake = "reader: is:unred: there is no such state; did you mean is:unread?\n"
    assert command("list", "is:unred") == (2, "", mistake)


def test_many_are_tagged_at_once_and_that_is_undone_after_a_restart_and_done_again(coast):
    with start() as it:
        it.press("*")
        it.see("mark what matches")
        it.press("is:bookmarked\r")
        it.see(" 3 marked")
        it.press("t")
        it.see("Tags")
        it.press("fruit,\r")
        it.see("tagged fruit")
        it.press("Q")
        assert it.end() == 0

    with start() as it:
        it.press("U")
        it.see("Undone: 3 articles tagged fruit")
        it.press("gU")
        it.see("Done again: 3 articles tagged fruit")
        it.press("Q")
        assert it.end() == 0
    assert [(one["tag"], one["articles"], one["unread"]) for one in ask("tags")] == [("fruit", 3, 1)]
    assert [(one["bookmarked"], one["tags"]) for one in ask("list", "tag:fruit")] == [(True, ["fruit"])] * 3
    assert command("undo") == (0, "taken back: 3 articles tagged fruit\n", "")
    assert ask("list", "tag:fruit") == []

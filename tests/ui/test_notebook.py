"""The notebook: what was kept, found again and changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import TextArea

from reader.library import Library
from reader.library.kept import Kept
from reader.model import anchoring
from reader.model.annotation import Highlight, Quote
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED
from reader.model.document import Passage, Point
from reader.ui.app import ReaderApp
from reader.ui.screens.notebook_shown import Kepts
from reader.ui.widgets import notebook_row
from tests.invented import entry, essay, fill, harbours, listing
from tests.ui.driving import QUIET, Reader, reading

PILOT, GULLS, ROPE, FERRY = (
    "The pilot who never learned to swim", "Counting gulls in the fog", "The last rope maker",
    "On walking to the ferry",
)  # fmt: skip


def highlight(library, title, block, color="yellow", note="", size=60):
    """Highlight the beginning of a block."""
    row = row_of(library, title)
    document = library.shelf.open(row.key).document
    passage = Passage(Point(block, 0), Point(block, size))
    return library.notebook.add_highlight(row, anchoring.quote_of(document, passage), color, note)


def row_of(library, title):
    rows = library.shelf.rows(library.shelf.listing().keys)
    return next(row for row in rows if row.title == title)


@pytest.fixture
def kept(places):
    """Give a library with two bookmarks, a note and three highlights, the gulls' the newest."""
    fill(places, harbours(), essay())
    with Library(places) as library:
        library.notebook.set_bookmarked([row_of(library, ROPE)], bookmarked=True)
        library.notebook.set_bookmarked([row_of(library, PILOT)], bookmarked=True)
        highlight(library, FERRY, 9, "green", "as he said, Café [/] time")
        highlight(library, FERRY, 2, "red")
        library.notebook.set_note(row_of(library, PILOT), "Ask him *twice*.")
        highlight(library, GULLS, 0, "blue")
    return places


async def opened(it, *keys: str):
    await it.press(*keys)
    await it.until(lambda: type(it.app.screen).__name__ == "NotebookScreen", "the notebook")
    await it.rest()
    return it.app.screen


def rows(it) -> list[str]:
    return [line.strip("│▌▐ ") for line in it.of(it.app.screen._list).split("\n")[1:-1] if line.strip("│▌▐ ")]


def headings(it) -> list[str]:
    return [line for line in rows(it) if line.endswith(("· Harbours", "· Texts"))]


def chosen(it) -> tuple[str, str]:
    one = it.app.screen._list.chosen
    return one.kind, one.title


async def to(it, kind: str, title: str, sign: str = "") -> None:
    """Put the cursor on an entry of all kinds."""
    screen = it.app.screen
    screen.action_turn("all")
    for _ in screen._kepts.items:
        one = screen._list.chosen
        if (one.kind, one.title) == (kind, title) and notebook_row.sign(one) in (sign or notebook_row.sign(one)):
            return
        await it.press("j")
    raise AssertionError(f"no {kind} of {title} in\n{it.seen()}")


# -- what is shown


async def test_bookmarks_are_shown_by_one_key_and_notes_by_another(kept):
    async with reading(kept) as it:
        await opened(it, "B")
        assert "Bookmarks · 2" in it.seen()
        assert sorted(headings(it)) == sorted([f"{ROPE} · Harbours", f"{PILOT} · Harbours"])
        await it.press("g", "n")
        assert "Notes and highlights · 1 note, 3 highlights" in it.seen()
        await it.press("B")
        assert "Bookmarks · 2" in it.seen()
        await it.press("tab", "tab")
        assert "Notebook · 2 bookmarks, 1 note, 3 highlights" in it.seen()
        await it.press("q")
        assert it.app.screen is it.screen


async def test_gn_opens_it_on_the_notes(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        shown = rows(it)
        assert "Notes and highlights" in it.seen()
        assert any(line.startswith("b ") for line in shown)
        assert any(line.startswith("g ") for line in shown)
        assert any(line.startswith("✎") and "Ask him *twice*." in line for line in shown)
        assert any(line.startswith("✎ as he said, Café [/] time") for line in shown)


def test_entries_stand_under_their_article_where_its_newest_is():
    def one(article: int) -> Kept:
        return Kept("bookmark", article, f"Title {article}", "Source", "2026-01-01T00:00:00Z")

    entries = [one(3), one(1), one(3), one(2), one(1)]
    assert notebook_row.gathered(entries, range(5)) == [~0, 0, 2, ~1, 1, 4, ~3, 3]
    assert notebook_row.gathered(entries, [1, 4]) == [~1, 1, 4]
    assert notebook_row.gathered(entries, []) == []


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12), (20, 6), (8, 4)])
async def test_it_fits_any_size(kept, size):
    async with reading(kept, size=size) as it:
        await it.press("g", "n")
        await it.until(lambda: it.dialogue == "NotebookScreen", "the notebook")
        await it.press("tab", "G", "k", "g", "g")
        assert all(len(line) <= size[0] for line in it.seen().split("\n"))
        assert chosen(it)[0] in {"bookmark", "note", "highlight"}


async def test_a_resize_keeps_the_entry_in_view(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await it.press("G")
        last = chosen(it)
        await it.pilot.resize_terminal(60, 20)
        await it.rest()
        assert chosen(it) == last
        assert any("▌" in line for line in it.of(it.app.screen._list).split("\n"))


@pytest.mark.parametrize(
    ("keys", "said"),
    [(("B",), ("No bookmarks yet.", "s on an article")), (("g", "n"), ("No notes or highlights yet.", "H highlights"))],
)
async def test_an_empty_notebook_names_the_key_that_fills_it(places, keys, said):
    fill(places, harbours())
    async with reading(places) as it:
        await opened(it, *keys)
        assert all(text in " ".join(it.seen().split()) for text in said)
        await it.press("j", "k", "G", "g", "g", "space", "b", "enter", "a", "d", "y", "U")
        assert it.said[-1] == "There is nothing to take back."
        await it.press("tab")
        await it.press("tab")
        await it.press("escape")
        assert it.app.screen is it.screen


async def test_text_from_the_world_is_no_markup(places):
    fill(places, listing("Odd", [entry("A [red]title[/red] [/]"), entry("Other")]))
    with Library(places) as library:
        library.notebook.set_note(row_of(library, "A [red]title[/red] [/]"), "[bold]no[/] \x1b[31m[link=x]")
    async with reading(places) as it:
        await opened(it, "g", "n")
        assert "A [red]title[/red] [/]" in it.seen()
        assert "[bold]no[/]" in it.seen()


def test_a_long_quote_takes_three_lines_and_its_note_three():
    quote = Highlight(1, 1, Quote("word " * 5000), "red", "thought " * 500)
    one = Kept("highlight", 1, "T", "S", "2026-05-03T10:00:00Z", quote.quote.exact, quote.note, quote)
    cells = notebook_row.lines(one, 80)
    assert len(cells) == 6
    assert cells[0].sign == "r"
    assert cells[0].tail.strip() == "3 May 2026"
    assert [line.text.rstrip().endswith("…") for line in cells] == [False, False, True, False, False, True]
    assert {len(line.text) for line in cells} == {80 - 5 - 13}


@pytest.mark.parametrize("text", ["", " \n ", "日本語の文章" * 200, "a" * 4000, "e\u0301" * 300, "\t|\u2028" * 50])
def test_any_text_is_cut_to_its_room(text):
    from rich.cells import cell_len

    assert all(cell_len(line) <= 20 for line in notebook_row.cut(text, 20))
    assert len(notebook_row.cut(text, 20)) <= 3


# -- the search


async def test_the_search_filters_as_one_types_and_esc_ends_it_then_leaves(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await it.press("/")
        await it.type("cafe")
        assert "Notes and highlights · 1 of 4" in it.seen()
        assert chosen(it) == ("highlight", FERRY)
        await it.press("enter")
        assert "1 of 4" in it.seen()
        await it.press("escape")
        assert "1 note, 3 highlights" in it.seen()
        assert chosen(it) == ("highlight", FERRY)
        await it.press("escape")
        assert it.app.screen is it.screen


@pytest.mark.parametrize(
    ("words", "found"),
    [("twice", 1), ("pilot", 1), ("CAFÉ", 1), ("ferry time", 1), ("ferry twice", 0), ("harbours", 2), ("  ", 4)],
)
async def test_words_are_looked_for_in_quote_note_title_and_source(kept, words, found):
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        await it.press("/")
        await it.type(words)
        assert sum(number >= 0 for number in screen._kepts.items) == found


async def test_a_search_without_matches_says_so(kept):
    async with reading(kept) as it:
        await opened(it, "B")
        await it.press("/")
        await it.type("zebra")
        assert "Nothing here has “zebra”." in it.seen()
        await it.press("escape")
        assert "Bookmarks · 2" in it.seen()
        assert it.dialogue == "NotebookScreen"


async def test_keys_typed_right_after_the_slash_are_part_of_the_search(kept):
    async with reading(kept) as it:
        screen = await opened(it, "B")
        await it.press("/", *"rope")
        assert screen._kepts.words == "rope"
        assert chosen(it) == ("bookmark", ROPE)


# -- going there


async def test_enter_goes_to_the_passage(kept):
    async with reading(kept, size=(100, 16)) as it:
        await opened(it, "g", "n")
        await to(it, "highlight", FERRY, "g")
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen and it.screen.reading, "the article")
        await it.rest()
        assert it.screen.opened.row.title == FERRY
        assert it.pane.top == Point(9, 0)


@pytest.mark.parametrize("size", [(120, 110), (100, 16)])
async def test_the_next_key_is_about_the_highlight_that_was_gone_to(kept, size):
    with Library(kept) as library:
        highlight(library, FERRY, 9, "blue", size=20)
    async with reading(kept, size=size) as it:
        await opened(it, "g", "n")
        await to(it, "highlight", FERRY, "g")
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen and it.screen.reading, "the article")
        await it.rest()
        assert it.pane.cursor == 9
        await it.press("d")
        assert it.dialogue == ""
        colors = {one.color for one in it.library.marks.of(it.screen.row.id).highlights}
        assert colors == {"red", "blue"}


async def test_enter_goes_to_the_article_of_a_bookmark(kept):
    async with reading(kept) as it:
        await opened(it, "B")
        await to(it, "bookmark", ROPE)
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen and it.screen.reading, "the article")
        assert it.title == ROPE


async def test_an_orphan_goes_to_the_article_and_says_so(kept):
    with Library(kept) as library:
        library.notebook.add_highlight(row_of(library, GULLS), Quote("no such words stand in this text at all"), "red")
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await to(it, "highlight", GULLS, "r")
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen and it.screen.reading, "the article")
        await it.rest()
        assert it.screen.opened.row.title == GULLS
        assert "not in the text any more" in it.said[-1]
        assert it.pane.in_view(Point(it.pane.cursor))
        await it.press("d")
        assert it.dialogue == ""
        assert [one.color for one in it.library.marks.of(it.screen.row.id).highlights] == ["blue"]


async def test_an_article_that_is_gone_is_told_with_its_quote_and_address(kept):
    with Library(kept) as library:
        from reader.model.article import Row

        gone = Row(
            77,
            0,
            "Gone [/] away",
            None,
            None,
            "Old Weekly",
            "",
            cut=False,
            words=1,
            published=None,
            url="https://old.example/gone",
        )
        library.notebook.add_highlight(gone, Quote("what it said"), "red", "I thought so")
        library.notebook.set_bookmarked([gone], bookmarked=True)
    async with reading(kept) as it:
        await opened(it, "g", "n")
        assert "Gone [/] away · Old Weekly · not in the library any more" in it.seen()
        await to(it, "highlight", "Gone [/] away")
        await it.press("enter")
        await it.until(lambda: it.dialogue == "TellScreen", "what is known of it")
        told = " ".join(it.seen().split())
        for text in ("not in the library any more", "https://old.example/gone", "what it said", "I thought so"):
            assert text in told
        await it.press("escape", "d")
        assert it.said[-1] == "Highlight deleted. U brings it back."
        await it.press("U")
        await to(it, "highlight", "Gone [/] away")


# -- changes


async def test_a_edits_the_note_of_a_highlight(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await to(it, "highlight", FERRY, "r")
        await it.press("a")
        await it.until(lambda: it.dialogue == "NoteScreen", "the editor")
        await it.type("quite so")
        await it.press("escape")
        assert any(line.startswith("✎ quite so") for line in rows(it))
        assert chosen(it) == ("highlight", FERRY)
        await it.press("U")
        assert not any("quite so" in line for line in rows(it))


async def test_a_on_a_bookmark_writes_the_note_of_its_article(kept):
    async with reading(kept) as it:
        await opened(it, "B")
        await to(it, "bookmark", ROPE)
        await it.press("a")
        await it.type("hemp")
        await it.press("escape")
        assert it.flags(ROPE) & NOTED
        await to(it, "note", ROPE)


async def test_an_emptied_note_is_deleted_after_asking(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await to(it, "note", PILOT)
        await it.press("a")
        it.app.screen.query_one(TextArea).clear()
        await it.press("escape")
        await it.until(lambda: it.dialogue == "ConfirmScreen", "the question")
        await it.press("y")
        assert it.said[-1] == "Note deleted. U brings it back."
        assert not it.flags(PILOT) & NOTED


async def test_d_removes_a_bookmark_and_u_brings_it_back(kept):
    async with reading(kept) as it:
        await opened(it, "B")
        await to(it, "bookmark", ROPE)
        await it.press("d")
        assert it.said[-1] == "Bookmark removed. U brings it back."
        assert not it.flags(ROPE) & BOOKMARKED
        assert not any(one.kind == "bookmark" and one.title == ROPE for one in it.app.screen._kepts.entries)
        await it.press("U")
        assert it.flags(ROPE) & BOOKMARKED
        assert it.said[-1].startswith("Undone: ")
        await to(it, "bookmark", ROPE)


async def test_d_deletes_a_note_after_asking(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await to(it, "note", PILOT)
        await it.press("d")
        await it.until(lambda: it.dialogue == "ConfirmScreen", "the question")
        assert f"Delete the note on “{PILOT}”?" in it.question
        await it.press("n")
        assert it.flags(PILOT) & NOTED
        await it.press("d", "y")
        assert not it.flags(PILOT) & NOTED
        await it.press("U")
        assert it.flags(PILOT) & NOTED


async def test_d_deletes_a_highlight_and_the_list_below_follows(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await to(it, "highlight", GULLS)
        await it.press("d")
        assert not it.flags(GULLS) & HIGHLIGHTED
        assert it.screen.row is not None
        await it.press("U", "escape")
        assert it.flags(GULLS) & HIGHLIGHTED
        assert not it.screen.articles.row(it.titles.index(ROPE)).has(HIGHLIGHTED)
        assert it.screen.articles.row(it.titles.index(GULLS)).has(HIGHLIGHTED)


@pytest.mark.parametrize("title", [GULLS, FERRY])
async def test_u_brings_the_cursor_back_to_what_was_deleted(kept, title):
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        await to(it, "highlight", title)
        before = screen._list.chosen.highlight.id
        await it.press("d")
        assert screen._list.chosen.highlight is None or screen._list.chosen.highlight.id != before
        await it.press("G", "U")
        assert screen._list.chosen.highlight.id == before


async def test_c_gives_a_highlight_the_next_colour(kept):
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        await to(it, "highlight", FERRY, "g")
        await it.press("C")
        assert screen._list.chosen.highlight.color == "blue"
        assert it.said[-1] == "The highlight is blue now. C takes the next colour."
        assert any(line.startswith("b ") for line in rows(it)[1:])
        await it.press("U")
        assert it.said[-1].startswith("Undone: highlight's color")
        await to(it, "note", PILOT)
        await it.press("C")
        assert it.said[-1] == "Only a highlight has a colour."


async def test_two_deletes_right_after_one_another_are_about_two_entries(kept, monkeypatch):
    monkeypatch.setattr("reader.ui.screens.notebook._AT_ONCE", 1)
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        screen.action_turn("bookmarks")
        first = screen._list.chosen.title
        screen.action_delete()
        second = screen._list.chosen.title
        assert second != first
        screen.action_delete()
        await it.rest()
        assert not it.flags(first) & BOOKMARKED
        assert not it.flags(second) & BOOKMARKED


async def test_what_was_read_before_a_change_does_not_show_over_it(kept):
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        await to(it, "highlight", GULLS)
        old = screen._kepts.entries
        screen.read()
        asked = screen._asked
        await it.press("d")
        count = len(screen._kepts.entries)
        screen._take(asked, old, None)
        assert len(screen._kepts.entries) == count == len(old) - 1


async def test_the_cursor_goes_to_the_next_entry_while_more_come(kept):
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        screen.action_turn("all")
        screen._list.move(1)
        now, following = screen._list.chosen, screen._list._entries[screen._list._items[screen._list._cursor + 1]]
        more = [replace(now, kind="note", article=900 + number, key=None) for number in range(5)]
        screen._kepts.take([*more, *(one for one in screen._kepts.entries if one is not now)])
        screen._show()
        assert screen._list.chosen == following


async def test_the_last_entry_deleted_leaves_the_cursor_on_one(kept):
    async with reading(kept) as it:
        screen = await opened(it, "B")
        for _ in range(2):
            await it.press("G", "d")
        assert screen._list.chosen is None
        assert "No bookmarks yet." in it.seen()


async def test_y_copies_the_quote_with_the_note(kept):
    async with reading(kept) as it:
        await opened(it, "g", "n")
        await to(it, "highlight", FERRY, "g")
        await it.press("y")
        assert it.said[-1] == "Copied the quote with your note."
        assert it.app.clipboard.startswith("“")
        assert it.app.clipboard.endswith(f"”\n{FERRY}\n\nas he said, Café [/] time")


async def test_where_another_reader_writes_it_only_shows(kept):
    with Library(kept) as first:
        assert not first.read_only
        async with reading(kept) as it:
            await opened(it, "g", "n")
            for key in ("a", "d", "U"):
                await it.press(key)
                assert it.said[-1].startswith("Another reader is open")
                assert it.dialogue == "NotebookScreen"
            assert "delete" not in it.seen()


# -- keys


async def test_the_help_lists_its_keys(kept):
    async with reading(kept) as it:
        await opened(it, "B")
        await it.press("?")
        await it.until(lambda: it.dialogue == "HelpScreen", "the help")
        assert "Notebook" in it.seen()
        await it.press("escape")
        assert it.dialogue == "NotebookScreen"


async def test_a_click_chooses_and_another_goes_there(kept):
    async with reading(kept) as it:
        screen = await opened(it, "g", "n")
        await it.click(screen._list, "Ask him")
        assert chosen(it) == ("note", PILOT)
        await it.click(screen._list, "Ask him")
        await it.until(lambda: it.app.screen is it.screen and it.screen.reading, "the article")
        assert it.screen.opened.row.title == PILOT


async def test_a_command_of_the_palette_is_run_below(kept):
    async with reading(kept) as it:
        screen = await opened(it, "B")
        screen.run("view.compact")
        await it.rest()
        assert it.app.screen is it.screen
        assert it.articles.compact


async def test_what_is_only_read_has_no_notebook(kept):
    async with reading(kept, preview=essay("Elsewhere"), location="elsewhere.txt") as it:
        for keys in (("B",), ("g", "n")):
            await it.press(*keys)
            assert it.dialogue == ""
            assert it.said == ["This is not in the library yet: + keeps it, then it can be marked."]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)], ids=["wide", "usual", "small"])
def test_the_notebook(kept, frozen, snap_compare, monkeypatch, size):
    monkeypatch.setattr(notebook_row, "date", lambda _: "12 May 2026")
    app = ReaderApp(kept, QUIET)

    async def before(pilot) -> None:
        reader = Reader(app, pilot)
        await reader.until(lambda: reader.library.ready, "the marks to be opened")
        await opened(reader, "g", "n")
        await reader.press("tab", "j")

    try:
        assert snap_compare(app, terminal_size=size, run_before=before)
    finally:
        app.library.close()


# -- very much


def many(count: int) -> list[Kept]:
    quote = Quote("The tide table on the wall had been wrong since the spring, and nobody thought it odd. " * 4)
    return [
        Kept("highlight", n // 3, f"Title {n // 3}", "Source", "2026-01-01T00:00:00Z", f"{n} {quote.exact}", "n",
             Highlight(n + 1, n // 3, quote), n + 1)
        for n in range(count)
    ]  # fmt: skip


async def test_what_is_drawn_does_not_grow_with_what_was_kept(kept, monkeypatch):
    async with reading(kept, size=(80, 24)) as it:
        screen = await opened(it, "g", "n")
        screen._kepts.take(many(10_000))
        laid = []
        lines = notebook_row.lines
        monkeypatch.setattr(notebook_row, "lines", lambda *given: laid.append(1) or lines(*given))
        screen._show(first=True)
        await it.press("G", "g", "g", "j", "space", "b")
        assert len(laid) < 100


def test_a_search_finds_among_very_many():
    kepts = Kepts("notes")
    kepts.take(many(10_000))
    kepts.search("9999 tide")
    assert [number for number in kepts.items if number >= 0] == [9999]


async def test_enter_goes_deep_into_a_long_text(places):
    from reader.ingest.found import Found
    from reader.model.article import Entry

    body = "\n\n".join(
        f"Paragraph {n} is *told* of [the sea](https://sea.example/{n}). " + "salt " * 30 for n in range(3000)
    )
    fill(places, Found("essay", "Long", (Entry("Long", body=body, markdown=True),)))
    with Library(places) as library:
        highlight(library, "Long", 2500, size=20)
    async with reading(places) as it:
        await opened(it, "g", "n")
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen and it.screen.reading, "the article")
        await it.rest()
        assert it.pane.top == Point(2500, 0)


async def test_the_rest_of_very_many_highlights_comes_after_the_first_frame(kept, monkeypatch):
    monkeypatch.setattr("reader.ui.screens.notebook._AT_ONCE", 1)
    async with reading(kept) as it:
        await opened(it, "g", "n")
        assert "Notes and highlights · 1 note, 3 highlights" in it.seen()
        assert chosen(it) == ("highlight", GULLS)

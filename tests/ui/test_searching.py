"""Searching everything: live, ranked, marked, and into the article at the first match."""

from __future__ import annotations

import threading

import pytest
from rich.style import Style

from reader.model.listing import Filter
from tests.invented import entry, fill, harbours, listing, orchards
from tests.ui.driving import reading

TITLES = [entry.title for entry in harbours().entries]
LONG = "Nothing happens here at all. " * 60


@pytest.fixture
def coast(places):
    """Articles in which the word stands in the text, in the title, or in the byline."""
    texts = (
        entry("Where boats go", body=f"{LONG}\n\nThe zephyr rose at noon, and a zephyr at night.\n\n{LONG}"),
        entry("A zephyr of one's own", body=LONG),
        entry("By another hand", author="Zephyr Brook", body=LONG),
        entry("Something else", body=LONG),
    )
    fill(places, listing("Coast", texts))
    return places


def marked(it, word: str) -> bool:
    """Tell whether the list shows a word underlined."""
    return any(
        word in segment.text and segment.style is not None and segment.style.underline
        for y in range(it.articles.size.height)
        for segment in it.articles.render_line(y)
        if isinstance(segment.style, Style)
    )


async def test_matches_come_in_one_list_the_best_first_and_are_marked(coast):
    async with reading(coast) as it:
        await it.press("/")
        await it.type("zeph")
        assert set(it.titles) == {"A zephyr of one's own", "Where boats go", "By another hand"}
        assert it.titles[0] == "A zephyr of one's own"
        assert it.title == it.titles[0]
        assert all(group.bare for group in it.screen.listing.groups)
        assert "“zeph” · 3 found" in it.status
        seen = it.of(it.articles)
        assert "▾" not in seen
        assert "The zephyr rose at noon" in " ".join(seen.replace("│", " ").split())
        for word in ("zephyr", "Zephyr"):
            assert marked(it, word)


async def test_enter_opens_at_the_first_match_and_n_steps_on_in_the_text(coast):
    async with reading(coast, size=(120, 20)) as it:
        await it.press("/")
        await it.type("rose zephyr")
        await it.press("enter", "enter")
        assert it.screen.reading
        assert "The zephyr rose" in it.of(it.pane)
        assert "1 of 3" in it.of(it.keys)
        await it.press("n", "n")
        assert "3 of 3" in it.of(it.keys)
        await it.press("escape")
        assert it.screen.reading
        assert "of 3" not in it.of(it.keys)
        await it.press("escape")
        assert not it.screen.reading
        assert it.titles == ["Where boats go"]


async def test_an_article_without_the_words_in_its_text_opens_where_it_was_left(coast):
    async with reading(coast) as it:
        await it.press("/")
        await it.type("one's own")
        await it.press("enter", "enter")
        assert it.screen.reading
        assert not it.screen.finding.active


async def test_the_article_after_a_match_is_read_from_its_first_match_too(coast):
    async with reading(coast, size=(120, 20)) as it:
        await it.press("/")
        await it.type("zephyr")
        await it.press("enter")
        await it.press("enter", *["J"] * it.titles.index("Where boats go"))
        assert it.title == "Where boats go"
        assert "The zephyr rose" in it.of(it.pane)


async def test_one_letter_alone_waits_for_more(coast):
    async with reading(coast) as it:
        before = it.titles
        await it.press("/", "z")
        assert it.titles == before
        assert "One letter more" in it.seen()
        await it.press("enter")
        assert len(it.titles) == 3


async def test_enter_twice_opens_what_was_searched_however_quickly_it_is_typed(coast):
    async with reading(coast) as it:
        await it.pilot.press("/", *"rose", "enter", "enter")
        await it.rest()
        assert it.screen.reading
        assert it.title == "Where boats go"


async def test_keys_go_on_while_a_search_takes_long_and_only_the_last_is_shown(coast, monkeypatch):
    async with reading(coast) as it:
        shelf, going, asked = it.library.shelf, threading.Event(), []
        original = shelf.listing

        def slow(chosen=Filter(), *args, **more):  # noqa: B008 -- as the method it stands in for
            asked.append(chosen.words)
            if chosen.words:
                assert going.wait(10)
            return original(chosen, *args, **more)

        monkeypatch.setattr(shelf, "listing", slow)
        await it.press("/")
        for word in ("ze", "ph", "yr"):
            await it.pilot.press(*word)
            await it.until(lambda: asked)
        assert it.app.screen.query_one("QueryBar").value == "zephyr"
        await it.until(lambda: "Searching …" in it.seen(), "it to be said that this takes long")
        going.set()
        await it.until(lambda: it.screen.listing.filter.words == "zephyr", "the last search")
        await it.until(lambda: "Enter keeps" in it.seen(), "it to be said that this is over")
        assert asked[-1] == "zephyr"
        assert len(asked) <= 3


async def test_the_first_of_very_many_matches_are_shown_before_all_are_found(places, monkeypatch):
    fill(places, harbours(), orchards())
    monkeypatch.setattr("reader.storage.ranking.MANY", 2)
    monkeypatch.setattr("reader.library.best_first.ENOUGH", 2)
    async with reading(places) as it:
        shelf, going = it.library.shelf, threading.Event()
        original = shelf.listing

        def slow(chosen=Filter(), *args, **more):  # noqa: B008 -- as the method it stands in for
            assert not chosen.words or going.wait(10)
            return original(chosen, *args, **more)

        monkeypatch.setattr(shelf, "listing", slow)
        await it.press("/")
        await it.pilot.press("t", "h", "e")
        await it.until(lambda: "found so far" in it.status, "the first matches")
        first = [it.articles.row(index).title for index in range(len(it.screen.listing))]
        assert it.title == first[0]
        assert "Searching …" not in it.seen()
        going.set()
        await it.until(lambda: not it.screen.listing.partial, "all of them")
        assert len(it.screen.listing) > len(first) >= 2
        assert [it.articles.row(index).title for index in range(len(first))] == first
        assert it.title == first[0]
        assert "so far" not in it.status
        await it.press("enter", "j")
        assert it.title == it.articles.row(1).title


@pytest.mark.parametrize("ends", ["corrected", "kept"])
async def test_a_search_that_was_given_up_before_all_were_found_goes_on(places, monkeypatch, ends):
    fill(places, harbours(), orchards())
    monkeypatch.setattr("reader.storage.ranking.MANY", 2)
    monkeypatch.setattr("reader.library.best_first.ENOUGH", 2)
    async with reading(places) as it:
        shelf, going = it.library.shelf, threading.Event()
        original = shelf.listing

        def slow(chosen=Filter(), *args, **more):  # noqa: B008 -- as the method it stands in for
            assert chosen.words != "the" or going.wait(10)
            return original(chosen, *args, **more)

        monkeypatch.setattr(shelf, "listing", slow)
        await it.press("/")
        await it.pilot.press("t", "h", "e")
        await it.until(lambda: it.screen.listing.partial and it.screen.listing.filter.words == "the", "the first")
        line = it.screen.query_one("QueryBar").input
        line.value = "the is:z"
        await it.until(lambda: not it.screen.lists.making, "it to be given up")
        assert it.screen.listing.partial
        going.set()
        line.value = "the"
        if ends == "kept":
            await it.pilot.press("enter")
        await it.until(lambda: not it.screen.lists.unfinished, "all of them")
        assert it.screen.listing.filter.words == "the"


async def test_enter_waits_for_all_the_matches(places, monkeypatch):
    fill(places, harbours(), orchards())
    monkeypatch.setattr("reader.storage.ranking.MANY", 2)
    monkeypatch.setattr("reader.library.best_first.ENOUGH", 2)
    async with reading(places) as it:
        await it.press("/")
        await it.pilot.press("t", "h", "e", "enter", "A", "y")
        await it.until(
            lambda: it.screen.listing.filter.words == "the" and not it.screen.listing.unread, "all to be read"
        )
        assert not it.screen.listing.partial
        assert len(it.screen.listing) > 2


async def test_a_search_that_follows_another_at_once_still_ends_where_the_first_began(places, monkeypatch):
    fill(places, harbours(), orchards())
    async with reading(places) as it:
        await it.press("2", "/")
        await it.type("gulls")
        shelf, going = it.library.shelf, threading.Event()
        original = shelf.listing

        def slow(chosen=Filter(), *args, **more):  # noqa: B008 -- as the method it stands in for
            assert going.wait(10)
            return original(chosen, *args, **more)

        monkeypatch.setattr(shelf, "listing", slow)
        await it.pilot.press("escape", "/", "g")
        assert it.screen.listing.filter.words == "gulls", "the view is still on its way"
        going.set()
        await it.until(lambda: it.screen.listing.filter == Filter("unread"), "the view to come all the same")
        await it.press("escape")
        assert it.screen.listing.filter == Filter("unread")


async def test_stray_signs_are_no_mistake(coast):
    async with reading(coast) as it:
        await it.press("/")
        await it.paste('"zephyr) OR (-')
        assert "^" not in it.of(it.app.screen.query_one("QueryBar"))
        assert it.app.is_running


async def test_esc_goes_back_to_the_view_the_order_and_the_article_where_it_began(places):
    fill(places, harbours(), orchards())
    async with reading(places) as it:
        await it.press("2")
        await it.go_to(TITLES[4])
        await it.press("S", "j", "enter")
        before = it.titles
        await it.press("/")
        await it.type("gulls")
        assert it.titles != before
        await it.press("escape")
        assert it.titles == before
        assert it.title == TITLES[4]
        assert it.screen.listing.filter == Filter("unread")
        assert it.screen.listing.order == "newest"


async def test_a_search_is_forgotten_by_the_next_start(places):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("2", "/")
        await it.type("gulls")
        await it.press("enter")
    async with reading(places) as it:
        assert it.screen.listing.filter == Filter("unread")
        assert it.screen.listing.grouping == "section"


async def test_nothing_found_names_the_way_out(coast):
    async with reading(coast) as it:
        await it.press("/")
        await it.type("zeppelin")
        seen = " ".join(it.of(it.articles).replace("│", " ").split())
        assert "No article has “zeppelin”." in seen
        assert "Esc ends it" in seen


@pytest.mark.parametrize("words", ["[/bold]", "[red]zephyr", "\u202ezephyr", "ze\u0301phyr", "🚢" * 40])
@pytest.mark.parametrize("size", [(120, 40), (20, 8), (3, 3)])
async def test_whatever_is_searched_is_drawn(coast, words, size):
    async with reading(coast, size=size) as it:
        await it.press("/")
        await it.paste(words)
        await it.press("tab", "down", "up", "enter", "enter", "escape", "escape")
        assert it.app.is_running

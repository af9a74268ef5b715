"""Links, footnotes and headings of the article that is read."""

from __future__ import annotations

import pytest

from reader.ingest.found import Found
from reader.model.article import READ, Entry
from tests.invented import fill, harbours, text
from tests.ui.driving import reading

BETWEEN = "\n\n".join(text(number, 2) for number in range(20))
BODY = f"""# The harbour

The old harbour[^1] is [told of here](https://example.org/a?b=1) and [there](https://bücher.example/x).

## Cranes

{BETWEEN}

## Gulls

A [letter](mailto:someone@post.example), a [trick](https://bank.example@evil.example/), a [bad one](gopher://old.example),
[up to the cranes](#cranes) and [a story](https://known.example/x?utm_source=a).

[^1]: Silted up since.
"""
KNOWN = Entry("The story", excerpt="It is known.", url="https://known.example/x", guid="k")


@pytest.fixture
def linked(places):
    """A library with a text of links, and an article that one of them leads to."""
    fill(places, Found("feed", "News", (KNOWN,), address="https://known.example/feed"))
    book = Entry("Book", body=BODY, markdown=True, url="https://book.example/1")
    fill(places, Found("essay", "Book", (book,)))
    return places


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """What the browser is asked to open."""
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: not asked.append(url))
    return asked


async def begin(it) -> None:
    await it.go_to("Book")
    await it.press("enter")


def told(it) -> str:
    """Give what is said about the chosen link, and the keys under it."""
    return f"{it.question} | {it.app.screen.query_one('.dialogue').border_subtitle}"


async def test_u_numbers_the_links_and_lists_them_with_their_hosts(linked):
    async with reading(linked) as it:
        await begin(it)
        before = it.of(it.pane)
        assert "is told of here" in before
        await it.press("u")
        assert it.dialogue == "LinksScreen"
        shown = it.seen()
        assert "is2told of here and3there" in shown
        for line in (
            "1 Silted up since.", "2 told of here", "3 there", "4 letter", "5 trick", "8 a story", "example.org",
            "bücher.example (xn--bcher-kva.example)", "evil.example", "cannot be opened", "in this article",
        ):  # fmt: skip
            assert line in shown
        await it.press("escape")
        assert it.dialogue == ""
        assert it.of(it.pane) == before


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_panel_stands_inside_the_frame_of_the_text(linked, size):
    async with reading(linked, size=size) as it:
        await begin(it)

        def around() -> list[str]:
            lines, pane = it.seen().split("\n"), it.pane.region
            left = [line[pane.x : pane.x + 1] for line in lines[:-1]]
            right = [line[pane.right - 1 :] for line in lines[:-1]]
            return [*left, *right, lines[pane.bottom - 1]]

        before = around()
        await it.press("u")
        assert around() == before
        box, pane = it.app.screen.query_one("#links").region, it.pane.content_region
        assert pane.contains_region(box)
        assert box.bottom == pane.bottom
        await it.pilot.resize_terminal(100, 30)
        await it.rest()
        await it.until(lambda: it.app.screen.query_one("#links").region.bottom == it.pane.content_region.bottom)
        assert it.pane.content_region.contains_region(it.app.screen.query_one("#links").region)


async def test_a_digit_begins_with_that_link(linked, opened):
    async with reading(linked) as it:
        await begin(it)
        await it.press("2")
        assert told(it).startswith("https://example.org/a?b=1 | o or Enter opens")
        assert opened == []
        await it.press("enter")
        assert opened == ["https://example.org/a?b=1"]
        assert it.dialogue == ""
        assert "Opened https://example.org/a?b=1" in it.said


async def test_more_digits_make_a_number(places):
    body = " ".join(f"[link {number}](https://e.example/{number})" for number in range(1, 31))
    fill(places, Found("essay", "Many", (Entry("Many", body=body, markdown=True),)))
    async with reading(places) as it:
        await it.press("enter", "2", "7")
        assert told(it).startswith("https://e.example/27 |")
        await it.press("9")
        assert told(it).startswith("https://e.example/9 |")
        await it.press("j", "1")
        assert told(it).startswith("https://e.example/1 |")
        await it.press("0")
        assert told(it).startswith("https://e.example/10 |")


async def test_a_name_before_the_host_is_not_taken_for_it(linked):
    async with reading(linked) as it:
        await begin(it)
        await it.press("5")
        assert "It asks evil.example, and not “bank.example”." in told(it)


@pytest.mark.parametrize("key", ["enter", "o"])
async def test_only_web_and_mail_addresses_are_opened(linked, opened, key):
    async with reading(linked) as it:
        await begin(it)
        await it.press("6")
        assert "cannot be opened" in told(it)
        await it.press(key)
        assert opened == []
        assert "cannot be opened" in it.said[-1]
        await it.press("4", key)
        assert opened == ["mailto:someone@post.example"]


async def test_a_link_to_an_article_that_is_here_goes_to_it_and_h_comes_back(linked, opened):
    async with reading(linked) as it:
        await begin(it)
        await it.press("space")
        place = it.pane.place
        await it.press("8")
        assert told(it).startswith("Here already: The story https://known.example/x?utm_source=a | Enter reads it here")
        await it.press("enter")
        assert it.title == "The story"
        assert it.screen.reading
        assert opened == []
        assert not it.flags("The story") & READ
        await it.press("h")
        assert it.title == "Book"
        assert it.screen.reading
        assert it.pane.place == place
        await it.press("8", "o")
        assert opened == ["https://known.example/x?utm_source=a"]


async def test_a_footnote_is_jumped_to_and_back_from(linked):
    async with reading(linked, size=(100, 24)) as it:
        await begin(it)
        place = it.pane.place
        await it.press("1", "enter")
        assert "Silted up since." in it.of(it.pane)
        assert it.pane.place != place
        await it.press("h")
        assert it.pane.place == place


async def test_a_click_on_a_note_jumps_and_a_click_on_a_link_asks(linked, opened):
    async with reading(linked, size=(100, 24)) as it:
        await begin(it)
        await it.click(it.pane, "¹")
        assert "Silted up since." in it.of(it.pane)
        await it.press("h")
        await it.click(it.pane, "told of here")
        assert told(it).startswith("https://example.org/a?b=1 |")
        assert opened == []
        await it.press("escape")


async def test_a_link_to_a_heading_of_the_article_goes_there(linked):
    async with reading(linked, size=(100, 24)) as it:
        await begin(it)
        await it.press("G", "7", "enter")
        assert it.of(it.pane).split("\n")[1].strip("│┃▎ ") == "Cranes"


async def test_y_copies_the_address_and_plus_asks_to_add_it(linked):
    async with reading(linked) as it:
        await begin(it)
        await it.press("2", "y")
        assert it.app.clipboard == "https://example.org/a?b=1"
        await it.press("2", "+")
        assert it.dialogue == "AddScreen"
        assert "https://example.org/a?b=1" in it.seen()
        await it.press("escape")
        await it.press("4", "+")
        assert "cannot be added" in it.said[-1]


async def test_an_article_without_links_or_headings_says_so(places):
    fill(places, harbours())
    async with reading(places) as it:
        await it.press("enter", "u")
        assert it.said == ["There are no links in this article."]
        await it.press("3")
        assert it.said == ["There are no links in this article."]
        await it.press("T")
        assert it.said == ["This article has no headings."]


async def test_what_links_say_is_only_text(places):
    body = "[\\[red\\]a\\[/\\]](https://e.example/[/x]) [b](https://e.example/" + "y" * 3000 + ")"
    fill(places, Found("essay", "Bad", (Entry("Bad", body=body, markdown=True),)))
    async with reading(places, size=(60, 20)) as it:
        await it.press("enter", "u")
        assert "[red]a[/]" in it.seen()
        assert "https://e.example/" in told(it)
        await it.press("j")
        assert "e.example" in it.seen()
        await it.press("escape")


async def test_of_a_long_host_the_end_is_shown(places):
    body = f"[a](https://bank.example.{'x' * 60}.{'y' * 60}.evil.example/)"
    fill(places, Found("essay", "Long", (Entry("Long", body=body, markdown=True),)))
    async with reading(places, size=(60, 20)) as it:
        await it.press("enter", "u")
        (line,) = (line for line in it.seen().split("\n") if "▸1 a" in line)
        assert "….evil" not in line
        assert "y.evil.example" in line


async def test_the_comments_below_are_a_link_too(places, opened):
    one = Entry("Talked about", excerpt="Words.", comments="https://talk.example/1", guid="1")
    fill(places, Found("feed", "News", (one,), address="https://talk.example/feed"))
    async with reading(places) as it:
        await it.press("enter", "u", "enter")
        assert opened == ["https://talk.example/1"]


async def test_the_contents_show_where_one_is_and_go_elsewhere(linked):
    async with reading(linked, size=(100, 24)) as it:
        await begin(it)
        await it.press("space", "space")
        place = it.pane.place
        await it.press("T")
        assert it.dialogue == "ContentsScreen"
        assert "▸   Cranes" in it.seen()
        await it.press("j", "enter")
        assert it.dialogue == ""
        assert "Gulls" in it.of(it.pane)
        await it.press("h")
        assert it.pane.place == place
        await it.press("T", "escape")
        assert it.pane.place == place


async def test_the_links_of_a_text_are_looked_for_once(linked, monkeypatch):
    from reader.model import links

    asked, look = [], links.links
    monkeypatch.setattr(links, "links", lambda *given: asked.append(given) or look(*given))
    async with reading(linked) as it:
        await begin(it)
        await it.press("u", "escape", "u", "escape")
        assert it.dialogue == ""
        assert len(asked) == 1
        await it.press("H", "u")
        assert it.dialogue == "LinksScreen"
        assert "is2told of here" in it.seen()

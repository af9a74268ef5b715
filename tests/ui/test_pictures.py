"""Pictures in the reading pane: drawn above their words, nothing moving, within bounds."""

from __future__ import annotations

import re
import threading

import pytest

from reader.library import Library
from reader.settings import Settings
from reader.ui.app import ReaderApp
from reader.ui.widgets import picture_pixels
from reader.ui.widgets.picture_box import Cell
from reader.ui.widgets.picture_kitty import forgetting
from tests.invented import fill
from tests.ui.driving import Reader, reading
from tests.ui.pictured import AFTER, BEFORE, CRANES, URL, article, bytes_of, halves, keep


@pytest.fixture
def coloured(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("reader.ui.screens.pictures.cell_size", Cell)


@pytest.fixture
def with_pictures(places, coloured):
    """Give a library of an article with a picture between two paragraphs, one that is broken, and one not kept."""
    lost = URL.format("lost")
    fill(
        places,
        article(
            f"{BEFORE}\n\n![Cranes over the quay]({CRANES} 'The quay in May')\n\n{AFTER}\n\n"
            f"![A torn one]({URL.format('torn')})\n\n![A lost one]({lost})\n\nThe end."
        ),
    )
    with Library(places) as library:
        keep(library, CRANES, bytes_of(halves(600, 400)))
        keep(library, URL.format("torn"), bytes_of(halves(60, 400))[:200])
    return places


def blocks_in(it) -> list[str]:
    return [line for line in it.of(it.pane).split("\n") if "▀" in line]


async def test_a_picture_is_drawn_above_its_words(with_pictures):
    async with reading(with_pictures, size=(120, 70)) as it:
        await it.press("j", "enter")
        await it.until(lambda: blocks_in(it), "the picture")
        await it.rest()
        text = it.of(it.pane)
        lines = blocks_in(it)
        assert {line.count("▀") for line in lines} == {60}
        assert len(lines) == 20
        order = [text.index(part) for part in (BEFORE, "▀", "▣ Cranes over the quay", "The quay in May", AFTER)]
        assert order == sorted(order)
        assert "▣ A torn one" in text
        assert "▣ A lost one" in text
        assert "This picture cannot be drawn." in text


async def test_nothing_moves_when_it_comes(with_pictures, held):
    async with reading(with_pictures) as it:
        held.clear()
        await it.pilot.press("j", "enter")
        await it.pilot.pause()
        waiting = it.of(it.pane).split("\n")
        assert not blocks_in(it)
        assert any("▣ Cranes over the quay" in line for line in waiting)
        await it.pilot.press("j", "j", "j", "j", "j", "j")
        await it.pilot.pause()
        scrolled = it.of(it.pane).split("\n")
        held.set()
        await it.until(lambda: blocks_in(it), "the picture")
        await it.rest()
        drawn = [
            line.replace("▀", " ").replace("This picture cannot be drawn.", " " * 29)
            for line in it.of(it.pane).split("\n")
        ]
        assert drawn == scrolled
        assert scrolled != waiting, "the view stands in the middle of the picture"


async def test_only_its_own_lines_are_painted_anew(with_pictures, held, monkeypatch):
    async with reading(with_pictures) as it:
        held.clear()
        await it.pilot.press("j", "enter")
        await it.pilot.pause()
        held.set()
        await it.until(lambda: blocks_in(it), "the picture")
        await it.rest()
        painted: list[int] = []
        refresh = it.pane.refresh

        def noted(*regions, **how):
            painted.extend(region.height for region in regions) if regions else painted.append(it.pane.size.height)
            return refresh(*regions, **how)

        monkeypatch.setattr(it.pane, "refresh", noted)
        it.screen.shown._pictures._renew({CRANES})
        await it.rest()
        assert sum(painted) == len(blocks_in(it)) + 1, "and its words"


@pytest.mark.parametrize("wanted", ["auto", "blocks", "off"])
async def test_the_user_says_whether_there_are_pictures(with_pictures, wanted):
    async with reading(with_pictures, Settings(mark_read="never", pictures=wanted)) as it:
        await it.press("j", "enter")
        assert bool(blocks_in(it)) == (wanted != "off")
        assert "▣ Cranes over the quay" in it.of(it.pane)


async def test_without_colours_there_are_none(with_pictures, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(with_pictures) as it:
        await it.press("j", "enter")
        assert not blocks_in(it)
        assert "▣ Cranes over the quay" in it.of(it.pane)


async def test_without_the_extra_there_are_none(with_pictures, monkeypatch):
    monkeypatch.setattr("reader.ui.screens.pictures.available", lambda: False)
    async with reading(with_pictures) as it:
        await it.press("j", "enter")
        assert not blocks_in(it)


async def test_without_the_library_sixels_are_half_blocks(with_pictures, monkeypatch):
    monkeypatch.setenv("TERM", "foot")
    monkeypatch.setattr("reader.ui.screens.pictures.knows_sixels", lambda: False)
    async with reading(with_pictures) as it:
        await it.press("j", "enter")
        assert blocks_in(it)
        assert it.screen.shown._pictures.way == "blocks"


async def test_a_kitty_is_told_once_and_to_forget_at_the_end(with_pictures, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-kitty")
    said: list[str] = []
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.write", lambda _, data: said.append(data))
    async with reading(with_pictures) as it:
        await it.press("j", "enter")
        await it.until(lambda: "\U0010eeee" in it.seen(), "the characters that stand for it")
        await it.press("ctrl+d", "ctrl+u", "j", "k")
        sent = [data for data in said if "\x1b_Ga=T" in data]
        assert len(sent) == 1
        (number,) = re.findall(r",i=(\d+),", sent[0])
    assert said[-1] == forgetting(int(number))


async def test_pictures_do_not_fill_the_memory(places, coloured, monkeypatch):
    monkeypatch.setattr("reader.ui.screens.pictures.BLOCKS_BYTES", 1_500_000)
    count = 12
    fill(places, article("\n\n".join(f"![Picture {at}]({URL.format(at)})\n\nText {at}." for at in range(count))))
    with Library(places) as library:
        for at in range(count):
            keep(library, URL.format(at), bytes_of(halves(600, 400 + at)))
    async with reading(places) as it:
        await it.press("j", "enter")
        for _ in range(count):
            it.pane.page(1)
            await it.rest()
            await it.until(lambda: len(blocks_in(it)) > 5, "pictures")
            assert sum(drawn.cost for drawn in it.screen.shown._pictures._drawn.values()) <= 1_500_000
        await it.press("g", "g")
        await it.until(lambda: blocks_in(it), "the first picture again")


HOSTILE = {
    "a bomb": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\0\0\0\1\0\0" + b"\x08\2\0\0\0",
    "a lie": bytes_of(halves())[:16] + b"\0\0\x27\x10\0\0\0\x40" + bytes_of(halves())[24:],
    "half a picture": bytes_of(halves(400, 300), "JPEG")[:900],
    "a page": b"<html><body>404</body></html>",
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'/>",
    "nothing": b" ",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_picture_is_its_words(places, coloured, data):
    odd = "data:image/png;base64,AAAA"
    fill(places, article(f"{BEFORE}\n\n![The \\[bold\\] one]({CRANES})\n\n{AFTER}\n\n![Odd]({odd})\n\nThe end."))
    with Library(places) as library:
        keep(library, CRANES, data)
    async with reading(places, size=(120, 60)) as it:
        await it.press("j", "enter")
        text = it.of(it.pane)
        assert all(words in text for words in (BEFORE, "▣ The [bold] one", AFTER, "The end."))
        assert not blocks_in(it)
        assert not it.said


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=["wide", "small"])
def test_a_picture_in_the_text(with_pictures, frozen, snap_compare, size):
    app = ReaderApp(with_pictures, Settings(mark_read="never"))

    async def before(pilot) -> None:
        reader = Reader(app, pilot)
        await reader.until(lambda: reader.library.ready, "the marks to be opened")
        await reader.press("j", "enter")

    try:
        assert snap_compare(app, terminal_size=size, run_before=before)
    finally:
        app.library.close()


async def test_what_is_in_view_is_kept_though_it_is_too_much(places, coloured, monkeypatch):
    monkeypatch.setattr("reader.ui.screens.pictures.BLOCKS_BYTES", 10)
    fill(places, article("\n\n".join(f"![Picture {at}]({URL.format(at)})" for at in range(9))))
    with Library(places) as library:
        for at in range(9):
            keep(library, URL.format(at), bytes_of(halves(600, 100 + at)))
    async with reading(places) as it:
        await it.press("j", "enter")
        await it.rest()
        assert len(blocks_in(it)) > 20
        assert len(it.screen.shown._pictures._drawn) == len(it.pane.images())


@pytest.fixture
def held(monkeypatch):
    """Let no picture be decoded while this is not set."""
    may = threading.Event()
    may.set()
    decode = picture_pixels.scaled

    def waits(*given):
        assert may.wait(10)
        return decode(*given)

    monkeypatch.setattr(picture_pixels, "scaled", waits)
    yield may
    may.set()

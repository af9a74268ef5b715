"""The first picture in a real terminal: what Textual then draws, cell for cell; nothing where that is not known."""

from __future__ import annotations

import re
import signal
import time
from typing import TYPE_CHECKING

import pyte
import pytest

from reader.library import Library
from reader.model.article import Entry
from tests.e2e.pty import Terminal, kill
from tests.invented import fill, listing, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.settings import Places

TITLES = (
    "潮汐表掛在牆上已經錯了一整個春天，辦公室裡沒有人覺得奇怪",
    "👩‍👩‍👧‍👦 A family 👍🏽 and a flag 🇳🇴, ❤️ and ☂ and ⌚",
    "Cafe\u0301 Zu\u0308rich o\u0303\u0323 combining",
    "שלום עולם and مرحبا بالعالم in one line",
    "[@click=app.bell]not markup[/] [red]neither[/red]",
    "नमस्ते दुनिया और ﷽ wide",
    "x" * 140,
    "ｆｕｌｌｗｉｄｔｈ and half ｶﾅ",
)
_BEGINS = b"\x1b[?1004h"
"""Textual's driver writes this before its first frame; nothing else does."""
HOUR = 3600


@pytest.fixture(autouse=True)
def terminal_type(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def quay(places):
    now = int(time.time())
    entries = [
        Entry(
            f"{TITLES[number % len(TITLES)]} {number}", TITLES[(number + 1) % 6] if number % 3 else None,
            f"Section {number // 9}", text(number, 2), cut=True,
            published=now - number * 5 * HOUR - 1800 if number % 4 else None,
        )
        for number in range(60)
    ]  # fmt: skip
    fill(places, listing("The quay", entries))
    with Library(places) as library:
        library.subscriptions.add_guide()
        keys = library.shelf.listing().keys
        library.notebook.set_read(library.shelf.rows(keys[1:40:3]), read=True)
        library.notebook.set_bookmarked(library.shelf.rows(keys[2:3]), bookmarked=True)
    return places


def begin(columns: int = 120, lines: int = 40, **environment: str) -> Terminal:
    return Terminal(columns=columns, lines=lines, environment=environment)


def used(*keys: str, columns: int = 120, lines: int = 40, **environment: str) -> None:
    """Open the app, press keys, and leave it."""
    with begin(columns, lines, **environment) as it:
        taken(it)
        for key in keys:
            it.press(key)
        it.press("Q")
        assert it.end() == 0


def taken(it: Terminal) -> None:
    """Wait until Textual has drawn its first frame."""
    end = f"\x1b[{it._screen.lines};1H".encode()
    it.wait(lambda: end in it.output.partition(_BEGINS)[2])
    it.see("help")


def picture_of(it: Terminal) -> bytes:
    """What was painted before Textual began; nothing where there was no picture."""
    before = it.output.partition(_BEGINS)[0]
    return before if b";1H" in before else b""


def first_frame_of(it: Terminal) -> bytes:
    """What Textual wrote from its beginning to the end of its first whole frame."""
    after = it.output.partition(_BEGINS)[2]
    last = f"\x1b[{it._screen.lines};1H".encode()
    at = after.index(last) + len(last)
    following = re.compile(rb"\x1b\[\d+;\d+H").search(after, at)
    return after[: following.start() if following else len(after)]


def cells(data: bytes, columns: int, lines: int) -> list[list[pyte.screens.Char]]:
    screen = pyte.Screen(columns, lines)
    stream = pyte.ByteStream(screen)
    stream.feed(
        re.sub(rb"\x1b\[[<=>?][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b[P_\]][^\x1b\x07]*(?:\x1b\\|\x07)", b"", data)
    )
    return [[screen.buffer[y][x] for x in range(columns)] for y in range(lines)]


def agree(it: Terminal, columns: int, lines: int) -> int:
    """Compare the picture with the first frame, but for the inside of the article; count the cells that are text.

    The emulator takes some emoji to be wider than Rich does, and shifts the rest of their line, in both alike.
    """
    picture, frame = cells(picture_of(it), columns, lines), cells(first_frame_of(it), columns, lines)
    seen = 0
    for y, (painted, drawn) in enumerate(zip(picture, frame, strict=True)):
        line = "".join(cell.data[:1] or "\0" for cell in painted)
        border = re.search("[│┃][│┃]", line)
        inside = range(border.end(), columns) if border else range(0)
        for x in range(columns):
            if x in inside:
                assert painted[x].data in " │┃"
            else:
                assert painted[x] == drawn[x], f"line {y + 1}, column {x + 1}: {line}"
                seen += not painted[x].data.isspace()
    return seen


SESSIONS = {
    "as it comes": (),
    "compact": ("c",),
    "a folded section": ("j", "h"),
    "far down": ("j" * 30,),
    "at the end": ("G",),
    "what is unread": ("2",),
    "nothing": ("3", "4"),
    "in the article": ("j", "\r"),
    "the light theme": (),
}


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (91, 33)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SESSIONS)
def test_it_is_what_textual_then_draws(quay, size, name):
    if name == "the light theme":
        quay.config.mkdir()
        quay.settings.write_text('theme = "reader-light"\n')
    used(*SESSIONS[name], columns=size[0], lines=size[1])
    with begin(*size) as it:
        taken(it)
        if name == "in the article" and size[0] < 90:
            assert not picture_of(it)  # the list is not seen
            return
        assert agree(it, *size) > 200
        assert it.output.count(b"\x1b[?1049h") == 1
        assert b"\x1b[2J" not in it.output


@pytest.mark.parametrize(
    "variables", [{"NO_COLOR": "1"}, {"COLORTERM": ""}, {"COLORTERM": "", "TERM": "xterm"}], ids=str
)
def test_it_has_the_colours_that_the_terminal_has(quay, variables):
    used(**variables)
    with begin(**variables) as it:
        taken(it)
        assert agree(it, 120, 40) > 200


def test_it_stands_long_before_textual_begins(quay):
    used()
    with begin() as it:
        it.wait(lambda: b"\x1b[40;1H" in it.output)
        assert _BEGINS not in it.output
        assert "Section 0" in it.text
        it.press("Q")
        assert it.end() == 0


def test_no_key_is_lost_or_seen_that_is_typed_while_it_stands(quay):
    used("g", "g")
    with begin() as it:
        it.wait(lambda: b"\x1b[40;1H" in it.output)
        it.press("jjj2")
        assert _BEGINS not in it.output
        it.see("Unread · ")
        assert "jjj" not in it.text
        it.press("Q")
        assert it.end() == 0


def test_the_terminal_is_as_before_when_the_app_ends(quay):
    import termios

    used()
    with begin() as it:
        before = termios.tcgetattr(it._master)
        taken(it)
        assert termios.tcgetattr(it._master) != before
        it.press("Q")
        assert it.end() == 0
        assert termios.tcgetattr(it._master) == before
        assert it.output.count(b"\x1b[?1049l") == 1


def _interrupt(it: Terminal) -> None:
    it.press("\x03")


@pytest.mark.parametrize(
    ("send", "status"),
    [(_interrupt, 130), (lambda it: kill(it, signal.SIGTERM), 143), (lambda it: kill(it, signal.SIGHUP), 129)],
    ids=["ctrl+c", "SIGTERM", "SIGHUP"],
)
def test_what_ends_it_before_textual_begins_gives_the_terminal_back(quay, send: Callable[[Terminal], None], status):
    import termios

    used()
    with begin() as it:
        before = termios.tcgetattr(it._master)
        it.wait(lambda: b"\x1b[40;1H" in it.output)
        send(it)
        assert it.end() == status
        assert termios.tcgetattr(it._master) == before
        assert it.output.rstrip().endswith(b"\x1b[?1049l\x1b[?25h") or _BEGINS in it.output


def test_a_library_that_cannot_be_opened_is_told_on_the_terminal_as_it_was(quay):
    used()
    damaged, state = b"no database at all" * 300, quay.library.stat()
    sheet = (quay.data / "first-picture").read_text()
    quay.library.write_bytes(damaged)
    now = quay.library.stat()
    (quay.data / "first-picture").write_text(
        sheet.replace(f"{state.st_size}.{state.st_mtime_ns}", f"{now.st_size}.{now.st_mtime_ns}")
    )
    with begin() as it:
        assert it.end() == 1
        assert b"\x1b[40;1H" in it.output
        assert "reader doctor" in it.text
        assert it.output.index(b"\x1b[?1049l") < it.output.index(b"reader doctor")


def test_a_terminal_that_changes_its_size_meanwhile_is_drawn_anew(quay):
    used()
    with begin() as it:
        it.wait(lambda: b"\x1b[40;1H" in it.output)
        it.resize(100, 30)
        it.see("help", "Section 0")
        it.press("Q")
        assert it.end() == 0


def _other_size(places: Places) -> Terminal:
    return begin(100, 40)


def _changed(places: Places) -> Terminal:
    fill(places, listing("The quay", [Entry("One more", None, "Section 0")]))
    return begin()


def _marked(places: Places) -> Terminal:
    with Library(places) as library:
        library.notebook.set_read(library.shelf.rows(library.shelf.listing().keys[:1]), read=True)
    return begin()


def _other_settings(places: Places) -> Terminal:
    places.config.mkdir()
    places.settings.write_text("words_a_minute = 100\n")
    return begin()


def _held(places: Places) -> Terminal:
    with places.lock.open("w") as lock:
        lock.write("1")
    return begin()


def _torn(places: Places) -> Terminal:
    sheet = places.data / "first-picture"
    sheet.write_bytes(sheet.read_bytes()[:-10])
    return begin()


def _hostile(places: Places) -> Terminal:
    sheet = places.data / "first-picture"
    sheet.write_bytes(sheet.read_bytes().replace(b"Section 0", b"Sec\x1b[5m 0", 1))
    return begin()


def _old(places: Places) -> Terminal:
    sheet = places.data / "first-picture"
    head, rest = sheet.read_text().split("\n", 1)
    size = "\t".join(rest.split("\t")[:2])
    sheet.write_text("\n".join((head, f"{size}\t1\t2", rest.split("\n", 1)[1])))
    return begin()


ODD: dict[str, Callable[[Places], Terminal]] = {
    "another size": _other_size,
    "other articles": _changed,
    "other marks": _marked,
    "other settings": _other_settings,
    "somebody writes": _held,
    "a torn file": _torn,
    "a hostile file": _hostile,
    "long ago": _old,
    "another terminal": lambda places: begin(TERM="xterm"),
    "fewer colours": lambda places: begin(COLORTERM=""),
    "no colours": lambda places: begin(NO_COLOR="1"),
    "a size that is told": lambda places: begin(COLUMNS="120", LINES="40"),
    "an unknown terminal": lambda places: begin(TERM="unknown"),
}


@pytest.mark.parametrize("why", ODD)
def test_it_is_left_out_where_it_may_be_wrong(quay, why):
    used()
    assert (quay.data / "first-picture").exists()
    with ODD[why](quay) as it:
        it.wait(lambda: _BEGINS in it.output)
        assert not picture_of(it)
        it.see("help")


def test_a_second_reader_that_only_shows_paints_none_and_leaves_that_of_the_first_alone(quay):
    used()
    kept = (quay.data / "first-picture").read_bytes()
    with begin() as first:
        taken(first)
        with begin() as second:
            taken(second)
            assert not picture_of(second)
            second.press("Q")
            assert second.end() == 0
        assert (quay.data / "first-picture").read_bytes() == kept


def test_it_is_for_its_owner_alone(quay):
    used()
    assert (quay.data / "first-picture").stat().st_mode & 0o777 == 0o600

"""The first picture in a real terminal: what Textual then draws, cell for cell; nothing where that is not known."""

from __future__ import annotations

import os
import re
import shutil
import signal
import termios
import time
from typing import TYPE_CHECKING

import pyte
import pytest

from reader.library import Library
from reader.model.article import Entry
from tests.e2e import pty
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
_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")
HOUR = 3600
_HOLD = """
import builtins, os
_known = builtins.__import__
def _held(name, *rest, **named):
    if name == "reader.library":
        builtins.__import__ = _known
        import select
        door = os.open(os.environ["HELD_BY"], os.O_RDONLY | os.O_NONBLOCK)
        while not select.select([door], [], [], 0.02)[0]:
            pass  # a signal that came just before waiting would not be seen in one long wait
    return _known(name, *rest, **named)
builtins.__import__ = _held
"""
"""Holds the program when its picture stands and nothing of the app is imported yet, until somebody lets it go."""
_INTERRUPT = """
import os, signal
from reader.ui.prelude.standing import Standing
_known = Standing._write
def _interrupted(data):
    _known(data)
    if b"1049h" in data:
        os.kill(os.getpid(), signal.SIGINT)
Standing._write = staticmethod(_interrupted)
"""
"""What Ctrl+C does just when the picture has been written, and nobody has noted that it stands."""


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
    """Wait until Textual has drawn all of its first frame."""
    last = f"\x1b[{it._screen.lines};1H".encode()

    def drawn() -> bool:
        line = it.output.partition(_BEGINS)[2].partition(last)[2]
        return len(_CONTROL.sub(b"", line).decode(errors="ignore")) >= it._screen.columns

    it.wait(drawn)
    it.see("help")


@pytest.fixture
def hold(tmp_path, monkeypatch) -> Callable[[], tuple[Terminal, Callable[[], None]]]:
    """Start the app so that it stays at its first picture, and give what lets it go on."""

    def held() -> tuple[Terminal, Callable[[], None]]:
        path, doors = tmp_path / "held", []
        os.mkfifo(path)

        def opened() -> bool:
            try:
                doors.append(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
            except OSError:  # it is not there yet
                return False
            return True

        with monkeypatch.context() as patch:
            patch.setattr(pty, "_IN_TERMINAL", _HOLD + pty._IN_TERMINAL)
            it = begin(HELD_BY=str(path))
        it.wait(opened)
        it.wait(lambda: b"\x1b[40;1H" in it.output)
        return it, lambda: os.close(doors.pop())

    return held


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


def agree(it: Terminal) -> int:
    """Compare the picture with the first frame, but for the inside of the article; count the cells that are text.

    The emulator takes some emoji to be wider than Rich does, and shifts the rest of their line, in both alike.
    """
    columns, lines = it._screen.columns, it._screen.lines
    picture, frame = cells(picture_of(it), columns, lines), cells(first_frame_of(it), columns, lines)
    seen = 0
    for y, (painted, drawn) in enumerate(zip(picture, frame, strict=True)):
        line = "".join(cell.data[:1] or "\0" for cell in painted)
        border = re.search("[│┃]{2}|[|#]{2,3}", line)
        inside = range(border.end(), columns) if border else range(0)
        for x in range(columns):
            if x in inside:
                assert painted[x].data in " │┃|#"
            else:
                assert painted[x] == drawn[x], f"line {y + 1}, column {x + 1}: {line}"
                seen += not painted[x].data.isspace()
    return seen


SESSIONS = {
    "as it comes": (),
    "far down": ("j" * 30,),
    "at the end": ("G",),
    "in the article": ("gg", "j", "\r"),
    "what is unread": ("h", "2"),
    "nothing": ("3", "4"),
    "compact": ("1", "gg", "c"),
    "a folded section, and compact": ("j", "h"),
    "a folded section": ("c",),
}
"""What is pressed to come there from the one before."""


def compared(it: Terminal, name: str) -> None:
    taken(it)
    try:
        assert agree(it) > 200
    except AssertionError as error:
        error.add_note(f"this was: {name}")
        raise
    assert it.output.count(b"\x1b[?1049h") == 1
    assert b"\x1b[2J" not in it.output


def left(it: Terminal, *keys: str) -> None:
    for key in keys:
        it.press(key)
    it.press("Q")
    assert it.end() == 0


def test_it_is_what_textual_then_draws_wherever_the_reader_has_left(quay):
    used()
    names = list(SESSIONS)
    for name, following in zip(names, [*names[1:], None], strict=True):
        with begin() as it:
            compared(it, name)
            left(it, *SESSIONS[following] if following else ())


def test_it_is_what_textual_then_draws_at_any_size(quay):
    used("j", "h", "j" * 12)
    for columns, lines in ((91, 33), (80, 24), (60, 20)):
        used(columns=columns, lines=lines)
        with begin(columns, lines) as it:
            compared(it, f"{columns}x{lines}")
            left(it, *("\r" if columns == 60 else ""))
    with begin(60, 20) as it:
        taken(it)
        assert not picture_of(it)  # the list is not seen


@pytest.mark.parametrize("settings", ['theme = "reader-light"', 'ascii = "on"\ntheme = "ink"'], ids=["light", "ascii"])
def test_it_is_what_textual_then_draws_in_another_look(quay, settings):
    quay.config.mkdir()
    quay.settings.write_text(f"{settings}\n")
    used()
    with begin() as it:
        compared(it, settings)


def test_it_is_in_the_light_where_the_terminal_was_light_when_it_was_left(quay):
    with begin() as it:
        taken(it)
        it.press("\x1b]11;#ffffff\x07")
        it.wait(lambda: b"48;2;250;248;243" in it.output)
        left(it)
    with begin() as it:
        compared(it, "light")
        assert b"48;2;250;248;243" in picture_of(it)


@pytest.mark.parametrize(
    "variables", [{"NO_COLOR": "1"}, {"COLORTERM": ""}, {"COLORTERM": "", "TERM": "xterm"}], ids=str
)
def test_it_has_the_colours_that_the_terminal_has(quay, variables):
    used(**variables)
    with begin(**variables) as it:
        taken(it)
        assert agree(it) > 200


def test_it_stands_before_anything_of_the_app_is_imported(quay, hold):
    used()
    it, go_on = hold()
    with it:
        assert "Section 0" in it.text
        assert _BEGINS not in it.output
        go_on()
        taken(it)
        left(it)


def test_no_key_is_lost_or_seen_that_is_typed_while_it_stands(quay, hold):
    used("g", "g")
    it, go_on = hold()
    with it:
        it.press("jjj2")
        go_on()
        it.see("Unread · ")
        assert b"jjj" not in it.output
        left(it)


def test_the_terminal_is_as_before_when_the_app_ends(quay):
    used()
    with begin() as it:
        before = termios.tcgetattr(it._master)
        taken(it)
        assert termios.tcgetattr(it._master) != before
        it.press("Q")
        assert it.end() == 0
        assert termios.tcgetattr(it._master) == before
        assert it.output.count(b"\x1b[?1049l") == 1


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda it: it.press("\x03"), 130),
        (lambda it: kill(it, signal.SIGTERM), 143),
        (lambda it: kill(it, signal.SIGHUP), 129),
    ],
    ids=["ctrl+c", "SIGTERM", "SIGHUP"],
)
def test_what_ends_it_before_textual_begins_gives_the_terminal_back(quay, hold, send, status):
    used()
    it, _ = hold()
    with it:
        assert not termios.tcgetattr(it._master)[3] & termios.ECHO
        send(it)
        gave_back(it, status)


def test_an_interrupt_while_it_is_painted_gives_the_terminal_back(quay, monkeypatch):
    used()
    monkeypatch.setattr(pty, "_IN_TERMINAL", _INTERRUPT + pty._IN_TERMINAL)
    with begin() as it:
        gave_back(it, 130)


def gave_back(it: Terminal, status: int) -> None:
    assert it.end() == status
    assert termios.tcgetattr(it._master)[3] & termios.ECHO
    assert _BEGINS not in it.output
    assert it.output.endswith(b"\x1b[?1049l\x1b[?25h")


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


def test_a_terminal_that_changes_its_size_meanwhile_is_drawn_anew(quay, hold):
    used()
    it, go_on = hold()
    with it:
        it.resize(100, 30)
        go_on()
        taken(it)
        it.see("Section 0")
        left(it)


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


def _without(places: Places) -> Terminal:
    (places.data / "first-picture").unlink()
    return begin()


PASSING: dict[str, Callable[[Places], Terminal]] = {
    "another size": _other_size,
    "a torn file": _torn,
    "a hostile file": _hostile,
    "long ago": _old,
    "no file": _without,
    "another terminal": lambda places: begin(TERM="xterm"),
    "fewer colours": lambda places: begin(COLORTERM=""),
    "no colours": lambda places: begin(NO_COLOR="1"),
    "a size that is told": lambda places: begin(COLUMNS="120", LINES="40"),
    "an unknown terminal": lambda places: begin(TERM="unknown"),
}
"""What is wrong with it or with the terminal, and is right again when the file is as it was."""


def left_out(it: Terminal, why: str) -> None:
    with it:
        it.wait(lambda: _BEGINS in it.output)
        assert not picture_of(it), why
        taken(it)


def test_it_is_left_out_where_it_or_the_terminal_is_odd_and_only_there(quay, tmp_path):
    used()
    good = shutil.copytree(quay.data, tmp_path / "good")
    for why, odd in PASSING.items():
        left_out(odd(quay), why)
        shutil.rmtree(quay.data)
        shutil.copytree(good, quay.data)
    with begin() as it:
        taken(it)
        assert picture_of(it)


@pytest.mark.parametrize("changed", [_changed, _marked, _other_settings, _held])
def test_it_is_left_out_where_something_else_is_to_be_shown_by_now(quay, changed):
    used()
    assert (quay.data / "first-picture").exists()
    left_out(changed(quay), changed.__name__)


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

"""The main job from end to end: read a page, keep what you did, and find it again."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import struct
import termios
import time
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.e2e import pty
from tests.e2e.pty import DEADLINE, Terminal, command, kill
from tests.invented import fill

PAGE = Path(__file__).parents[1] / "fixtures" / "topic-page.txt"
READY = "? help"


@pytest.fixture
def shore(places):
    """A library with the page of the fixtures, added by the command line."""
    status, out, err = command("add", str(PAGE))
    assert (status, err) == (0, ""), out
    return places


def listed() -> list[dict]:
    status, out, err = command("list", "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def marked(path: Path) -> dict[str, list]:
    """Read marks.json as anybody would."""
    with TinyDB(path) as db:
        return {name: [dict(document) for document in db.table(name)] for name in db.tables()}


def start(**more) -> Terminal:
    terminal = Terminal(**more)
    terminal.see(READY, "unread")
    return terminal


def test_read_mark_note_leave_and_find_all_of_it_again(shore):
    third = listed()[2]
    with start() as it:
        it.press("jj\r")
        it.see(third["title"][:30], "Space page")
        it.press("m")
        it.see("22 unread")
        it.press("s")
        it.see("○ ★")
        it.press("a")
        it.see("Note: ")
        it.press("the eel was the last straw")
        it.see("the last straw")
        it.press("\x1b")
        it.see("★ ✎", "Your note")
        it.press("Q")
        assert it.end() == 0

    with start() as it:
        it.see("22 unread", "○ ★ ✎", "the eel was the last straw", "Space page")
        assert third["title"][:30] in it.text
        now = next(one for one in listed_while_open() if one["id"] == third["id"])
        assert (now["read"], now["bookmarked"], now["notes"]) == (True, True, 1)
        it.press("U")
        it.see("Undone: note")
        it.wait(lambda: "Your note" not in it.text)
        it.press("U")
        it.see("Undone: bookmark")
        it.press("U")
        it.see("Undone: read", "23 unread")
        it.press("Q")
        assert it.end() == 0

    last = next(one for one in listed() if one["id"] == third["id"])
    assert (last["read"], last["bookmarked"], last["notes"]) == (False, False, 0)


def listed_while_open() -> list[dict]:
    status, out, err = command("list", "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_after_a_clean_close_marks_json_opens_with_plain_tinydb(shore):
    with start() as it:
        it.press("ms")
        it.see("○ ★", "22 unread")
        it.press("Q")
        assert it.end() == 0
    tables = marked(shore.marks)
    (article,) = [document for document in tables["articles"] if document.get("read")]
    assert article["bookmarked"]
    assert article["title"] == listed()[0]["title"]
    assert [source["title"] for source in tables["sources"]] == ["Harbours"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_loses_no_mark_older_than_a_tenth_of_a_second(shore, number):
    journal = shore.marks.with_name("marks.json.journal")
    with start() as it:
        it.press("mjs")
        it.see("22 unread", "● ★")
        # The mark is on the screen; a tenth of a second later it must be on the disk, and it may be there before.
        until = time.monotonic() + DEADLINE
        while not (journal.exists() and b"bookmarked" in journal.read_bytes()) and time.monotonic() < until:
            it._read(0.01)
        assert b"bookmarked" in journal.read_bytes()
        kill(it, number)
    found = listed()
    assert [one["read"] for one in found[:2]] == [True, False]
    assert [one["bookmarked"] for one in found[:2]] == [False, True]
    with start() as it:
        it.see("22 unread")


def test_a_second_instance_says_that_it_only_shows(shore):
    with start() as first:
        first.press("s")
        first.see("● ★")
        with start() as second:
            second.see("read-only", "Another reader is open", str(first.process.pid))
            second.press("m")
            second.press("j")
            second.see("23 unread")
            second.press("Q")
            assert second.end() == 0
        status, _, err = command("mark", "read", listed()[0]["id"])
        assert status == 1
        assert "another reader is open" in err
        first.press("m")
        first.see("22 unread")


def test_no_color_means_no_colour(shore):
    with start(environment={"NO_COLOR": "1"}) as it:
        it.press("ms\r")
        it.see("○ ★", "Space page")
        it.press("Q")
        assert it.end() == 0
        assert it.colours == []
    with start() as it:
        assert it.colours


@pytest.mark.parametrize("size", [(20, 6), (3, 2)])
def test_a_tiny_terminal_does_not_crash_it(shore, size):
    columns, lines = size
    with Terminal(columns=columns, lines=lines) as it:
        it.wait(lambda: it.output.count(b"\x1b[?1049h"))
        it.press("jj\rms")
        it.resize(100, 30)
        it.see("○ ★", "22 unread")
        it.resize(columns, lines)
        it.press("Q")
        assert it.end() == 0
    assert [one["bookmarked"] for one in listed()[:4]] == [False, False, True, False]


def test_a_resize_while_reading_keeps_the_article(shore):
    title = listed()[0]["title"][:25]
    with start() as it:
        it.press("\r")
        it.see("Space page")
        it.resize(60, 20)
        it.wait(lambda: "─ All ─" not in it.text and title in it.text)
        it.resize(120, 40)
        it.see("─ All ─", title)


@pytest.mark.parametrize("arguments", [(), (str(PAGE),)])
def test_without_a_terminal_it_says_so(shore, arguments):
    status, out, err = command(*arguments)
    assert status == 1
    assert err.startswith("reader: ")
    assert "terminal" in err
    assert err.count("\n") == 1
    assert out == ""


def test_a_dumb_terminal_is_told_what_works_there(shore):
    with Terminal(environment={"TERM": "dumb"}) as it:
        it.wait(lambda: it.process.poll() is not None)
        assert it.process.poll() == 1
        assert b"reader: this terminal (TERM=dumb) cannot show the app; `reader list` prints" in it.output


def test_a_page_is_read_without_being_kept(places):
    with Terminal(str(PAGE)) as it:
        it.see(READY, "not kept: + keeps it", "23 articles")
        it.press("m")
        it.see("This is not in the library yet")
        it.press("Q")
        assert it.end() == 0
    assert listed() == []


def test_the_page_that_is_read_is_kept_by_plus(places):
    with Terminal(str(PAGE)) as it:
        it.see(READY, "not kept")
        it.press("+")
        it.wait(lambda: "not kept" not in it.text and "23 unread" in it.text)
        it.press("m")
        it.see("22 unread")
        it.press("Q")
        assert it.end() == 0
    assert [one["read"] for one in listed()].count(True) == 1


def test_the_first_run_opens_on_the_guide_and_shows_what_is_pasted(places):
    with start() as it:
        it.see("Welcome to reader", "Guide")
        it.press("\x1b[200~" + PAGE.read_text() + "\x1b[201~")
        it.see("Pasted: a listing: Harbours, 23 articles")
        it.press("\r")
        it.see("Harbours · 23 articles, 23 unread")
        it.press("Q")
        assert it.end() == 0


def test_damaged_stores_are_told_in_one_line(places):
    fill(places)
    places.library.write_bytes(b"this is no database, it is a diary\n" * 50)
    with Terminal() as it:
        it.wait(lambda: it.process.poll() is not None or READY in it.text)
        if it.process.poll() is None:
            it.press("Q")
        it.end()
        assert b"Traceback" not in it.output


def waiting(terminal: Terminal) -> int:
    """Count the bytes that nobody has read; a terminal takes about 4,000."""
    (count,) = struct.unpack("i", fcntl.ioctl(terminal._master, termios.FIONREAD, bytes(4)))
    return count


def test_it_ends_when_its_terminal_vanishes_also_in_the_middle_of_a_frame(shore, monkeypatch):
    soon = "from reader.ui import leaving; leaving._ALONE = 0.5"
    monkeypatch.setattr(pty, "_IN_TERMINAL", f"{soon}\n{pty._IN_TERMINAL}")
    with start() as it, Path(os.devnull).open() as nothing:
        it.press("m")
        it.see("22 unread")
        it.press("c" * 400)  # nobody reads what this draws
        until = time.monotonic() + DEADLINE
        while waiting(it) < 4000 and time.monotonic() < until:
            os.sched_yield()
        os.dup2(nothing.fileno(), it._master)  # which is closed by that
        assert it.process.wait(timeout=DEADLINE) == 129
    assert sum(one["read"] for one in listed()) == 1

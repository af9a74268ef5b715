"""Leaving the app, in good order and by the ways that others bring."""

from __future__ import annotations

import os
import signal
import termios
import threading

import pytest

from reader.library import Library
from reader.model.article import READ
from reader.settings import Settings
from reader.ui.leaving import Leaving
from tests.e2e import pty
from tests.e2e.pty import DEADLINE, Terminal
from tests.invented import fill, harbours
from tests.ui.driving import reading


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


async def test_a_note_that_is_being_written_outlives_the_app(shore):
    async with reading(shore) as it:
        article = it.screen.row.id
        await it.press("a")
        await it.type("half a thought")
        it.app.exit()
    with Library(shore) as library:
        assert [note.text for note in library.marks.of(article).notes] == ["half a thought"]


async def test_an_emptied_note_is_not_deleted_by_leaving(shore):
    async with reading(shore) as it:
        article = it.screen.row.id
        await it.press("a", "x", "escape", "a", "backspace")
        it.app.exit()
    with Library(shore) as library:
        assert [note.text for note in library.marks.of(article).notes] == ["x"]


async def test_a_search_does_not_pass_the_focus_through_the_article(shore):
    async with reading(shore, Settings(mark_read="on_open")) as it:
        await it.press("/", "t", "h", "e")
        await it.until(lambda: it.screen.listing.filter.words == "the")
        await it.press("enter")
        assert not it.screen.reading
        flags = {row.title: row.flags for row in it.library.shelf.rows(it.library.shelf.listing().keys)}
        assert set(flags.values()) == {0}


async def test_an_undo_shows_in_the_view_it_is_made_in(shore):
    async with reading(shore) as it:
        await it.press("A", "y", "2")
        await it.until(lambda: not it.screen.listing.keys)
        await it.press("U")
        await it.until(lambda: len(it.screen.listing.keys) == 10)


async def test_a_dialogue_over_the_article_stops_the_clock(shore):
    async with reading(shore, Settings(mark_read="after_seconds", mark_read_seconds=0.4)) as it:
        first = it.title
        await it.press("enter", "question_mark")
        timer = it.screen.attention._timer
        await it.until(lambda: timer._task is None or timer._task.done())
        assert it.flags(first) & READ == 0
        await it.press("escape")
        await it.until(lambda: it.flags(first) & READ)


async def test_it_ends_also_when_the_place_cannot_be_kept(shore, monkeypatch):
    async with reading(shore) as it:
        monkeypatch.setattr(it.app, "keep_session", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            it.app.exit(return_code=143)
        monkeypatch.undo()
    assert it.app.return_code == 143


# -- signals, and terminals that vanish

OPENS = "\x1b[?1049h"
HELD = 3600.0
"""A patience that no test has: who ends did so in good order."""
NO_END_BY_FORCE = f"from reader.ui import leaving; leaving._PATIENCE = leaving._ALONE = {HELD}"
STUCK = """
import sqlite3
import threading
from pathlib import Path
from reader.ui import leaving
from reader.ui.app import ReaderApp

leaving._PATIENCE = leaving._ALONE = 0.2

def in_python(app):
    Path({told!r}).touch()
    threading.Event().wait()

def in_c(app):
    first, second = (sqlite3.connect({locked!r}, isolation_level=None) for _ in range(2))
    first.execute("BEGIN EXCLUSIVE")
    second.execute("PRAGMA busy_timeout = 3600000")
    Path({told!r}).touch()
    second.execute("BEGIN EXCLUSIVE")

ReaderApp.action_help_quit = {where}
"""


@pytest.fixture
def doing(monkeypatch):
    """Lets every reader in a terminal do something before it starts."""
    return lambda code: monkeypatch.setattr(pty, "_IN_TERMINAL", f"{code}\n{pty._IN_TERMINAL}")


def started() -> Terminal:
    terminal = Terminal()
    terminal.see("? help", "unread")
    return terminal


def given_back(it: Terminal) -> bool:
    """Tell whether a terminal is as it was before: its screen, cursor, mouse, line ends, and what is typed."""
    after = it.output.rpartition(OPENS.encode())[2]
    modes = (b"?1049l", b"?25h", b"?1000l", b"?1003l", b"?1006l", b"?2004l", b"?7h", b"?1004l", b"<u")
    lasts = all(after.rfind(mode) > after.rfind(mode[:-1] + (b"l" if mode[-1:] == b"h" else b"h")) for mode in modes)
    local = termios.tcgetattr(it._master)[3]
    return lasts and bool(local & termios.ECHO and local & termios.ICANON and local & termios.ISIG)


def reads(shore) -> int:
    with Library(shore) as library:
        assert not library.read_only, "the lock is not released"
        return sum(bool(flags & READ) for _, flags in library.marks.all_flags())


def vanish(it: Terminal) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, it._master)  # which is closed by that
    os.close(nothing)
    return it.process.wait(timeout=DEADLINE)


def stop(it: Terminal) -> None:
    """Suspend the program, as Ctrl+Z does elsewhere."""
    it.process.send_signal(signal.SIGTSTP)
    it.wait(lambda: os.waitid(os.P_PID, it.process.pid, os.WSTOPPED | os.WNOHANG))
    it.wait(lambda: b"\x1b[?1049l" in it.output)


@pytest.mark.parametrize("where", ["in_python", "in_c"])
def test_an_app_that_is_stuck_saves_the_marks_and_gives_the_terminal_back(shore, doing, tmp_path, where):
    told = tmp_path / "told"
    doing(STUCK.format(told=str(told), locked=str(tmp_path / "locked"), where=where))
    with started() as it:
        it.press("m\x03")
        it.wait(told.exists)
        it.process.send_signal(signal.SIGTERM)
        assert it.end() == 143
        assert given_back(it)
    assert reads(shore) == 1


def test_a_stuck_app_ends_when_its_terminal_vanishes(shore, doing, tmp_path):
    told = tmp_path / "told"
    doing(STUCK.format(told=str(told), locked="", where="in_python"))
    with started() as it:
        it.press("m\x03")
        it.wait(told.exists)
        assert vanish(it) == 129
    assert reads(shore) == 1


@pytest.mark.parametrize("signalled", [True, False])
def test_when_the_terminal_vanishes_it_leaves_in_good_order(shore, doing, monkeypatch, signalled):
    if not signalled:  # a terminal that is not the session's own tells nobody
        monkeypatch.setattr(pty, "_IN_TERMINAL", pty._IN_TERMINAL.replace("fcntl.ioctl", "# "))
    doing(NO_END_BY_FORCE)
    with started() as it:
        it.press("m")
        it.see("9 unread")
        assert vanish(it) == 129
    assert not shore.marks.with_name("marks.json.journal").stat().st_size, "the library is not closed"
    assert reads(shore) == 1


def test_a_terminal_that_vanishes_under_a_suspended_app_ends_it(shore, doing):
    doing(NO_END_BY_FORCE)
    with started() as it:
        stop(it)
        assert vanish(it) == 129
    assert reads(shore) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(shore, doing, number):
    doing(NO_END_BY_FORCE)
    with started() as it:
        it.process.send_signal(number)
        assert it.end() == 128 + number
        assert given_back(it)


def test_a_signal_before_the_first_frame_gives_the_terminal_back(shore, doing):
    doing("""
import os, signal
from textual.drivers.linux_driver import LinuxDriver
start = LinuxDriver.start_application_mode
LinuxDriver.start_application_mode = lambda self: (start(self), os.kill(os.getpid(), signal.SIGTERM))
""")
    doing(NO_END_BY_FORCE)
    with Terminal() as it:
        assert it.end() == 143
        assert given_back(it)


def test_it_suspends_and_resumes(shore):
    with started() as it:
        stop(it)
        assert given_back(it)
        it.process.send_signal(signal.SIGCONT)
        it.wait(lambda: it.output.count(OPENS.encode()) == 2)
        it.press("m")
        it.see("9 unread")
        it.press("Q")
        assert it.end() == 0
        assert given_back(it)


def test_a_suspended_app_that_is_to_end_does_not_touch_the_terminal_again(shore, doing):
    doing(NO_END_BY_FORCE)
    with started() as it:
        stop(it)
        it.process.send_signal(signal.SIGTERM)
        it.process.send_signal(signal.SIGCONT)
        assert it.end() == 143
        assert it.output.count(OPENS.encode()) == 1
        assert given_back(it)


def test_all_is_closed_once_also_by_two_threads():
    closed: list[int] = []
    leaving = Leaving(lambda: closed.append(1) or "the disk is full", lambda: None)
    told: list[str | None] = []
    threads = [threading.Thread(target=lambda: told.append(leaving.close())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (closed, set(told)) == ([1], {"the disk is full"})


def test_the_end_by_force_waits_for_who_closes_just_now(monkeypatch):
    begun, go, order = threading.Event(), threading.Event(), []

    def close() -> None:
        begun.set()
        go.wait(DEADLINE)
        order.append("closed")

    leaving = Leaving(close, lambda: order.append("saved"))
    monkeypatch.setattr(leaving, "_end", lambda: order.append("ended"))
    threads = [threading.Thread(target=leaving.close), threading.Thread(target=leaving._force)]
    threads[0].start()
    begun.wait(DEADLINE)
    threads[1].start()
    go.set()
    for thread in threads:
        thread.join()
    assert order == ["closed", "ended"]


def test_afterwards_signals_are_what_they_were():
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    with Leaving(lambda: None, lambda: None):
        assert signal.getsignal(signal.SIGTERM) not in before
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)] == before
    assert signal.set_wakeup_fd(-1) == -1
    assert not any(thread.name == "leaving" for thread in threading.enumerate())

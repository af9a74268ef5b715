"""The app when something in it fails: what is kept, what is said, and what is not."""

from __future__ import annotations

import asyncio
import re
import stat
import time
from contextlib import asynccontextmanager

import pytest

from reader.library import Library
from reader.model.article import READ
from reader.ui.app import ReaderApp
from reader.ui.screens.reading import ReadingScreen
from reader.ui.widgets.article_list import ArticleList
from tests.e2e.pty import Terminal
from tests.invented import entry, fill, listing
from tests.ui.driving import DEADLINE, reading
from tests.ui.test_leaving import OPENS, doing, given_back, reads  # noqa: F401 -- a fixture

TOKEN = "zebrafish"
"""Stands in everything that is the user's."""


SEQUENCE = re.compile(rb"\x1b\[[?<0-9]*[a-z]")


class TroubleError(Exception):
    """Says what is private."""


@pytest.fixture
def shore(places):
    """A library in which everything holds a word that must not leave it."""
    fill(
        places,
        listing(
            TOKEN,
            [
                entry(
                    f"{TOKEN} {number}",
                    author=TOKEN,
                    section=TOKEN,
                    excerpt=TOKEN,
                    body=f"{TOKEN}\n\n{TOKEN}",
                    url=f"https://{TOKEN}.example/{TOKEN}/{number}",
                )
                for number in range(3)
            ],
        ),
    )
    return places


def reports(places):
    return list((places.data / "reports").glob("*"))


async def ended(app):
    """Wait without what the tests usually do, which is to draw themselves."""
    deadline = time.monotonic() + DEADLINE
    while app.is_running:
        assert time.monotonic() < deadline, "it goes on"
        await asyncio.sleep(0)


@asynccontextmanager
async def failing(places):
    """Run the app, which fails; the tests' way of running it hands that on."""
    with pytest.raises(Exception, match=TOKEN):
        async with reading(places) as it:
            yield it


def fail(*given, **_):
    title = str(given)  # noqa: F841 -- a value of a variable
    raise TroubleError(f"{TOKEN} {given}")


async def in_handler(it, patch):
    patch.setattr(ReaderApp, "action_help_quit", fail)
    await it.pilot.press("ctrl+c")


async def in_worker(it, patch):
    async def work():
        fail(it.title)

    it.screen.run_worker(work())


async def in_thread(it, patch):
    it.screen.run_worker(lambda: fail(it.title), thread=True)


async def in_render(it, patch):
    patch.setattr(ArticleList, "render_line", fail)
    patch.setattr(ArticleList, "render_lines", fail)
    it.articles.refresh()


async def in_timer(it, patch):
    it.screen.set_timer(0.001, lambda: fail(it.title))


async def in_callback(it, patch):
    it.articles.call_later(fail, it.title)


async def in_dialogue(it, patch):
    from reader.ui.dialogs.help import HelpScreen

    patch.setattr(HelpScreen, "compose", fail)
    await it.pilot.press("question_mark")


@pytest.mark.parametrize("how", [in_handler, in_worker, in_thread, in_render, in_timer, in_callback, in_dialogue])
async def test_what_fails_ends_the_app_with_a_report_and_without_a_word_of_it(shore, monkeypatch, capsys, how):
    async with failing(shore) as it:
        await it.press("a")
        await it.type(TOKEN)
        await it.press("escape", "m")
        app = it.app
        await how(it, monkeypatch)
        await ended(app)
    assert app.return_code == 1
    assert len(app.failure) == 2
    assert "TroubleError" in app.failure[0]
    (report,) = reports(shore)
    assert str(report) in app.failure[1]
    text = report.read_text()
    assert "TroubleError" in text
    assert "articles   3" in text
    assert "terminal   120 x 40" in text
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    said = capsys.readouterr()
    assert TOKEN not in text + "".join(app.failure) + said.out + said.err
    assert "Traceback" not in said.err
    with Library(shore) as library:
        marked = [flags for _, flags in library.marks.all_flags()]
        assert any(flags & READ for flags in marked)


async def test_a_note_that_is_being_written_outlives_a_failure(shore):
    async with failing(shore) as it:
        article = it.screen.row.id
        await it.press("a")
        await it.type("half a thought")
        it.app.call_later(fail)
        await ended(it.app)
    with Library(shore) as library:
        assert [note.text for note in library.marks.of(article).notes] == ["half a thought"]


async def test_it_fails_once_however_much_fails(shore):
    async with failing(shore) as it:
        for widget in (it.articles, it.pane, it.screen, it.app):
            widget.call_later(fail)
        await ended(it.app)
    assert len(reports(shore)) == 1


@pytest.mark.parametrize("broken", ["reader.crash.report", "reader.crash._where", "reader.ui.failing.told"])
async def test_it_ends_in_good_order_when_the_report_fails_too(shore, monkeypatch, broken):
    async with failing(shore) as it:
        left = []
        monkeypatch.setattr(it.app.leaving, "failed", left.append)
        monkeypatch.setattr(broken, fail)
        it.app.call_later(fail)
        await ended(it.app)
    assert left == [it.app.failure]
    assert "it failed (TroubleError" in it.app.failure[0]
    assert TOKEN not in "".join(it.app.failure)
    assert not reports(shore)


async def test_it_fails_at_mount(shore, monkeypatch):
    monkeypatch.setattr(ReadingScreen, "on_mount", fail)
    with pytest.raises(TroubleError):
        async with reading(shore):
            raise AssertionError("it is there")
    assert len(reports(shore)) == 1


# -- in a real terminal

IN_HANDLER = """
from reader.ui.app import ReaderApp

def fail(app):
    title = app.screen.row.title
    raise ValueError(title)

ReaderApp.action_help_quit = fail
"""
AT_MOUNT = """
from reader.ui.screens.reading import ReadingScreen

def fail(screen):
    raise ValueError([row.title for row in screen.library.shelf.rows(screen.library.shelf.listing().keys)])

ReadingScreen.on_mount = fail
"""
BROKEN_END = """
from reader.ui.driver import TerminalDriver

def fail(driver):
    raise RuntimeError("Textual cannot end")

TerminalDriver.stop_application_mode = fail
"""
STUCK_AFTERWARDS = """
import threading
from reader.ui import leaving
from reader.ui.app import ReaderApp

leaving._PATIENCE = 0.2

async def stuck(app):
    threading.Event().wait()

ReaderApp._shutdown = stuck
"""


@pytest.mark.parametrize(
    ("code", "ending"),
    [(IN_HANDLER, ""), (AT_MOUNT, BROKEN_END), (IN_HANDLER, STUCK_AFTERWARDS)],
    ids=["in a handler", "at mount and at the end", "and is stuck then"],
)
def test_a_failure_gives_the_terminal_back_and_names_the_report(shore, doing, code, ending):  # noqa: F811 -- the fixture
    doing(code + ending)
    with Terminal() as it:
        if code == IN_HANDLER:
            it.see("? help", "unread")
            it.press("m")
            it.see("2 unread")
            it.press("\x03")
        assert it.end() == 1
        assert given_back(it)
        said = SEQUENCE.sub(b"", it.output.rpartition(b"\x1b[?1049l")[2]).decode()
    assert OPENS.encode() in it.output
    lines = said.strip().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["reader", "reader"]
    assert "ValueError" in lines[0]
    (report,) = reports(shore)
    assert lines[1].endswith(str(report))
    assert TOKEN not in said + report.read_text()
    assert reads(shore) == (code == IN_HANDLER)

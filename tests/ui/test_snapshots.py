"""Pictures of the main states; `pytest --snapshot-update` takes them anew, and then they want looking at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.ingest.detect import read
from reader.settings import Settings
from reader.ui.app import ReaderApp
from tests.invented import fill
from tests.ui.driving import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[1] / "fixtures" / "topic-page.txt"
WIDE, USUAL, SMALL = (120, 40), (80, 24), (60, 20)
DARK, LIGHT = "reader-dark", "reader-light"


@pytest.fixture
def looks(places, frozen, snap_compare) -> Callable[..., bool]:
    """Compare the app, after some keys, with its picture."""
    fill(places, read(PAGE.read_bytes(), PAGE.name))

    def compare(*keys: str, size: tuple[int, int] = WIDE, theme: str = DARK) -> bool:
        app = ReaderApp(places, Settings(mark_read="never", theme=theme))

        async def before(pilot) -> None:
            reader = Reader(app, pilot)
            await reader.until(lambda: reader.library.ready, "the marks to be opened")
            await reader.press("m", "j", "s", "j")
            await reader.press(*keys)
            app.clear_notifications()
            for widget in app.screen.query("TextArea, Input"):
                widget.cursor_blink = False
            await reader.rest()

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            app.library.close()

    return compare


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_list(looks, size, theme):
    assert looks(size=size, theme=theme)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=["wide", "usual", "small"])
def test_the_article(looks, size, theme):
    assert looks("enter", size=size, theme=theme)


def test_the_compact_list(looks):
    assert looks("c")


def test_an_article_with_a_note(looks):
    assert looks("a", *"dull", "escape", "enter")


def test_the_note_dialogue(looks):
    assert looks("a", *"dull", size=USUAL)


def test_the_help(looks):
    assert looks("?", size=USUAL)


def test_a_search(looks):
    assert looks("/", *"eel")


def test_an_empty_view(looks):
    assert looks("4", size=USUAL)


def test_the_question_what_to_add(looks):
    assert looks("+", size=USUAL, theme=LIGHT)

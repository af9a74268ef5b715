"""Exporting from the app: what, how and where to, how far it is, and what came of it."""

from __future__ import annotations

import json
import zipfile
from threading import Event

import pytest
from textual.widgets import Input

from tests.invented import fill, harbours
from tests.ui.driving import reading


@pytest.fixture
def shore(places):
    """A library with one page."""
    fill(places, harbours())
    return places


async def asked(it, place, kind="json"):
    """Open the dialogue, choose a format and type a place."""
    await it.press("w")
    await it.until(lambda: it.dialogue == "ExportScreen", "the dialogue")
    choice = it.app.screen.query_one("#format")
    choice.highlighted = choice.get_option_index(kind)
    await it.pilot.pause()
    it.app.screen.query_one(Input).value = str(place)


def told(it) -> str:
    return " ".join(it.of(it.app.screen.query_one(".said")).split())


async def test_w_exports_the_view_and_tells_where_it_is(shore, tmp_path):
    path = tmp_path / "all.json"
    async with reading(shore) as it:
        await asked(it, path)
        await it.press("enter")
        await it.until(lambda: it.dialogue == "", "the end")
        assert it.said[-1] == f"{path}: 1 file written"
    assert len(json.loads(path.read_text())["articles"]) == 10


async def test_marked_rows_and_the_article_are_proposed_first(shore, tmp_path):
    async with reading(shore) as it:
        await it.press("enter")
        await asked(it, tmp_path / "one.json")
        assert it.app.screen.query_one("#what").highlighted_option.id == "article"
        await it.press("enter")
        await it.until(lambda: it.dialogue == "", "the end")
        (found,) = json.loads((tmp_path / "one.json").read_text())["articles"]
        assert found["title"] == it.title


async def test_a_file_that_is_there_is_replaced_only_when_asked_twice(shore, tmp_path):
    path = tmp_path / "mine.epub"
    path.write_text("mine")
    async with reading(shore) as it:
        await asked(it, path, "epub")
        await it.press("enter")
        await it.until(lambda: "Enter once more replaces it" in told(it), "the question")
        assert path.read_text() == "mine"
        await it.press("enter")
        await it.until(lambda: it.dialogue == "", "the end")
    assert zipfile.is_zipfile(path)


async def test_the_last_format_and_place_are_proposed_again(shore, tmp_path):
    vault = tmp_path / "vault"
    async with reading(shore) as it:
        await asked(it, vault, "markdown")
        await it.press("enter")
        await it.until(lambda: it.dialogue == "", "the end")
        assert it.said[-1] == f"{vault}: 10 files written"
    async with reading(shore) as it:
        await it.press("w")
        await it.until(lambda: it.dialogue == "ExportScreen", "the dialogue")
        assert it.app.screen.query_one("#format").highlighted_option.id == "markdown"
        assert it.app.screen.query_one(Input).value == str(vault)
        await it.press("enter")
        await it.until(lambda: it.dialogue == "", "the end")
        assert it.said[-1] == f"{vault}: nothing changed"


async def test_esc_stops_what_is_under_way(shore, tmp_path, monkeypatch):
    from reader.library import exporting

    begun, go_on = Event(), Event()

    def slow(_library, _asked, tell, stop):
        tell(3, 10)
        begun.set()
        go_on.wait(60)
        assert stop()
        raise exporting.Stopped

    monkeypatch.setattr(exporting, "export", slow)
    async with reading(shore) as it:
        await asked(it, tmp_path / "never.json")
        await it.pilot.press("enter")  # what waits for nothing
        await it.until(lambda: begun.is_set() and "3 of 10 articles" in told(it), "the progress")
        await it.pilot.press("escape")
        await it.until(lambda: "Stopped" in told(it), "that it is stopped")
        assert it.dialogue == "ExportScreen"
        go_on.set()
        await it.press("escape")
        await it.until(lambda: it.dialogue == "", "the end")
    assert not (tmp_path / "never.json").exists()


async def test_what_fails_is_said_and_the_dialogue_stays(shore, tmp_path):
    (tmp_path / "file").write_text("x")
    async with reading(shore) as it:
        await asked(it, tmp_path / "file", "markdown")
        await it.press("enter")
        await it.until(lambda: "Markdown goes into a folder" in told(it), "the reason")
        assert it.dialogue == "ExportScreen"
        it.app.screen.query_one(Input).value = " "
        await it.press("enter")
        assert "Say where it is to go" in told(it)
        await it.press("escape")


async def test_an_export_is_added_in_the_app(shore, tmp_path, places):
    from reader.library import Library
    from tests.library.exporting.conftest import own, places_at

    with Library(places) as library:
        library.notebook.set_note(library.shelf.rows(library.shelf.listing().keys)[0], "My thought")
        (tmp_path / "all.json").write_text(own(library))
    other = places_at(tmp_path / "other")
    with Library(other) as library:
        library.subscriptions.add_guide()
    async with reading(other) as it:
        await it.press("plus")
        await it.until(lambda: it.dialogue == "AddScreen", "the dialogue")
        await it.type(str(tmp_path / "all.json"))
        await it.press("enter")
        await it.until(lambda: it.dialogue == "" and len(it.titles) == 10, "the articles")
        assert "1 note" in it.said[-1]

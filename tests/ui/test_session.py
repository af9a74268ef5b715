"""What is found again after a restart."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model.source import GUIDE
from reader.settings import Settings
from reader.ui.screens import session as sessions
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.look import Look
from tests.invented import fill, harbours, orchards
from tests.thorough import examples
from tests.ui.driving import reading

TITLES = [entry.title for entry in harbours().entries]


@pytest.fixture
def both(places):
    """A library with two sections."""
    fill(places, harbours(), orchards())
    return places


async def test_the_article_the_place_and_the_focus(both):
    async with reading(both, size=(120, 20)) as it:
        await it.press("enter", "space", "j")
        place, shown = it.pane.place, it.of(it.pane)
        assert place.block > 0
    async with reading(both, size=(120, 20)) as it:
        assert it.title == TITLES[0]
        assert it.app.focused is it.pane
        assert it.pane.place == place
        assert it.of(it.pane) == shown


async def test_the_footer_is_the_articles_from_the_beginning(both, monkeypatch):
    async with reading(both) as it:
        await it.press("enter")
    drawn = []
    draw = KeyBar.render_line
    monkeypatch.setattr(KeyBar, "render_line", lambda bar, y: drawn.append(bar.where) or draw(bar, y))
    async with reading(both) as it:
        assert it.app.focused is it.pane
    assert set(drawn) == {"article"}


async def test_the_place_is_found_in_a_window_of_another_size(both):
    async with reading(both, size=(120, 20)) as it:
        await it.press("enter", "space", "space")
        block = it.pane.place.block
        assert block > 0
    async with reading(both, size=(60, 30)) as it:
        assert it.app.focused is it.pane
        assert it.pane.place.block == block


async def test_every_article_has_a_place_of_its_own(both):
    async with reading(both, size=(120, 20)) as it:
        await it.press("enter", "space", "space")
        place = it.pane.place
        await it.press("q", "j", "enter", "q", "k")
        assert it.pane.place == place
        await it.press("G")
    async with reading(both, size=(120, 20)) as it:
        assert it.title != TITLES[0]
        await it.press("g", "g")
        assert it.title == TITLES[0]
        assert it.pane.place.block == place.block


async def test_the_list_its_order_and_the_room(both):
    async with reading(both) as it:
        await it.press("j", "s", "k", "k", "s", "3")
        await it.press("S", "j", "j", "enter")
        await it.press("c", ">", "-", "-", "-")
        it.screen.run("view.theme")
        width, titles, title = it.articles.region.width, it.titles, it.title
        assert len(titles) == 2
    async with reading(both) as it:
        assert it.titles == titles
        assert it.title == title
        assert it.screen.listing.order == "title"
        assert it.screen.listing.filter.view == "bookmarked"
        assert it.articles.compact
        assert it.articles.region.width == width
        assert it.pane.measure == 60
        assert it.app.theme == "reader-light"
        assert it.app.focused is it.articles


async def test_how_the_text_is_set_and_the_colour_used_last(both):
    async with reading(both) as it:
        for command in ("view.spacing", "view.paragraphs", "view.bold_lead", "view.ruler"):
            it.screen.run(command)
        it.screen.selecting.color = "blue"
        await it.press("enter", ".", "plus", "x")
    async with reading(both) as it:
        assert it.pane.look == Look(spacing=1, indent=True, bold_lead=True)
        assert it.pane.ruler
        assert it.screen.selecting.color == "blue"
        assert it.screen.comfort.scrolling.pace == 25


async def test_what_was_not_changed_follows_the_settings(both):
    async with reading(both) as it:
        it.screen.run("view.ruler")
    other = Settings(
        mark_read="never", measure=50, line_spacing=2, paragraphs="indent", bold_lead=True, scroll_pace=7,
        words_a_minute=100,
    )  # fmt: skip
    async with reading(both, other) as it:
        assert it.pane.measure == 50
        assert it.pane.look == Look(spacing=2, indent=True, bold_lead=True)
        assert it.pane.ruler
        assert it.pane.pace == 100
        assert it.screen.comfort.scrolling.pace == 7


async def test_folded_sections_and_the_guide(both):
    async with reading(both, size=(120, 70)) as it:
        await it.press("G", "h")
        assert "▸ Orchards" in it.of(it.articles)
        await it.press("g", "g")
    async with reading(both, size=(120, 70)) as it:
        assert "▸ Orchards" in it.of(it.articles)
        assert "▾ Harbours" in it.of(it.articles)
        it.screen.run("view.guide")
        await it.rest()
    async with reading(both) as it:
        assert it.screen.listing.filter.source == GUIDE


async def test_the_session_is_kept_while_it_runs(both):
    """So that a crash costs nothing."""
    async with reading(both) as it:
        await it.press("j", "j")
        wanted = it.screen.row.id
        await it.until(lambda: sessions.load(it.library.cache).article == wanted, "the session to be kept")


async def test_keys_do_not_wait_for_another_process_that_writes(both, monkeypatch):
    monkeypatch.setattr(sessions, "_PATIENCE", 20_000)
    async with reading(both) as it:
        keep, began = sessions.keep, threading.Event()
        monkeypatch.setattr(sessions, "keep", lambda *what: (began.set(), keep(*what))[1])
        other = sqlite3.connect(both.library, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await it.press("j")
        await it.until(began.is_set, "the session to be kept")
        await it.pilot.press("j", "j")
        assert it.title == TITLES[3]
        other.execute("ROLLBACK")
        other.close()
        await it.until(lambda: sessions.load(it.library.cache).article == it.screen.row.id, "the session to be kept")


async def test_the_order_of_the_settings_and_the_session(both):
    async with reading(both, Settings(mark_read="never", measure=50, theme="reader-light")) as it:
        assert it.pane.measure == 50
        assert it.app.theme == "reader-light"


async def test_a_theme_that_is_not_there_is_told(both):
    async with reading(both, Settings(mark_read="never", theme="puce [/]")) as it:
        assert it.app.theme == "reader-dark"
        assert any("no theme called puce [/]" in said for said in it.said)


@pytest.mark.parametrize(
    "kept",
    [
        b"", b"{", b"[]", b"null", b"7", b"\xff\xfe", b'{"split": "wide"}', b'{"split": 4000}', b'{"view": "x"}',
        b'{"order": []}', b'{"folded": 7}', b'{"fraction": "a"}', b'{"fraction": NaN}', b'{"block": -5}',
        b'{"article": "x"}', b'{"measure": "x"}', b'{"measure": 4000}', b'{"theme": 7}', b'{"fraction": 1e300}',
        b'{"view": []}', b'{"article": 99999999999999999999999}', b'{"source": 7}', b'{"folded": [7, null]}',
        b'{"line_spacing": 3}', b'{"line_spacing": true}', b'{"line_spacing": "1"}', b'{"paragraphs": "x"}',
        b'{"paragraphs": []}', b'{"bold_lead": 2}', b'{"ruler": "on"}', b'{"scroll_pace": 601}',
        b'{"scroll_pace": 1.5}', b'{"scroll_pace": -1}', b'{"color": "puce"}', b'{"color": ["red"]}',
    ],
)  # fmt: skip
def test_a_broken_session_is_a_new_one(both, kept):
    with Library(both) as library:
        library.cache.keep("session", kept)
        assert sessions.load(library.cache) == sessions.Session()


def test_a_session_of_a_newer_reader_keeps_what_is_known(both):
    with Library(both) as library:
        library.cache.keep("session", b'{"article": 7, "reading": true, "colour": "new"}')
        assert sessions.load(library.cache) == sessions.Session(article=7, reading=True)


def test_a_session_is_kept_whole(both):
    wanted = sessions.Session(
        7, 2, 0.5, 0.25, reading=True, view="notes", source="guide", order="title", split=50, measure=70,
        compact=True, theme="reader-light", folded=("A",), line_spacing=2, paragraphs="indent", bold_lead=False,
        ruler=True, scroll_pace=600, color="red",
    )  # fmt: skip
    with Library(both) as library:
        sessions.keep(library.cache, wanted)
        assert sessions.load(library.cache) == wanted


async def test_the_app_opens_whatever_was_kept(both):
    with Library(both) as library:
        library.cache.keep("session", b'{"article": [], "split": -4, "folded": {"a": 1}}')
    async with reading(both) as it:
        assert it.title == TITLES[0]


async def test_a_session_whose_article_has_gone_begins_at_the_top(both):
    with Library(both) as library:
        library.cache.keep("session", json.dumps({"article": 1, "reading": True, "block": 4}).encode())
    async with reading(both) as it:
        assert it.title == TITLES[0]
        assert it.pane.place.block == 0


class Kept:
    """A cache that keeps one value."""

    def __init__(self, value):
        self.value = value

    def kept(self, _name):
        return self.value


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from([field.name for field in fields(sessions.Session)])


@settings(max_examples=examples(40, 1_000))
@given(ANYTHING | st.dictionaries(FIELDS, ANYTHING, max_size=4))
def test_whatever_was_kept_is_a_session(value):
    found = sessions.load(Kept(json.dumps(value).encode()))
    assert isinstance(found.filter.view, str)
    assert 0 <= found.place.progress <= 1
    assert found.split in sessions.SPLIT


@pytest.mark.parametrize("value", [b"[" * 100_000, b"\xff", b"", b'{"article": ' + b"9" * 5_000 + b"}"])
def test_what_cannot_be_read_is_the_first_session(value):
    assert sessions.load(Kept(value)) == sessions.Session()

"""The settings, changed in the app: what is changed holds at once, and stands in the user's own file."""

from __future__ import annotations

import os
import stat

import pytest

from reader.settings import FLAGS, Settings, load
from tests.invented import essay, fill
from tests.ui.driving import reading

OPEN = ("g", "comma")
WRITTEN = """\
# mine
theme = "reader-dark"   # calm
measure = 60  # narrow

[[rules]]
when = "tide"   # by the sea
do = "bookmark"
"""


@pytest.fixture
def some(places):
    fill(places, essay(paragraphs=6))
    return places


@pytest.fixture
def written(some):
    some.config.mkdir(parents=True, exist_ok=True)
    some.settings.write_text(WRITTEN)
    return some


def about(it) -> str:
    """Give what is told of the setting under the cursor, as one line."""
    return " ".join(it.of(it.app.screen._about).split())


def go_to(it, name):
    screen = it.app.screen
    screen._list.cursor = [one.name for one in screen._found].index(name)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_every_setting_is_told_with_its_value_default_and_sentence(some, size):
    async with reading(some, Settings(), size=size) as it:
        await it.press(*OPEN)
        assert it.dialogue == "SettingsScreen"
        names = []
        for _ in it.app.screen._all:
            one = it.app.screen._setting
            names.append(one.name)
            seen = " ".join(it.seen().split())
            assert one.name in seen
            assert "Default" in seen
            assert one.sentence.split()[0] in seen
            assert it.app.screen._about.region.bottom < it.app.size.height
            await it.pilot.press("j")
            await it.pilot.pause()
        assert set(names) == set(Settings.__dataclass_fields__)
        await it.press("escape")
        assert it.dialogue == ""


async def test_a_number_is_changed_by_keys_and_by_typing_and_the_article_follows(written):
    async with reading(written, load(written.settings)[0]) as it:
        assert it.pane.measure == 60
        await it.press(*OPEN)
        go_to(it, "measure")
        await it.press("l", "l", "l", "h")
        assert it.pane.measure == 62
        assert written.settings.read_text() == WRITTEN.replace("= 60", "= 62")
        await it.press("enter")
        assert it.dialogue == "ValueScreen"
        await it.press("end", "0", "enter")
        assert it.dialogue == "ValueScreen"
        assert "must be a whole number of columns from 40 to 100, not 620" in " ".join(it.seen().split())
        await it.press("backspace", "backspace", "8", "enter")
        assert it.pane.measure == 68
        assert written.settings.read_text() == WRITTEN.replace("= 60", "= 68")


async def test_the_default_is_taken_again(written):
    async with reading(written, load(written.settings)[0]) as it:
        await it.press(*OPEN)
        go_to(it, "measure")
        await it.press("d")
        assert it.pane.measure == 66
        assert written.settings.read_text() == WRITTEN.replace("measure = 60  # narrow\n", "")
        go_to(it, "theme")
        await it.press("backspace")
        assert 'theme = "' not in written.settings.read_text()


async def test_a_flag_turns_over_and_words_are_picked(some):
    async with reading(some, Settings()) as it:
        await it.press(*OPEN)
        go_to(it, "ruler")
        await it.press("enter")
        assert it.pane.ruler
        go_to(it, "paragraphs")
        await it.press("enter")
        assert it.dialogue == "PickOneScreen"
        await it.press("j", "enter")
        assert it.pane.look.indent
        await it.press("right")
        assert not it.pane.look.indent
        go_to(it, "theme")
        await it.press("enter")
        await it.press("escape")
        assert it.dialogue == "SettingsScreen"
        await it.press("enter")
        picks = it.app.screen._words
        it.app.screen.query_one("PickList").cursor = picks.index("nord")
        await it.press("enter")
        assert it.app.theme == "nord"
        assert load(some.settings) == (Settings(ruler=True, theme="nord"), [])
        assert stat.S_IMODE(some.settings.stat().st_mode) == 0o600


async def test_what_is_typed_finds_settings(some):
    async with reading(some, Settings()) as it:
        await it.press(*OPEN, "slash")
        await it.type("blank line")
        assert {one.name for one in it.app.screen._found} == {"line_spacing", "paragraphs"}
        await it.press("enter", "l")
        assert load(some.settings)[0].line_spacing == 1
        await it.press("slash")
        await it.type("zzz")
        assert "No setting has that" in it.seen()
        await it.press("enter", "enter", "d", "l")
        await it.press("escape")
        assert len(it.app.screen._found) == len(it.app.screen._all)
        await it.press("escape")
        assert it.dialogue == ""


async def test_tables_are_left_to_the_file(written):
    async with reading(written, load(written.settings)[0]) as it:
        await it.press(*OPEN)
        go_to(it, "rules")
        await it.press("enter", "l", "d")
        assert "reader config edit" in it.seen()
        assert written.settings.read_text() == WRITTEN


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
async def test_a_file_that_may_not_be_written_stays_and_that_is_told(written):
    written.settings.chmod(0o400)
    async with reading(written, load(written.settings)[0]) as it:
        await it.press(*OPEN)
        go_to(it, "measure")
        await it.press("l")
        assert "is read-only: nothing was changed" in about(it)
        assert (it.pane.measure, written.settings.read_text()) == (60, WRITTEN)


async def test_a_broken_file_is_not_written(written):
    async with reading(written, load(written.settings)[0]) as it:
        await it.press(*OPEN)
        written.settings.write_text("measure = = 3")
        go_to(it, "ruler")
        await it.press("enter")
        assert "mend that first" in about(it)
        assert written.settings.read_text() == "measure = = 3"


async def test_what_goes_before_the_file_is_told(written, monkeypatch):
    monkeypatch.setenv("READER_MEASURE", "50")
    monkeypatch.setattr(FLAGS, "_given", {"ruler": "on"})
    async with reading(written, load(written.settings)[0]) as it:
        assert it.pane.measure == 50
        await it.press(*OPEN)
        go_to(it, "measure")
        await it.press("l")
        assert "READER_MEASURE in the environment goes before" in about(it)
        assert it.pane.measure == 50
        go_to(it, "ruler")
        await it.pilot.pause()
        assert "--set on the command line goes before" in about(it)

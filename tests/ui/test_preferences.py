"""Settings and styles that change while the app is open."""

from __future__ import annotations

import asyncio
import threading

import pytest
from textual.color import Color

from reader.settings import FLAGS, Settings, load
from reader.ui.screens import preferences
from reader.ui.screens.own_styles import problem, read
from tests.invented import essay, fill
from tests.ui.driving import reading


@pytest.fixture
def some(places):
    fill(places, essay(paragraphs=6))
    places.config.mkdir(parents=True, exist_ok=True)
    return places


async def look(it) -> None:
    """Let the app look at its files now, and not when its clock says so."""
    it.app.preferences.look()
    await it.rest()


async def test_a_changed_file_takes_effect_and_is_told(some):
    some.settings.write_text("measure = 50\n")
    async with reading(some, load(some.settings)[0]) as it:
        some.settings.write_text(
            'measure = 72\nline_spacing = 1\nparagraphs = "indent"\nbold_lead = true\nruler = true\nscroll_pace = 33\n'
            'words_a_minute = 100\ntheme = "reader-light"\nmark_read = "never"\nrefresh = "manual"\n'
            'pictures = "off"\nsame_story = false\n'
        )
        await look(it)
        pane = it.pane
        assert (pane.measure, pane.look.spacing, pane.look.indent, pane.look.bold_lead) == (72, 1, True, True)
        assert (pane.ruler, pane.pace, it.screen.comfort.scrolling.pace) == (True, 100, 33)
        assert it.app.theme == "reader-light"
        assert it.screen.attention._settings.mark_read == "never"
        assert it.screen.settings == it.app.preferences.settings == load(some.settings)[0]
        assert any("Settings:" in said and "measure" in said for said in it.said)
        some.settings.unlink()
        await look(it)
        assert (pane.measure, it.app.theme) == (66, "reader-dark")


async def test_reading_times_follow_the_pace(some):
    async with reading(some, Settings()) as it:
        before = it.of(it.articles)
        some.settings.write_text("words_a_minute = 50\n")
        await look(it)
        assert it.of(it.articles) != before


async def test_what_is_as_it_was_is_left_to_who_changed_it_by_keys(some):
    some.settings.write_text("measure = 50\n")
    async with reading(some, load(some.settings)[0]) as it:
        await it.press("enter", "equals_sign")
        measure = it.pane.measure
        some.settings.write_text("measure = 50\nruler = true\n")
        await look(it)
        assert it.pane.ruler
        assert it.pane.measure == measure


@pytest.mark.parametrize("broken", ["measure = = 3", "measure = 7\n", "\xff"])
async def test_what_is_broken_leaves_the_last_good_and_says_why(some, broken):
    some.settings.write_text("measure = 50\nruler = true\n")
    async with reading(some, load(some.settings)[0]) as it:
        some.settings.write_text(f"ruler = true\n{broken}", encoding="latin-1")
        await look(it)
        assert (it.pane.measure, it.pane.ruler) == (50, True)
        (said,) = it.said
        assert "config.toml" in said
        assert "stays 50" in said or "the settings stay as they were" in said
        some.settings.write_text("measure = 50\nruler = true\n")
        await look(it)
        assert it.said[-1] == "Nothing is wrong with the settings any more."


async def test_an_empty_file_may_be_half_written_and_counts_the_second_time(some):
    some.settings.write_text("measure = 50\n")
    async with reading(some, load(some.settings)[0]) as it:
        some.settings.write_text("")
        await look(it)
        assert it.pane.measure == 50
        await look(it)
        assert it.pane.measure == 66


async def test_an_unknown_theme_is_told_and_the_colours_stay(some):
    async with reading(some, Settings()) as it:
        some.settings.write_text('theme = "lava"\n')
        await look(it)
        assert it.app.theme == "reader-dark"
        assert "There is no theme called lava" in it.said[-1]


async def test_the_files_are_looked_at_off_the_loop_by_the_clock_and_with_the_focus(some, monkeypatch):
    threads = set()
    state = preferences._state

    def noted(path):
        threads.add(threading.current_thread())
        return state(path)

    monkeypatch.setattr(preferences, "_EVERY", 0.01)
    async with reading(some, Settings()) as it:
        monkeypatch.setattr(preferences, "_state", noted)
        some.settings.write_text("measure = 70\n")
        await it.until(lambda: it.pane.measure == 70)
        assert threading.main_thread() not in threads
    monkeypatch.setattr(preferences, "_EVERY", 1e6)
    async with reading(some, load(some.settings)[0]) as it:
        it.app.app_focus = False
        some.settings.write_text("measure = 71\n")
        it.app.app_focus = True
        await it.until(lambda: it.pane.measure == 71)


async def test_a_flag_and_the_environment_go_before_what_was_left_by_keys(some, monkeypatch):
    async with reading(some, Settings(), size=(160, 40)) as it:
        await it.press("enter", "equals_sign")
        it.app.theming.choose("reader-light")
        assert it.pane.measure == 68
    async with reading(some, Settings(), size=(160, 40)) as it:
        assert (it.pane.measure, it.app.theme) == (68, "reader-light")
    monkeypatch.setenv("READER_THEME", "nord")
    monkeypatch.setattr(FLAGS, "_given", {"measure": "50"})
    async with reading(some, load(some.settings)[0], size=(160, 40)) as it:
        assert (it.pane.measure, it.app.theme) == (50, "nord")


# -- styles

PINK = "StatusLine { background: #ff00aa; }\n"


async def test_styles_of_ones_own_count_from_the_first_frame_on(some):
    some.styles.write_text(PINK + "#panes { height: 5; }")
    async with reading(some, Settings()) as it:
        assert it.screen.query_one("StatusLine").styles.background == Color.parse("#ff00aa")
        assert it.screen.query_one("#panes").region.height == 5
        assert it.said == []


async def test_without_styles_nothing_is_read(some, monkeypatch):
    monkeypatch.setattr(preferences.OwnStyles, "begin", lambda _: pytest.fail("it was read"))
    async with reading(some, Settings()) as it:
        await look(it)
        assert it.said == []


async def test_styles_change_live_and_a_mistake_leaves_the_last_good(some):
    async with reading(some, Settings()) as it:
        bar = it.screen.query_one("StatusLine")
        ours = bar.styles.background
        for text, colour in [
            (PINK, "#ff00aa"),
            (PINK.replace("ff00aa", "00ff00"), "#00ff00"),
            ("StatusLine {\n  background: nonsense-colour;\n}\n", "#00ff00"),
        ]:
            some.styles.write_text(text)
            await look(it)
            assert bar.styles.background == Color.parse(colour)
        assert "styles.tcss, line 2" in it.said[-1]
        it.app.theming.choose("reader-light")
        await it.rest()
        assert bar.styles.background == Color.parse("#00ff00")
        it.app.theme = "reader-dark"
        some.styles.unlink()
        await look(it)
        assert bar.styles.background == ours


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Screen { color: $nothing-of-that-name; }", 1),
        ("\n\nScreen { colour: red; }", 3),
        ("Screen {\n color: red;\n", 0),
        ("}\n", 1),
        ("Screen > > {", 1),
        ("Screen { width: [red]x; }", 1),
        ("\x00\x1b[2J { a: b }", 1),
    ],
)
async def test_a_mistake_at_the_start_is_told_with_its_line_and_ours_alone_count(some, text, line):
    some.styles.write_text(text)
    async with reading(some, Settings()) as it:
        (said,) = it.said
        assert "styles.tcss" in said
        assert f"line {line}" in said or not line
        await it.press("enter")
        assert it.screen.reading


def test_a_stylesheet_has_a_largest_size_and_has_to_be_a_file(tmp_path):
    assert read(tmp_path / "none.tcss") is None
    with pytest.raises(OSError, match="directory"):
        read(tmp_path)
    path = tmp_path / "large.tcss"
    path.write_bytes(b" " * ((1 << 20) + 1))
    with pytest.raises(OSError, match="larger"):
        read(path)


def test_a_good_stylesheet_may_use_the_colours_of_the_theme(tmp_path):
    assert problem("Screen { color: $primary; }", tmp_path / "s.tcss", {"primary": "red"}) == ""


async def test_looking_twice_at_once_is_looking_once(some, monkeypatch):
    started, go = [], asyncio.Event()

    async def slow(self, states):
        started.append(states)
        await go.wait()

    async with reading(some, Settings()) as it:
        monkeypatch.setattr(preferences.Preferences, "_follow", slow)
        it.app.preferences.look()
        it.app.preferences.look()
        await it.until(lambda: started)
        go.set()
        await it.rest()
        assert len(started) == 1

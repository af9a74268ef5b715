"""Themes: text that is seen well in each of ours, in all that the app shows; choosing one; following the terminal."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import cycle

import pytest

from reader.model.signs import ASCII
from reader.ui.ground import Ground
from reader.ui.themes import OURS
from tests.invented import essay, fill
from tests.thorough import THOROUGH
from tests.ui.driving import reading
from tests.ui.walking import ALONE, ARTICLES, drawn, furnish, walk

LEAST = 7.0
"""The contrast that text has, as WCAG 2 counts it."""
RICH = ("list", "found")
"""The states that are looked at in all themes, where one has little time."""


def luminance(colour) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style) -> float:
    lighter, darker = sorted((luminance(style.color.triplet), luminance(style.bgcolor.triplet)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faint(it) -> set[str]:
    """Give the pieces of text that stand out too little."""
    return {
        f"{contrast(style):.1f} {text.strip()!r} {style.color.name} on {style.bgcolor.name}"
        for _, _, text, style in drawn(it)
        if any(char.isalnum() for char in text) and contrast(style) < LEAST
    }


def test_contrast_is_counted_as_wcag_does():
    from rich.style import Style

    assert contrast(Style.parse("#ffffff on #000000")) == pytest.approx(21)
    assert contrast(Style.parse("#777777 on #ffffff")) == pytest.approx(4.48, abs=0.01)


def strange(it) -> set[str]:
    """Give the pieces that are no ASCII and no text of an article, nor of a headline or the like."""
    return {
        text
        for _, _, text, style in drawn(it)
        if not text.isascii() and "article" not in style.meta
        if set(text) & ASCII.keys() or {char for char in text if not char.isascii()} - of_the_world()
    }


@cache
def of_the_world() -> set[str]:
    """Give the characters of the articles that are shown."""
    return set().union(*(path.read_text() for path in ARTICLES))


async def test_in_all_states_text_stands_out_in_each_theme_of_ours_and_ascii_is_ascii(places):
    furnish(places)
    found, turn = [], cycle(OURS)
    async with reading(places, replace(ALONE, ascii="on")) as it:
        async for state in walk(it):
            found += [f"{state}: {piece!r}" for piece in strange(it)]
            for theme in OURS if state in RICH or THOROUGH else (next(turn),):
                it.app.theming.try_on(theme.name)
                await it.pilot.pause()
                found += [f"{state}, {theme.name}: {weak}" for weak in faint(it)]
    assert not found, "\n".join(found)


@pytest.fixture
def shore(places):
    fill(places, essay())
    return places


async def test_going_through_the_themes_shows_each_and_esc_brings_the_old_one_back(shore):
    async with reading(shore, replace(ALONE, theme="ink")) as it:
        await it.press("g", "t")
        assert it.dialogue == "ThemesScreen"
        for key, shown in (("down", "contrast"), ("up", "ink"), ("up", "sepia"), ("up", "paper")):
            await it.press(key)
            assert it.app.theme == shown
        assert it.app.screen.styles.background != it.screen.styles.background, "the list is seen beside what it is of"
        await it.press("escape")
        assert (it.dialogue, it.app.theme, it.app.theming.chosen) == ("", "ink", "ink")
        await it.press("g", "t", *"nord")
        assert it.app.theme == "nord"
        await it.press("enter")
        assert (it.dialogue, it.app.theme) == ("", "nord")
    async with reading(shore, replace(ALONE, theme="ink")) as it:
        assert it.app.theme == "nord"
        await it.press("g", "t", *"zzzz", "enter")
        assert it.dialogue == "ThemesScreen", "none is called that"


async def test_the_theme_is_the_settings_until_another_one_is_chosen(shore):
    async with reading(shore, replace(ALONE, theme="paper")):
        pass
    async with reading(shore, replace(ALONE, theme="sepia")) as it:
        assert it.app.theme == "sepia"
        it.screen.run("view.theme")
        assert it.app.theme == "reader-dark"
    async with reading(shore, replace(ALONE, theme="paper")) as it:
        assert it.app.theme == "reader-dark"


async def test_names_that_are_none_are_told(shore):
    wanted = replace(ALONE, theme="peper", theme_light="sepai")
    async with reading(shore, wanted) as it:
        assert it.app.theming.chosen == "auto"
        assert [line[: line.index(";")] for line in it.said] == [
            "There is no theme called sepai",
            "There is no theme called peper",
        ]


async def test_the_app_follows_what_the_terminal_tells(shore):
    pair = replace(ALONE, theme_light="sepia", theme_dark="ink")
    async with reading(shore, pair) as it:
        assert it.app.theme == "ink"
        for dark, shown in ((False, "sepia"), (False, "sepia"), (True, "ink"), (False, "sepia")):
            it.app.post_message(Ground(dark))
            await it.rest()
            assert it.app.theme == shown
        await it.press("g", "t", *"nord")
        it.app.post_message(Ground(dark=True))
        await it.rest()
        assert it.app.theme == "nord", "what one looks at stays"
        await it.press("escape")
        assert it.app.theme == "ink"
        it.app.post_message(Ground(dark=False))
        await it.rest()
    async with reading(shore, pair) as it:
        assert it.app.theme == "sepia", "as it was last"
        it.app.theming.choose("nord")
        it.app.post_message(Ground(dark=True))
        await it.rest()
        assert it.app.theme == "nord", "who chose one keeps it"


async def test_settings_that_change_while_the_app_is_open_are_followed(shore):
    async with reading(shore, ALONE) as it:
        for settings, shown in (
            (replace(ALONE, theme="paper"), "paper"),
            (replace(ALONE, theme_dark="ink"), "ink"),
            (replace(ALONE, theme="none such"), "reader-dark"),
        ):
            it.app.theming.follow(settings)
            assert it.app.theme == shown
        assert "none such" in it.app.theming.wrong[0]


@pytest.mark.parametrize(
    ("told", "shown"), [("15;0", "ink"), ("0;15", "paper"), ("0;default;7", "paper"), ("x", "ink")]
)
async def test_colorfgbg_tells_where_no_terminal_did(shore, monkeypatch, told, shown):
    monkeypatch.setenv("COLORFGBG", told)
    async with reading(shore, replace(ALONE, theme_light="paper", theme_dark="ink")) as it:
        assert it.app.theme == shown


async def test_a_console_that_would_print_the_question_is_not_asked_and_is_dark(shore, monkeypatch):
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.setenv("COLORFGBG", "0;15")
    async with reading(shore, ALONE) as it:
        assert it.app.theme == "reader-dark"
        assert not it.app.theming.follows
        assert it.app.ascii

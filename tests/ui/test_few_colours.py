"""Nothing is told by colour alone: with sixteen colours, and with none, all is told apart that has to be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.color import ColorSystem

from reader.ui.themes import OURS
from tests.thorough import examples
from tests.ui.driving import reading
from tests.ui.walking import ALONE, drawn, furnish

THEMES = ("reader-dark", "paper", "ansi-dark", *(theme.name for theme in OURS[2:]))


def bare(style) -> tuple[bool, ...]:
    """Give what of a style is to be seen without colour."""
    return tuple(map(bool, (style.bold, style.italic, style.underline, style.reverse, style.strike)))


def lines(it) -> list[str]:
    return it.of(it.articles).split("\n")


def styles_of(it, words: str) -> set[tuple[bool, ...]]:
    """Give how words look, of all that is on the screen, without colour."""
    return {bare(style) for _, _, text, style in drawn(it) if words in text}


def lost(it) -> set[str]:
    """Give the pieces of text that have, with sixteen colours, the one of what is behind them."""
    standard = ColorSystem.STANDARD
    return {
        text
        for _, _, text, style in drawn(it)
        if any(char.isalnum() for char in text) and style.color is not None and style.bgcolor is not None
        if style.color.downgrade(standard) == style.bgcolor.downgrade(standard) and not style.color.is_default
    }


@pytest.fixture(params=["sixteen", "none"])
def poor(request, monkeypatch, places):
    """A terminal with sixteen colours, or one whose owner wants none."""
    furnish(places)
    monkeypatch.setenv(*{"sixteen": ("TERM", "xterm"), "none": ("NO_COLOR", "1")}[request.param])
    return request.param


@pytest.mark.parametrize("theme", THEMES[: examples(1, len(THEMES))])
async def test_all_is_told_apart_that_has_to_be(places, poor, theme):
    async with reading(places, replace(ALONE, theme=theme)) as it:
        assert it.app.console.color_system == ("standard" if poor == "sixteen" else "256")
        await it.press("j", "m")
        on = next(line for line in lines(it) if "A sea wall" in line)
        off = next(line for line in lines(it) if "Goodbye" in line)
        assert "▌○" in on, "the row under the cursor, and one that is read"
        assert " ●" in off, "another row, and one that is unread"
        assert styles_of(it, "A sea wall") != styles_of(it, "Goodbye"), "read and unread"
        assert lines(it)[0].startswith("┏"), "the pane that has the focus"
        await it.press("w")
        assert styles_of(it, "this view") != styles_of(it, "this article"), "what is chosen, and what could be"
        await it.press("escape")
        await it.press("g", "g", "enter", "g", "g")
        assert lines(it)[0].startswith("╭"), "the pane that has not"
        text = styles_of(it, "is not the same")
        await it.press("H")
        looks = {"text": text}
        for colour in ("yellow", "green", "blue", "red"):
            looks[colour] = styles_of(it, "is not the same")
            assert not lost(it)
            await it.press("C")
        await it.press("U", "U", "U", "U", "U", "escape", "enter", "/", *"clock", "enter")
        looks["match"] = {look for look in styles_of(it, "clock") if look[3]}
        await it.press("escape", "g", "g", "}", "v", "w")
        assert any(style.reverse for _, _, _, style in drawn(it)), "what is selected"
        assert not lost(it)
        for one, found in looks.items():
            assert found, one
        apart = [frozenset(looks[one]) for one in ("text", "yellow", "green", "blue", "red")]
        assert len(set(apart)) == len(apart), looks

"""The app by other keys: presets, rebound commands, and keys changed while it runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.commands import PRESETS
from reader.model.article import BOOKMARKED, READ
from reader.settings import Keying
from tests.invented import fill, harbours
from tests.ui.driving import QUIET, reading

WALKS = {
    "default": (("enter",), ("m",), ("s",), ("q",), ("Q",)),
    "newsboat": (("enter",), ("N",), ("ctrl+b",), ("q",), ("Q",)),
    "arrows": (("enter",), ("f8",), ("f4",), ("backspace", "escape"), ("f10",)),
}
"""How each preset goes into an article, marks it read, bookmarks it, goes back and leaves."""


def by(preset="default", **bound):
    keys = tuple((name.replace("__", "."), tuple(keys)) for name, keys in bound.items())
    return replace(QUIET, keys=Keying(preset, keys))


@pytest.mark.parametrize("preset", PRESETS)
async def test_each_preset_walks_through_an_article_and_out(places, preset):
    fill(places, harbours())
    go_in, read, bookmark, back, leave = WALKS[preset]
    async with reading(places, by(preset)) as it:
        title = it.title
        await it.press(*go_in)
        assert it.screen.reading
        await it.press(*read)
        await it.press(*bookmark)
        assert it.flags(title) & (READ | BOOKMARKED) == READ | BOOKMARKED
        await it.press(*back)
        assert not it.screen.reading
        await it.press("down")
        assert it.title != title
        footer = it.of(it.keys)
        for command in ("unread.next", "article.toggle_read", "help"):
            assert it.screen.key(command) in footer
        await it.press(*leave)
        await it.until(lambda: not it.app.is_running, "the app to be left")


async def test_a_rebound_sequence_does_it_and_is_named_wherever_the_old_key_was(places):
    fill(places, harbours())
    settings = by(undo=["g u"], article__toggle_read=["z q", "^t"], help=["H"], view__mark_all_read=["M"])
    async with reading(places, settings) as it:
        title = it.title
        await it.press("m", "U")
        assert not it.flags(title) & READ
        await it.press("z")
        assert "zq read or unread" in it.of(it.keys)
        await it.press("q")
        assert it.flags(title) & READ
        await it.press("g", "u")
        assert not it.flags(title) & READ
        await it.press("ctrl+t")
        assert it.flags(title) & READ
        assert "zq read/unread" in it.of(it.keys)
        await it.press("M")
        await it.until(lambda: it.dialogue, "the question")
        assert "gu takes it back." in it.seen()
        await it.press("y")
        await it.until(lambda: "gu takes it back." in it.said[-1], "what was done")
        await it.press("H")
        await it.until(lambda: it.dialogue == "HelpScreen", "the help")
        await it.type("undo")
        assert "gu" in it.seen()
        assert "asks first, gu takes it back." not in it.seen()  # the help of another command: found by its own words
        await it.press("escape")


async def test_keys_are_changed_while_the_app_runs(places):
    fill(places, harbours())
    async with reading(places) as it:
        assert it.app.keys_held.use(by(article__toggle_read=["^t"], undo=["x"])) == [
            "keys: x is for undo: article.full_text loses x and has no key left"
        ]
        await it.rest()
        assert "^t read/unread" in it.of(it.keys)
        title = it.title
        await it.press("ctrl+t")
        assert it.flags(title) & READ
        await it.press("x")
        assert not it.flags(title) & READ
        await it.press("g", "S")
        await it.until(lambda: it.dialogue == "SourcesScreen", "the sources")
        assert it.app.keys_held.use(by("arrows")) == []
        await it.rest()
        assert "F1 help" in it.seen()
        await it.press("backspace")
        await it.until(lambda: not it.dialogue, "the articles")
        assert "F8 read/unread" in it.of(it.keys)


async def test_what_is_wrong_with_keys_is_told_at_the_start_and_the_app_goes_on(places):
    fill(places, harbours())
    async with reading(places, by("vim", copy=["r"], nothing=["x"])) as it:
        told = "\n".join(it.said)
        assert "keys: there is no preset called vim" in told
        assert "keys: r is for copy: refresh.source loses r" in told
        assert "keys: nothing is no command" in told
        await it.press("q", "q")


async def test_without_any_key_of_their_own_help_palette_and_quit_are_reached(places):
    fill(places, harbours())
    async with reading(places, by(help=[], palette=[], quit=[], go__out=[], go__up=[])) as it:
        assert "keys: quit has no key left; ^q always leaves the app" in it.said
        await it.press("f1")
        await it.until(lambda: it.dialogue == "HelpScreen", "the help")
        await it.press("escape")
        await it.until(lambda: not it.dialogue, "the articles")
        await it.press("ctrl+p")
        await it.until(lambda: it.dialogue == "CommandPalette", "the palette")
        await it.press("escape")
        await it.until(lambda: not it.dialogue, "the articles")
        await it.press("ctrl+q")
        await it.until(lambda: not it.app.is_running, "the app to be left")


async def test_a_selection_and_links_heed_rebound_keys(places):
    fill(places, harbours())
    settings = by(paragraph__highlight=["X"], article__note=["N"], article__contents=["1"])
    async with reading(places, settings) as it:
        await it.press("enter", "v")
        assert it.of(it.keys).startswith(" X highlight  N note")
        await it.press("X")
        assert it.said[-1].startswith("Highlighted in yellow. N adds a note")
        await it.press("1")
        assert it.dialogue != "LinksScreen"


async def test_a_line_that_is_typed_into_keeps_its_keys_and_leaves_the_others(places):
    fill(places, harbours())
    async with reading(places, by(view__compact=["F5"], cursor__top=["^u"])) as it:
        await it.press("slash")
        await it.type("pqr")
        await it.press("left", "f5")
        assert it.articles.compact
        assert it.app.focused.value == "pqr"
        await it.press("ctrl+u")
        assert it.app.focused.value == "r"  # the line's own key, which clears what is before its cursor
        await it.press("escape")


async def test_an_open_app_follows_the_keys_in_its_file(places):
    fill(places, harbours())
    places.settings.parent.mkdir(parents=True, exist_ok=True)
    async with reading(places) as it:
        places.settings.write_text('[keys]\n"article.toggle_read" = "^t"\n"copy" = "r"\n', "utf-8")
        await it.app.preferences.reload()
        await it.rest()
        assert "^t read/unread" in it.of(it.keys)
        assert "keys: r is for copy: refresh.source loses r and has no key left" in it.said
        await it.press("ctrl+t")
        assert it.flags(it.title) & READ

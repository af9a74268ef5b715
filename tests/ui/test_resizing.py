"""Terminals that change their size all the time, or have none, or an odd locale: nothing of it ends the app."""

from __future__ import annotations

import os
import random
from collections import Counter

from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tests.e2e.pty import Terminal
from tests.invented import fill, harbours
from tests.thorough import examples
from tests.ui.driving import reading

STORM = examples(100, 5000)
LAST = Size(120, 40)


def sizes(seed: int, count: int = STORM) -> list[Size]:
    """Give sizes of all kinds, tiny ones among them."""
    dice = random.Random(seed)
    return [Size(dice.choice([1, 2, 3, dice.randint(1, 300)]), dice.randint(1, 90)) for _ in range(count)]


def seen(it) -> str:
    """Give all that is shown, but for the sign that an article is being read, which comes in its time."""
    return it.seen().replace("◐", "●")


async def test_a_storm_of_sizes_leaves_everything_where_it_was(places, monkeypatch):
    fill(places, harbours())
    laid_out, lay_out = Counter[str](), Screen._refresh_layout

    def noted(screen, *given, **named):
        laid_out["often"] += 1
        lay_out(screen, *given, **named)

    async with reading(places, size=LAST) as it:
        await it.press("enter", "space", "}", "}")
        before, title, block = seen(it), it.title, it.pane.place
        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        for number, size in enumerate(sizes(1)):
            it.app.post_message(events.Resize(size, size))
            if number % 7 == 0:
                await it.pilot.pause()
        it.app.post_message(events.Resize(LAST, LAST))
        await it.rest()
        await it.until(lambda: seen(it) == before, "the screen as it was")
        assert (it.title, it.pane.place) == (title, block)
        assert it.app.is_running
    # Those that come while one is drawn are passed over.
    assert laid_out["often"] < 3 * STORM


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "NO_COLOR": "1"}


def test_a_terminal_without_a_size_and_a_locale_in_a_storm(places):
    fill(places, harbours())
    with Terminal(columns=120, lines=40, environment=ASCII) as it:
        it.see("? help", "10 unread", "─")
        os.write(it._master, b"\xff\xfe")  # what no locale of ours has
        for size in sizes(2, 300):
            it.resize(size.width, size.height)
        it.resize(0, 0)
        it.resize(100, 30)
        it.press("j\r")
        it.see("A lighthouse for sale", "Space page")
        it.press("\x1b[200~eel\nand so on \xff\x1b[201~")
        it.see("Pasted: ")
        it.press("\x1b")
        it.wait(lambda: "Pasted: " not in it.text)
        it.press("m")
        it.see("9 unread")
        it.press("Q")
        assert it.end() == 0
        assert it.colours == []

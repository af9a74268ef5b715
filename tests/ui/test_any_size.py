"""Terminals of any size: whatever is opened there is drawn, and then nothing is drawn any more."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.screen import Screen

from tests.invented import fill, harbours
from tests.ui.driving import reading

KEYS = (
    *("j", "enter", "space", "a", "escape", "q", "?", "escape", "c", "t", "escape", "S", "escape"),
    *("/", "x", "escape", "F", "x", "escape", "backslash", "backslash", "+", "escape", "V", "escape"),
    *("g", "s", "escape", "g", "S", "escape", "g", "n", "escape", "g", "h", "escape"),
)
ENOUGH = 20
"""Layouts that no key takes; what goes on and on comes to a hundred in the second that a test waits."""


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (5, 5), (10, 3), (20, 6), (40, 10), (300, 100)])
async def test_everything_is_drawn_and_comes_to_rest(places, size, monkeypatch):
    fill(places, harbours())
    async with reading(places, size=size) as it:
        pressed: list[str] = []
        laid_out, lay_out = Counter[str](), Screen._refresh_layout

        def noted(screen, *given, **named):
            laid_out[f"{pressed[-2:]} {type(screen).__name__}"] += 1
            lay_out(screen, *given, **named)

        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        for key in KEYS:
            pressed.append(key)
            await it.press(key)
            assert it.app.is_running
        assert {what: often for what, often in laid_out.items() if often > ENOUGH} == {}

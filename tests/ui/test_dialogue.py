"""What is behind a dialogue is what Textual would draw there."""

from __future__ import annotations

import pytest
from textual.renderables.background_screen import BackgroundScreen
from textual.visual import RichVisual

from reader.ui.widgets.dialogue import Dialogue, _Behind
from tests.invented import fill, harbours
from tests.ui.driving import reading


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (9, 4)])
@pytest.mark.parametrize("keys", ["?", "enter i"])  # dimmed behind the one, as it is behind the other
async def test_it_is_what_textual_draws(places, size, keys):
    fill(places, harbours())
    async with reading(places, size=size) as it:
        await it.press(*keys.split())
        dialogue, colour = it.app.screen, it.app.screen.styles.background
        assert isinstance(dialogue, Dialogue)
        assert colour.a < 1
        ours, usual = _Behind(it.screen, colour), RichVisual(dialogue, BackgroundScreen(it.screen, colour))
        for width, height in ((it.app.size.width, it.app.size.height), (7, 3)):
            wanted = usual.render_strips(width, height, dialogue.visual_style, None)
            assert [
                list(strip.simplify()) for strip in ours.render_strips(width, height, dialogue.visual_style, None)
            ] == [list(strip.simplify()) for strip in wanted]

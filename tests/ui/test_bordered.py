"""Lines in a border: what Textual would draw, and no more asked than has to be."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.widgets.bordered import Bordered

HOWEVER = {
    "round": "border: round red;",
    "focused": "border: heavy green; background: blue 40%;",
    "none": "",
    "one side": "border-left: thick red;",
    "padding": "border: round red; padding: 1 2;",
    "outline": "border: round red; outline: solid yellow;",
    "tint": "border: round red; tint: green 30%;",
    "opacity": "border: round red; opacity: 40%;",
    "text opacity": "border: round red; text-opacity: 40%;",
}
REGIONS = [Region(0, 0, 20, 7), Region(0, 2, 20, 4), Region(0, 3, 20, 1), Region(4, 1, 9, 5), Region(0, 4, 20, 3)]


def drawn(own: type[Widget]) -> type[Widget]:
    class Numbered(own):
        """Lines that tell their numbers in a colour of the terminal, which Textual replaces."""

        DEFAULT_CSS = "Numbered { width: 20; height: 7; }"

        def render_line(self, y: int) -> Strip:
            kept = self.__dict__.setdefault("kept", {})
            if y not in kept:
                line = Strip([Segment(f"line {y} 日本", Style(color="red", dim=True))])
                kept[y] = line.adjust_cell_length(self.size.width, Style(bgcolor="blue"))
            return kept[y]

    return Numbered


class Both(App[None]):
    """The same lines drawn by Textual and here."""

    def __init__(self, rules: str) -> None:
        self.CSS = f"Screen {{ background: #202830; }} Numbered {{ {rules} }}"
        super().__init__()
        self.usual, self.ours = drawn(Widget)(), drawn(Bordered)()

    def compose(self):
        for widget in (self.usual, self.ours):
            widget.border_title = "Title"
            yield widget


@pytest.mark.parametrize("rules", HOWEVER.values(), ids=HOWEVER.keys())
async def test_each_line_is_what_textual_draws(rules):
    app = Both(rules)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        for region in REGIONS:
            wanted = [list(strip.simplify()) for strip in app.usual.render_lines(region)]
            assert [list(strip.simplify()) for strip in app.ours.render_lines(region)] == wanted


async def test_another_colour_of_the_border_is_seen_though_no_line_changed():
    app = Both("border: round red;")
    async with app.run_test(size=(40, 20)) as pilot:
        whole = Region(0, 0, 20, 7)
        before = app.ours.render_lines(whole)
        assert all(now is then for now, then in zip(app.ours.render_lines(whole)[2:6], before[2:6], strict=True))
        for widget in (app.usual, app.ours):
            widget.styles.border = ("round", "lime")
        await pilot.pause()
        after = app.ours.render_lines(whole)
        assert [list(strip) for strip in after] != [list(strip) for strip in before]
        wanted = [list(strip.simplify()) for strip in app.usual.render_lines(whole)]
        assert [list(strip.simplify()) for strip in after] == wanted


async def test_a_line_that_changed_is_drawn_anew():
    app = Both("border: round red;")
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        whole = Region(0, 0, 20, 7)
        app.ours.render_lines(whole)
        app.ours.kept[2] = Strip([Segment("another")])
        assert "another" in app.ours.render_lines(whole)[3].text

"""Which terminals are told of links, and that what they are told stays the same."""

from __future__ import annotations

import pytest
from rich.segment import Segment

from reader.model.document import Block, Span
from reader.ui.widgets.hyperlinks import knows_links
from reader.ui.widgets.lines import Line, Run
from reader.ui.widgets.look import Look
from reader.ui.widgets.painting import Cover, painted
from reader.ui.widgets.pen import Pen
from tests.ui.documents import STYLES
from tests.ui.paning import opened, shown

KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}
GNOME = {"TERM": "xterm-256color", "VTE_VERSION": "7600"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-1/default,1,0", "TERM_PROGRAM": "tmux"}


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        (KITTY, True),
        (GNOME, True),
        (GNOME | {"VTE_VERSION": "4205"}, False),
        (GNOME | {"VTE_VERSION": "x"}, False),
        (GNOME | {"NO_COLOR": "1"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM": "xterm-ghostty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "foot-direct"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM": "contour"}, True),
        ({"TERM": "xterm-256color", "WT_SESSION": "5"}, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230800"}, True),
        (TMUX | {"TERM_PROGRAM_VERSION": "3.4"}, True),
        (TMUX | {"TERM_PROGRAM_VERSION": "3.5a"}, True),
        (TMUX | {"TERM_PROGRAM_VERSION": "3.3a"}, False),
        (TMUX | {"TERM_PROGRAM_VERSION": "next"}, False),
        (TMUX, False),
        ({**GNOME, "TMUX": "x"}, False),
        ({**KITTY, "TERM": "screen", "STY": "1.pts"}, False),
        ({**GNOME, "ZELLIJ": "0"}, False),
        ({**GNOME, "TERM": "dumb"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-mono"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({}, False),
    ],
)
def test_the_terminal_is_known_by_its_name(environment, known):
    assert knows_links(environment) is known


def test_a_link_has_the_same_name_whenever_it_is_painted_and_on_all_its_lines():
    block = Block("paragraph", "the pier", (Span(0, 8, "link", "https://a.example"),))
    line = Line((), Pen(block, STYLES, Look(hyperlinks=True)).write(0, 8, STYLES["text"]), (Run(0, 0, 8),))
    cover = Cover(2, 5, STYLES["strong"])
    names = {segment.style.link_id for _ in range(3) for segment in painted(line, 1, [cover])}
    assert len(names) == 1
    assert names != {""}


async def test_the_ruler_leaves_the_name_of_a_link_as_it_is():
    async with shown(opened("Ahead.\n\n[a link](https://a.example)\n\nMore.")) as it:
        it.pane.look = Look(hyperlinks=True)
        await it.pilot.pause()
        plain = it.pane.render_line(it.y("a link"))
        names = [
            {style.link_id for _, style, _ in strip if style is not None and style.link}
            for strip in (plain, it.pane._drawing.banded(plain), it.pane._drawing.banded(plain))
        ]
        assert names[0] == names[1] == names[2]
        assert len(names[0]) == 1
        assert isinstance(next(iter(plain)), Segment)

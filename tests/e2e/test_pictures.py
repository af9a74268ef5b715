"""Pictures in a real terminal: what is written to it, and that it is never asked anything for their sake."""

from __future__ import annotations

import re

import pytest

from reader.library import Library
from tests.e2e.pty import Terminal
from tests.invented import fill
from tests.ui.pictured import CRANES, article, bytes_of, halves, keep

# Textual's own questions at the start: cursor keys, synchronised output, in-band resizing and the like.
_QUESTION = re.compile(rb"\x1b\[(?:[>=]?[0-9;]*c|[0-9;]*n|1[468]t)|\x1b_G[^;]*a=q")


@pytest.fixture
def quay(places):
    fill(places, article(f"Before.\n\n![Cranes over the quay]({CRANES})\n\nAfter the picture.\n\n" + "More.\n\n" * 90))
    with Library(places) as library:
        keep(library, CRANES, bytes_of(halves(600, 400)))
    return places


def reading(**environment: str) -> Terminal:
    it = Terminal(environment={"COLORTERM": "truecolor", **environment})
    it.see("? help", "unread")
    it.press("j\r")
    it.see("Cranes over the quay", "Space page")
    return it


def leave(it: Terminal) -> None:
    it.press("Q")
    assert it.end() == 0


def test_half_blocks_are_drawn_where_the_terminal_knows_no_better(quay):
    with reading(TERM="xterm-256color") as it:
        it.wait(lambda: it.text.count("▀" * 60) == 20)
        assert "After the picture." in it.text
        it.press("jjjjjjjjjj")
        it.wait(lambda: 0 < it.text.count("▀" * 60) < 20)
        leave(it)
    assert b"\x1b_G" not in it.output
    assert not _QUESTION.findall(it.output)


def test_kitty_is_handed_the_picture_once_and_forgets_it_at_the_end(quay):
    with reading(TERM="xterm-kitty") as it:
        it.wait(lambda: "\U0010eeee".encode() in it.output)
        for pictures in range(1, 4):
            # What stands for it is written whenever it scrolls.
            it.wait(lambda many=pictures * 60 * 18: it.output.count("\U0010eeee".encode()) >= many)
            it.press("kj"[pictures % 2])
        it.press("Q")
        assert it.end() == 0
    said = re.findall(rb"\x1b_G([^;\x1b]*)[;\x1b]", it.output)
    (first,) = (one for one in said if b"a=T" in one)
    assert b"c=60,r=20" in first
    (number,) = re.findall(rb"i=(\d+)", first)
    assert said[-1] == b"a=d,d=I,q=2,i=" + number
    colours = re.findall(rb"\x1b\[38;2;(\d+);(\d+);(\d+)[^m]*m\xf4\x8e\xbb\xae", it.output)
    assert {int.from_bytes(map(int, colour), "big") for colour in colours} == {int(number)}
    assert not _QUESTION.findall(it.output)


SIXEL = re.compile(rb"\x1b7\x1b\[(\d+);(\d+)H\x1bP0;0;0q\"1;1;(\d+);(\d+)[^\x1b]*\x1b\\\x1b8")
ITERM = re.compile(
    rb"\x1b7\x1b\[(\d+);(\d+)H\x1b\]1337;File=inline=1;size=\d+;width=(\d+);height=(\d+);"
    rb"preserveAspectRatio=0;doNotMoveCursor=1:[\w+/=]+\x07\x1b8"
)


@pytest.mark.parametrize(
    ("name", "sequence"),
    [({"TERM": "foot"}, SIXEL), ({"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}, ITERM)],
)
def test_what_is_in_view_is_drawn_over_the_half_blocks_when_it_rests(quay, name, sequence):
    def lines(it, since: int = 0) -> dict[int, tuple[int, int]]:
        """The lines of the screen over which something was drawn: from which column, and how wide in cells."""
        over: dict[int, tuple[int, int]] = {}
        # It may have rested before, at another line: what was drawn last counts.
        last = sequence.findall(it.output[since:])[-len(blocks(it)) if sequence is SIXEL else -1 :]
        for y, x, width, height in (map(int, found) for found in last):
            wide, high = (width // 10, height // 20) if sequence is SIXEL else (width, height)
            over |= dict.fromkeys(range(y - 1, y - 1 + high), (x - 1, wide))
        return over

    def blocks(it) -> dict[int, tuple[int, int]]:
        rows = enumerate(it.text.split("\n"))
        return {y: (line.index("▀"), line.count("▀")) for y, line in rows if "▀" in line}

    with reading(**name) as it:
        it.wait(lambda: blocks(it) and lines(it) == blocks(it))
        assert len(blocks(it)) == 20
        since = len(it.output)
        it.press("jjjjjjjjjjjj")
        it.wait(lambda: 0 < len(blocks(it)) < 20 and lines(it, since) == blocks(it))
        # Over a dialogue nothing is drawn, and when it is gone all is drawn again.
        it.press("?")
        it.see("Keys")
        since = len(it.output)
        it.press("\x1b")
        it.wait(lambda: lines(it, since) == blocks(it))
        leave(it)
    assert not _QUESTION.findall(it.output)


@pytest.mark.parametrize("name", [{"TERM": "foot"}, {"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}])
def test_in_a_multiplexer_they_are_half_blocks(quay, name):
    with reading(**name, TMUX="/nowhere,1,0") as it:
        it.wait(lambda: it.text.count("▀" * 60) == 20)
        leave(it)
    assert b"\x1b_G" not in it.output

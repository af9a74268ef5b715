"""The app in a real terminal walks through all hostile articles: Textual's own sequences reach it, and text."""

from __future__ import annotations

import json
import os
import select

import pytest

from reader.ingest import detect, sanitize
from tests.e2e.pty import Terminal
from tests.hostile import child, corpus, watch
from tests.hostile.grammar import foreign, foreign_in_frames, in_sequences
from tests.hostile.payloads import COMMANDS, FAMILIES, MARKUP, TOKEN, Tokens
from tests.invented import fill
from tests.thorough import examples
from tests.ui.driving import reading

pytestmark = pytest.mark.xdist_group("hostile")

PASSING = {"fillers", "joiners", "noncharacters"}
"""Families that drive no terminal, and hide nothing but themselves."""


class Raw(Terminal):
    """A terminal that only keeps what is written to it: to show megabytes takes an emulator very long."""

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError:  # the other side is closed
            return False
        self.output += chunk
        return bool(chunk)

    def do(self, keys: str, words: list[str]) -> None:
        """Press keys, and wait until one of these words was painted since then; a line may end within one."""
        since = len(self.output)
        self.press(keys)
        try:
            self.wait(lambda: any(word.encode() in self.output[since:] for word in words))
        except AssertionError:
            raise AssertionError(f"{keys!r} painted none of {words}, but {self.output[since:][-300:]!r}") from None


@pytest.fixture(scope="session")
def walked(taken) -> bytes:
    """All that the app wrote while each article was opened, and the lists and dialogues with them."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(taken.environment)
    try:
        words = taken.of("open")[0]["words"]
        environment = {"TERM": "xterm-256color", "VTE_VERSION": "7600", "TMUX": "", "STY": "", "TERM_PROGRAM": ""}
        with Raw(columns=80, lines=examples(30, 100), environment=environment) as it:
            it.wait(lambda: b"unread" in it.output)
            it.do("gg\r", words[0])
            for seen in words[1:]:
                it.do("J", seen)
            it.press("Q")
            assert it.end() == 0
            return it.output
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_only_what_textual_writes_reaches_the_terminal(walked):
    assert foreign(walked) == []


def test_no_hostile_text_is_in_a_sequence(walked, taken):
    assert in_sequences(walked, TOKEN) == []
    painted = set(TOKEN.findall(walked.decode("utf-8", "replace")))
    assert len(painted) > len(taken.articles)


def test_the_app_wrote_nothing_elsewhere_and_started_nothing(walked, taken):
    assert walked
    assert watch.told(taken.folder / "watch") == []


def test_each_family_is_seen_if_it_gets_there(walked):
    at = walked.index(b"quay")
    around = walked.rindex(b"\x1b[", 0, at - 3000), walked.index(b"\x1b[", at + 3000)
    before, after = walked[around[0] : at].decode(), walked[at : around[1]].decode()
    assert not foreign_in_frames(before + after)
    for family in FAMILIES.keys() - MARKUP.keys() - COMMANDS.keys() - PASSING:
        assert foreign_in_frames(before + FAMILIES[family] + after), family


@pytest.mark.parametrize("broken", [False, True])
async def test_without_the_gate_it_is_seen(places, monkeypatch, broken):
    """The same as above, with the gate and without it, in this process: what would be written is looked at."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    if broken:
        child.break_the_gate(monkeypatch.setattr)
    feed = corpus.json_feed(Tokens()).encode()
    fill(places, detect.read(feed, "fields.json"))
    async with reading(places, size=(80, 40)) as it:
        await it.press("enter", "J")
        strips = it.app.screen._compositor.render_strips()
        painted = "\r\n".join(strip.render(it.app.console) for strip in strips)
    assert bool(foreign_in_frames(painted)) is broken
    assert sanitize.is_clean("quay")
    assert json.loads(feed)

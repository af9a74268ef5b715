"""Links in a real terminal: their addresses are written where it knows them, and nothing else is."""

from __future__ import annotations

import re

import pytest

from reader.ingest.found import Found
from reader.model.article import Entry
from tests.e2e.pty import Terminal
from tests.invented import fill

BODY = (
    """# The pier

Told [here](https://a.example/pier?x=1;y=2), and [there](<https://b.example/&#27;]0;gone&#7;>),
and [elsewhere](<https://c.example/\x9cx>),
[or](<https://d.example/\x1b\\\x1b]0;gone\x07>), and not [at all](javascript:alert).

"""
    + "More.\n\n" * 60
)
_LINK = re.compile(rb"\x1b\]8;([^;]*);([^\x1b\x07]*)\x1b\\")


@pytest.fixture
def pier(places):
    fill(places, Found("essay", "Pier", (Entry("Pier", body=BODY, markdown=True, guid="p"),)))
    return places


def written(**environment: str) -> bytes:
    with Terminal(environment={"TMUX": "", "STY": "", "ZELLIJ": "", "TERM_PROGRAM": "", **environment}) as it:
        it.see("? help", "unread")
        it.press("j\r")
        it.see("Told here", "Space page")
        it.press("jk")
        it.press("jk")
        it.see("Told here")
        it.press("Q")
        assert it.end() == 0
        return it.output


def test_addresses_are_written_where_the_terminal_knows_links(pier):
    output = written(TERM="xterm-256color", VTE_VERSION="7600")
    links = {pair for pair in _LINK.findall(output) if pair[1]}
    assert b"https://a.example/pier?x=1;y=2" in {address for _, address in links}
    assert all(re.fullmatch(rb"[!-~]+", address) for _, address in links)
    assert len(links) == len({address for _, address in links})  # the name of each is the same in every frame
    assert b"\x1b]0;gone" not in output
    assert b"\xc2\x9c" not in output
    assert not any(b"javascript" in address for _, address in links)


def test_nothing_is_written_where_it_does_not(pier):
    assert b"\x1b]8;" not in written(TERM="xterm-256color", VTE_VERSION="")
    assert b"\x1b]8;" not in written(TERM="linux", VTE_VERSION="7600")

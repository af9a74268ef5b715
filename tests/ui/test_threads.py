"""Work in threads whose end nobody waits for any more."""

from __future__ import annotations

import asyncio
import threading

import pytest
from textual.message_pump import MessagePump
from textual.widget import Widget

from reader.ui.threads import hand_over
from tests.ui.driving import reading


@pytest.fixture
def asked_here_alone(monkeypatch):
    """No thread may ask a screen for its app: one that is being left has none."""
    known = MessagePump.app.fget

    def app(self):
        assert threading.current_thread() is threading.main_thread()
        return known(self)

    monkeypatch.setattr(MessagePump, "app", property(app))


def refuse():
    raise OSError("refused")


@pytest.mark.usefixtures("asked_here_alone")
async def test_who_works_for_a_screen_that_is_being_left_does_not_ask_it_for_the_app(places):
    kept = []
    async with reading(places) as it:
        it.screen.in_background(lambda: "found", kept.append)
        await it.until(lambda: kept)
        it.screen.in_background(refuse, kept.append)
        await it.until(lambda: it.said)
        assert not it.app.failure
    assert kept == ["found"]


async def test_what_comes_when_its_widget_or_the_app_is_gone_is_passed_over(places):
    kept = []
    async with reading(places) as it:
        pane = it.pane
        await asyncio.to_thread(hand_over, it.app, pane, lambda: kept.append("shown"))
        await asyncio.to_thread(hand_over, it.app, Widget(), lambda: kept.append("nobody asked"))
    await asyncio.to_thread(hand_over, it.app, pane, lambda: kept.append("gone"))
    assert kept == ["shown"]


async def test_what_fails_while_the_app_is_there_is_heard_of(places):
    async with reading(places) as it:
        with pytest.raises(RuntimeError, match="unheard"):
            await asyncio.to_thread(hand_over, it.app, it.pane, lambda: (_ for _ in ()).throw(RuntimeError("unheard")))

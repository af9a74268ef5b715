"""Work in threads, one piece at a time."""

from __future__ import annotations

import asyncio
import threading

import pytest

from reader.ui.screens.turns import Turns


async def test_what_nobody_waits_for_any_more_is_told_so_and_the_last_comes_next():
    turns, begun, done = Turns(), threading.Event(), []

    def first(left):
        begun.set()
        while not left():
            threading.Event().wait(0.001)
        done.append("first")

    def second(left):
        done.append("second")

    def third(left):
        done.append("third")
        return 3

    one = asyncio.create_task(turns.take(first))
    await asyncio.to_thread(begun.wait, 10)
    two = asyncio.create_task(turns.take(second))
    await asyncio.sleep(0)
    two.cancel()
    one.cancel()
    assert await turns.take(third) == 3
    assert done == ["first", "third"]


async def test_a_failure_goes_to_who_asked():
    def fails(left):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await Turns().take(fails)

"""What every test of the app pays for, made cheap: waiting until the app rests, and reading the stylesheets.

Textual takes an app to rest when its process used next to no processor for 20 milliseconds, and asks that three or
four times for every key: most of what a test takes would be sleep. The loop knows better: nothing is ready, no timer
is due before Textual would have stopped waiting, no thread has work for it. A thread that has is asked Textual's way
whether it only waits. What is to be drawn is drawn once nothing else is to be done, where the app draws 60 times
a second.

Textual parses its own stylesheets and ours anew for every app. What comes out depends on nothing but the text and the
colours of the theme, and is only read.
"""

from __future__ import annotations

import asyncio
from time import monotonic, process_time, thread_time
from typing import TYPE_CHECKING, Any

import textual.app
import textual.pilot
import textual.screen
from textual._context import active_app
from textual._wait import SLEEP_GRANULARITY, SLEEP_IDLE
from textual.app import ScreenStackError
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from reader.ui.screens import ahead

if TYPE_CHECKING:
    from textual.css.model import RuleSet

_TURNS = 3
"""How often the loop must be found at rest, one after the other."""

_DRAWN_EVERY = 1.0
"""Seconds between two drawings while the app works, besides the one when it rests."""

_parsed: dict[Any, list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _works(loop: Any) -> bool:
    """Whether a thread of the loop has something to do."""
    pool = loop._default_executor
    if pool is None:
        return False
    return bool(pool._work_queue.qsize() or len(pool._threads) > pool._idle_semaphore._value)


def _used_by_threads() -> float:
    """Give the seconds of a processor that all threads but this one have used."""
    return process_time() - thread_time()


def _due(loop: Any, before: float) -> float | None:
    """Give when the next timer is due, None when that is later than given."""
    soon = [timer.when() for timer in loop._scheduled if not timer.cancelled() and timer.when() < before]
    return min(soon, default=None)


def _drawn() -> bool:
    """Draw what is to be drawn; tell whether there was something."""
    try:
        app = active_app.get()
        screen = app.screen
    except (LookupError, ScreenStackError):
        return False
    if not screen.is_running or not screen.is_current or app._batch_count:
        return False
    if screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets:
        screen._on_timer_update()
        return True
    return False


async def settled(min_sleep: float = SLEEP_GRANULARITY, max_sleep: float = 1) -> None:
    """Wait until the app rests, in the place of `textual._wait.wait_for_idle`."""
    loop: Any = asyncio.get_running_loop()
    began = monotonic()
    patience = began + max_sleep
    horizon = began + max(min_sleep, SLEEP_GRANULARITY)
    quiet = 0
    looked, used = began, _used_by_threads()
    while quiet < _TURNS:
        await asyncio.sleep(0)
        now = monotonic()
        if now > patience:
            return
        if loop._ready:
            quiet = 0
        elif _works(loop):
            quiet = 0
            if now > looked + SLEEP_GRANULARITY:
                before, looked, used = used, now, _used_by_threads()
                if now > horizon and used - before < SLEEP_IDLE:
                    return
            await asyncio.sleep(0.001)
        elif _drawn():
            quiet = 0
        elif (due := _due(loop, horizon)) is not None:
            quiet = 0
            await asyncio.sleep(max(0, due - loop.time()))
        else:
            quiet += 1


def _parse_once(sheet: Stylesheet, css: str, *given: Any, **named: Any) -> list[RuleSet]:
    """Parse a text that was not parsed before with the same variables."""
    key = (css, given, tuple(sorted(named.items())), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, *given, **named)
    return _parsed[key]


async def _at_once(_pilot: Pilot[Any], *_given: Any, **_named: Any) -> bool:
    """Ask no widget whether it is done, in the place of `Pilot._wait_for_screen`: `settled`, which follows, knows."""
    return True


def settle_quickly() -> None:
    """Let all apps of this process be tested so."""
    textual.app.wait_for_idle = textual.pilot.wait_for_idle = settled  # type: ignore[attr-defined]
    textual.screen.UPDATE_PERIOD = _DRAWN_EVERY  # type: ignore[misc]
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
    Pilot._wait_for_screen = _at_once  # type: ignore[method-assign]
    ahead._AFTER = 0.0  # type: ignore[misc]

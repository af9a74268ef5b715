"""Leaving when a signal asks to: in good order, and in any case, also when the terminal is gone.

A terminal that vanishes takes Textual's writing thread with it: the loop then waits for ever to hand it a frame, and
sees no signal. Hence the signals are taken by Python itself, and what does not leave in time is made to.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from types import FrameType

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)
_PATIENCE: Final = 5.0
"""Seconds after which the library is closed from outside of the loop."""
_GONE: Final = 128 + signal.SIGHUP
_LAST: Final = 12.0
"""Seconds after which the process ends, whatever it does."""


class _Exit(Protocol):
    """Leaves the app."""

    def __call__(self, *, return_code: int) -> None:
        """Leave."""


def on_signals(loop: AbstractEventLoop, leave: _Exit, close: Callable[[], object]) -> None:
    """Leave when a signal asks to.

    Args:
        loop: the app's.
        leave: leaves the app, on the loop.
        close: saves everything; it may be called twice.
    """

    def asked(number: int, frame: FrameType | None) -> None:
        del frame
        code = 128 + number
        for seconds, end in ((_PATIENCE, lambda: _closed(close, code)), (_LAST, lambda: os._exit(code))):
            timer = threading.Timer(seconds, end)
            timer.daemon = True
            timer.start()
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(lambda: leave(return_code=code))

    for number in _SIGNALS:
        signal.signal(number, asked)
    if os.isatty(0):
        threading.Thread(target=_watch, args=(close,), daemon=True).start()


def _watch(close: Callable[[], object]) -> None:
    """Wait for the terminal to vanish, and leave; the loop may be stuck in a frame that nobody takes."""
    terminal = select.poll()
    terminal.register(0, 0)  # no event but that it is gone
    terminal.poll()
    timer = threading.Timer(_LAST, lambda: os._exit(_GONE))
    timer.daemon = True
    timer.start()
    time.sleep(_PATIENCE)
    _closed(close, _GONE)


def _closed(close: Callable[[], object], code: int) -> None:
    try:
        close()
    finally:
        os._exit(code)

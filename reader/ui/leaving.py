"""Leaving when a signal asks to, or when the terminal is gone: in good order, and in any case.

A terminal that vanishes takes Textual's writing thread with it: the loop then waits for ever to hand it a frame, and
does nothing that it is asked. Hence a thread of its own watches, and ends the process when the loop does not in time.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import select
import signal
import termios
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)
_PATIENCE: Final = 9.0
"""Seconds for leaving in good order: a slow frame, and a refresh that writes what landed; `docker stop` gives 10."""
_ALONE: Final = 4.0
"""Seconds for it when the terminal is gone, and most likely nothing can be drawn any more."""
_LAST: Final = 3.0
"""Seconds for saving the marks after that; they are in the journal already, unless the disk hangs."""
_READ: Final = 1.0
"""Seconds in which the terminal reads what stands before that it is given back."""
_MOMENT: Final = 0.01
"""Seconds within which signals that were sent together have all come."""
_LEAVES_SCREEN: Final = (
    b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2031l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What Textual's driver writes at its end, and the end of a frame that was not written wholly."""


@runtime_checkable
class KeepsDraft(Protocol):
    """A dialogue in which something is being written."""

    def keep_draft(self) -> None:
        """Keep it now: the app is about to end."""


class _Exit(Protocol):
    """Leaves the app."""

    def __call__(self, *, return_code: int) -> None:
        """Leave."""


class Leaving:
    """Watches while it is entered, which must be in the main thread; what is left over is closed once only.

    Args:
        close: closes everything, and gives what could not be saved.
        save: saves the marks, while the loop may be in the middle of anything.
        attributes: those of the terminal to give back, where it has others already; None for those that it has.
    """

    def __init__(
        self, close: Callable[[], str | None], save: Callable[[], object], attributes: list[Any] | None = None
    ) -> None:
        self._close, self._save = close, save
        self._closing = threading.Lock()
        self._closed = self._over = False
        self._trouble: str | None = None
        self._leave: Callable[[int], object] | None = None
        self._code = 0
        self._told: Iterable[str] = ()
        self._until: float | None = None
        self._attributes = attributes
        self._before: dict[signal.Signals, Any] = {}
        self._ear = self._bell = self._former = -1
        self._thread = threading.Thread(target=self._watch, name="leaving", daemon=True)

    def __enter__(self) -> Self:
        if self._attributes is None:
            with suppress(termios.error):
                self._attributes = termios.tcgetattr(0)
        self._ear, self._bell = os.pipe()
        os.set_blocking(self._bell, False)
        # Python's own handlers wait until SQLite, for one, returns to it; the number is written here at once.
        self._former = signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _stay_suspended) for number in _SIGNALS}
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._code:
            return  # it goes on watching: a thread of Textual's may keep the process
        self._over = True
        self._ring()
        self._thread.join()
        signal.set_wakeup_fd(self._former)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._bell)
        os.close(self._ear)
        self._bell = -1

    def ready(self, leave: _Exit) -> None:
        """From now on the app can leave; to be called on its loop, and in its context."""
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()
        self._leave = lambda code: loop.call_soon_threadsafe(lambda: leave(return_code=code), context=context)
        woken = signal.getsignal(signal.SIGCONT)
        if callable(woken):
            signal.signal(signal.SIGCONT, lambda *given: _woken(woken, *given))
        self._ring()

    def failed(self, told: Iterable[str]) -> None:
        """The app ends by itself, as something in it failed; who knows whether it gets there.

        Args:
            told: what is to be said if it does not, a line each.
        """
        self._leave, self._code, self._told = None, self._code or 1, told
        self._until = self._until or time.monotonic() + _PATIENCE
        self._ring()

    def restore(self) -> None:
        """Give the terminal back, if Textual did not."""
        if self._attributes is not None:
            _restore(self._attributes)

    def close(self) -> str | None:
        """Close everything, and give what could not be saved."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._trouble = self._close()
            return self._trouble

    def _ring(self) -> None:
        if self._bell >= 0:
            with suppress(BlockingIOError):  # it is rung already
                os.write(self._bell, b"\0")

    # -- in the thread

    def _watch(self) -> None:
        events = select.poll()
        events.register(self._ear, select.POLLIN)
        if self._attributes is not None:
            events.register(0, 0)  # nothing but that it is gone
        while not self._over:
            left = None if self._until is None else self._until - time.monotonic()
            if left is not None and left <= 0:
                self._force()
            for file, event in events.poll(None if left is None else left * 1000):
                if file == self._ear:
                    rung = os.read(self._ear, 512)
                    for number in _SIGNALS:
                        if number in rung:
                            self._asked(128 + number, _PATIENCE)
                    continue
                events.unregister(file)
                if event & (select.POLLHUP | select.POLLERR):  # else it is a kind that cannot be watched
                    self._attributes = None
                    _quiet()
                    self._asked(128 + signal.SIGHUP, _ALONE)
            if self._code and self._leave is not None:
                leave, self._leave = self._leave, None
                with suppress(RuntimeError):  # the loop has ended already
                    leave(self._code)

    def _asked(self, code: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._code = self._code or code
        self._until = until if self._until is None else min(self._until, until)

    def _force(self) -> None:
        """Save the marks, and end; the lock goes with the process."""
        last = threading.Timer(_LAST, self._end)
        last.daemon = True
        last.start()
        # Whoever closes just now is let finish; nobody begins to after this.
        with self._closing:
            try:
                if not self._closed:
                    self._save()
            finally:
                self._end()

    def _end(self) -> None:
        try:
            if self._attributes is not None:
                _restore(self._attributes)
                os.write(2, "".join(f"reader: {line}\n" for line in self._told).encode())
        finally:
            os._exit(self._code)


def _stay_suspended(*_: object) -> None:
    """Take a signal that asks to leave.

    The one that wakes a suspended process comes with it, and also when a terminal vanishes; Textual would begin anew
    on the terminal then, with threads beside those that it has.
    """
    signal.signal(signal.SIGCONT, lambda *_: None)


def _woken(woken: Callable[..., object], *given: object) -> None:
    """Begin anew on the terminal, unless a signal that asks to leave came while the app was suspended."""
    mine = signal.getsignal(signal.SIGCONT)
    # It may reach another thread a moment later; while this one sleeps it takes its signals.
    time.sleep(_MOMENT)
    if signal.getsignal(signal.SIGCONT) is mine:
        woken(*given)


def _quiet() -> None:
    """Put in the place of a terminal that is gone what takes everything and gives nothing.

    Textual's threads would die of the one, and never rest at the end of the other.
    """
    silent, voice = os.pipe()
    os.write(voice, b"\0")  # for the thread that was told before this that it need not wait
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 0)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _restore(attributes: list[Any]) -> None:
    """Give the terminal back as it was, if it is ours, and is not as it was already; waits a moment at the most."""
    with suppress(OSError, termios.error):
        if os.tcgetpgrp(0) != os.getpgrp() or termios.tcgetattr(0) == attributes:
            return
        termios.tcsetattr(0, termios.TCSANOW, attributes)
        # Opened anew, as nobody else is to find it like that: what is not read must not keep this waiting.
        screen = os.open(os.ttyname(0), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        rest, until = _LEAVES_SCREEN, time.monotonic() + _READ
        while rest and time.monotonic() < until:
            with suppress(BlockingIOError):  # a frame is on its way out
                rest = rest[os.write(screen, rest) :]
                continue
            threading.Event().wait(0.02)

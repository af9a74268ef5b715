"""A picture that stands on the terminal until the app takes over, or until something prevents it."""

from __future__ import annotations

import os
import termios

TYPE_CHECKING = False  # as in sheet.py
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

ENTER = "\x1b[?1049h"
"""Goes to the alternate screen; a terminal that is there already would clear it."""
_BEGIN = f"{ENTER}\x1b[?25l\x1b[?7l".encode()
_END = b"\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
_SCREEN = 2
"""The file that Textual writes to."""


class Standing:
    """Puts a picture on the terminal. Keys are kept there for the app, and not shown.

    Args:
        picture: what the terminal is told.

    Raises:
        OSError, termios.error: it cannot be put there; nothing is changed then.
    """

    def __init__(self, picture: bytes) -> None:
        self.attributes: list[Any] = termios.tcgetattr(0)
        self._over = False
        self._before: dict[int, Any] = {}
        termios.tcsetattr(0, termios.TCSANOW, _silent(self.attributes))
        try:
            self._write(_BEGIN + picture)
            import signal  # takes a tenth of the time that there is, so the picture does not wait for it

            self._before = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
        except BaseException:  # Ctrl+C, for one: nobody else knows yet that the terminal is to be given back
            self.leave()
            raise

    def taken_over(self) -> None:
        """The app has the terminal now, and gives it back."""
        self._over = True

    def leave(self) -> None:
        """Give the terminal back as it was, unless the app has taken it over."""
        import signal

        for number, handler in self._before.items():
            if signal.getsignal(number) is _leave:
                signal.signal(number, handler)
        if self._over:
            return
        self._over = True
        try:
            self._write(_END)
            termios.tcsetattr(0, termios.TCSANOW, self.attributes)
        except (OSError, termios.error):
            pass  # the terminal is gone

    @staticmethod
    def _write(data: bytes) -> None:
        while data:
            data = data[os.write(_SCREEN, data) :]


def _silent(attributes: list[Any]) -> list[Any]:
    """Give the attributes of a terminal that shows no keys and hands them on as they are; Ctrl+C still interrupts."""
    silent = [*attributes[:6], [*attributes[6]]]
    silent[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    silent[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    silent[6][termios.VMIN] = 1
    none = bytes([os.fpathconf(0, "PC_VDISABLE") & 0xFF])
    for key in (termios.VSUSP, termios.VQUIT):  # they would leave the picture standing
        silent[6][key] = none
    return silent


def _leave(number: int, frame: FrameType | None) -> None:
    del frame
    raise SystemExit(128 + number)

"""A program in a real terminal: keys go in, and what stands on the screen is asked of a terminal emulator."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEADLINE = 40.0
"""Seconds after which waiting has been in vain; nothing is ever told by how long something took."""

# pyte takes these for text: private modes with a prefix, answers to queries, strings for the terminal.
_UNKNOWN = re.compile(
    rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b[P_\]][^\x1b\x07]*(?:\x1b\\|\x07)|\x1b\[[0-9;]*t"
)
_TORN = re.compile(rb"\x1b(?:\[[^\x1b\x07a-zA-Z]*|[P_\]][^\x1b\x07]*\x1b?)?\Z")
_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


_IN_TERMINAL = """
import fcntl, runpy, signal, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("reader", run_name="__main__", alter_sys=True)
"""
"""Takes the terminal before the program starts: done between fork and exec, it can hang a parent that has threads."""


class Terminal:
    """A program that runs in a terminal of its own.

    Args:
        arguments: what stands after `python -m reader`.
        columns, lines: the size of the terminal.
        environment: what the program finds besides PATH and the like.
    """

    def __init__(
        self, *arguments: str, columns: int = 120, lines: int = 40, environment: dict[str, str] | None = None
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._kept = b""
        self._text: str | None = None
        self.output = b""
        self._master, worker = pty.openpty()
        fcntl.ioctl(worker, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_TERMINAL, *arguments],
            stdin=worker,
            stdout=worker,
            stderr=worker,
            env={**os.environ, "COLORTERM": "truecolor", **(environment or {})},
            start_new_session=True,
        )
        os.close(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        if self._text is None:
            self._text = "\n".join(self._screen.display)
        return self._text

    @property
    def colours(self) -> list[bytes]:
        """The sequences for a colour in all that was written: 30 to 49 and 90 to 107 but for 39 and 49."""
        found = []
        for sequence in _COLOUR.findall(self.output):
            codes = [int(code or 0) for code in sequence[2:-1].split(b";")]
            if any((30 <= code <= 48 or 90 <= code <= 107) and code != 39 for code in codes):
                found.append(sequence)
        return found

    def press(self, keys: str) -> None:
        """Send keys as a terminal does."""
        os.write(self._master, keys.encode())

    def wait(self, condition: str | Callable[[], object]) -> None:
        """Read until something stands on the screen, or until something is true."""
        deadline = time.monotonic() + DEADLINE
        while not (condition in self.text if isinstance(condition, str) else condition()):
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {condition!r}; on the screen is:\n{self.text}")
            if not self._read(0.02) and self.process.poll() is not None and not self._read(0.2):
                if condition in self.text if isinstance(condition, str) else condition():
                    return
                raise AssertionError(
                    f"it ended with {self.process.returncode} before {condition!r}; on the screen is:\n{self.text}"
                )

    def see(self, *texts: str) -> None:
        """Wait until all of these stand on the screen together."""
        self.wait(lambda: all(text in self.text for text in texts))

    def end(self) -> int:
        """Read until the program has ended, and give its exit status."""
        deadline = time.monotonic() + DEADLINE
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"it does not end; on the screen is:\n{self.text}")
            self._read(0.02)
        while self._read(0.05):
            pass
        return self.process.returncode

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal."""
        self._screen.resize(lines, columns)
        self._text = None
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def _read(self, seconds: float) -> bool:
        chunk = b""
        while select.select([self._master], [], [], 0 if chunk else seconds)[0]:
            try:
                chunk += os.read(self._master, 1 << 16)
            except OSError:  # the other side is closed
                break
        if not chunk:
            return False
        self.output += chunk
        chunk = self._kept + chunk
        torn = _TORN.search(chunk)
        chunk, self._kept = (chunk[: torn.start()], torn[0]) if torn else (chunk, b"")
        self._stream.feed(_UNKNOWN.sub(b"", chunk))
        self._text = None
        return True


def command(*arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run `reader` without a terminal; give its exit status, its output and its errors."""
    done = subprocess.run(
        [sys.executable, "-m", "reader", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(environment or {})},
        timeout=DEADLINE,
        check=False,
        start_new_session=True,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def kill(terminal: Terminal, number: signal.Signals) -> None:
    """Send a signal to the program, if it is still there, and wait for its end."""
    with contextlib.suppress(ProcessLookupError):
        terminal.process.send_signal(number)
    terminal.end()


__all__: Sequence[str] = ["DEADLINE", "Terminal", "command", "kill"]

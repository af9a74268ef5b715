"""Drive a program in a real pty, and time its frames by when their bytes arrive."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass

QUIET = 0.06
"""Seconds without output after which a frame is over."""
NOTHING = 1.0
"""Seconds after which a key that changed nothing is given up."""
ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
"""What a terminal answers to the questions that a program may ask at its start."""


@dataclass(frozen=True)
class Frame:
    """What came after a key or a start, in ms: when what was waited for was there, and when the last byte was.

    Where nothing came both are 0.
    """

    there: float
    last: float


class Terminal:
    """One program in a pty of some columns and rows."""

    def __init__(self, command: list[str], env: dict[str, str], columns: int = 120, rows: int = 40) -> None:
        gate_out, gate_in = os.pipe()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.close(gate_in)
            os.read(gate_out, 1)
            os.execvpe(command[0], command, {**os.environ, **env, "TERM": "xterm-256color", "COLORTERM": "truecolor"})
        os.close(gate_out)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 8, rows * 16))
        os.set_blocking(self._fd, False)
        self.output = b""
        self._from = time.perf_counter()
        os.write(gate_in, b"x")
        os.close(gate_in)

    def frame(self, until: bytes = b"", limit: float = 60.0, *, idle: bool = False) -> Frame:
        """Wait until some bytes came, and then nothing more for QUIET seconds; `idle` waits for it to work no more."""
        there = last = 0.0
        seen = b""
        end = time.perf_counter() + limit
        worked = self._worked()
        while time.perf_counter() < end:
            ready, _, _ = select.select([self._fd], [], [], QUIET)
            if not ready:
                before, worked = worked, self._worked()
                if idle and worked - before > 1:
                    continue
                if until in seen and (seen or time.perf_counter() - self._from > NOTHING):
                    break
                continue
            try:
                data = os.read(self._fd, 1 << 18)
            except OSError:
                break
            last = time.perf_counter()
            seen += data
            there = there or (last if until in seen else 0.0)
            for question, answer in ANSWERS.items():
                if question in data:
                    os.write(self._fd, answer)
        self.output += seen
        if until not in seen:
            raise TimeoutError(f"{until!r} did not come; the last of what did: {seen[-400:]!r}")
        if not seen:
            return Frame(0.0, 0.0)
        return Frame((there - self._from) * 1000, (last - self._from) * 1000)

    def _worked(self) -> int:
        """Give the time that the program has worked, in hundredths of a second."""
        with open(f"/proc/{self.pid}/stat") as status:  # noqa: PTH123 -- Linux only, like the pty above
            told = status.read().rpartition(")")[2].split()
        return int(told[11]) + int(told[12])

    def press(self, keys: bytes, until: bytes = b"", limit: float = 60.0, *, idle: bool = False) -> Frame:
        """Send keys and wait for the frame that answers, and for some bytes in it."""
        self._from = time.perf_counter()
        os.write(self._fd, keys)
        return self.frame(until, limit, idle=idle)

    def resize(self, columns: int, rows: int) -> Frame:
        """Give the program a window of another size, and wait for the frame that answers."""
        self._from = time.perf_counter()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 8, rows * 16))
        return self.frame()

    def peak(self) -> float:
        """Give the most memory that the program held so far, in MiB."""
        return self._told("VmHWM")

    def holds(self) -> float:
        """Give the memory that the program holds now, in MiB."""
        return self._told("VmRSS")

    def _told(self, name: str) -> float:
        with open(f"/proc/{self.pid}/status") as status:  # noqa: PTH123 -- Linux only, like the pty above
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))

    def close(self, keys: bytes = b"Q") -> None:
        """Leave the program, by force if it does not go."""
        try:
            os.write(self._fd, keys)
            end = time.perf_counter() + 5
            while time.perf_counter() < end:
                ready, _, _ = select.select([self._fd], [], [], 0.05)
                if ready and not os.read(self._fd, 1 << 18):
                    break
        except OSError:
            pass
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

"""Programs of a user's, written for a test."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE = 60.0
"""Seconds to wait for anything: it bounds hangs, not a busy machine."""

TELLS = """
told = {name: value for name, value in os.environ.items() if name.startswith("READER_")}
with open(__file__ + ".told", "a") as file:
    file.write(json.dumps([sys.argv[1:], sys.stdin.buffer.read().decode(), told]) + "\\n")
"""
"""Writes down what it is given."""


class Program:
    """A program in Python, in a folder of a test's."""

    def __init__(self, folder: Path, text: str, name: str = "program") -> None:
        self.path = folder / name
        # Without what it finds of the user's it starts in a third of the time.
        self.path.write_text(f"#!{sys.executable} -IS\nimport json, os, signal, sys, time\n{text}")
        self.path.chmod(self.path.stat().st_mode | stat.S_IXUSR)

    def __str__(self) -> str:
        return str(self.path)

    @property
    def told(self) -> list[tuple[list[str], str, dict[str, str]]]:
        """What it was given, each time: arguments, standard input, READER_ variables."""
        path = self.path.with_name(f"{self.path.name}.told")
        whole = path.read_text().split("\n")[:-1] if path.exists() else []
        return [tuple(json.loads(line)) for line in whole]

    @property
    def given(self) -> list[dict[str, Any]]:
        """The JSON that it was given, each time."""
        return [json.loads(data) for _, data, _ in self.told]

    @property
    def pid(self) -> int:
        """The number of the process that wrote it down, 0 while it did not."""
        path = self.path.with_name(f"{self.path.name}.pid")
        return int(path.read_text() or 0) if path.exists() else 0


HANGS = """
open(__file__ + ".pid", "w").write(str(os.getpid()))
while True: signal.pause()
"""
"""Goes on until it is ended."""


def until(condition, what: str) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.002)


def alive(pid: int) -> bool:
    """Whether a process is there, and no shadow."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 -- of a process, and short
            return file.read().split(") ")[1][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pid: int) -> None:
    """Wait until a process has ended."""
    try:
        until(lambda: not alive(pid), "the end of a program")
    except AssertionError:
        os.kill(pid, signal.SIGKILL)
        raise

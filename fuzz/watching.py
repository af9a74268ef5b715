"""One input at a time, watched: what it raises, how long it takes, what it costs. A find is written down once."""

from __future__ import annotations

import faulthandler
import hashlib
import resource
import signal
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from fuzz.harness import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from fuzz.harness import Harness

FOUND: Final = ROOT / "fuzz" / "found"

RUNNING: Final = "running"
"""The file that holds the input that is run now, which is the find when the process dies of it."""

GROWTH: Final = 200
"""MiB by which the memory may grow with one input."""

_STUCK: Final = 10
"""How many times as long as it may take an input takes until the process is given up: C code lets no signal through."""
_FRAMES: Final = 3


class TooLongError(BaseException):
    """An input took too long; no `except Exception` on the way may keep it."""


class TooMuchError(BaseException):
    """An input took too much memory."""


class Watch:
    """Runs inputs through one harness, and keeps each kind of failure once.

    Args:
        harness: what is run.
        folder: where what is found is written; None for nowhere.
    """

    def __init__(self, harness: Harness, folder: Path | None) -> None:
        self.harness = harness
        self.found: dict[str, str] = {}
        self.runs = 0
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._current = (folder / RUNNING).open("wb", buffering=0) if folder is not None else None
        signal.signal(signal.SIGPROF, _too_long)

    def run(self, data: bytes) -> None:
        """Run one input; a failure of a new kind is written to the folder and told on standard error."""
        self.runs += 1
        if self._current is not None:
            self._current.seek(0)
            self._current.truncate()
            self._current.write(data)
        failure = self.failure(data)
        if failure is not None and failure not in self.found:
            self._keep(data, failure)

    def failure(self, data: bytes) -> str | None:
        """Run one input and give what kind of failure it is, None for none."""
        before = _peak()
        faulthandler.dump_traceback_later(self.harness.seconds * _STUCK + 30, exit=True)
        try:
            signal.setitimer(signal.ITIMER_PROF, self.harness.seconds)
            try:
                self.harness.run(data)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            if _peak() - before > GROWTH << 10:
                raise TooMuchError
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 -- that is what is looked for
            return kind(error)
        finally:
            faulthandler.cancel_dump_traceback_later()
        return None

    def _keep(self, data: bytes, failure: str) -> None:
        name = hashlib.sha256(failure.encode()).hexdigest()[:12]
        self.found[failure] = name
        if self._folder is not None:
            (self._folder / name).write_bytes(data)
            with suppress(OSError):
                (self._folder / f"{name}.txt").write_text(f"{failure}\n", "utf-8", "replace")
        sys.stderr.write(f"{self.harness.name}: {name}: {failure}\n")


def kind(error: BaseException) -> str:
    """Tell one failure from another: by its type and the last places in our code that it came through."""
    ours = [
        f"{frame.filename.removeprefix(str(ROOT)).lstrip('/')}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith((str(ROOT / "reader"), str(ROOT / "fuzz")))
    ]
    places = ours[-1:] if isinstance(error, TooLongError | TooMuchError) else ours[-_FRAMES:]
    said = str(error) if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {said} at {' < '.join(reversed(places))}"


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

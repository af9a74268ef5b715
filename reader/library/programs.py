"""The user's own programs: run without a shell, given a text, listened to, and ended when nobody waits any more.

What is from the world is on their standard input and in environment variables, never among their arguments.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from reader.ingest.sanitize import clean
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST: Final = 1 << 20
"""Bytes of what a program says that are listened to."""
_GRACE: Final = 0.5
"""Seconds that a program has to end when it is asked to."""
_COMPLAINT: Final = 4096
"""Bytes at the end of its complaints that are looked at."""
_SHOWN: Final = 200
"""Characters of a complaint that are told."""


class ProgramError(Exception):
    """A program failed; what it says is for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a program: what it said, clean, and what was wrong, in words, empty when nothing was.

    `cut` tells that it said more than is listened to.
    """

    said: str
    trouble: str = ""
    cut: bool = False


def named(words: Sequence[str]) -> str:
    """Give what a program is called."""
    return clean(os.path.basename(words[0]) or words[0])  # noqa: PTH119 -- it is a text


async def run(
    words: Sequence[str],
    data: bytes,
    more: Mapping[str, str],
    *,
    patience: float,
    listens: bool = True,
    most: int = MOST,
) -> Answer:
    """Run a program, and give what it says; cancelling ends it with all that it started.

    Args:
        words: its arguments, the program first.
        data: what it gets on its standard input.
        more: environment variables besides those that there are.
        patience: seconds after which it is ended.
        listens: whether what it says is wanted; if not, what it starts and leaves running goes on.
        most: bytes of what it says that are listened to; it is ended when it says more.

    Raises:
        ProgramError: it cannot be started.
    """
    name = named(words)
    try:
        kept = tempfile.TemporaryFile()  # noqa: SIM115 -- it is closed below
    except OSError as error:  # the disk may be full
        raise ProgramError(f"{name} cannot be run: {error.strerror or error}.") from error
    with kept as complaints:
        transport, listener = await start(words, data, PIPE if listens else DEVNULL, complaints, more, most)
        late = False
        try:
            async with asyncio.timeout(patience):
                await listener.heard.wait()
        except TimeoutError:
            late = True
        finally:
            await end(transport, listener, signal.SIGTERM)
        said, cut = bytes(listener.said[:most]), len(listener.said) > most
        status = transport.get_returncode()
        trouble = ""
        if late:
            trouble = f"{name} was ended after {patience:g} seconds"
        elif status and not cut:
            why = _last_line(complaints)
            trouble = f"{name} ended with {status}{f': {why}' if why else ''}"
    return Answer(await asyncio.to_thread(_cleaned, said), trouble, cut)


def _cleaned(said: bytes) -> str:
    return clean(said.decode("utf-8", "replace").expandtabs()).strip("\n")


def _last_line(complaints: IO[bytes]) -> str:
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - _COMPLAINT))
    lines = clean(complaints.read(_COMPLAINT).decode("utf-8", "replace")).split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return last if len(last) <= _SHOWN else f"{last[: _SHOWN - 1]}…"


async def start(
    words: Sequence[str],
    data: bytes,
    output: int,
    errors: int | IO[bytes],
    more: Mapping[str, str],
    most: int,
) -> tuple[asyncio.SubprocessTransport, Listener]:
    """Start a program and give it its input; it is to be ended by `end` in any case.

    Args:
        words: its arguments, the program first, in which `~` is the user's home.
        data: what it gets on its standard input.
        output: `PIPE` or `DEVNULL`.
        errors: where its complaints go.
        more: environment variables besides those that there are.
        most: bytes of what it says that are listened to.

    Raises:
        ProgramError: it cannot be started.
    """
    name = named(words)
    try:
        transport, listener = await asyncio.get_running_loop().subprocess_exec(
            lambda: Listener(most, quiet=output != PIPE),
            *expanded(words),
            stdin=PIPE,
            stdout=output,
            stderr=errors,
            env={**os.environ, **more},
            start_new_session=True,  # with what it starts itself it can then be ended as one
        )
    except FileNotFoundError as error:
        raise ProgramError(f"{name} is not found on this computer.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ProgramError(f"{name}: {reason}.") from error
    pipe = transport.get_pipe_transport(0)
    if isinstance(pipe, asyncio.WriteTransport):
        pipe.write(data)
        pipe.close()
    return transport, listener


def expanded(words: Sequence[str]) -> list[str]:
    """Give the arguments of a program with the home that `~` before the program stands for."""
    first = words[0]
    with suppress(RuntimeError):  # nobody knows where that home is
        first = str(Path(first).expanduser()) if first.startswith("~") else first
    return [first, *words[1:]]


class Listener(asyncio.SubprocessProtocol):
    """Hears what a program says, as far as it is wanted, and when it has ended.

    Args:
        most: bytes that are listened to.
        quiet: whether nobody listens to it.
    """

    def __init__(self, most: int, *, quiet: bool) -> None:
        self.said = bytearray()
        self.heard, self.exited = asyncio.Event(), asyncio.Event()
        self._most, self._quiet = most, quiet

    @property
    def over(self) -> bool:
        """Whether it has ended, and nothing that it started says anything more."""
        return self._quiet and self.exited.is_set()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Hear more; what is too much is left out."""
        del fd
        if len(self.said) <= self._most:
            self.said += data
        if len(self.said) > self._most:
            self.heard.set()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Hear that it says no more."""
        del exc
        if fd == 1:
            self._quiet = True
            self._settle()

    def process_exited(self) -> None:
        """See that it has ended."""
        self.exited.set()
        self._settle()

    def _settle(self) -> None:
        if self.over:
            self.heard.set()


async def end(transport: asyncio.SubprocessTransport, listener: Listener, asked: signal.Signals) -> None:
    """End a program and all that it started, if they have not ended yet."""
    over = listener.over
    try:
        if not over:
            _send(transport, asked)
            await _exited(listener)
    finally:  # also when the app is closed meanwhile
        try:
            if not over:  # it may have ended when it was asked to, and what it started not
                _send(transport, signal.SIGKILL)
                await _exited(listener)
        finally:
            transport.close()


async def _exited(listener: Listener) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_GRACE):
            await listener.exited.wait()


def _send(transport: asyncio.SubprocessTransport, what: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it has just ended
        os.killpg(transport.get_pid(), what)

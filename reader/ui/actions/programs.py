"""The user's own programs: run without a shell, given a text, listened to, and ended when nobody waits any more."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from contextlib import suppress
from typing import IO, Final

from reader.ingest.sanitize import clean

MOST: Final = 64 * 1024
"""Bytes of an answer."""
PATIENCE: Final = 15.0
"""Seconds that a program has for its answer."""
_GRACE: Final = 0.5
"""Seconds that a program has to end when it is asked to."""
_COMPLAINT: Final = 200


class ProgramError(Exception):
    """A program failed; what it says is for people."""


class Program:
    """A program that a setting names.

    The text comes on its standard input and in READER_TEXT, so that nothing in it is taken for a command.

    Args:
        setting: the name of the setting.
        command: its value, as it would be typed.
        patience: seconds that it has for its answer.
    """

    def __init__(self, setting: str, command: str, patience: float = PATIENCE) -> None:
        self._setting, self._words, self._patience = setting, shlex.split(command), patience

    @property
    def name(self) -> str:
        """What it is called."""
        return self._words[0]

    async def ask(self, text: str, *arguments: str) -> str:
        """Give what it says about a text, clean; cancelling ends it.

        Args:
            text: what is asked about.
            arguments: its last arguments.

        Raises:
            ProgramError: it cannot be started, or has nothing to say.
        """
        transport, listener = await self._start(text, arguments, PIPE, STDOUT)
        remark = ""
        try:
            async with asyncio.timeout(self._patience):
                await listener.heard.wait()
        except TimeoutError:
            what = f"What {self.name} left running" if listener.exited.is_set() else self.name
            remark = f"{what} was ended after {self._patience:g} seconds."
        finally:
            await _end(transport, listener, signal.SIGKILL)
        said = bytes(listener.said)
        if len(said) > MOST:
            remark = f"{self.name} says more than {MOST // 1024} KB; the rest is left out."
        answer = clean(said[:MOST].decode("utf-8", "replace").expandtabs()).strip("\n")
        if answer.strip():
            return f"{answer}\n\n{remark}".rstrip()
        code = transport.get_returncode()
        status = f" and ended with {code}" if code else ""
        raise ProgramError(f"{remark or f'{self.name} said nothing{status}.'} {self._way_out}")

    async def tell(self, text: str) -> None:
        """Let it have a text, and wait until it is done with it; cancelling ends it.

        Raises:
            ProgramError: it cannot be started, or failed.
        """
        try:
            kept = tempfile.TemporaryFile()  # noqa: SIM115 -- it is closed below
        except OSError as error:  # the disk may be full
            raise ProgramError(f"{self.name} cannot be run: {error.strerror or error}.") from error
        with kept as complaints:
            transport, listener = await self._start(text, (), DEVNULL, complaints)
            try:
                await listener.exited.wait()
            finally:
                await _end(transport, listener, signal.SIGTERM)
            if status := transport.get_returncode():
                complaints.seek(0)
                why = clean(complaints.read(_COMPLAINT).decode("utf-8", "replace")).strip()
                raise ProgramError(f"{self.name} ended with {status}{f': {why}' if why else ''}. {self._way_out}")

    @property
    def _way_out(self) -> str:
        return f"The setting {self._setting} names the program."

    async def _start(
        self, text: str, arguments: tuple[str, ...], output: int, errors: int | IO[bytes]
    ) -> tuple[asyncio.SubprocessTransport, _Listener]:
        try:
            transport, listener = await asyncio.get_running_loop().subprocess_exec(
                lambda: _Listener(quiet=output != PIPE),
                *self._words,
                *arguments,
                stdin=PIPE,
                stdout=output,
                stderr=errors,
                env={**os.environ, "READER_TEXT": text},
                start_new_session=True,  # with what it starts itself it can then be ended as one
            )
        except FileNotFoundError as error:
            raise ProgramError(f"{self.name} is not found on this computer. {self._way_out}") from error
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise ProgramError(f"{self.name}: {reason}. {self._way_out}") from error
        pipe = transport.get_pipe_transport(0)
        if isinstance(pipe, asyncio.WriteTransport):
            pipe.write(text.encode("utf-8", "replace"))
            pipe.close()
        return transport, listener


class _Listener(asyncio.SubprocessProtocol):
    """Hears what a program says, as far as it is wanted, and when it has ended.

    Args:
        quiet: whether nobody listens to it.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.said = bytearray()
        self.heard, self.exited = asyncio.Event(), asyncio.Event()
        self._quiet = quiet

    @property
    def over(self) -> bool:
        """Whether it has ended, and nothing that it started says anything more."""
        return self._quiet and self.exited.is_set()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Hear more; what is too much is left out."""
        del fd
        if len(self.said) <= MOST:
            self.said += data
        if len(self.said) > MOST:
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


async def _end(transport: asyncio.SubprocessTransport, listener: _Listener, asked: signal.Signals) -> None:
    """End a program and all that it started, if they have not ended yet."""
    over = listener.over
    try:
        if not over:
            _send(transport, asked)
            async with asyncio.timeout(_GRACE):
                await listener.exited.wait()
    except TimeoutError:
        pass
    finally:  # also when the app is closed meanwhile
        if not over:  # it may have ended when it was asked to, and what it started not
            _send(transport, signal.SIGKILL)
        transport.close()


def _send(transport: asyncio.SubprocessTransport, what: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it has just ended
        os.killpg(transport.get_pid(), what)

"""The programs that a setting names: the user's dictionary, the user's voice."""

from __future__ import annotations

import asyncio
import shlex
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from typing import IO, Final

from reader.ingest.sanitize import clean
from reader.library import programs
from reader.library.programs import ProgramError as ProgramError

MOST: Final = 64 * 1024
"""Bytes of an answer."""
PATIENCE: Final = 15.0
"""Seconds that a program has for its answer."""
_COMPLAINT: Final = 200


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
            await programs.end(transport, listener, signal.SIGKILL)
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
                await programs.end(transport, listener, signal.SIGTERM)
            if status := transport.get_returncode():
                complaints.seek(0)
                why = clean(complaints.read(_COMPLAINT).decode("utf-8", "replace")).strip()
                raise ProgramError(f"{self.name} ended with {status}{f': {why}' if why else ''}. {self._way_out}")

    @property
    def _way_out(self) -> str:
        return f"The setting {self._setting} names the program."

    async def _start(
        self, text: str, arguments: tuple[str, ...], output: int, errors: int | IO[bytes]
    ) -> tuple[asyncio.SubprocessTransport, programs.Listener]:
        words = [*self._words, *arguments]
        data = text.encode("utf-8", "replace")
        try:
            return await programs.start(words, data, output, errors, {"READER_TEXT": text}, MOST)
        except ProgramError as error:
            raise ProgramError(f"{error} {self._way_out}") from error

"""A text edited in the user's own editor, and not lost when it cannot be kept."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from reader.cli.terminal import Failure, fail


class Draft:
    """A text on its way through the editor; what was written survives until `saved` is called.

    Args:
        verb: what was asked for, to be named in errors.
    """

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._path: Path | None = None
        self._saved = self._changed = self._told = False

    def edited(self, text: str) -> str:
        """Let the user edit a text, and give what became of it.

        Raises:
            Failure: there is no editor, or it failed.
        """
        command = editor(self._verb, "give the text: reader note ID TEXT")
        handle, name = tempfile.mkstemp(prefix="reader-note-", suffix=".md")
        self._path = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        status = run(self._verb, [*command, name])
        result = self._path.read_text(encoding="utf-8", errors="replace")
        self._changed = result != text
        if status:
            self._told = self._changed
            where = f"; what you wrote is in {name}" if self._changed else ""
            raise Failure(self._verb, f"{command[0]} ended with status {status}; the note stays as it was{where}")
        return result

    def saved(self) -> None:
        """Say that the text is kept elsewhere now."""
        self._saved = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._path is None:
            return
        if self._saved or not self._changed:
            self._path.unlink(missing_ok=True)
        elif not self._told:
            fail(self._verb, f"what you wrote is in {self._path}")


def run(verb: str, command: list[str]) -> int:
    """Run the user's editor in this terminal, and give its exit status.

    Raises:
        Failure: it cannot be started.
    """
    # Ctrl+C belongs to the editor while it runs; a handler, unlike SIG_IGN, is not handed down to it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(command)  # noqa: S603 -- the user's own editor
    except OSError as error:
        raise Failure(verb, f"{command[0]}: {error.strerror}") from error
    finally:
        signal.signal(signal.SIGINT, before)


def editor(verb: str, otherwise: str) -> list[str]:
    """Give the user's editor as a command.

    Args:
        verb: what it is for, to be named in errors.
        otherwise: what can be done without one.

    Raises:
        Failure: there is none.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise Failure(verb, f"$VISUAL or $EDITOR cannot be understood: {named}: {error}") from error
    if not command:
        raise Failure(verb, f"no editor is set: set $VISUAL or $EDITOR, or {otherwise}")
    return command

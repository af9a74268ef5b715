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
        command = _command(self._verb)
        handle, name = tempfile.mkstemp(prefix="reader-note-", suffix=".md")
        self._path = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        status = self._run([*command, name])
        result = self._path.read_text(encoding="utf-8", errors="replace")
        self._changed = result != text
        if status:
            self._told = self._changed
            where = f"; what you wrote is in {name}" if self._changed else ""
            raise Failure(self._verb, f"{command[0]} ended with status {status}; the note stays as it was{where}")
        return result

    def _run(self, command: list[str]) -> int:
        # Ctrl+C belongs to the editor while it runs; a handler, unlike SIG_IGN, is not handed down to it.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            return subprocess.call(command)  # noqa: S603 -- the user's own editor
        except OSError as error:
            raise Failure(self._verb, f"{command[0]}: {error.strerror}") from error
        finally:
            signal.signal(signal.SIGINT, before)

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


def _command(verb: str) -> list[str]:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(editor)
    except ValueError as error:
        raise Failure(verb, f"$VISUAL or $EDITOR cannot be understood: {editor}: {error}") from error
    if not command:
        raise Failure(verb, "no editor is set: set $VISUAL or $EDITOR, or give the text: reader note ID TEXT")
    return command

"""The line that takes a path, an address or a pasted text, and what was typed there."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from reader.ingest.errors import IngestError
from reader.ingest.typed import is_address as is_address
from reader.ui.pasting import LINE

if TYPE_CHECKING:
    import threading

    from textual import events

    from reader.ingest.found import Found


def is_line(text: str) -> bool:
    """Tell whether a pasted text is one line, as an address is, and no text to be read."""
    return len(text) <= LINE and len(text.strip().splitlines()) <= 1


class PathSuggester(Suggester):
    """Completes the path that is typed."""

    async def get_suggestion(self, value: str) -> str | None:
        """Give the first name in the folder that begins as what is typed."""
        return await asyncio.to_thread(self._found, value) if value and not is_address(value) else None

    @staticmethod
    def _found(value: str) -> str | None:
        folder, _, beginning = value.rpartition("/")
        try:
            names = sorted(Path(f"{folder}/" if folder or value.startswith("/") else ".").expanduser().iterdir())
        except (OSError, RuntimeError, ValueError):
            return None
        for path in names:
            if path.name.startswith(beginning) and (beginning or not path.name.startswith(".")):
                ending = "/" if path.is_dir() else ""
                return f"{value[: len(value) - len(beginning)]}{path.name}{ending}"
        return None


class PathInput(Input):
    """An input that does not take a pasted text of several lines, but tells of it."""

    class Pasted(Message):
        """A text of several lines was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if not is_line(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))


def is_watched(path: Path) -> bool:
    """Tell whether a path is a folder that can be watched: one that is no unpacked export of another program."""
    from reader.ingest.exports import boxes

    return path.is_dir() and not boxes.is_export(str(path))


def read_file(path: Path, stop: threading.Event) -> Found:
    """Read a file; what is no plain file (a pipe, a device) might never end, and is refused.

    Raises:
        IngestError: it cannot be read as anything.
        OSError: it cannot be opened.
    """
    from reader.ingest.own import export
    from reader.library import errands

    if not path.stat() or path.is_dir():
        found = errands.read_folder(path, stop=stop) if path.is_dir() else None
        if found is not None:
            return found
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not path.is_file():
        raise IngestError("it is not a plain file")
    if export.is_file(path):
        return export.read_file(path)
    return errands.read_file(path, stop=stop)

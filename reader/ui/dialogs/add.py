"""Adding: a path, or a text pasted."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from reader.ingest.decode import MAX_BYTES
from reader.ingest.detect import read, say
from reader.ingest.errors import IngestError
from reader.ingest.found import Found

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_ASK = "Type the path of a text file, or paste the text of a page here."


class PathSuggester(Suggester):
    """Completes the path that is typed."""

    async def get_suggestion(self, value: str) -> str | None:
        """Give the first name in the folder that begins as what is typed."""
        return await asyncio.to_thread(self._found, value) if value else None

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
    """An input that hands a pasted text of several lines to its screen."""

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.strip().splitlines()) > 1:
            event.stop()
            event.prevent_default()
            if isinstance(self.screen, AddScreen):
                self.screen.pasted(event.text)


class AddScreen(ModalScreen[tuple[Found, str]]):
    """Asks what to add, says what it took it for, and adds it when Enter is pressed.

    Args:
        text: a text that was pasted already, empty for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave")]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self._found: Found | None = None

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(classes="dialogue") as box:
            box.border_title = "Add"
            box.border_subtitle = "Tab completes · Enter adds · Esc leaves"
            yield Static(Content(_ASK), classes="said")
            yield PathInput(placeholder="~/Downloads/page.txt", suggester=PathSuggester(case_sensitive=True))

    def on_mount(self) -> None:
        """Look at what was pasted."""
        if self._text:
            self.pasted(self._text)

    def on_key(self, event: events.Key) -> None:
        """Complete the path."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.query_one(PathInput).action_cursor_right()

    def pasted(self, text: str) -> None:
        """Say what a pasted text is."""
        try:
            self._found = read(text.encode("utf-8", "replace"), "pasted text")
        except IngestError as error:
            self._say(str(error))
            return
        self.query_one(PathInput).placeholder = ""
        self._say(f"Pasted: {say(self._found)}.\nEnter adds it, Esc leaves it.")

    def on_input_changed(self) -> None:
        """Forget the pasted text when a path is typed instead."""
        if self._found is not None and self.query_one(PathInput).value:
            self._found = None
            self._say(_ASK)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add what is there."""
        if self._found is not None:
            self.dismiss((self._found, ""))
            return
        if not event.value.strip():
            return
        path = Path(event.value.strip())
        try:
            path = path.expanduser().absolute()
            found = await asyncio.to_thread(_read, path)
        except IngestError as error:
            self._say(f"{path}: {error}")
        except OSError as error:
            self._say(f"{path}: {error.strerror}")
        except (RuntimeError, ValueError) as error:
            self._say(f"{path}: {error}")
        else:
            self.dismiss((found, str(path)))

    def _say(self, text: str) -> None:
        self.query_one(".said", Static).update(Content(text))


def _read(path: Path) -> Found:
    """Read a file; what is no plain file (a pipe, a device) might never end, and is refused."""
    if not path.stat() or path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not path.is_file():
        raise IngestError("it is not a plain file")
    with path.open("rb") as file:
        return read(file.read(MAX_BYTES + 1), path.name)

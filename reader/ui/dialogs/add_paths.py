"""The line that takes a path, an address or a pasted text, and what was typed there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events

_SCHEME: Final = re.compile(r"(?:https?|feed):", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:(?:[\w-]+\.)+[^\W\d_]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:[/?#]\S*)?")
_FILES: Final = re.compile(r"\.(?:txt|text|md|markdown|html?|xhtml|epub|pdf|gz|xml|opml|rss|atom|json)", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Tell whether something typed is a web address and not a path."""
    text = text.strip()
    if _SCHEME.match(text):
        return True
    if text.startswith(("/", ".", "~")) or not _HOST.fullmatch(text):
        return False
    if "/" not in text and _FILES.search(text):
        return False
    try:
        return not Path(text).exists()
    except (OSError, ValueError):
        return True


def is_line(text: str) -> bool:
    """Tell whether a pasted text is one line, as an address is, and no text to be read."""
    return len(text.strip().splitlines()) <= 1


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

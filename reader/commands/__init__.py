"""Every command told once: its id, its keys, its name and its help.

Footer, help, palette, `reader keys` and the user's own keys all follow from this table; what a command
does is in `reader.ui.actions`, under the same id. Which keys hold now is told by a `Keymap`.
"""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command, Where
from reader.commands.keymap import Keymap, default, of
from reader.commands.keynames import shown
from reader.commands.placing import PLACES, Place
from reader.commands.presets import PRESETS
from reader.commands.table import ALL, BY_ID, COMMANDS, SCREENS

__all__ = [
    "ALL", "BY_ID", "COMMANDS", "FOOTER", "PLACES", "PRESETS", "SCREENS", "Command", "Keymap", "Place", "Where",
    "default", "of", "shown",
]  # fmt: skip

FOOTER: Final[dict[Place, tuple[str, ...]]] = {
    "list": (
        "go.in", "unread.next", "article.toggle_read", "article.toggle_bookmark", "article.tags", "article.note",
        "search", "library.add", "help",
    ),
    "article": (
        "page.down", "unread.next", "article.toggle_read", "article.toggle_bookmark", "article.note",
        "paragraph.highlight", "go.leave", "help",
    ),
    "views": (
        "views.show", "views.find", "views.add", "views.edit", "views.remove", "views.source", "views.leave", "help",
    ),
}  # fmt: skip
"""What the footer shows while a pane has the focus."""

"""Every command told once: its id, its keys, its name and its help.

Footer, help, palette, `reader keys` and the user's own keys all follow from this table; what a command
does is in `reader.ui.actions`, under the same id.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reader.commands import marking, more, moving, pane, reading, views
from reader.commands.command import Command, Where, shown

__all__ = ["BY_ID", "COMMANDS", "FOOTER", "Command", "Where", "shown"]

_GROUPS: Final = {
    "Moving": moving.COMMANDS,
    "Marking": marking.COMMANDS,
    "Reading": reading.COMMANDS,
    "Views": views.COMMANDS,
    "Pane of views": pane.COMMANDS,
    "More": more.COMMANDS,
}

COMMANDS: Final = tuple(replace(command, group=title) for title, made in _GROUPS.items() for command in made)
BY_ID: Final = {command.id: command for command in COMMANDS}

FOOTER: Final[dict[Where, tuple[str, ...]]] = {
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

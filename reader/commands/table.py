"""All commands, in groups, with the keys they have where nothing else is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.commands import marking, more, moving, pane, reading, screens, views

if TYPE_CHECKING:
    from reader.commands.command import Command, Where

_GROUPS: Final = {
    "Moving": moving.COMMANDS,
    "Marking": marking.COMMANDS,
    "Reading": reading.COMMANDS,
    "Views": views.COMMANDS,
    "Pane of views": pane.COMMANDS,
    "More": more.COMMANDS,
}
_SCREENS: Final[dict[Where, tuple[str, tuple[Command, ...]]]] = {
    "sources": ("Sources", screens.SOURCES),
    "notebook": ("Notebook", screens.NOTEBOOK),
    "history": ("History", screens.HISTORY),
}

COMMANDS: Final = tuple(replace(command, group=title) for title, made in _GROUPS.items() for command in made)
"""Those of the list, the article and the pane of views."""
SCREENS: Final = {
    where: tuple(replace(command, group=title) for command in made) for where, (title, made) in _SCREENS.items()
}
"""Those of the screens that lie over the articles."""
ALL: Final = (*COMMANDS, *(command for some in SCREENS.values() for command in some))
BY_ID: Final = {command.id: command for command in ALL}

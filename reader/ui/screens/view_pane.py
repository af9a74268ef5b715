"""The pane of views with the keys of `reader.commands`, those of the list and the article that work there too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType

from reader.commands import COMMANDS
from reader.ui.screens.panes import bindings
from reader.ui.screens.talking import TalkingScreen
from reader.ui.widgets.view_tree import ViewTree

if TYPE_CHECKING:
    from reader.commands import Command

_GROUPS: Final = ("Views", "More")
"""The groups of commands that work whatever has the focus, but for those about an article."""
_NOT: Final = frozenset(
    {"search", "view.filter", "view.sort", "view.zen", "library.add", "refresh.source", "copy", "view.renew"}
)
_ALSO: Final = frozenset({"undo", "redo", "pane.next", "pane.previous"})


def works(command: Command) -> bool:
    """Tell whether a command can be run from the pane of views."""
    if command.where in ("views", "article") or command.id in _NOT or command.id.startswith(("article.", "section.")):
        return command.where == "views"
    return command.id in _ALSO or command.group in _GROUPS


def here() -> list[Command]:
    """Give the commands that can be run from the pane of views, its own first."""
    own = [command for command in COMMANDS if command.where == "views"]
    return own + [command for command in COMMANDS if command.where != "views" and works(command)]


def _bindings() -> list[BindingType]:
    own: list[BindingType] = bindings("views")
    taken = {key for command in COMMANDS if command.where == "views" for key in command.keys}
    for command in COMMANDS:
        for key in (*command.keys, *command.article_keys):
            if " " in key or key in taken:
                continue
            taken.add(key)
            if works(command):
                own.append(Binding(key, f"screen.run('{command.id}')", command.name, show=False, id=command.id))
            else:
                own.append(Binding(key, "elsewhere", show=False))
    return own


class Tree(ViewTree):
    """The views, tags and sources at the far left."""

    BORDER_TITLE = "Views"
    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    def action_elsewhere(self) -> None:
        """Say where the key does something."""
        if isinstance(self.screen, TalkingScreen):
            self.screen.say("That works in the list: Esc goes there.")

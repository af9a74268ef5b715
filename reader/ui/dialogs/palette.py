"""The command palette: the same commands, found by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from reader.commands import shown
from reader.ui.widgets.keyed import keymap_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.command import Hits

    from reader.commands import Command

_MOVES = "Moving"


class CommandProvider(Provider):
    """Offers every command that is not a mere movement."""

    def _run(self, command: Command) -> Callable[[], None]:
        return partial(self.screen.run, command.id)  # type: ignore[attr-defined]  # the reading screen's

    async def discover(self) -> Hits:
        """Offer all commands."""
        keymap = keymap_of(self.screen)
        for command in keymap.commands:
            if command.group != _MOVES:
                yield DiscoveryHit(_name(command), self._run(command), help=keymap.told(command.help))

    async def search(self, query: str) -> Hits:
        """Offer the commands that match."""
        matcher, keymap = self.matcher(query), keymap_of(self.screen)
        for command in keymap.commands:
            name = _name(command)
            if command.group != _MOVES and (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), self._run(command), help=keymap.told(command.help))


def _name(command: Command) -> str:
    keys = " ".join(shown(key) for key in (*command.keys, *command.article_keys))
    return f"{command.name} ({keys})" if keys else command.name

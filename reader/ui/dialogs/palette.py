"""The command palette: the same commands, found by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from reader.commands import COMMANDS, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.command import Hits

    from reader.commands import Command

_MOVES = "Moving"


class CommandProvider(Provider):
    """Offers every command that is not a mere movement."""

    def _run(self, command: Command) -> Callable[[], None]:
        return partial(self.screen.run, command.id)  # type: ignore[attr-defined]  # the reading screen's

    @property
    def _commands(self) -> list[Command]:
        """Ours, and the user's own."""
        return [*COMMANDS, *self.screen.own.listed]  # type: ignore[attr-defined]  # the reading screen's

    async def discover(self) -> Hits:
        """Offer all commands."""
        for command in self._commands:
            if command.group != _MOVES:
                yield DiscoveryHit(_name(command), self._run(command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer the commands that match."""
        matcher = self.matcher(query)
        for command in self._commands:
            name = _name(command)
            if command.group != _MOVES and (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), self._run(command), help=command.help)


def _name(command: Command) -> str:
    keys = " ".join(shown(key) for key in command.keys)
    return f"{command.name} ({keys})" if keys else command.name

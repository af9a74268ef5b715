"""Commands of more than one key, such as `gg`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands import COMMANDS, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.events import Key

    from reader.commands import Command, Where


class Sequences:
    """Follows the keys of a sequence; `pending` holds those pressed so far.

    Args:
        commands: those that may have sequences.
    """

    def __init__(self, commands: Iterable[Command] = COMMANDS) -> None:
        self.pending = ""
        self._all = [(key, command) for command in commands for key in command.keys if " " in key]
        self._where: Where | None = None

    @property
    def _commands(self) -> dict[str, Command]:
        """The commands of the pane that has the focus, by their keys; of two the first."""
        wanted = ("both", self._where)
        found: dict[str, Command] = {}
        for key, one in self._all:
            if self._where is None or one.where in wanted:
                found.setdefault(key, one)
        return found

    def press(self, key: str, where: Where | None = None) -> tuple[bool, Command | None]:
        """Take a key.

        Args:
            key: Textual's name for it.
            where: the pane that has the focus, where sequences of others do nothing; None for all of them.

        Returns:
            Whether the key belongs to a sequence (and must do nothing else), and the command it completes.
        """
        begun, self.pending, self._where = self.pending, "", where
        keys = f"{begun} {key}" if begun else key
        commands = self._commands
        if keys in commands:
            return True, commands[keys]
        if any(sequence.startswith(f"{keys} ") for sequence in commands):
            self.pending = keys
            return True, None
        return bool(begun), None

    def follow(self, event: Key, where: Where | None = None) -> Command | None:
        """Take a key that was pressed, away from everyone else if it belongs to a sequence."""
        taken, command = self.press(event.key, where)
        if taken:
            event.stop()
            event.prevent_default()
        return command

    @property
    def hint(self) -> str:
        """What can follow, empty when no sequence is begun."""
        if not self.pending:
            return ""
        parts = [
            f"{shown(keys)} {command.name.lower()}"
            for keys, command in self._commands.items()
            if keys.startswith(f"{self.pending} ")
        ]
        return f"{shown(self.pending)} …  {'  '.join(parts)}  Esc leaves it"

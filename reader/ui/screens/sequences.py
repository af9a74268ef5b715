"""Commands of more than one key, such as `gg`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands import COMMANDS, shown

if TYPE_CHECKING:
    from textual.events import Key

    from reader.commands import Command


class Sequences:
    """Follows the keys of a sequence; `pending` holds those pressed so far."""

    def __init__(self) -> None:
        self.pending = ""
        self._commands = {key: command for command in COMMANDS for key in command.keys if " " in key}

    def press(self, key: str) -> tuple[bool, Command | None]:
        """Take a key.

        Args:
            key: Textual's name for it.

        Returns:
            Whether the key belongs to a sequence (and must do nothing else), and the command it completes.
        """
        begun, self.pending = self.pending, ""
        keys = f"{begun} {key}" if begun else key
        if keys in self._commands:
            return True, self._commands[keys]
        if any(sequence.startswith(f"{keys} ") for sequence in self._commands):
            self.pending = keys
            return True, None
        return bool(begun), None

    def follow(self, event: Key) -> Command | None:
        """Take a key that was pressed, away from everyone else if it belongs to a sequence."""
        taken, command = self.press(event.key)
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

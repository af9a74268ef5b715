"""Commands of more than one key, such as `gg`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands import default, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Key

    from reader.commands import Command, Keymap, Place


class Sequences:
    """Follows the keys of a sequence; `pending` holds those pressed so far.

    Args:
        keymap: gives the keys that hold now.
    """

    def __init__(self, keymap: Callable[[], Keymap] = default) -> None:
        self.pending = ""
        self._keymap = keymap
        self._place: Place = "list"

    def press(self, key: str, place: Place) -> tuple[bool, Command | None]:
        """Take a key.

        Args:
            key: Textual's name for it.
            place: where it was pressed: sequences of other places do nothing.

        Returns:
            Whether the key belongs to a sequence (and must do nothing else), and the command it completes.
        """
        begun, self.pending, self._place = self.pending, "", place
        keys, keymap = f"{begun} {key}" if begun else key, self._keymap()
        command = keymap.at(place, keys) if begun else None
        if command is not None:
            return True, command
        if keymap.sequences(place, keys):
            self.pending = keys
            return True, None
        return bool(begun), None

    def follow(self, event: Key, place: Place) -> Command | None:
        """Take a key that was pressed, away from everyone else if it belongs to a sequence."""
        taken, command = self.press(event.key, place)
        if taken:
            event.stop()
            event.prevent_default()
        return command

    @property
    def hint(self) -> str:
        """What can follow, empty when no sequence is begun."""
        if not self.pending:
            return ""
        follow = self._keymap().sequences(self._place, self.pending)
        parts = [f"{shown(keys)} {command.name.lower()}" for keys, command in follow.items()]
        return f"{shown(self.pending)} …  {'  '.join(parts)}  Esc leaves it"

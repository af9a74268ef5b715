"""A screen over the articles, with keys of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.ui.screens.sequences import Sequences
from reader.ui.screens.talking import TalkingScreen

if TYPE_CHECKING:
    from textual import events

    from reader.commands import Place
    from reader.library import Library


class KeyedScreen(TalkingScreen):
    """Does what the commands of its place say, by their keys.

    Args:
        library: both stores.
    """

    place: ClassVar[Place]

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._sequences = Sequences(lambda: self.keymap)

    @property
    def listening(self) -> bool:
        """Whether keys are for commands, and not typed into a line."""
        return True

    async def on_key(self, event: events.Key) -> None:
        """Do what a key or a sequence of keys is for."""
        if not self.listening:
            command = self.keymap.at(self.place, event.key) if self.untaken(event.key) else None
        else:
            begun, command = self._sequences.pending, self._sequences.follow(event, self.place)
            if not (begun or self._sequences.pending):
                command = self.keymap.at(self.place, event.key)
        if command is None:
            return
        event.stop()
        event.prevent_default()
        await self.run_action(command.action)

    def action_help(self) -> None:
        """Show the keys."""
        from reader.ui.dialogs.help import HelpScreen

        self.ask(HelpScreen(self.place), lambda _: None)

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.app.action_command_palette()

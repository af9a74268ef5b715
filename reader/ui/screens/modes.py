"""What takes keys before the commands do: a sequence that is begun, a selection, a search in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.screens.finding import Finding
from reader.ui.screens.selecting import Selecting
from reader.ui.screens.sequences import Sequences

if TYPE_CHECKING:
    from textual.events import Key

    from reader.commands import Place
    from reader.ui.screens.own import OwnCommands
    from reader.ui.screens.reading import ReadingScreen


class Modes:
    """Hands each key to what is begun.

    Args:
        screen: the screen of the panes.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen, self._sequences = screen, Sequences(lambda: screen.keymap)
        self.selecting, self.finding = Selecting(screen), Finding(screen)
        self._own: OwnCommands | None = None

    def take(self, own: OwnCommands) -> None:
        """Let the user's own commands have the keys that are for what of theirs runs."""
        self._own = own

    @property
    def running(self) -> str:
        """What program of the user's runs, empty while none does."""
        return self._own.hint if self._own is not None else ""

    def stop(self, event: Key) -> bool:
        """Let Esc end the program that runs; tell whether the key was for that."""
        return self._own is not None and self._own.follow(event)

    @property
    def hint(self) -> str:
        """What can follow, empty when nothing is begun."""
        comfort = self._screen.comfort
        begun = self._sequences.hint or self.selecting.hint or comfort.scrolling.hint
        return begun or self.finding.hint or comfort.hint

    def follow(self, event: Key) -> bool:
        """Take a key, and tell whether something that is begun wanted it: else it is for a command."""
        self.selecting.pressed(event)
        taken = self._screen.comfort.follow(event)
        if taken or (self._screen.reading and not self._sequences.pending and self.selecting.follow(event)):
            return True
        place: Place = "article" if self._screen.reading else "list"
        begun, command = self._sequences.pending, self._sequences.follow(event, place)
        if command is not None:
            self._screen.run(command.id)
        if begun or self._sequences.pending:
            return True
        return (self._screen.reading and self.finding.follow(event)) or self._screen.texts.follow(event)

    def end(self) -> None:
        """End what is begun: another article is shown."""
        self.selecting.end()
        self.finding.end()
        self._screen.comfort.close()

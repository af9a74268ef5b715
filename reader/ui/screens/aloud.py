"""Reading aloud, a paragraph at a time, with the user's own program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.document import Point
from reader.model.spoken import spoken
from reader.ui.actions.programs import Program, ProgramError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.worker import Worker

    from reader.ui.screens.reading import ReadingScreen


class Aloud:
    """Lets the article be heard, the mark in the margin going along.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it reads."""
        return self._worker is not None

    @property
    def hint(self) -> str:
        """That it reads and what ends it, empty while it does not."""
        return f"reading aloud · {self._screen.key('reading.aloud')} or Esc stops" if self.running else ""

    def toggle(self) -> None:
        """Read from the marked paragraph on, or stop."""
        screen = self._screen
        if self.running:
            self.stop()
        elif not screen.settings.speech.strip():
            screen.say('Name what reads aloud in config.toml, as in: speech = "espeak-ng --stdin"')
        elif screen.opened is None:
            screen.say("There is no article to read aloud.")
        else:
            self._worker = screen.run_worker(self._read(Program("speech", screen.settings.speech)), group="aloud")
            screen.say_keys()

    def stop(self) -> None:
        """Be quiet at once."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
            self._screen.say_keys()

    async def _read(self, program: Program) -> None:
        try:
            for words in self._paragraphs():
                await program.tell(words)
        except ProgramError as error:
            self._screen.say(str(error), warning=True)
        else:
            self._screen.say("The end of the article.")
        self._worker = None
        self._screen.say_keys()

    def _paragraphs(self) -> Iterator[str]:
        """Give what is to be heard from the marked paragraph on, each marked as it is asked for."""
        screen = self._screen
        opened, number = screen.opened, screen.pane.cursor
        article = opened.row.id if opened is not None else None
        while opened is not None and opened.row.id == article and number < len(opened.document.blocks):
            words = spoken(opened.document.blocks[number])
            if words:
                self._mark(number)
                yield words
            number += 1
            opened = screen.opened  # the rest of a long one may have come

    def _mark(self, number: int) -> None:
        pane = self._screen.pane
        pane.show_point(Point(number))
        while (at := pane.cursor) != number:
            pane.step_cursor(1 if at < number else -1)
            if pane.cursor == at:
                return

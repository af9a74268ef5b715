"""Reading comfort: how the text is set, scrolling by itself, reading aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.screens.scrolling import Scrolling

if TYPE_CHECKING:
    from textual.events import Key

    from reader.ui.screens.aloud import Aloud
    from reader.ui.screens.reading import ReadingScreen


class Comfort:
    """Owns what goes on while the reader leans back.

    Args:
        screen: the screen whose article is read.
        pace: how many lines of text a minute are scrolled by themselves.
    """

    def __init__(self, screen: ReadingScreen, pace: int) -> None:
        self._screen = screen
        self.scrolling = Scrolling(screen, pace)
        self._aloud: Aloud | None = None

    @property
    def hint(self) -> str:
        """What goes on by itself and what ends it, empty for nothing."""
        return self.scrolling.hint or (self._aloud.hint if self._aloud is not None else "")

    def follow(self, event: Key) -> bool:
        """Let any key stop the scrolling, and Esc the reading aloud; tell whether the key was for that alone."""
        if self.scrolling.running:
            return self.scrolling.follow(event)
        if event.key == "escape" and self._aloud is not None and self._aloud.running:
            self._aloud.stop()
            return True
        return False

    def ask(self) -> None:
        """Ask how the text is set; it changes at once."""
        from reader.ui.dialogs.options import OptionsScreen
        from reader.ui.screens.typesetting import dials

        # Nobody reads the answer, but Textual tells it when the dialogue is gone.
        self._screen.ask(OptionsScreen(list(dials(self._screen).values()), self._changed), lambda _: None)

    def turn(self, name: str) -> None:
        """Change one thing about how the text is set, and say what it is now."""
        from reader.ui.screens.typesetting import dials

        dial = dials(self._screen)[name]
        dial.change(1)
        self._screen.say(f"{dial.name}: {dial.said()}")
        self._changed()

    def _changed(self) -> None:
        self._screen.keeper.keep_later()

    def toggle_scrolling(self) -> None:
        """Scroll by itself, or stop."""
        self.scrolling.toggle()

    def toggle_speech(self) -> None:
        """Read aloud from the marked paragraph on, or stop."""
        from reader.ui.screens.aloud import Aloud

        if self._aloud is None:
            self._aloud = Aloud(self._screen)
        self._aloud.toggle()

    def covered(self) -> None:
        """A dialogue lies over the article: what cannot be seen does not move."""
        self.scrolling.stop()

    def close(self) -> None:
        """End what is under way: the article is left."""
        self.scrolling.stop()
        if self._aloud is not None:
            self._aloud.stop()

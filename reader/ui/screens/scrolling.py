"""Scrolling by itself, a line at a time, at the reader's pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.settings import SCROLL_PACE

if TYPE_CHECKING:
    from textual.events import Key
    from textual.timer import Timer

    from reader.ui.screens.reading import ReadingScreen

_STEPS: Final = ((20, 1), (100, 5), (SCROLL_PACE.stop, 20))
"""By how many lines a minute a pace below each limit is changed."""
_FASTER: Final = frozenset({"plus", "equals_sign"})
_SLOWER: Final = frozenset({"minus"})
_ROOMY: Final = 74
"""Columns that all of the hint needs."""
_MOVING: Final = (
    "cursor.down", "cursor.up", "cursor.top", "cursor.bottom", "page.down", "page.up", "page.half_down",
    "page.half_up", "paragraph.next", "paragraph.previous",
)  # fmt: skip
"""Commands whose keys do what they always do when they stop the scrolling."""


def changed_pace(pace: int, step: int) -> int:
    """Give the next pace up (1) or down (-1), in small steps where it is slow."""
    at = pace if step > 0 else pace - 1
    size = next(size for limit, size in _STEPS if at < limit)
    return max(SCROLL_PACE.start, min(SCROLL_PACE.stop - 1, pace + step * size))


class Scrolling:
    """Moves the article on until a key is pressed, or its end is reached.

    Args:
        screen: the screen whose article is read.
        pace: lines of text a minute.
    """

    def __init__(self, screen: ReadingScreen, pace: int) -> None:
        self._screen, self.pace = screen, pace
        self._timer: Timer | None = None

    @property
    def running(self) -> bool:
        """Whether it scrolls."""
        return self._timer is not None

    @property
    def hint(self) -> str:
        """How fast it scrolls and what the keys do, empty while it does not."""
        if not self.running:
            return ""
        pace = "a line a minute" if self.pace == 1 else f"{self.pace} lines a minute"
        if self._screen.app.size.width < _ROOMY:
            return f"{pace} · + - faster, slower · others stop"
        return f"scrolling {pace} · + - faster, slower · any other key stops"

    def toggle(self) -> None:
        """Start, or stop."""
        screen = self._screen
        if self.running:
            self.stop()
        elif screen.opened is None:
            screen.say("There is no article to scroll.")
        elif screen.pane.at_end:
            screen.say("This is the end of the article.")
        else:
            self._start()
            if screen.has_class("-zen"):  # where no other line could say it
                screen.say(self.hint)

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        # A line of text and the space after it. Steps that are due while the app is suspended are left out.
        lines = self.pace * (1 + self._screen.pane.look.spacing)
        self._timer = self._screen.set_interval(60 / lines, self._step)
        self._screen.say_keys()

    def stop(self) -> None:
        """Stop, if it scrolls."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._screen.say_keys()

    def _step(self) -> None:
        if self._timer is None:  # it was stopped while this step was on its way
            return
        self._screen.pane.move(1)
        if self._screen.pane.at_end:
            self.stop()
            self._screen.say("The end of the article.")

    def follow(self, event: Key) -> bool:
        """Take a key while it scrolls; tell whether the key is used up."""
        if event.key in _FASTER | _SLOWER:
            self.pace = changed_pace(self.pace, 1 if event.key in _FASTER else -1)
            self._start()
            if self._screen.has_class("-zen"):
                self._screen.say(self.hint)
            self._screen.keeper.keep_later()
            return True
        self.stop()
        return not self._moves(event)

    def _moves(self, event: Key) -> bool:
        """Tell whether a key moves; that of `gg` begins to."""
        keymap = self._screen.keymap
        does = [keymap.at("article", event.key), *keymap.sequences("article", event.key).values()]
        return any(command is not None and command.id in _MOVING for command in does)

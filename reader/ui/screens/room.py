"""How much room each pane gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.settings import MEASURE
from reader.ui.screens.session import SPLIT

if TYPE_CHECKING:
    from reader.ui.screens.reading import ReadingScreen

NARROW: Final = 90
"""Below this many columns one pane is shown at a time."""


class Room:
    """Shares the width out: to both panes, or to the one that has the focus.

    Args:
        screen: the screen of the panes.
        split: hundredths of the width that the list takes.
    """

    def __init__(self, screen: ReadingScreen, split: int) -> None:
        self._screen, self.split = screen, split
        self._from_list = False

    def share(self) -> None:
        """Give the panes their room."""
        screen = self._screen
        alone = screen.has_class("-zen") or screen.app.size.width < NARROW
        screen.articles.display = not (alone and screen.reading)
        screen.pane.display = screen.reading or not alone
        screen.articles.styles.width = "1fr" if alone else f"{self.split}%"

    def widen_list(self, change: int) -> None:
        """Give the list more room or less, in hundredths of the width."""
        self.split = max(SPLIT.start, min(SPLIT.stop - 1, self.split + change))
        self.share()

    def widen_text(self, change: int) -> None:
        """Make lines of text longer or shorter, in columns, and say how long they are."""
        widest = self.set_text(change)
        end = "; there is no room for more" if change > 0 and widest else ""
        self._screen.say(f"Lines of {self._screen.pane.measure} columns{end}")

    def set_text(self, change: int) -> bool:
        """Make lines of text longer or shorter, and tell whether they are as long as there is room for."""
        pane = self._screen.pane
        widest = min(MEASURE.stop - 1, max(MEASURE.start, pane.text_room))
        pane.measure = max(MEASURE.start, min(widest, pane.measure + change))
        return pane.measure == widest

    def toggle_zen(self) -> None:
        """Show the article alone; or everything again, with the focus where it was before."""
        screen = self._screen
        if not screen.has_class("-zen"):
            self._from_list = not screen.reading
            screen.add_class("-zen")
            screen.enter_article()
        elif self._from_list:
            screen.leave_article()
        else:
            screen.remove_class("-zen")
            self.share()

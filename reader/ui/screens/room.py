"""How much room each pane gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.settings import MEASURE
from reader.ui.screens.session import SPLIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.ui.screens.reading import ReadingScreen

NARROW: Final = 90
"""Below this many columns one pane is shown at a time."""
ROOMY: Final = 110
"""From this many columns on the pane of views stands beside the list and the article; below, in place of the latter."""
_VIEWS: Final = range(24, 33)
"""Columns that the pane of views can have."""


def views_width(width: int) -> int:
    """Give the columns that the pane of views has where it is not alone, by the terminal's."""
    return max(_VIEWS.start, min(_VIEWS.stop - 1, width * 22 // 100))


class Room:
    """Shares the width out: to both panes, or to the one that has the focus.

    Args:
        screen: the screen of the panes.
        split: hundredths of the width that the list takes.
        folded: the ids of what is folded in the pane of views.
    """

    def __init__(self, screen: ReadingScreen, split: int, folded: Iterable[str] = ()) -> None:
        self._screen, self.split, self.folded = screen, split, set(folded)
        self.in_views = False
        """Whether the pane of views has the focus, or is about to have it."""
        self._from_list = False

    def share(self) -> None:
        """Give the panes their room."""
        screen, width = self._screen, self._screen.app.size.width
        zen = screen.has_class("-zen")
        alone, roomy = zen or width < NARROW, width >= ROOMY
        taken = 0
        if (tree := screen.view_tree) is not None:
            tree.display = self.in_views or (roomy and not zen)
            taken = views_width(width) if tree.display and not alone else 0
            tree.styles.width = taken or "1fr"
        screen.articles.display = not (alone and (screen.reading or self.in_views))
        screen.pane.display = screen.reading or not (alone or (self.in_views and not roomy))
        fills = alone or not screen.pane.display
        beside = self.split * (width - taken) // 100 if taken else f"{self.split}%"
        screen.articles.styles.width = "1fr" if fills else beside

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

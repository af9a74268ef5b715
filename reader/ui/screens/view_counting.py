"""Reading what the pane of views shows: off the UI thread, again in a moment whenever something changed."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from reader.library import ERRORS, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from reader.library import Library
    from reader.ui.screens.reading import ReadingScreen

_GATHER: Final = 0.4
"""Seconds for which changes gather before everything is counted anew, at the least."""
_REST: Final = 3
"""How many times as long as it took to count nothing is counted after it: a big library is not counted all the time."""


class ViewCounting:
    """Counts at most once at a time.

    Args:
        screen: the screen of the pane.
        take: takes what was read, on the UI thread.
    """

    def __init__(self, screen: ReadingScreen, take: Callable[[tree.Tree], None]) -> None:
        self._screen, self._tell = screen, take
        self._gathering: Timer | None = None
        self._counting = self._again = self._listening = False
        self._began = self._took = 0.0

    def changed(self, *, at_once: bool = False) -> None:
        """Count and name everything anew in a moment: something may be otherwise now."""
        screen = self._screen
        if screen.view_tree is None or not screen.library.ready:
            return
        if not self._listening:
            self._listening = True
            screen.refreshing.watchers.append(self.changed)
        if at_once:
            self._gather()
        elif self._gathering is None:
            self._gathering = screen.set_timer(max(_GATHER, _REST * self._took), self._gather)

    def _gather(self) -> None:
        if self._gathering is not None:
            self._gathering.stop()
        self._gathering, self._again = None, self._counting
        if not self._counting:
            self._counting, self._began = True, monotonic()
            library = self._screen.library
            self._screen.in_background(lambda: read(library), self._take)

    def _take(self, gathered: tree.Tree | None) -> None:
        self._counting, self._took = False, monotonic() - self._began
        if gathered is not None:
            self._tell(gathered)
        if self._again:
            self.changed()


def read(library: Library, *, counted: bool = True) -> tree.Tree | None:
    """Read the tree, None where it cannot be read now: the lists say what is wrong."""
    try:
        return tree.gathered(library, counted=counted)
    except ERRORS:
        return None

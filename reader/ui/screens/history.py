"""What was read and when, and figures of it. It is on this computer, and nobody is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal

from reader.ui.actions.collecting import uncollected
from reader.ui.screens.keyed import KeyedScreen
from reader.ui.widgets.figure_sheet import FigureSheet
from reader.ui.widgets.history_list import HistoryList
from reader.ui.widgets.key_hints import KeyHints
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.commands import Place
    from reader.model.figures import Day, Figures, Reading
    from reader.ui.screens.reading import ReadingScreen

_ALL: Final = 10**6
_WIDE: Final = 100
"""From this many columns on both sides are shown at once."""
_EMPTY: Final = (
    "Nothing was read yet.\nAn article is here once it is marked read, or was read for ten seconds.\n"
    "It stays on this computer."
)


class HistoryScreen(KeyedScreen):
    """Lists what was read, newest first by day, beside its figures.

    Args:
        main: the reading screen.
    """

    place: ClassVar[Place] = "history"

    def __init__(self, main: ReadingScreen) -> None:
        super().__init__(main.library)
        self.main = main
        self._status, self._keys = StatusLine(), KeyHints(self.place)
        self._list, self._sheet = HistoryList(self.library.figures.about), FigureSheet()
        self._turned = False
        """Whether the figures have the focus, and not the days."""

    def compose(self) -> ComposeResult:
        """Lay both sides out; what they show is on its way."""
        self._status.left = "History …"
        yield self._status
        with Horizontal():
            yield self._list
            yield self._sheet
        yield self._keys

    def on_mount(self) -> None:
        """Read the history: very much of it takes its time."""
        self.app.clear_notifications()
        self._share()
        self.in_background(self._read, lambda found: self._take(*found))

    def _read(self) -> tuple[list[Day], Figures]:
        past = self.library.figures
        with uncollected():
            days = [replace(day, articles=tuple(sorted(day.articles, key=_latest))) for day in past.history(_ALL)]
            return days, past.figures()

    def _take(self, days: list[Day], figures: Figures) -> None:
        if not self.is_running:
            return
        self._list.empty = _EMPTY
        self._list.show(days, figures.days[-1][0])
        self._sheet.show(figures)
        count = "1 day" if len(days) == 1 else f"{len(days):,} days"
        self._status.left = f"History · {count}" if days else "History"

    def _share(self) -> None:
        wide = self.app.size.width >= _WIDE
        self._list.display, self._sheet.display = wide or not self._turned, wide or self._turned
        self.set_focus(self._sheet if self._turned else self._list)

    def on_resize(self) -> None:
        """Show one side or both."""
        self._share()

    # -- moving

    def action_move(self, step: int) -> None:
        """Move the cursor, or scroll."""
        (self._sheet if self._turned else self._list).move(step)

    def action_page(self, step: int) -> None:
        """Move by a page."""
        (self._sheet if self._turned else self._list).page(step)

    def action_turn(self) -> None:
        """Go to the other side."""
        self._turned = not self._turned
        self._share()

    def action_go(self) -> None:
        """Read the article under the cursor."""
        reading = None if self._turned else self._list.chosen
        if reading is None:
            return
        key = self._list.about(reading.article).key
        if key is None:
            self.say("This article is not in the library any more.", warning=True)
            return
        main = self.main
        self.dismiss()
        main.call_later(lambda: main.go_to(key))

    on_history_list_chosen = action_go

    # -- the rest

    def action_back(self) -> None:
        """Go back to the articles."""
        self.dismiss()

    def run(self, command: str) -> None:
        """Go back to the articles, and run a command there: one chosen in the palette."""
        self.dismiss()
        self.main.call_later(self.main.run, command)

    async def action_quit(self) -> None:
        """Leave the app."""
        self.main.run("quit")


def _latest(reading: Reading) -> tuple[int, int]:
    return -(reading.at or 0), -reading.seconds

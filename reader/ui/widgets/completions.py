"""What could be typed, over the line in which it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.styling import part_style
from reader.ui.text import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.query import Completion

_LINES: Final = 7
_WIDEST: Final = 80


class Completions(Widget):
    """A few lines that float over the list; Tab takes the first, the arrows go through them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--hint", "search--chosen"}

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Completion] = ()
        self._at: int | None = None
        self._column = 0
        """Cells of the column of what could be typed."""
        self.display = False

    @property
    def shown(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self._all)

    @property
    def first(self) -> Completion | None:
        """What Tab takes where nothing was gone to."""
        return self._all[0] if self._all else None

    @property
    def chosen(self) -> Completion | None:
        """What the arrows have gone to."""
        return None if self._at is None else self._all[self._at]

    def show(self, proposed: Sequence[Completion], left: int) -> None:
        """Show what could be typed.

        Args:
            proposed: nothing takes the list away.
            left: the cell over which it begins, where there is room.
        """
        if not proposed and not self._all:
            return
        self._all, self._at = tuple(proposed), None
        self.display = bool(proposed)
        if proposed:
            room = max(1, self.screen.size.width - 2)
            self._column = min(max(cell_len(one.text) for one in proposed), max(1, room // 2))
            widest = self._column + max(cell_len(one.hint) for one in proposed) + 4
            width, height = min(widest, _WIDEST, room), min(len(proposed), _LINES)
            self.styles.width, self.styles.height = width, height
            self.styles.offset = max(0, min(left, room - width)), -height
        self.refresh()

    def move(self, step: int) -> None:
        """Go to the next one; before the first and after the last is none."""
        places = [*range(len(self._all)), None]
        now = places.index(self._at)
        self._at = places[(now + step) % len(places)]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        base, width = self.rich_style, self.size.width
        first = max(0, (self._at or 0) - self.size.height + 1)
        if first + y >= len(self._all):
            return Strip.blank(width, base)
        one, here = self._all[first + y], first + y == self._at
        style = part_style(self, "search--chosen", base) if here else base
        quiet = style if here else part_style(self, "search--hint", base)
        sign = "›" if here else " "
        text = shorten(one.text, max(1, width - 2 if not one.hint else self._column))
        gap = " " * (self._column - cell_len(text) + 2)
        hint = shorten(one.hint, max(0, width - self._column - 4)) if one.hint else ""
        segments = [Segment(f"{sign}{text}", style), Segment(f"{gap}{hint} ", quiet)]
        return Strip(segments).adjust_cell_length(width, style)

"""Names that were found by some of their letters, these marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.ui.styling import part_style
from reader.ui.text import shorten
from reader.ui.widgets.frame import empty_line
from reader.ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual.geometry import Size


class NameList(PickList, can_focus=False):
    """A list to pick from whose lines become others as one types.

    Args:
        named: gives a name by its number, and what it is the name of.
        marked: gives the letters of it that were typed, counted from 0.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"name--letter"}

    def __init__(self, named: Callable[[int], tuple[str, str]], marked: Callable[[int], set[int]]) -> None:
        super().__init__(0, lambda number: Pick(" ", *named(number)))
        self._marked = marked
        self._nothing = ""
        self.armed = True
        """Whether the one under the cursor is what Enter takes; else none is told."""

    def offer(self, count: int, nothing: str) -> None:
        """Offer other names, the cursor on the first.

        Args:
            count: how many there are.
            nothing: what to say where there is none.
        """
        self._count, self._nothing, self._top = count, nothing, 0
        self.cursor = 0
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines whatever is found, so that nothing moves."""
        del container, width
        return max(3, viewport.height // 2)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        base = self.rich_style
        if not self._count:
            quiet = part_style(self, "list--byline", base)
            return empty_line(self._nothing, y, self.size, 1, max(1, self.size.width - 2), quiet, base)
        number, width = self._scrolled() + y, self.size.width
        if not 0 <= number < self._count:
            return Strip.blank(width, base)
        pick, here = self._pick(number), self.armed and number == self.cursor
        back = part_style(self, "list--cursor-focus", base) if here else base
        quiet, mark, letter = (part_style(self, name, back) for name in ("list--byline", "list--mark", "name--letter"))
        room = max(1, width - len(pick.end) - 5)
        text = shorten(pick.text, room)
        gap = " " * (room - cell_len(text) + 2)
        segments = [Segment("▸ " if here else "  ", mark), *_lettered(text, self._marked(number), back, letter)]
        return Strip([*segments, Segment(f"{gap}{pick.end}", quiet)]).adjust_cell_length(width, back)


def _lettered(text: str, marked: set[int], style: Style, letter: Style) -> list[Segment]:
    """Part a text into what was typed of it and what was not."""
    runs = groupby(enumerate(text), key=lambda one: one[0] in marked)
    return [Segment("".join(char for _, char in run), letter if typed else style) for typed, run in runs]

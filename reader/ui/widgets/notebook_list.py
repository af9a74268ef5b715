"""The list of the notebook: draws what is in view, however much was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.ui.styling import part_style
from reader.ui.widgets import notebook_row
from reader.ui.widgets.frame import empty_line, thumb
from reader.ui.widgets.list_pointing import Pointed
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from reader.library.kept import Kept
    from reader.ui.widgets.notebook_row import Cells

_CACHED: Final = 2000
_NOTHING: Final[Sequence[Kept]] = ()


class NotebookList(Pointed, can_focus=True):
    """Bookmarks, notes and highlights under the titles of their articles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--heading", "list--title", "list--title-read", "list--byline", "list--mark", "list--cursor-focus",
        "list--thumb", "notebook--quote", "notebook--yellow", "notebook--green", "notebook--blue", "notebook--red",
    }  # fmt: skip

    empty: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A person asked for the passage of the entry under the cursor."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, Style], Style] = {}
        super().__init__()
        self._entries: Sequence[Kept] = _NOTHING
        self._items: Sequence[int] = ()
        self._cursor = 0
        """The item under the cursor, which is no heading."""
        self._lines: dict[int, list[Cells]] = {}
        self._view = Viewport(self._height)
        self._fitted = Size(0, 0)

    @property
    def chosen(self) -> Kept | None:
        """The entry under the cursor."""
        return self._entries[self._items[self._cursor]] if self._items else None

    def show(
        self, entries: Sequence[Kept], items: Sequence[int], *, first: bool = False, at: Kept | None = None
    ) -> None:
        """Show entries.

        Args:
            entries: all entries.
            items: what is shown of them: see `notebook_row.gathered`.
            first: put the cursor on the first one; else it stays on its own, or near where it was.
            at: put the cursor on this one, if it is shown.
        """
        found = 0 if first else self._same(entries, items, at)
        if entries is not self._entries:
            self._lines.clear()
        self._entries, self._items = entries, items
        self._cursor = self._entry(found, 1)
        self._view.count = len(items)
        self._settle()

    def _same(self, entries: Sequence[Kept], items: Sequence[int], at: Kept | None) -> int:
        """Give the item of the entry under the cursor, or of `at`, among others; else of one near it."""
        for one in (at, self.chosen):
            wanted = notebook_row.identity(one) if one is not None else None
            for item, number in enumerate(items) if wanted is not None else ():
                if number >= 0 and notebook_row.identity(entries[number]) == wanted:
                    return item
        places = {notebook_row.identity(entries[number]): item for item, number in enumerate(items) if number >= 0}
        near = (*range(self._cursor + 1, len(self._items)), *range(self._cursor - 1, -1, -1))
        names = (notebook_row.identity(self._entries[self._items[item]]) for item in near if self._items[item] >= 0)
        return next((places[name] for name in names if name in places), 0)

    def move(self, step: int) -> None:
        """Move the cursor by some entries."""
        if not self._items:
            return
        if abs(step) >= len(self._items):
            self._cursor = self._entry(0 if step < 0 else len(self._items) - 1, 1)
        for _ in range(abs(step) if abs(step) < len(self._items) else 0):
            self._cursor = self._entry(self._cursor + (1 if step > 0 else -1), 1 if step > 0 else -1)
        self._bring()
        self.refresh()

    def page(self, step: int) -> None:
        """Move the cursor by pages."""
        if not self._items:
            return
        room, item = max(1, self._view.height - 2), self._cursor
        direction = 1 if step > 0 else -1
        while 0 <= item + direction < len(self._items) and room > 0:
            room -= self._height(item)
            item += direction
        self._cursor = self._entry(item, direction)
        self._bring()
        self.refresh()

    def _entry(self, item: int, direction: int) -> int:
        """Give the nearest item that is an entry, in a direction if there is one."""
        item = max(0, min(len(self._items) - 1, item))
        if not self._items or self._items[item] >= 0:
            return item
        # A heading is followed by an entry of its own; before it is the last entry of another one.
        return item + 1 if direction > 0 or item == 0 else item - 1

    def _bring(self) -> None:
        """Scroll as little as brings the entry into view, with its heading if that stands right above it."""
        first = self._cursor > 0 and self._items[self._cursor - 1] < 0
        self._view.show(self._cursor, context=self._height(self._cursor - 1) if first else 0)

    def _settle(self) -> None:
        self._view.settle()
        if self._items:
            self._bring()
        self.refresh()

    # -- drawing

    def _height(self, item: int) -> int:
        if self._items[item] < 0:
            return 2 if item else 1
        return len(self._cells(self._items[item]))

    def _cells(self, number: int) -> list[Cells]:
        found = self._lines.get(number)
        if found is None:
            if len(self._lines) > _CACHED:
                self._lines.clear()
            found = self._lines[number] = notebook_row.lines(self._entries[number], max(20, self._fitted.width - 2))
        return found

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        size, base = self.size, self.rich_style
        if self._fitted != size:
            self._fitted = size
            self._lines.clear()
            self._view.height = max(1, size.height)
            self._settle_quietly()
        if not self._items:
            return empty_line(self.empty, y, size, 2, max(1, size.width - 4), self._part("list--byline", base), base)
        lines = self._view.lines()
        if y >= len(lines):
            return Strip.blank(size.width, base)
        strip = self._strip(*lines[y], base)
        bar = thumb(size.height, len(self._items), lines[0][0], lines[-1][0])
        if bar is not None and bar[0] <= y < bar[1]:
            end = Strip([Segment("▐", self._part("list--thumb", base))], 1)
            strip = Strip.join([strip.crop(0, size.width - 1), end])
        return strip

    def _settle_quietly(self) -> None:
        """Keep the cursor in view at another size, while a line is drawn already."""
        self._view.settle()
        if self._items:
            self._bring()

    def _strip(self, item: int, line: int, base: Style) -> Strip:
        width, number = self.size.width, self._items[item]
        if number < 0:
            return self._heading(~number, width, base) if line or not item else Strip.blank(width, base)
        entry, cells, cursor = self._entries[number], self._cells(number)[line], item == self._cursor
        below = self._part("list--cursor-focus", base) if cursor else base
        sign = f"notebook--{entry.highlight.color}" if entry.highlight is not None else "list--mark"
        segments = [
            Segment("▌" if cursor else " ", self._part("list--mark", base)),
            Segment(" ", below),
            Segment(f" {cells.sign} ", self._part(sign, below) if cells.sign.strip() else below),
            Segment(cells.text, self._part(cells.part, below)),
            Segment(f" {cells.tail}" if cells.tail else "", self._part("list--byline", below)),
        ]
        return Strip(segments).adjust_cell_length(width, below)

    def _heading(self, number: int, width: int, base: Style) -> Strip:
        title, more = notebook_row.heading(self._entries[number], width - 3)
        segments = [
            Segment(" ", base),
            Segment(title, self._part("list--heading", base)),
            Segment(more, self._part("list--byline", base)),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _part(self, name: str, base: Style) -> Style:
        found = self._styles.get((name, base))
        if found is None:
            found = self._styles[name, base] = part_style(self, name, base)
        return found

    def notify_style_update(self) -> None:
        """Take the colours anew."""
        super().notify_style_update()
        self._styles.clear()

    # -- the mouse

    def wheeled(self, lines: int) -> None:
        """Scroll, the cursor staying on its entry."""
        self._view.scroll(lines)
        self.refresh()

    def pointed(self, y: int) -> None:
        """Put the cursor on an entry, or ask for the passage of the one it is on."""
        lines = self._view.lines()
        if y >= len(lines):
            return
        item = lines[y][0]
        if item == self._cursor:
            self.post_message(self.Chosen())
        elif self._items[item] >= 0:
            self._cursor = item
            self.refresh()

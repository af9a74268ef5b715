"""A list to pick from that draws only what is in view, however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.styling import part_style
from reader.ui.text import shorten
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.geometry import Size


@dataclass(frozen=True, slots=True)
class Pick:
    """A line to pick: what stands before its text, the text, and what stands at the right end.

    Of a long `end` the last part is shown: of a host, that tells whose it is.
    """

    lead: str
    text: str
    end: str = ""


class PickList(Widget, can_focus=True):
    """Lines to pick one of.

    Args:
        count: how many there are.
        pick: gives one by its number, when it is drawn.
        chosen: the number of the one to begin with.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--byline", "list--mark", "list--cursor-focus"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False),
        Binding("k,up", "move(-1)", "Up", show=False),
        Binding("space,pagedown,ctrl+f,ctrl+d", "page(1)", "Page down", show=False),
        Binding("b,pageup,ctrl+b,ctrl+u", "page(-1)", "Page up", show=False),
        Binding("g,home", "edge(False)", "Top", show=False),
        Binding("G,end", "edge(True)", "End", show=False),
        Binding("enter", "pick", "Pick", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """The cursor is on another line."""

        number: int

    @dataclass
    class Picked(Message):
        """A line was picked."""

        number: int

    def __init__(self, count: int, pick: Callable[[int], Pick], chosen: int = 0) -> None:
        super().__init__()
        self._count, self._pick, self._top = count, pick, 0
        self.set_reactive(PickList.cursor, max(0, min(chosen, count - 1)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines."""
        del container, viewport, width
        return self._count

    def watch_cursor(self) -> None:
        """Tell where the cursor is."""
        self.post_message(self.Moved(self.cursor))

    def validate_cursor(self, number: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(number, self._count - 1))

    def _scrolled(self) -> int:
        """Give the first line in view: as near to the last one as keeps the cursor in view."""
        height = max(1, self.size.height)
        least, most = self.cursor - height + 1, self.cursor
        if not least <= self._top <= most:
            away = self._top > most + 1 or self._top < least - 1
            self._top = self.cursor - height // 2 if away else least if self._top < least else most
        self._top = max(0, min(self._top, self._count - height))
        return self._top

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        number, width, base = self._scrolled() + y, self.size.width, self.rich_style
        if not 0 <= number < self._count:
            return Strip.blank(width, base)
        pick, here = self._pick(number), number == self.cursor
        back = part_style(self, "list--cursor-focus", base) if here else base
        quiet, mark = (part_style(self, f"list--{part}", base) for part in ("byline", "mark"))
        if here:
            quiet, mark = quiet + back, mark + back
        sign = "▸" if here else " "
        # Half of the line, and what a short text leaves besides.
        end = _last(pick.end, max(width // 2, width - cell_len(f"{sign}{pick.lead}{pick.text}") - 3))
        room = max(1, width - cell_len(sign + pick.lead) - (cell_len(end) + 2 if end else 1))
        text = shorten(pick.text, room)
        gap = " " * max(0, room - cell_len(text) + 1)
        segments = [Segment(sign, mark), Segment(pick.lead, quiet), Segment(text, back), Segment(gap, back)]
        return Strip([*segments, Segment(end, quiet)]).adjust_cell_length(width, back)

    def action_move(self, step: int) -> None:
        """Go up or down."""
        self.cursor += step

    def action_page(self, pages: int) -> None:
        """Go a page up or down."""
        self.cursor += pages * max(1, self.size.height - 1)

    def action_edge(self, end: bool) -> None:
        """Go to the first or the last line."""
        self.cursor = self._count - 1 if end else 0

    def action_pick(self) -> None:
        """Pick the line under the cursor."""
        if self._count:
            self.post_message(self.Picked(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Pick the line that is clicked; the first click on another one only goes there."""
        number = self._scrolled() + event.y
        if number >= self._count:
            return
        if number == self.cursor:
            self.action_pick()
        else:
            self.cursor = number

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.cursor += 1

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.cursor -= 1


def _last(text: str, width: int) -> str:
    """Give the last part of a text that fits, with an ellipsis where something is left out."""
    if cell_len(text) <= width:
        return text
    text = text[-width:]
    while cell_len(text) >= width:
        text = text[1:]
    return f"…{text}"

"""Things to set, each changed where it stands while one looks at what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.ui.widgets.dialogue import Dialogue
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Dial:
    """One thing to set: its name, what it is now, and how it is changed, on (1) or back (-1)."""

    name: str
    said: Callable[[], str]
    change: Callable[[int], None]


class OptionsScreen(Dialogue[None]):
    """Lists things to set; what is behind it changes at once.

    Args:
        dials: the things.
        changed: told after each change.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,enter", "dismiss", "Close"),
        Binding("j,down,tab", "move(1)", "Down"),
        Binding("k,up,shift+tab", "move(-1)", "Up"),
        Binding("l,right,space,plus,equals_sign", "change(1)", "More"),
        Binding("h,left,minus", "change(-1)", "Less"),
    ]

    def __init__(self, dials: Sequence[Dial], changed: Callable[[], None]) -> None:
        super().__init__()
        self._dials, self._tell_changed, self._at = dials, changed, 0

    def compose(self) -> ComposeResult:
        """Show them."""
        with Vertical(id="options", classes="dialogue") as box:
            box.border_title = "Reading options"
            box.border_subtitle = "↓ ↑ choose · ← → change · Esc closes"
            yield Static(self._shown())

    def _shown(self) -> Content:
        width = max(cell_len(dial.name) for dial in self._dials)
        lines = []
        for number, dial in enumerate(self._dials):
            name = f"{dial.name}{' ' * (width - cell_len(dial.name))}"
            here = number == self._at
            bar, value = ("▌", f"‹ {dial.said()} ›") if here else (" ", f"  {dial.said()}")
            lines.append(Content.styled(f"{bar} {name}  {value}", "bold" if here else ""))
        return Content("\n").join(lines)

    def action_move(self, step: int) -> None:
        """Go to another one."""
        self._at = (self._at + step) % len(self._dials)
        self._show()

    def action_change(self, step: int) -> None:
        """Change the one that is chosen."""
        self._dials[self._at].change(step)
        self._tell_changed()
        self._show()

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked; change it if it is chosen already."""
        offset = event.get_content_offset(self.query_one(Static))
        if offset is None or not offset.y < len(self._dials):
            return
        if offset.y == self._at:
            self.action_change(1)
        else:
            self.action_move(offset.y - self._at)

    def _show(self) -> None:
        self.query_one(Static).update(self._shown())

"""Choosing a theme: each is shown while one looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.model.fuzzy import Names
from reader.ui.theming import AUTO
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.name_list import NameList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.ui.theming import Theming
    from reader.ui.widgets.pick_list import PickList


class ThemesScreen(Dialogue[str]):
    """Lists the themes; the one under the cursor is shown. The answer is the one to keep, none brings back the old.

    Args:
        theming: shows them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down,ctrl+n,ctrl+j", "move(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p,ctrl+k", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, theming: Theming) -> None:
        super().__init__()
        self._theming, self._offered = theming, theming.names
        self._names = Names(self._offered)
        self._found: list[int] = []
        self._typed, self._due = "", False
        self._list = NameList(self._pick, self._marked)

    def compose(self) -> ComposeResult:
        """Show the line to type in, and the names under it."""
        with Vertical(id="themes", classes="dialogue") as box:
            box.border_title = "Themes"
            box.border_subtitle = "↓ ↑ show · Enter keeps · Esc"
            yield Input(placeholder="some letters of a name")
            yield self._list

    def on_mount(self) -> None:
        """Begin on the one that there is."""
        self._find()
        self._list.cursor = self._offered.index(self._theming.chosen)

    def _find(self) -> None:
        self._found = self._names.best(self._typed)
        self._list.offer(len(self._found), "No theme is called that.")

    def _pick(self, number: int) -> tuple[str, str]:
        name = self._offered[self._found[number]]
        if name == AUTO:
            return name, "as the terminal"
        return name, "dark" if self.app.available_themes[name].dark else "light"

    def _marked(self, number: int) -> set[int]:
        return self._names.marked(self._found[number], self._typed)

    @property
    def _here(self) -> str | None:
        number = self._list.cursor
        return self._offered[self._found[number]] if 0 <= number < len(self._found) else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed now."""
        if event.value != self._typed:
            self._typed = event.value
            self._find()
            self._show_later()

    def on_pick_list_moved(self) -> None:
        """Show the one under the cursor."""
        self._show_later()

    def _show_later(self) -> None:
        if not self._due:  # a key that is held down shows no more themes than there is time for
            self._due = True
            self.call_after_refresh(self._show)

    def _show(self) -> None:
        self._due = False
        if self.is_current and self._here is not None:
            self._theming.try_on(self._here)

    def on_input_submitted(self) -> None:
        """Keep the one under the cursor."""
        if self._here is not None:
            self.dismiss(self._here)

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """Keep the one that was clicked."""
        self.dismiss(self._offered[self._found[event.number]])

    def action_leave(self) -> None:
        """Bring the old one back."""
        self._theming.try_on(self._theming.chosen)
        self.dismiss()

    def action_move(self, step: int) -> None:
        """Look at another one."""
        self._list.action_move(step)

    def action_page(self, pages: int) -> None:
        """Look at one a page away."""
        self._list.action_page(pages)

"""Going to a view, a tag, a folder or a source by some letters of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.library.tree import Node
from reader.model.fuzzy import Names
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.name_list import NameList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.ui.widgets.pick_list import PickList


class JumpScreen(Dialogue[Node]):
    """Finds names as one types, the likeliest first; the answer is the node to go to.

    The names may come later than what is typed: see `take`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave"),
        Binding("down,ctrl+n,ctrl+j", "move(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p,ctrl+k", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._offered: Sequence[Node] | None = None
        self._names = Names(())
        self._found: list[int] = []
        self._typed, self._entered = "", False
        self._list = NameList(self._pick, self._marked)

    def compose(self) -> ComposeResult:
        """Show the line to type in, and the names under it."""
        with Vertical(id="jump", classes="dialogue") as box:
            box.border_title = "Go to"
            box.border_subtitle = "type some letters · ↓ ↑ choose · Enter goes there · Esc"
            yield Input(placeholder="a view, a tag, a folder or a source")
            yield self._list

    def take(self, nodes: Sequence[Node], names: Names) -> None:
        """Take what there is, and its names, ready to be found; who left meanwhile goes nowhere."""
        if not self.is_current:
            return
        self._offered, self._names = nodes, names
        self._find()
        if self._entered:
            self._answer()

    def _find(self) -> None:
        self._found = self._names.best(self._typed)
        nothing = "Nothing is called that." if self._offered is not None else ""
        self._list.offer(len(self._found), nothing)

    def _pick(self, number: int) -> tuple[str, str]:
        node = (self._offered or ())[self._found[number]]
        return node.name, node.kind

    def _marked(self, number: int) -> set[int]:
        return self._names.marked(self._found[number], self._typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed now."""
        self._typed = event.value
        self._find()

    def on_input_submitted(self) -> None:
        """Go to the chosen one, or to the first one as soon as there is any."""
        if self._offered is None:
            self._entered = True
        else:
            self._answer()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """Go to the one that was clicked."""
        self._answer(event.number)

    def _answer(self, number: int | None = None) -> None:
        number = self._list.cursor if number is None else number
        self._entered = False
        if self._offered is not None and 0 <= number < len(self._found):
            self.dismiss(self._offered[self._found[number]])

    def action_move(self, step: int) -> None:
        """Choose another one."""
        self._list.action_move(step)

    def action_page(self, pages: int) -> None:
        """Choose one a page away."""
        self._list.action_page(pages)

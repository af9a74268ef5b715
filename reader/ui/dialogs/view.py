"""A view of one's own: its name, and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.model.query import QueryError, parse
from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.app import ComposeResult


class ViewScreen(Dialogue["tuple[str, str]"]):
    """Asks for the name and the query of a view; both are the answer.

    Args:
        title: what is done.
        name: the name it has now, empty for a new one.
        query: what it asks for now.
        taken: the names of the other views, which cannot be had twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it"),
        Binding("down", "app.focus_next", "The other line", show=False),
        Binding("up", "app.focus_previous", "The other line", show=False),
    ]

    def __init__(self, title: str, name: str, query: str, taken: Collection[str]) -> None:
        super().__init__()
        self._title, self._name_now, self._query = title, name, query
        self._taken = {one.casefold() for one in taken}

    def compose(self) -> ComposeResult:
        """Show the two lines."""
        with Vertical(id="view", classes="dialogue") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter keeps it · Tab to the other line · Esc leaves it"
            yield Static("Name", classes="label", markup=False)
            yield Input(self._name_now, id="name")
            yield Static("Shows what is", classes="label", markup=False)
            yield Input(self._query, id="query", placeholder="everything")
            yield Static(Content(""), classes="wrong")

    def on_input_changed(self) -> None:
        """What was wrong is perhaps mended."""
        self._tell("")

    def on_input_submitted(self) -> None:
        """Answer, if nothing is wrong."""
        name_line, query_line = self.query_one("#name", Input), self.query_one("#query", Input)
        name, query = " ".join(name_line.value.split()), query_line.value.strip()
        if not name:
            name_line.focus()
            self._tell("A view needs a name.")
        elif name.casefold() in self._taken:
            name_line.focus()
            self._tell(f"There is a view called {name} already.")
        else:
            try:
                parse(query)
            except QueryError as error:
                query_line.focus()
                query_line.cursor_position = error.end
                self._tell(f"{error}")
            else:
                self.dismiss((name, query))

    def _tell(self, wrong: str) -> None:
        self.query_one(".wrong", Static).update(Content(wrong))

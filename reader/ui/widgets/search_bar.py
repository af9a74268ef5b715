"""The search bar, there only while a search is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchBar(Input):
    """Searches as one types: Enter keeps the matches, Esc ends the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "end_search", "End search", show=False),
        Binding("down,up", "submit", "To the matches", show=False),
    ]

    class Ended(Message):
        """The search is over."""

    def action_end_search(self) -> None:
        """End the search."""
        self.post_message(self.Ended())

"""The search bar, there only while a search is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Callable


class SearchBar(Input):
    """Searches as one types: Enter keeps the matches, Esc ends the search.

    Args:
        words: what is searched for already.
        typed: told what is typed now.
        closed: told whether to keep the matches when the search is over.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "end_search", "End search", show=False),
        Binding("down,up", "submit", "To the matches", show=False),
    ]

    def __init__(self, words: str, *, typed: Callable[[str], None], closed: Callable[[bool], None]) -> None:
        super().__init__(words, placeholder="search headlines, bylines and texts")
        self._tell_typed, self._tell_closed = typed, closed

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        event.stop()
        self._tell_typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the matches."""
        event.stop()
        self._tell_closed(True)  # noqa: FBT003 -- a callback has no names for its arguments

    def action_end_search(self) -> None:
        """End the search."""
        self._tell_closed(False)  # noqa: FBT003 -- as above

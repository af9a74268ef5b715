"""The headings of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class ContentsScreen(Dialogue[int]):
    """Lists headings; the answer is the number of the one to go to.

    Args:
        title: the article's headline.
        headings: the level and the text of each.
        chosen: the number of the one that is read now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,T,h", "dismiss", "Leave")]

    def __init__(self, title: str, headings: Sequence[tuple[int, str]], chosen: int) -> None:
        super().__init__()
        self._title, self._headings, self._chosen = title, headings, chosen

    def compose(self) -> ComposeResult:
        """Show them, each as deep as it is."""
        top = min(level for level, _ in self._headings)
        with Vertical(id="contents", classes="dialogue") as box:
            box.border_title = Content(f"Contents: {self._title}")
            box.border_subtitle = "Enter goes there · Esc leaves"

            def pick(number: int) -> Pick:
                level, text = self._headings[number]
                return Pick(" " + "  " * (level - top), text)

            yield PickList(len(self._headings), pick, self._chosen)

    def on_mount(self) -> None:
        """Let the keys choose."""
        self.query_one(PickList).focus()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """Answer."""
        self.dismiss(event.number)

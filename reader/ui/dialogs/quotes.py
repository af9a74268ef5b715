"""Asking which highlight is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets.option_list import Option

from reader.model.annotation import COLORS
from reader.ui.text import shorten
from reader.ui.widgets.choice import Choice
from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from reader.model.annotation import Highlight

_WIDTH: Final = 66
_LOOKED_AT: Final = 400
"""Characters of a quote that are looked at for a line of it."""


class QuoteScreen(Dialogue[int]):
    """Shows the beginnings of some quotes; answers with the number of one.

    Args:
        question: what is asked.
        highlights: some.
        otherwise: a last choice that is none of them, empty for no such choice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Leave it")]

    def __init__(self, question: str, highlights: Sequence[Highlight], otherwise: str = "") -> None:
        super().__init__()
        self._question, self._highlights, self._otherwise = question, highlights, otherwise

    def compose(self) -> ComposeResult:
        """Show the quotes."""
        with Vertical(id="quotes", classes="dialogue") as box:
            box.border_title = Content(self._question)
            box.border_subtitle = "Enter choose · Esc leave it"
            lines = [_line(highlight) for highlight in self._highlights]
            if self._otherwise:
                lines.append(self._otherwise)
            yield Choice(*(Option(Content(line), id=str(number)) for number, line in enumerate(lines)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose."""
        self.dismiss(event.option_index)


def _line(highlight: Highlight) -> str:
    words = " ".join(highlight.quote.exact[:_LOOKED_AT].split())
    sign = " ✎" if highlight.note else ""
    return f"{COLORS[highlight.color]}{sign} {shorten(words, _WIDTH)}"

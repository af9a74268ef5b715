"""The note editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from reader.ui.text import shorten
from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

_SHOWN: Final = 210
"""Cells of a quote that are shown: about three lines."""


class NoteScreen(Dialogue[str]):
    """Writes a note; leaving keeps what is written.

    Args:
        title: the article's headline.
        text: the note as it is.
        keep: writes the note down at once, should the app end meanwhile.
        quote: the passage that the note is on, empty for the whole article.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "keep", "Keep", priority=True)]

    def __init__(self, title: str, text: str, keep: Callable[[str], None], quote: str = "") -> None:
        super().__init__()
        self._title, self._text, self._keep, self._quote = title, text, keep, quote

    def compose(self) -> ComposeResult:
        """Show the editor."""
        with Vertical(id="note", classes="dialogue") as box:
            box.border_title = Content(f"Note: {self._title}")
            box.border_subtitle = "Esc or ^s keeps it · Markdown"
            if self._quote:
                yield Static(Content(f"“{shorten(' '.join(self._quote.split()), _SHOWN)}”"), classes="said")
            area = TextArea(self._text, show_line_numbers=False, soft_wrap=True, tab_behavior="focus")
            area.move_cursor(area.document.end)
            yield area

    def action_keep(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(TextArea).text)

    def keep_draft(self) -> None:
        """Keep what is written; an emptied note is not deleted without asking."""
        text = self.query_one(TextArea).text
        if text.strip() and text.strip() != self._text.strip():
            self._keep(text)

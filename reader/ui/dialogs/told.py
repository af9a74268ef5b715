"""Something that a program says, at length."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.long_text import LongText

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from textual.app import ComposeResult


class ToldScreen(Dialogue[None]):
    """Shows a text as soon as it is there; closing it earlier ends the waiting.

    Args:
        title: what it is about.
        waiting: said until then.
        coming: gives the text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,D", "dismiss", "Close"),
        Binding("j,down", "scroll(1)", "Down"),
        Binding("k,up", "scroll(-1)", "Up"),
        Binding("space,pagedown,ctrl+f", "page(1)", "Page down"),
        Binding("b,pageup,ctrl+b", "page(-1)", "Page up"),
        Binding("g,home", "edge(False)", "Top"),
        Binding("G,end", "edge(True)", "Bottom"),
    ]

    def __init__(self, title: str, waiting: str, coming: Awaitable[str]) -> None:
        super().__init__()
        self._title, self._waiting, self._coming = title, waiting, coming

    def compose(self) -> ComposeResult:
        """Show that it is waited for."""
        with Vertical(classes="dialogue") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "j k Space b scroll · Esc closes"
            yield LongText(self._waiting)

    def on_mount(self) -> None:
        """Wait for it."""
        self.run_worker(self._show())

    async def _show(self) -> None:
        text = await self._coming
        self._text.show(text)

    @property
    def _text(self) -> LongText:
        return self.query_one(LongText)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._text.move(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self._text.page(pages)

    def action_edge(self, end: bool) -> None:
        """Scroll to the beginning or the end."""
        self._text.move_to_edge(end)

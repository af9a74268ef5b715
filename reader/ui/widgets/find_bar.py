"""The find bar, there only while words to be found in the article are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class Listener(Protocol):
    """Who is told what happens in the bar."""

    def typed(self, words: str) -> None:
        """Other words are typed now."""

    def step(self, step: int) -> None:
        """The next match (1) or the one before (-1) is wanted."""

    def close(self, *, keep: bool) -> None:
        """The bar is left: with Enter, which keeps the matches, or with Esc."""


class _Words(Input):
    """What is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "submit", "To the text", show=False),
    ]

    def __init__(self, words: str, listener: Listener) -> None:
        super().__init__(words, placeholder="find in this article")
        self._listener = listener

    async def action_submit(self) -> None:
        """Go back to the text at once: by a message, the next key would come before it and be typed here."""
        self._listener.close(keep=True)


class FindBar(Horizontal):
    """Finds as one types: Enter keeps the matches, Esc ends it; both stay where the text is.

    Args:
        words: what is looked for already.
        listener: is told what happens.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "End", show=False),
        Binding("down", "step(1)", "Next match", show=False),
        Binding("up", "step(-1)", "Match before", show=False),
    ]

    def __init__(self, words: str, listener: Listener) -> None:
        super().__init__()
        self._words, self._listener = words, listener

    def compose(self) -> ComposeResult:
        """Show the line, and what was found."""
        yield _Words(self._words, self._listener)
        yield Static(Content(""))

    @property
    def input(self) -> Input:
        """Where the words are typed."""
        return self.query_one(Input)

    def say(self, text: str) -> None:
        """Say what was found."""
        self.query_one(Static).update(Content(text))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed now."""
        event.stop()
        self._listener.typed(event.value)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Keep the matches when something else is clicked."""
        event.stop()
        if self.app.app_focus and self.screen.is_current:
            self._listener.close(keep=True)

    def action_step(self, step: int) -> None:
        """Go to the next match, or to the one before."""
        self._listener.step(step)

    def action_leave(self) -> None:
        """End it."""
        self._listener.close(keep=False)

"""Asking for a program that gets the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.settings.commanding import Input as Form

    Asked: TypeAlias = tuple[str, Form]

_FORMS: Final[tuple[Form, ...]] = ("markdown", "text", "json", "url")
_NAMES: Final[dict[Form, str]] = {"markdown": "Markdown", "text": "plain text", "json": "JSON", "url": "its address"}
_HOW: Final = (
    "No shell sees this: words are parted at spaces, quotes hold them together, and nothing is expanded.\n"
    "It gets the article on standard input as "
)


class PipeScreen(Dialogue["Asked"]):
    """Asks for a program with its arguments, and as what it gets the article.

    Args:
        title: what the article is called.
        typed: what was typed before, the newest last.
        form: as what the article is given at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it"),
        Binding("tab", "turn(1)", "As what", priority=True),
        Binding("shift+tab", "turn(-1)", "As what", priority=True),
        Binding("up", "recall(-1)", "What was typed before"),
        Binding("down", "recall(1)", "What was typed after"),
    ]

    def __init__(self, title: str, typed: Sequence[str], form: Form) -> None:
        super().__init__()
        self._title, self._typed, self._form = title, [*typed, ""], form
        self._at = len(typed)

    def compose(self) -> ComposeResult:
        """Show the line."""
        with Vertical(classes="dialogue") as box:
            box.border_title = Content(f"Give “{self._title}” to a program")
            box.border_subtitle = "Enter runs it · Tab as what · ↑ ↓ before · Esc leaves it"
            yield Static(self._how(), classes="said")
            yield Input(placeholder="wc -w")

    def _how(self) -> Content:
        return Content(f"{_HOW}{_NAMES[self._form]}.")

    def action_turn(self, by: int) -> None:
        """Give it the article as something else."""
        self._form = _FORMS[(_FORMS.index(self._form) + by) % len(_FORMS)]
        self.query_one(Static).update(self._how())

    def action_recall(self, by: int) -> None:
        """Bring back what was typed before, or after."""
        line = self.query_one(Input)
        self._typed[self._at] = line.value
        self._at = min(max(self._at + by, 0), len(self._typed) - 1)
        line.value = self._typed[self._at]
        line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss((event.value.strip(), self._form))

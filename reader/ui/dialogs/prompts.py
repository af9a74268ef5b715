"""Small questions: yes or no, a line of text, in which order; and something told at length."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class ConfirmScreen(Dialogue[bool]):
    """Asks yes or no.

    Args:
        question: the question, as plain text.
        remark: what should be known before answering.
        final: whether it cannot be taken back: Enter, which is pressed soon, is then no yes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape,q", "answer(False)", "No"),
        Binding("enter", "enter", "Yes, where it can be taken back"),
    ]

    def __init__(self, question: str, remark: str = "", *, final: bool = False) -> None:
        super().__init__()
        self._question, self._remark, self._final = question, remark, final

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(classes="dialogue") as box:
            box.border_subtitle = "y yes · n, Esc or Enter no" if self._final else "y or Enter yes · n or Esc no"
            yield Static(Content(f"{self._question}\n{self._remark}".rstrip()), classes="said")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)

    def action_enter(self) -> None:
        """Say yes to what can be taken back."""
        self.dismiss(not self._final)


class LineScreen(Dialogue[str]):
    """Asks for a line of text.

    Args:
        title: what is asked for.
        text: what it is now.
        remark: what an empty answer means.
        does: what Enter does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, title: str, text: str, remark: str = "", does: str = "keeps it") -> None:
        super().__init__()
        self._title, self._text, self._remark, self._does = title, text, remark, does

    def compose(self) -> ComposeResult:
        """Show the line."""
        with Vertical(classes="dialogue") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = f"Enter {self._does} · Esc leaves it"
            yield Static(Content(self._remark), classes="said")
            yield Input(self._text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(event.value.strip())


class TellScreen(Dialogue[None]):
    """Tells more than there is room for elsewhere.

    Args:
        title: what it is about.
        lines: names of things, and the things.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,i", "dismiss", "Close"),
        Binding("j,down", "scroll(1)", "Down"),
        Binding("k,up", "scroll(-1)", "Up"),
        Binding("space,pagedown", "scroll(10)", "Page down"),
        Binding("b,pageup", "scroll(-10)", "Page up"),
    ]

    def __init__(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """Show it."""
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="bold")
        table.add_column(overflow="fold")
        for name, said in self._lines:
            table.add_row(Text(name), Text(said))
        with Vertical(classes="dialogue") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Esc closes"
            with VerticalScroll(can_focus=False, classes="told"):
                yield Static(table)

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

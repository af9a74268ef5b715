"""Small questions: yes or no, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.model.listing import ORDERS

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.model.listing import Order


class ConfirmScreen(ModalScreen[bool]):
    """Asks yes or no.

    Args:
        question: the question, as plain text.
        remark: what should be known before answering.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes"),
        Binding("n,escape,q", "answer(False)", "No"),
    ]

    def __init__(self, question: str, remark: str = "") -> None:
        super().__init__()
        self._question, self._remark = question, remark

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(classes="dialogue") as box:
            box.border_subtitle = "y or Enter yes · n or Esc no"
            yield Static(Content(f"{self._question}\n{self._remark}".rstrip()), classes="said")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)


class SortScreen(ModalScreen[str]):
    """Asks for an order.

    Args:
        order: the present one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Leave it"),
        Binding("j", "down", "Down"),
        Binding("k", "up", "Up"),
    ]

    def __init__(self, order: Order) -> None:
        super().__init__()
        self._order = order

    def compose(self) -> ComposeResult:
        """Show the orders."""
        with Vertical(classes="dialogue") as box:
            box.border_title = "Sort under each heading"
            box.border_subtitle = "Enter choose · Esc leave it"
            options = OptionList(
                *(Option(Content(f"{self._sign(order)} {name}"), id=order) for order, name in ORDERS.items())
            )
            options.highlighted = list(ORDERS).index(self._order)
            yield options

    def _sign(self, order: Order) -> str:
        return "●" if order == self._order else " "

    def action_down(self) -> None:
        """Go down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Go up."""
        self.query_one(OptionList).action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose."""
        self.dismiss(event.option_id or "page")

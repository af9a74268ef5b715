"""The question how the list is sorted: in which order, under which headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from reader.model.listing import GROUPINGS, ORDERS
from reader.ui.widgets.choice import Choice
from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from reader.model.listing import Grouping, Order

_CHOSEN: Final = "●"


class SortScreen(Dialogue[tuple["Order", "Grouping"]]):
    """Asks for an order and for headings; Enter takes what both columns are on.

    Args:
        order: the present one.
        grouping: the present one.
        ranked: whether there are matches, of which some are better than others; no page has them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Leave it"),
        Binding("tab,shift+tab,l,h,left,right", "other", "The other column"),
    ]

    def __init__(self, order: Order, grouping: Grouping, *, ranked: bool) -> None:
        super().__init__()
        self._order, self._grouping = order, grouping
        without = "page" if ranked else "relevance"
        self._orders = {name: said for name, said in ORDERS.items() if name != without}

    def compose(self) -> ComposeResult:
        """Show the orders and the headings."""
        with Vertical(id="sorting", classes="dialogue") as box:
            box.border_title = "Sort"
            box.border_subtitle = "Enter choose · Tab other column · Esc leave it"
            with Horizontal():
                yield from self._column("Order", "orders", self._orders, self._order)
                yield from self._column("Headings", "groupings", GROUPINGS, self._grouping)

    @staticmethod
    def _column(title: str, name: str, choices: Mapping[Any, str], now: str) -> ComposeResult:
        with Vertical():
            yield Static(Content(title), classes="label")
            signs = ((one, f"{_CHOSEN if one == now else ' '} {said}") for one, said in choices.items())
            options = Choice(*(Option(Content(said), id=one) for one, said in signs), id=name)
            options.highlighted = list(choices).index(now) if now in choices else 0
            yield options

    def on_mount(self) -> None:
        """Begin with the order."""
        self.query_one("#orders").focus()

    def action_other(self) -> None:
        """Go to the other column."""
        self.query_one("#orders" if self.query_one("#groupings").has_focus else "#groupings").focus()

    def on_option_list_option_selected(self) -> None:
        """Choose."""
        order, grouping = (self._at(name) for name in ("orders", "groupings"))
        self.dismiss((cast("Order", order), cast("Grouping", grouping)))

    def _at(self, name: str) -> str | None:
        choice = self.query_one(f"#{name}", Choice)
        option = choice.highlighted_option
        return None if option is None else option.id

"""How a source is looked after: which parts of its pages are the text, its headers, its login."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from reader.library import ERRORS
from reader.library.caring import Written
from reader.ui.widgets.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

_FIELDS: Final = (
    ("keep", "Keep: selectors (CSS) of the part of a page that is the text, one a line"),
    ("drop", "Drop: selectors of the parts that are not"),
    ("headers", "Headers sent with each request, one a line, as Name: value"),
    ("login", "Login: your name there; empty for none"),
    ("password", "Password, kept in the system's keyring; empty leaves it as it is"),
)
_LINES: Final = ("keep", "drop", "headers")
_KEYS: Final = "^s keeps it · Tab goes on · Esc leaves it"


class SourceSettingsScreen(Dialogue[bool]):
    """Asks how a source is looked after; what is wrong is said at its field, and nothing is kept then.

    Args:
        title: the source's.
        fields: how they are now.
        settle: keeps them, off the UI thread, or tells what is wrong by the names of the fields.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", priority=True),
        Binding("ctrl+s", "keep", "Keep", priority=True),
    ]

    def __init__(self, title: str, fields: Written, settle: Callable[[Written], Mapping[str, str]]) -> None:
        super().__init__()
        self._title, self._fields, self._settle = title, fields, settle
        self._busy = False

    def compose(self) -> ComposeResult:
        """Show the fields."""
        with Vertical(id="settings", classes="dialogue") as box:
            box.border_title = Content(f"Settings: {self._title}")
            box.border_subtitle = _KEYS
            with VerticalScroll(can_focus=False):
                for name, label in _FIELDS:
                    yield Static(Content(label), classes="label")
                    yield self._field(name)
                    yield Static(id=f"wrong-{name}", classes="wrong")

    def _field(self, name: str) -> TextArea | Input:
        text = getattr(self._fields, name)
        if name in _LINES:
            return TextArea(text, id=name, show_line_numbers=False, soft_wrap=True, tab_behavior="focus")
        return Input(text, id=name, password=name == "password")

    def _written(self) -> Written:
        keep, drop, headers = (self.query_one(f"#{name}", TextArea).text for name in _LINES)
        login, password = (self.query_one(f"#{name}", Input).value for name in ("login", "password"))
        return Written(keep, drop, headers, login, password)

    def action_leave(self) -> None:
        """Leave everything as it is."""
        if not self._busy:
            self.dismiss(False)  # noqa: FBT003 -- the answer

    def action_keep(self) -> None:
        """Keep what is written, if nothing is wrong with it."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._keep(self._written()))

    on_input_submitted = action_keep

    async def _keep(self, fields: Written) -> None:
        try:
            wrong = await asyncio.to_thread(self._settle, fields)
        except ERRORS as error:
            wrong = {"keep": str(error)}
        self._busy = False
        if not wrong:
            self.dismiss(True)  # noqa: FBT003 -- the answer
            return
        for name, _ in _FIELDS:
            said = self.query_one(f"#wrong-{name}", Static)
            said.update(Content(wrong.get(name, "")))
            said.display = name in wrong
        self.query_one(f"#{next(iter(wrong))}").focus()

"""One setting: picked from its values, or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.settings.checking import problem_of
from reader.settings.writing import bounds
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.settings.setting import Setting


class PickOneScreen(Dialogue[float | str]):
    """Asks for one of some words.

    Args:
        title: what it is for.
        words: what there is.
        chosen: what it is now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Leave it")]

    def __init__(self, title: str, words: Sequence[str], chosen: str) -> None:
        super().__init__()
        self._title, self._words, self._chosen = title, words, chosen

    def compose(self) -> ComposeResult:
        """Show the words."""
        with Vertical(id="one", classes="dialogue") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter takes it · Esc leaves it"
            at = self._words.index(self._chosen) if self._chosen in self._words else 0
            yield PickList(len(self._words), self._pick, at)

    def _pick(self, number: int) -> Pick:
        word = self._words[number]
        return Pick("● " if word == self._chosen else "  ", word)

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """Answer."""
        event.stop()
        self.dismiss(self._words[event.number])


class ValueScreen(Dialogue[float | str]):
    """Asks for a number or a text; what it cannot be is said, and nothing is answered then.

    Args:
        setting: what it is for.
        text: what it is now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, setting: Setting, text: str) -> None:
        super().__init__()
        self._setting, self._text = setting, text

    def compose(self) -> ComposeResult:
        """Show the line to type in."""
        with Vertical(id="value", classes="dialogue") as box:
            box.border_title = Content(self._setting.name)
            box.border_subtitle = "Enter keeps it · Esc leaves it"
            told = bounds(self._setting)
            yield Static(Content(f"{self._setting.sentence}{f' ({told})' if told else ''}"), classes="said")
            yield Input(self._text)
            yield Static(classes="wrong")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, if it can be that."""
        value = self._setting.from_word(event.value.strip())
        if self._setting.fits(value):
            self.dismiss(value)  # type: ignore[arg-type] # a number or a text: it fits
        else:
            said = self.query_one(".wrong", Static)
            said.update(Content(problem_of(self._setting, value)))
            said.display = True

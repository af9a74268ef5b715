"""The settings: what each is, does and could be, changed where it stands; the user's own file says so afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.library.preferring import PreferenceError
from reader.settings.known import TABLE, grouped
from reader.settings.setting import as_toml
from reader.settings.writing import bounds
from reader.ui.dialogs.setting import PickOneScreen, ValueScreen
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen

    from reader.settings import Loaded
    from reader.settings.setting import Setting

_KEYS: Final = "Enter ← → change · d default · / find · Esc closes"
_WIDE: Final = 100
"""How many values a number has at the most that is changed by ones."""


class Preferred(Protocol):
    """Who owns the settings, as far as this file knows him."""

    async def loaded(self) -> Loaded:
        """Read what holds now, and where it comes from."""

    async def write(self, name: str, value: bool | float | str | None) -> None:
        """Write a setting into the user's file, and follow it at once."""


class SettingList(PickList):
    """The settings, of which fewer are offered while one searches."""

    def offer(self, count: int) -> None:
        """Offer other ones, the cursor on the first."""
        self._count, self._top, self.cursor = count, 0, 0
        self.post_message(self.Moved(0))
        self.refresh()


class SettingsScreen(Dialogue[None]):
    """Lists the settings, and changes them in the user's file.

    Args:
        preferred: reads and writes them.
        loaded: what holds.
        themes: the names of the themes there are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("q", "leave", "Close", show=False),
        Binding("slash", "find", "Find"),
        Binding("l,right", "step(1)", "More"),
        Binding("h,left", "step(-1)", "Less"),
        Binding("d,backspace,delete", "reset", "Default"),
    ]

    def __init__(self, preferred: Preferred, loaded: Loaded, themes: Sequence[str]) -> None:
        super().__init__()
        self._preferred, self._loaded, self._themes = preferred, loaded, tuple(themes)
        self._all = [setting for _, settings in grouped() for setting in settings]
        self._found = list(self._all)
        self._list = SettingList(len(self._found), self._pick)
        self._about = Static(classes="about")
        self._turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Show the list, and under it what the setting under the cursor is."""
        with Vertical(id="preferences", classes="dialogue") as box:
            box.border_title = "Settings"
            box.border_subtitle = _KEYS
            yield Input(placeholder="/ finds a setting")
            yield self._list
            yield self._about

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()
        self._tell()

    # -- what is shown

    def _pick(self, number: int) -> Pick:
        setting = self._found[number]
        changed = getattr(self._loaded.settings, setting.name) != setting.default
        return Pick("● " if changed else "  ", setting.name, self._shown(setting))

    def _shown(self, setting: Setting) -> str:
        value = getattr(self._loaded.settings, setting.name)
        if setting.kind == "table":
            return "in the file" if value != setting.default else "none"
        return as_toml(value)

    @property
    def _setting(self) -> Setting | None:
        """The setting under the cursor."""
        return self._found[self._list.cursor] if 0 <= self._list.cursor < len(self._found) else None

    def _tell(self, wrong: str = "") -> None:
        setting = self._setting
        if setting is None:
            self._about.update(Content("No setting has that in its name or its sentence."))
            return
        default = as_toml(setting.default) if setting.kind != "table" else "none"
        told = bounds(setting)
        lines = [Content(setting.sentence), Content.styled(f"Default {default}{f' · {told}' if told else ''}", "dim")]
        if over := self._overridden(setting):
            lines.insert(0, Content(over))
        if wrong:
            lines.insert(0, Content.styled(wrong, "bold $error"))
        self._about.update(Content("\n").join(lines))

    def _overridden(self, setting: Setting) -> str:
        match self._loaded.origin(setting.name):
            case "environment":
                return f"READER_{setting.name.upper()} in the environment goes before the file."
            case "flag":
                return "--set on the command line goes before the file."
        return ""

    def on_pick_list_moved(self) -> None:
        """Tell of the setting under the cursor."""
        self._tell()

    # -- finding

    def action_find(self) -> None:
        """Go to the line to type in."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what has every word that was typed."""
        words = event.value.casefold().split()
        self._found = [one for one in self._all if all(word in _searched(one) for word in words)]
        self._list.offer(len(self._found))

    def on_input_submitted(self) -> None:
        """Go to what was found."""
        self._list.focus()

    def action_leave(self) -> None:
        """End the search, or leave."""
        typed = self.query_one(Input)
        if typed.has_focus or typed.value:
            typed.value = ""
            self._list.focus()
        else:
            self.dismiss()

    # -- changing

    def on_pick_list_picked(self) -> None:
        """Change the setting: at once where there are two values, else by asking for one."""
        setting = self._setting
        if setting is None:
            return
        name, value = setting.name, getattr(self._loaded.settings, setting.name)
        if setting.kind == "table":
            self._tell(f"{name} is written in the file: `reader config edit` opens it.")
        elif setting.kind == "flag":
            self._write(name, not value)
        elif choices := self._choices(setting):
            self._ask(PickOneScreen(setting.name, choices, value), name)
        else:
            self._ask(ValueScreen(setting, as_toml(value) if not isinstance(value, str) else value), name)

    def _ask(self, screen: Screen[float | str], name: str) -> None:
        def answered(value: float | str | None) -> None:
            if value is not None:
                self._write(name, value)

        self.app.push_screen(screen, answered)

    def _choices(self, setting: Setting) -> tuple[str, ...]:
        return self._themes if setting.name == "theme" else setting.choices

    def action_step(self, step: int) -> None:
        """Take the next value, or the one before."""
        if (setting := self._setting) is not None:
            self.run_worker(self._written(setting.name, step=step))

    def action_reset(self) -> None:
        """Take the default again: the file says nothing of it any more."""
        if (setting := self._setting) is None:
            return
        if setting.kind == "table":
            self._tell(f"{setting.name} is written in the file: `reader config edit` opens it.")
        else:
            self._write(setting.name, None)

    def _write(self, name: str, value: float | str | None) -> None:
        self.run_worker(self._written(name, value))

    async def _written(self, name: str, value: float | str | None = None, *, step: int = 0) -> None:
        # One after the other: each step is one from where the last one led.
        async with self._turn:
            if step:
                value = self._stepped(TABLE[name], step)
                if value is None:
                    return
            wrong = ""
            try:
                await self._preferred.write(name, value)
            except PreferenceError as error:
                wrong = str(error)
            self._loaded = await self._preferred.loaded()
            self._list.refresh()
            self._tell(wrong)

    def _stepped(self, setting: Setting, step: int) -> float | str | None:
        value = getattr(self._loaded.settings, setting.name)
        if setting.kind == "flag":
            return not value
        if choices := self._choices(setting):
            at = choices.index(value) + step if value in choices else 0
            return choices[at % len(choices)]
        if setting.kind not in {"whole", "number"}:
            return None
        size = 1 if setting.kind == "number" or setting.most - setting.least <= _WIDE else 10
        moved = max(setting.least, min(setting.most, value + step * size))
        return int(moved) if setting.kind == "whole" else float(moved)


def _searched(setting: Setting) -> str:
    return f"{setting.name} {setting.name.replace('_', ' ')} {setting.group} {setting.sentence}".casefold()

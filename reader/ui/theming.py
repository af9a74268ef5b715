"""Which theme the app has: the one that was chosen, or the one that goes with the terminal; and whether in ASCII."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

from reader.model.signs import encoding, only_ascii
from reader.ui import ground
from reader.ui.themes import DARK, OURS

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from reader.settings import Settings
    from reader.ui.driver import TerminalDriver

AUTO: Final = "auto"
"""The name that stands for following the terminal."""


class Theming:
    """Owns what was chosen; what is shown may be another theme for a moment, while one looks at it.

    Args:
        app: the app, which has not begun.
        settings: what the user prefers.
        theme: what was chosen when the app was left, empty for what the settings say.
        light: what a terminal told last of its background, None where none did.
    """

    def __init__(self, app: App[Any], settings: Settings, theme: str = "", light: bool | None = None) -> None:
        self._app, self._settings = app, settings
        self.wrong: list[str] = []
        """What is wrong with the names in the settings, a line each."""
        for ours in OURS:
            app.register_theme(ours)
        self._pair = {
            True: self._known(settings.theme_dark, DARK.name),
            False: self._known(settings.theme_light, "reader-light"),
        }
        chosen = theme or settings.theme
        self.chosen = chosen if chosen == AUTO else self._known(chosen, AUTO)
        """A theme's name, or AUTO."""
        self._light = light
        self._begin_with(self._meant(self.chosen))

    def _known(self, name: str, otherwise: str) -> str:
        there = self._app.available_themes
        if name in there:
            return name
        line = f"There is no theme called {name}; there are {', '.join((AUTO, *there))}"
        if line not in self.wrong:
            self.wrong.append(line)
        return otherwise

    def _begin_with(self, theme: str) -> None:
        """Take a theme before anything is drawn; to set it like any other would parse the stylesheet twice."""
        app = self._app
        app.set_reactive(App.theme, theme)
        dark = app.current_theme.dark
        app.update_classes({f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
        app.stylesheet.set_variables(app.get_css_variables())

    @property
    def names(self) -> list[str]:
        """The names of all themes: AUTO, ours, then Textual's."""
        ours = [theme.name for theme in OURS]
        return [AUTO, *ours, *sorted(set(self._app.available_themes) - set(ours))]

    @property
    def follows(self) -> bool:
        """Whether the terminal is to be asked."""
        return self.chosen == AUTO and ground.can_be_asked(os.environ)

    @property
    def as_kept(self) -> dict[str, Any]:
        """What a session keeps of it: what is as the settings say is left to them."""
        return {"theme": self.chosen if self.chosen != self._settings.theme else "", "light": self._light}

    def _meant(self, chosen: str) -> str:
        return self._pair[self._dark()] if chosen == AUTO else chosen

    def _dark(self) -> bool:
        """Tell whether the terminal is taken to be dark: as it told, or what told last, or its environment says."""
        if not ground.can_be_asked(os.environ):
            return True
        if self._light is not None:
            return not self._light
        told = ground.told_by(os.environ)
        return True if told is None else told

    def try_on(self, name: str) -> None:
        """Show a theme for now."""
        self._app.theme = self._meant(name)

    def choose(self, name: str) -> None:
        """Show a theme from now on, or follow the terminal."""
        followed, self.chosen = self.follows, name
        self.try_on(name)
        if self.follows and not followed:
            self._ask()

    def toggle(self) -> None:
        """Change between the theme for the light and the one for the dark."""
        self.choose(self._pair[not self._app.current_theme.dark])

    def told(self, dark: bool) -> None:
        """The terminal tells whether it is dark now."""
        shown = self._app.theme
        before, self._light = self._meant(self.chosen), not dark
        if shown == before:  # else one is looking at another theme just now
            self.try_on(self.chosen)

    def follow(self, settings: Settings) -> None:
        """Take the settings anew: they changed while the app is open."""
        self.wrong.clear()
        before, self._settings = self._settings, settings
        self._pair = {
            True: self._known(settings.theme_dark, DARK.name),
            False: self._known(settings.theme_light, "reader-light"),
        }
        if settings.theme != before.theme:
            self.choose(settings.theme if settings.theme == AUTO else self._known(settings.theme, AUTO))
        else:
            self.choose(self.chosen)

    def _ask(self) -> None:
        driver: TerminalDriver | None = getattr(self._app, "_driver", None)
        ask = getattr(driver, "ask_ground", None)
        if ask is not None:
            ask()


def in_ascii(settings: Settings) -> tuple[bool, list[LineFilter]]:
    """Tell whether signs are to be ASCII; give what makes all that is drawn so, and such as the terminal can write."""
    written = encoding(os.environ)
    signs = only_ascii(os.environ) if settings.ascii == "auto" else settings.ascii == "on"
    if not signs and written == "utf-8":
        return False, []
    from reader.ui.plain import Plain

    return signs, [Plain(signs=signs, encoding=written)]

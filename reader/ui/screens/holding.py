"""The keys that hold while the app runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.own import keymap
from reader.ui.screens.talking import TalkingScreen

if TYPE_CHECKING:
    from textual.app import App

    from reader.settings import Settings


class HeldKeys:
    """Owns the keys of an app; what is shown of them follows.

    Args:
        app: the app.
        settings: what the user prefers.
    """

    def __init__(self, app: App[None], settings: Settings) -> None:
        self._app = app
        self.keymap, self.wrong, self.clashes = keymap(settings)
        """The keys; what is wrong with the settings of them; what is wrong with those of the user's own commands."""

    def use(self, settings: Settings) -> list[str]:
        """Let other keys hold from now on, and give what is wrong with them, a line each."""
        self.keymap, self.wrong, self.clashes = keymap(settings)
        for screen in self._app.screen_stack if self._app.is_running else ():
            if isinstance(screen, TalkingScreen):
                screen.keys_changed()
        return [*self.wrong, *self.clashes]

"""The keys that hold while the app runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands import of
from reader.ui.screens.talking import TalkingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

    from reader.commands import Command
    from reader.settings import Keying


class HeldKeys:
    """Owns the keys of an app; what is shown of them follows.

    Args:
        app: the app.
        keying: what the settings say of keys.
        more: commands besides those of the table.
    """

    def __init__(self, app: App[None], keying: Keying, more: Sequence[Command] = ()) -> None:
        self._app = app
        self.keymap, self.wrong = of(keying.preset, dict(keying.bound), more)

    def use(self, keying: Keying, more: Sequence[Command] = ()) -> list[str]:
        """Let other keys hold from now on.

        Args:
            keying: what the settings say of keys.
            more: commands besides those of the table.

        Returns:
            What is wrong, a line each.
        """
        self.keymap, self.wrong = of(keying.preset, dict(keying.bound), more)
        for screen in self._app.screen_stack if self._app.is_running else ():
            if isinstance(screen, TalkingScreen):
                screen.keys_changed()
        return self.wrong

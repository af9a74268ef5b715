"""The settings, changed in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage
    from reader.ui.dialogs.settings import Preferred


class _Preferring(Protocol):
    """The app, as far as this file knows it: it is above."""

    preferences: Preferred


@action("settings")
def settings(stage: Stage) -> None:
    """Show the settings; what is changed holds at once."""
    from reader.ui.dialogs.settings import SettingsScreen

    app = stage.pane.app
    preferences = cast("_Preferring", app).preferences

    async def shown() -> None:
        loaded = await preferences.loaded()
        stage.ask(SettingsScreen(preferences, loaded, sorted(app.available_themes)), lambda _: None)

    app.run_worker(shown())

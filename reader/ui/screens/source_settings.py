"""Asks how a source is looked after, and keeps the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library import caring
from reader.ui.dialogs.source_settings import SourceSettingsScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reader.library.caring import Written
    from reader.model.source import Source
    from reader.ui.screens.talking import TalkingScreen


def ask(screen: TalkingScreen, source: Source, changed: Callable[[], None]) -> None:
    """Ask over a screen.

    Args:
        screen: the one that asks.
        source: whose settings are asked for.
        changed: is called when they are kept.
    """
    subscriptions = screen.library.subscriptions

    def settle(fields: Written) -> Mapping[str, str]:
        return caring.settle(subscriptions, source, fields)

    def answered(kept: bool) -> None:
        if kept:
            changed()
            screen.say(f"{source.title}: kept. {screen.key('sources.refresh')} asks it now.")

    screen.ask(SourceSettingsScreen(source.title, caring.written(source.care), settle), answered)

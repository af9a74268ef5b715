"""Playing what came with an article, with the user's own player."""

from __future__ import annotations

import shlex
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Final

from reader.ui.actions import action
from reader.ui.actions.browsing import browse
from reader.ui.threads import hand_over

if TYPE_CHECKING:
    from textual.app import App

    from reader.ui.actions.stage import Stage

_NAME_ONE: Final = 'Name a player in config.toml, as in: player = "mpv"'
_AT_ONCE: Final = 1.5
"""Seconds within which a player that ends has played nothing."""


@action("article.play")
def play(stage: Stage) -> None:
    """Play the episode or film that came with the article."""
    from reader.ui.widgets.around import playable

    if stage.opened is None:
        return
    chosen = playable(stage.opened.article)
    if chosen is None or not chosen.url.startswith(("https://", "http://")):
        stage.say("Nothing to play came with this article.")
        return
    command = shlex.split(stage.settings.player)
    if not command:
        opened = f"Opened {chosen.url} in the browser; the setting player names a program to play it with."
        browse(stage, chosen.url, opened, f"No browser was found to play it. {_NAME_ONE}")
    else:
        _start(stage, [*command, chosen.url])


def _start(stage: Stage, command: list[str]) -> None:
    """Start a player that goes on when the app ends; the address is its last argument, and no shell sees it."""
    quiet = subprocess.DEVNULL
    try:
        player = subprocess.Popen(  # noqa: S603 -- the user's own player
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        stage.say(f"{command[0]}: {reason}. {_NAME_ONE}", warning=True)
        return
    stage.say(f"Playing {command[-1]} with {command[0]}.")
    threading.Thread(target=_follow, args=(stage, stage.pane.app, player, command[0]), daemon=True).start()


def _follow(stage: Stage, app: App[Any], player: subprocess.Popen[bytes], name: str) -> None:
    """Tell of a player that fails at once; of any, take note of its end, or it stays a shadow among the processes."""
    try:
        status = player.wait(_AT_ONCE)
    except subprocess.TimeoutExpired:
        player.wait()
        return
    if status:
        said = f"{name} ended at once, with {status}: it could not play this. The setting player names it."
        hand_over(app, stage.pane, lambda: stage.say(said, warning=True))

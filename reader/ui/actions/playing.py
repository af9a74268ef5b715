"""Playing what came with an article, with the user's own player."""

from __future__ import annotations

import shlex
import subprocess
import threading
from typing import TYPE_CHECKING

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


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
        stage.pane.app.open_url(chosen.url)
        stage.say(f"Opened {chosen.url} in the browser; the setting player names a program to play it with.")
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
        stage.say(f"{command[0]}: {reason}. The setting player names it.", warning=True)
        return
    # Somebody has to take note of its end, or it stays as a shadow in the list of processes.
    threading.Thread(target=player.wait, daemon=True).start()
    stage.say(f"Playing {command[-1]} with {command[0]}.")

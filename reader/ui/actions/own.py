"""The user's own commands, and giving the article to any program."""

from __future__ import annotations

import os
import subprocess
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.app import SuspendNotSupported

from reader.ui.actions import action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import App

    from reader.ui.actions.stage import Stage


class Own(Protocol):
    """The user's own commands, as the actions know them."""

    def run(self, command: str) -> None:
        """Run one by its id."""

    def pipe(self) -> None:
        """Ask for a program, and give it the article."""


@action("article.pipe")
def pipe(stage: Stage) -> None:
    """Ask for a program, and show what it says about the article."""
    stage.own.pipe()


def named(command: str) -> Callable[[Stage], None]:
    """Give what a command of the user's does, by its id."""
    return partial(_run, command)


def _run(command: str, stage: Stage) -> None:
    stage.own.run(command)


def hand_over(app: App[object], words: Sequence[str], data: bytes | None, more: Mapping[str, str]) -> str:
    """Give a program the terminal until it ends; give what was wrong, empty when nothing was.

    Args:
        app: what has the terminal now.
        words: the program's arguments, the program first.
        data: what it gets on its standard input; None leaves it the keyboard there.
        more: environment variables besides those that there are.
    """
    from reader.library.programs import expanded, named

    name = named(words)
    try:
        with app.suspend():
            found = subprocess.run(expanded(words), input=data, env={**os.environ, **more}, check=False)  # noqa: S603 -- the user's own program
    except (OSError, ValueError, KeyboardInterrupt, SuspendNotSupported) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return f"{name}: {reason or 'interrupted'}"
    return f"{name} ended with {found.returncode}" if found.returncode else ""

"""What each command does: a function for each id of `reader.commands`, in a file a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.actions.stage import Stage

ACTIONS: dict[str, Callable[[Stage], None]] = {}
"""The function of each command, by its id."""


def action(name: str) -> Callable[[Callable[[Stage], None]], Callable[[Stage], None]]:
    """Make a function what the command of this id does."""

    def register(function: Callable[[Stage], None]) -> Callable[[Stage], None]:
        ACTIONS[name] = function
        return function

    return register


from reader.ui.actions import (  # noqa: E402 -- they fill ACTIONS
    adding,
    bulk,
    exporting,
    finding,
    highlighting,
    marking,
    moving,
    notebook,
    notes,
    own,
    playing,
    preferring,
    reading,
    sources,
    stories,
    tagging,
    undoing,
    viewing,
    views,
)


def function_of(command: str) -> Callable[[Stage], None]:
    """Give what a command does, by its id; one that is none of ours is the user's own."""
    return ACTIONS.get(command) or own.named(command)


__all__ = [
    "ACTIONS",
    "action",
    "adding",
    "bulk",
    "exporting",
    "finding",
    "function_of",
    "highlighting",
    "marking",
    "moving",
    "notebook",
    "notes",
    "own",
    "playing",
    "preferring",
    "reading",
    "sources",
    "stories",
    "tagging",
    "undoing",
    "viewing",
    "views",
]

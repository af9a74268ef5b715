"""The keys of the history: its bindings, its bottom lines and its help follow from this table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from reader.commands import Command, shown

if TYPE_CHECKING:
    from textual.binding import BindingType

COMMANDS: Final = tuple(
    replace(command, group="History")
    for command in (
        Command("move(1)", ("j", "down"), "Down", "The next article."),
        Command("move(-1)", ("k", "up"), "Up", "The article before."),
        Command("move(-1000000000)", ("g g", "home"), "Top", "What was read last."),
        Command("move(1000000000)", ("G", "end"), "Bottom", "What was read first."),
        Command("page(1)", ("space", "pagedown", "ctrl+f"), "Page down", "A page on."),
        Command("page(-1)", ("b", "pageup", "ctrl+b"), "Page up", "A page back."),
        Command("go", ("enter", "l", "right"), "Read", "Read the article again.", footer="read"),
        Command("turn", ("tab",), "Other side", "From the days to the figures, and back.", footer="days/figures"),
        Command("back", ("escape", "q", "h", "left"), "Back", "Back to the articles.", footer="back"),
        Command("help", ("?", "f1"), "Help", "These keys, searchable.", footer="help"),
        Command("palette", (":",), "Commands", "Find a command of the articles by its name."),
        Command("quit", ("Q",), "Quit", "Leave the app; everything is kept."),
    )
)
SEQUENCES: Final = {key: command.id for command in COMMANDS for key in command.keys if " " in key}
"""What is done by two keys, one after the other."""


def bindings() -> list[BindingType]:
    """Give the bindings; sequences of keys are not among them."""
    return [
        Binding(",".join(key for key in command.keys if " " not in key), command.id, command.name)
        for command in COMMANDS
    ]


def hints() -> list[tuple[str, str]]:
    """Give the keys to show, each with its word."""
    return [(shown(command.keys[0]), command.footer) for command in COMMANDS if command.footer]

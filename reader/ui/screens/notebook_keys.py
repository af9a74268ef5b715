"""The keys of the notebook: its bindings, its bottom lines and its help follow from this table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from reader.commands import Command, shown

if TYPE_CHECKING:
    from textual.binding import BindingType

COMMANDS: Final = tuple(
    replace(command, group="Notebook")
    for command in (
        Command("move(1)", ("j", "down"), "Down", "The next entry."),
        Command("move(-1)", ("k", "up"), "Up", "The entry before."),
        Command("move(-10000000)", ("g g", "home"), "Top", "The first entry."),
        Command("move(10000000)", ("G", "end"), "Bottom", "The last entry."),
        Command("page(1)", ("space", "pagedown", "ctrl+f"), "Page down", "A page on."),
        Command("page(-1)", ("b", "pageup", "ctrl+b"), "Page up", "A page back."),
        Command("go", ("enter", "l", "right"), "Go there", "Read the article at the passage.", footer="go there"),
        Command("find", ("/",), "Find", "Find words in quotes, notes and titles.", footer="find"),
        Command(
            "turn", ("tab",), "What is shown", "Bookmarks; notes and highlights; or all.", footer="bookmarks/notes/all"
        ),
        Command("turn('bookmarks')", ("B",), "Bookmarks", "Show the bookmarks."),
        Command("turn('notes')", ("g n",), "Notes and highlights", "Show the notes and highlights."),
        Command("note", ("a",), "Note", "Write or edit the note of the entry.", footer="note"),
        Command(
            "delete", ("d",), "Delete", "Remove the bookmark, delete the note or the highlight.", footer="delete"
        ),
        Command("color", ("C",), "Colour", "Give the highlight the next colour.", footer="colour"),
        Command("undo", ("U",), "Take back", "Take back the last change.", footer="undo"),
        Command("copy", ("y",), "Copy", "Copy the quote with your note.", footer="copy"),
        Command("back", ("escape", "q", "h", "left"), "Back", "End the search, then go back.", footer="back"),
        Command("help", ("?", "f1"), "Help", "These keys, searchable.", footer="help"),
        Command("palette", (":",), "Commands", "Find a command of the articles by its name."),
        Command("quit", ("Q",), "Quit", "Leave the app; everything is kept."),
    )
)  # fmt: skip
SEQUENCES: Final = {key: command.id for command in COMMANDS for key in command.keys if " " in key}
"""What is done by two keys, one after the other."""
_LOOKING: Final = frozenset({"go", "find", "turn", "copy", "back", "help"})
"""What can be done too while another reader is open."""


def bindings() -> list[BindingType]:
    """Give the bindings; sequences of keys are not among them."""
    return [
        Binding(",".join(key for key in command.keys if " " not in key), command.id, command.name)
        for command in COMMANDS
        if any(" " not in key for key in command.keys)
    ]


def hints(*, read_only: bool) -> list[tuple[str, str]]:
    """Give the keys to show, each with its word: those that do something."""
    shows = [command for command in COMMANDS if command.footer and (not read_only or command.id in _LOOKING)]
    return [(shown(command.keys[0]), command.footer) for command in shows]

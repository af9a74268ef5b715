"""The keys of the sources screen: its bindings, its bottom lines and its help follow from this table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from reader.commands import Command, shown

if TYPE_CHECKING:
    from textual.binding import BindingType

COMMANDS: Final = tuple(
    replace(command, group="Sources")
    for command in (
        Command("move(1)", ("j", "down"), "Down", "The next source."),
        Command("move(-1)", ("k", "up"), "Up", "The source before."),
        Command("move(-1000000)", ("g", "home"), "Top", "The first source."),
        Command("move(1000000)", ("G", "end"), "Bottom", "The last source."),
        Command("page(1)", ("space", "pagedown", "ctrl+f"), "Page down", "A page on."),
        Command("page(-1)", ("b", "pageup", "ctrl+b"), "Page up", "A page back."),
        Command("articles", ("enter", "l", "right"), "Articles", "Show the articles of the source.", footer="articles"),
        Command("refresh_one", ("r",), "Refresh", "Ask the source for what is new.", footer="refresh"),
        Command("refresh_all", ("R",), "Refresh all", "Ask all sources for what is new; again stops it.", footer="all"),
        Command("rename", ("e",), "Rename", "Give the source another name.", footer="rename"),
        Command("folder", ("f",), "Folder", "Put the source into a folder.", footer="folder"),
        Command(
            "full_text",
            ("x",),
            "Whole articles",
            "When whole articles are fetched: where the text is cut off, always, or by x alone.",
            footer="full text",
        ),
        Command(
            "settings",
            ("s",),
            "Settings",
            "Which parts of its pages are the text, headers, login and password.",
            footer="settings",
        ),
        Command("pause", ("p",), "Pause", "Leave the source out of refreshing, or take it in again.", footer="pause"),
        Command(
            "remove",
            ("d",),
            "Remove",
            "Remove the source and its articles, those with marks excepted; asks first.",
            footer="remove",
        ),
        Command("more", ("i",), "More", "All that is known of the source.", footer="more"),
        Command("add", ("+",), "Add", "Add a feed, a web page, a file, a folder or a pasted text.", footer="add"),
        Command("back", ("escape", "q", "h", "left", "backslash"), "Back", "Back to the articles.", footer="back"),
        Command("help", ("?", "f1"), "Help", "These keys, searchable.", footer="help"),
        Command("palette", (":",), "Commands", "Find a command of the articles by its name."),
        Command("quit", ("Q",), "Quit", "Leave the app; everything is kept."),
    )
)
_LOOKING: Final = frozenset({"articles", "more", "back", "help"})
"""What can be done too while another reader is open."""


def bindings() -> list[BindingType]:
    """Give the bindings."""
    return [Binding(",".join(command.keys), command.id, command.name) for command in COMMANDS]


def hints(*, read_only: bool) -> list[tuple[str, str]]:
    """Give the keys to show, each with its word: those that do something."""
    shows = [command for command in COMMANDS if command.footer and (not read_only or command.id in _LOOKING)]
    return [(shown(command.keys[0]), command.footer) for command in shows]

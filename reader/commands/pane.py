"""Commands of the pane of views, tags and sources."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
    Command("views.down", (), "Down", "The next line.", "views", like="cursor.down"),
    Command("views.up", (), "Up", "The line before.", "views", like="cursor.up"),
    Command("views.top", (), "Top", "The first line.", "views", like="cursor.top"),
    Command("views.bottom", (), "End", "The last line.", "views", like="cursor.bottom"),
    Command("views.page_down", ("ctrl+d",), "Page down", "A page on.", "views", like="page.down"),
    Command("views.page_up", ("ctrl+u",), "Page up", "A page back.", "views", like="page.up"),
    Command(
        "views.show", ("enter",), "Show", "List the articles of this view, tag, folder or source.", "views", "show"
    ),
    Command("views.in", ("l", "right"), "Unfold or show", "Unfold the line, or list its articles.", "views"),
    Command(
        "views.out", ("h", "left"), "Fold", "Fold the line, or go to what it is in, then back to the list.", "views"
    ),
    Command("views.fold", ("z a",), "Fold or unfold", "Fold or unfold the folder or section.", "views"),
    Command("views.fold_all", ("z M",), "Fold all", "Fold all folders and sections.", "views"),
    Command("views.unfold_all", ("z R",), "Unfold all", "Unfold all folders and sections.", "views"),
    Command("views.find", ("/",), "Find a name", "Show only the lines with what is typed.", "views", "find"),
    Command(
        "views.add",
        ("+",),
        "Keep or add",
        "On views, keep what the list shows as a view; on sources, add one.",
        "views",
        "keep list",
    ),
    Command("views.edit", ("e",), "Edit the view", "Change the name and the query of your own view.", "views", "edit"),
    Command(
        "views.remove", ("d",), "Remove the view", "Remove your own view; {undo} brings it back.", "views", "remove"
    ),
    Command("views.source", ("i",), "About the source", "Show the source among all sources.", "views", "source"),
    Command(
        "views.leave", ("escape", "q"), "Back", "Back to the list; a search in the names ends first.", "views", "back"
    ),
)

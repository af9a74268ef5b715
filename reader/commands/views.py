"""Commands that change what is shown."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
    Command("search", ("/",), "Search", "Search headlines, bylines and texts as you type.", "list", footer="search"),
    Command("view.all", ("1",), "All", "Show all articles.", "list"),
    Command("view.unread", ("2",), "Unread", "Show unread articles.", "list"),
    Command("view.bookmarked", ("3",), "Bookmarks", "Show bookmarked articles.", "list"),
    Command("view.notes", ("4",), "Notes", "Show articles with notes or highlights.", "list"),
    Command("notebook.bookmarks", ("B",), "Bookmarks, newest first", "Every bookmark by article, searchable."),
    Command(
        "notebook.notes", ("g n",), "Notebook", "Every note and highlight by article, searchable; Enter goes there."
    ),
    Command("view.guide", (), "Guide", "Show the built-in guide, or leave it."),
    Command("view.sort", ("S",), "Sort", "Choose the order of the articles under their headings."),
    Command("view.compact", ("c",), "Compact list", "One line an article, or all of it."),
    Command("view.zen", ("z",), "Zen", "The article alone, or everything again."),
    Command("view.theme", (), "Light or dark", "Change between the light and the dark theme."),
    Command("split.narrower", ("<",), "Narrower list", "Give the list less room."),
    Command("split.wider", (">",), "Wider list", "Give the list more room."),
    Command("measure.narrower", ("-",), "Narrower text", "Shorter lines of text."),
    Command("measure.wider", ("=",), "Wider text", "Longer lines of text.", article_keys=("+",)),
)

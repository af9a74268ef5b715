"""Commands that change what is shown."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
    Command("search", ("/",), "Search", "Search everything as you type; Enter keeps it.", "list", footer="search"),
    Command("view.filter", ("F",), "Filter", "Narrow this view: words, is:unread, author:, minutes:<5, …", "list"),
    Command(
        "view.renew", ("g r", "ctrl+l"), "Show what is new", "Bring in what came since the list was opened.", "list"
    ),
    Command("view.all", ("1",), "All", "Show all articles.", "list"),
    Command("view.unread", ("2",), "Unread", "Show unread articles.", "list"),
    Command("view.bookmarked", ("3",), "Bookmarks", "Show bookmarked articles.", "list"),
    Command("view.notes", ("4",), "Notes", "Show articles with notes or highlights.", "list"),
    Command("view.started", ("5",), "In progress", "Show articles that are begun and not finished.", "list"),
    Command("view.today", ("6",), "Today", "Show what came today.", "list"),
    Command("view.seventh", ("7",), "Seventh view", "Show the first of your own views.", "list"),
    Command("view.eighth", ("8",), "Eighth view", "Show the second of your own views.", "list"),
    Command("view.ninth", ("9",), "Ninth view", "Show the third of your own views.", "list"),
    Command(
        "views.pane",
        ("backslash",),
        "Views, tags, sources",
        "Open or close the pane of views, tags and sources, with what is unread in each.",
    ),
    Command(
        "views.jump", ("g s",), "Go to a view", "Go to a view, a tag, a folder or a source by some of its letters."
    ),
    Command("view.save", ("g w",), "Keep as a view", "Keep what the list shows, or what was searched, as a view."),
    Command("notebook.bookmarks", ("B",), "Bookmarks, newest first", "Every bookmark by article, searchable."),
    Command(
        "notebook.notes", ("g n",), "Notebook", "Every note and highlight by article, searchable; Enter goes there."
    ),
    Command("history", ("g h",), "History", "What you read and when, and figures of it: minutes a day, days in a row."),
    Command("view.guide", (), "Guide", "Show the built-in guide, or leave it."),
    Command("view.sort", ("S",), "Sort", "Choose the order of this view, and its headings or none."),
    Command("view.compact", ("c",), "Compact list", "One line an article, or all of it."),
    Command(
        "view.zen",
        ("z z",),
        "Zen",
        "The article alone, or everything again; z in the article.",
        "list",
        article_keys=("z",),
    ),
    Command("view.theme", (), "Light or dark", "Change between the light and the dark theme."),
    Command("view.themes", ("g t",), "Themes", "Choose a theme; each is shown as you go through them."),
    Command("split.narrower", ("<",), "Narrower list", "Give the list less room."),
    Command("split.wider", (">",), "Wider list", "Give the list more room."),
    Command("measure.narrower", ("-",), "Narrower text", "Shorter lines of text."),
    Command("measure.wider", ("=",), "Wider text", "Longer lines of text.", article_keys=("+",)),
)

"""Commands for the library and the app."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
    Command(
        "library.add",
        ("+",),
        "Add",
        "Add a feed, a web page, a file, a folder or a pasted text.",
        "list",
        footer="add",
    ),
    Command("sources", ("g S",), "Sources", "Where articles come from: settings, errors, removing."),
    Command("refresh.source", ("r",), "Refresh source", "Ask the source of this article for what is new."),
    Command("refresh.all", ("R",), "Refresh all", "Ask all sources for what is new; again stops it."),
    Command(
        "article.full_text",
        ("x",),
        "Whole article",
        "Fetch the article's page, then change between it and the text that came. ⇣ in the list: it is kept.",
    ),
    Command("article.play", ("P",), "Play", "Play the episode or film that came with the article."),
    Command(
        "article.pipe",
        ("|",),
        "Give to a program",
        "Give the article to any program on its standard input, and show what it says; no shell sees it.",
    ),
    Command("article.open_in_browser", ("o",), "Open in browser", "Open the article's link in the browser."),
    Command(
        "article.export",
        ("w",),
        "Export",
        "Take articles, notes and highlights elsewhere: the marked rows, the article, the view or all.",
    ),
    Command("copy", ("y",), "Copy", "Copy the selected text; without one, the link or the headline."),
    Command(
        "settings", ("g comma",), "Settings", "All settings, searchable; what you change is written and holds at once."
    ),
    Command("help", ("?", "f1"), "Help", "All keys, searchable.", footer="help"),
    Command("palette", (":", "ctrl+p"), "Commands", "Find any command by its name."),
    Command("quit", ("Q",), "Quit", "Leave the app; everything is kept."),
)

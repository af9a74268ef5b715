"""Commands of the screens that lie over the articles: the sources, the notebook, the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.commands.command import Command

if TYPE_CHECKING:
    from reader.commands.command import Where

_FAR: Final = 1_000_000_000
"""More lines than there are."""


def _moving(where: Where, one: str, first: str, last: str) -> tuple[Command, ...]:
    return (
        Command(f"{where}.down", (), "Down", f"The next {one}.", where, like="cursor.down", action="move(1)"),
        Command(f"{where}.up", (), "Up", f"The {one} before.", where, like="cursor.up", action="move(-1)"),
        Command(f"{where}.top", (), "Top", first, where, like="cursor.top", action=f"move(-{_FAR})"),
        Command(f"{where}.bottom", (), "Bottom", last, where, like="cursor.bottom", action=f"move({_FAR})"),
        Command(f"{where}.page_down", (), "Page down", "A page on.", where, like="page.down", action="page(1)"),
        Command(f"{where}.page_up", (), "Page up", "A page back.", where, like="page.up", action="page(-1)"),
    )


def _always(where: Where) -> tuple[Command, ...]:
    find = "Find a command of the articles by its name."
    return (
        Command(f"{where}.help", (), "Help", "These keys, searchable.", where, "help", like="help", action="help"),
        Command(f"{where}.palette", (), "Commands", find, where, like="palette", action="palette"),
        Command(f"{where}.quit", (), "Quit", "Leave the app; everything is kept.", where, like="quit", action="quit"),
    )


SOURCES: Final = (
    *_moving("sources", "source", "The first source.", "The last source."),
    Command(
        "sources.articles", (), "Articles", "Show the articles of the source.", "sources", "articles",
        like="go.in", action="articles",
    ),
    Command(
        "sources.refresh", (), "Refresh", "Ask the source for what is new.", "sources", "refresh",
        like="refresh.source", action="refresh_one",
    ),
    Command(
        "sources.refresh_all", (), "Refresh all", "Ask all sources for what is new; again stops it.", "sources", "all",
        like="refresh.all", action="refresh_all",
    ),
    Command("sources.rename", ("e",), "Rename", "Give the source another name.", "sources", "rename", action="rename"),
    Command("sources.folder", ("f",), "Folder", "Put the source into a folder.", "sources", "folder", action="folder"),
    Command(
        "sources.full_text", (), "Whole articles",
        "When whole articles are fetched: where the text is cut off, always, or by {article.full_text} alone.",
        "sources", "full text", like="article.full_text", action="full_text",
    ),
    Command(
        "sources.settings", ("s",), "Settings",
        "Which parts of its pages are the text, headers, login and password.", "sources", "settings",
        action="settings",
    ),
    Command(
        "sources.pause", ("p",), "Pause", "Leave the source out of refreshing, or take it in again.", "sources",
        "pause", action="pause",
    ),
    Command(
        "sources.remove", ("d",), "Remove",
        "Remove the source and its articles, those with marks excepted; asks first.", "sources", "remove",
        action="remove",
    ),
    Command("sources.more", ("i",), "More", "All that is known of the source.", "sources", "more", action="more"),
    Command(
        "sources.add", (), "Add", "Add a feed, a web page, a file, a folder or a pasted text.", "sources", "add",
        like="library.add", action="add",
    ),
    Command(
        "sources.back", ("escape", "q", "h", "left", "backslash"), "Back", "Back to the articles.", "sources", "back",
        action="back",
    ),
    *_always("sources"),
)  # fmt: skip

NOTEBOOK: Final = (
    *_moving("notebook", "entry", "The first entry.", "The last entry."),
    Command(
        "notebook.go", (), "Go there", "Read the article at the passage.", "notebook", "go there",
        like="go.in", action="go",
    ),
    Command(
        "notebook.find", (), "Find", "Find words in quotes, notes and titles.", "notebook", "find",
        like="search", action="find",
    ),
    Command(
        "notebook.turn", ("tab",), "What is shown", "Bookmarks; notes and highlights; or all.", "notebook",
        "bookmarks/notes/all", action="turn",
    ),
    Command(
        "notebook.only_bookmarks", (), "Bookmarks", "Show the bookmarks.", "notebook",
        like="notebook.bookmarks", action="turn('bookmarks')",
    ),
    Command(
        "notebook.only_notes", (), "Notes and highlights", "Show the notes and highlights.", "notebook",
        like="notebook.notes", action="turn('notes')",
    ),
    Command(
        "notebook.note", (), "Note", "Write or edit the note of the entry.", "notebook", "note",
        like="article.note", action="note",
    ),
    Command(
        "notebook.delete", (), "Delete", "Remove the bookmark, delete the note or the highlight.", "notebook",
        "delete", like="highlight.delete", action="delete",
    ),
    Command(
        "notebook.color", (), "Colour", "Give the highlight the next colour.", "notebook", "colour",
        like="highlight.color", action="color",
    ),
    Command("notebook.undo", (), "Take back", "Take back the last change.", "notebook", "undo",
            like="undo", action="undo"),
    Command("notebook.copy", (), "Copy", "Copy the quote with your note.", "notebook", "copy",
            like="copy", action="copy"),
    Command(
        "notebook.back", ("escape", "q", "h", "left"), "Back", "End the search, then go back.", "notebook", "back",
        action="back",
    ),
    *_always("notebook"),
)  # fmt: skip

HISTORY: Final = (
    *_moving("history", "article", "What was read last.", "What was read first."),
    Command("history.go", (), "Read", "Read the article again.", "history", "read", like="go.in", action="go"),
    Command(
        "history.turn", ("tab",), "Other side", "From the days to the figures, and back.", "history", "days/figures",
        action="turn",
    ),
    Command(
        "history.back", ("escape", "q", "h", "left"), "Back", "Back to the articles.", "history", "back",
        action="back",
    ),
    *_always("history"),
)  # fmt: skip

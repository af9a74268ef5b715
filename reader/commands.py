"""Every command told once: its id, its keys, its name and its help.

Footer, help, palette, `reader keys` and the user's own keys all follow from this table; what a command
does is in `reader.ui.actions`, under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

Where: TypeAlias = Literal["both", "list", "article"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can ask for.

    `keys` are Textual's key names, a sequence's keys parted by a space; `where` is the pane whose focus
    they need, and `article_keys` work in the article alone. `footer` is the word for the footer, a
    shorter one behind the bar.
    """

    id: str
    keys: tuple[str, ...]
    name: str
    help: str
    where: Where = "both"
    footer: str = ""
    article_keys: tuple[str, ...] = ()
    group: str = ""


def _commands() -> tuple[Command, ...]:
    made: list[Command] = []

    def group(title: str, *commands: Command) -> None:
        made.extend(replace(command, group=title) for command in commands)

    group(
        "Moving",
        Command("cursor.down", ("j", "down"), "Down", "List: the next article. Article: down a line."),
        Command("cursor.up", ("k", "up"), "Up", "List: the previous article. Article: up a line."),
        Command("cursor.top", ("g g", "home"), "Top", "To the very top."),
        Command("cursor.bottom", ("G", "end"), "Bottom", "To the very end."),
        Command(
            "page.down",
            ("space", "pagedown", "ctrl+f"),
            "Page down",
            "A page on, two lines kept. At an article's end once more goes to the next unread.",
            footer="page",
        ),
        Command("page.up", ("b", "pageup", "ctrl+b"), "Page up", "A page back, two lines kept."),
        Command("page.half_down", ("ctrl+d",), "Half a page down", "Half a page on."),
        Command("page.half_up", ("ctrl+u",), "Half a page up", "Half a page back."),
        Command(
            "go.in",
            ("enter", "l", "right"),
            "Open",
            "Into the article; on a folded section, unfold it.",
            "list",
            footer="read",
        ),
        Command(
            "go.back",
            ("h", "left", "escape", "q"),
            "Back",
            "Back one level: from the article to the list.",
            "article",
            footer="back",
        ),
        Command("go.up", ("escape",), "Leave the view", "End the search, then leave the view.", "list"),
        Command("go.out", ("q",), "Leave", "End the search, then leave the view, then quit.", "list"),
        Command("section.fold", ("h", "left"), "Fold section", "Fold the section of this article.", "list"),
        Command("pane.next", ("tab",), "Next pane", "To the other pane."),
        Command("pane.previous", ("shift+tab",), "Previous pane", "To the other pane."),
        Command(
            "unread.next",
            ("n",),
            "Next unread",
            "To the next unread article. While a search is on: to the next match.",
            footer="next unread|next",
        ),
        Command("unread.previous", ("p",), "Previous unread", "To the unread article before this one."),
        Command("article.next", ("J",), "Next article", "To the next article, still reading.", "article"),
        Command("article.previous", ("K",), "Previous article", "To the article before, still reading.", "article"),
        Command("article.scroll_down", ("J",), "Scroll article down", "Scroll the article beside the list.", "list"),
        Command("article.scroll_up", ("K",), "Scroll article up", "Scroll the article beside the list.", "list"),
    )
    group(
        "Marking",
        Command(
            "article.toggle_read",
            ("m",),
            "Read or unread",
            "Mark the article read, or unread again.",
            footer="read/unread|mark",
        ),
        Command(
            "search.previous",
            ("N",),
            "Read or unread; previous match",
            "While a search is on: to the match before. Else the same as m.",
        ),
        Command(
            "view.mark_all_read",
            ("A",),
            "Mark all read",
            "Mark every article of this view read; asks first, U takes it back.",
        ),
        Command(
            "article.toggle_bookmark",
            ("s", "f"),
            "Bookmark",
            "Bookmark the article, or remove the bookmark.",
            footer="bookmark",
        ),
        Command("article.note", ("a",), "Note", "Write or edit your note on the article.", footer="note"),
        Command("article.note_in_editor", ("E",), "Note in $EDITOR", "Write your note in $VISUAL or $EDITOR."),
        Command("undo", ("U",), "Undo", "Take back the last mark, bookmark or note; again takes back the one before."),
    )
    group(
        "Views",
        Command("search", ("/",), "Search", "Search headlines, bylines and texts as you type.", footer="search"),
        Command("view.all", ("1",), "All", "Show all articles.", "list"),
        Command("view.unread", ("2",), "Unread", "Show unread articles.", "list"),
        Command("view.bookmarked", ("3",), "Bookmarks", "Show bookmarked articles.", "list"),
        Command("view.notes", ("4",), "Notes", "Show articles with notes.", "list"),
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
    group(
        "More",
        Command(
            "library.add",
            ("+",),
            "Add",
            "Add a feed, a web page, a file, a folder or a pasted text.",
            "list",
            footer="add",
        ),
        Command("sources", ("backslash", "g s"), "Sources", "Where articles come from: settings, errors, removing."),
        Command("refresh.source", ("r",), "Refresh source", "Ask the source of this article for what is new."),
        Command("refresh.all", ("R",), "Refresh all", "Ask all sources for what is new; again stops it."),
        Command(
            "article.full_text",
            ("x",),
            "Whole article",
            "Fetch the article's page, then change between it and the text that came. ⇣ in the list: it is kept.",
        ),
        Command("article.play", ("P",), "Play", "Play the episode or film that came with the article."),
        Command("article.open_in_browser", ("o",), "Open in browser", "Open the article's link in the browser."),
        Command("copy", ("y",), "Copy", "Copy the selected text; without one, the link or the headline."),
        Command("help", ("?", "f1"), "Help", "All keys, searchable.", footer="help"),
        Command("palette", (":", "ctrl+p"), "Commands", "Find any command by its name."),
        Command("quit", ("Q",), "Quit", "Leave the app; everything is kept."),
    )
    return tuple(made)


COMMANDS: Final = _commands()
BY_ID: Final = {command.id: command for command in COMMANDS}

FOOTER: Final[dict[Where, tuple[str, ...]]] = {
    "list": (
        "go.in", "unread.next", "article.toggle_read", "article.toggle_bookmark", "article.note", "search",
        "library.add", "help",
    ),
    "article": (
        "page.down", "unread.next", "article.toggle_read", "article.toggle_bookmark", "article.note", "go.back",
        "help",
    ),
}  # fmt: skip
"""What the footer shows while a pane has the focus."""

_SHOWN: Final = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "down": "↓", "up": "↑", "left": "←", "right": "→",
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "tab": "Tab", "shift+tab": "Shift+Tab",
    "f1": "F1", "backslash": "\\",
}  # fmt: skip


def shown(key: str) -> str:
    """Give a key as a person knows it: `ctrl+f` as `^f`, `g g` as `gg`."""
    return "".join(_SHOWN.get(part, part.replace("ctrl+", "^")) for part in key.split(" "))

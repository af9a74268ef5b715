"""Commands that go somewhere."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
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
        ("h",),
        "Back",
        "To where a jump began, in this article or another, or where you were before {cursor.top} or "
        "{cursor.bottom}. Else to the list.",
        "article",
    ),
    Command("go.leave", ("escape", "q"), "Leave the article", "To the list.", "article", footer="back"),
    Command("go.up", ("escape",), "Leave the view", "End the search, then leave the view.", "list"),
    Command("go.out", ("q",), "Leave", "End the search, then leave the view, then quit.", "list"),
    Command("section.fold", ("h", "left"), "Fold section", "Fold the section of this article.", "list"),
    Command("fold.toggle", ("z a",), "Fold or unfold", "Fold the section of this article, or unfold it.", "list"),
    Command("fold.all", ("z M",), "Fold all", "Fold all sections.", "list"),
    Command("fold.none", ("z R",), "Unfold all", "Unfold all sections.", "list"),
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
    Command(
        "paragraph.previous",
        ("{",),
        "Previous paragraph",
        "The mark in the margin one paragraph up.",
        "article",
    ),
    Command(
        "paragraph.next",
        ("}",),
        "Next paragraph",
        "The mark in the margin one paragraph down.",
        "article",
    ),
    Command("side.right", ("l", "right"), "Sideways", "See more of wide code and tables.", "article"),
    Command("side.left", ("left",), "Sideways back", "Sideways back; at the edge, to the list.", "article"),
    Command("article.contents", ("T",), "Contents", "The headings of the article: go to one of them.", "article"),
)

"""Commands that keep something."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
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
    Command(
        "article.note",
        ("a",),
        "Note",
        "Write or edit your note on the article; where the marked paragraph has a highlight, the note on that.",
        footer="note",
    ),
    Command("article.note_in_editor", ("E",), "Note in $EDITOR", "Write your note in $VISUAL or $EDITOR."),
    Command(
        "paragraph.highlight",
        ("H",),
        "Highlight",
        "Highlight the marked paragraph, or what is selected. On a highlighted one, a writes a note on it.",
        "article",
        footer="highlight",
    ),
    Command(
        "select.start",
        ("v",),
        "Select",
        "Select word by word: w b e 0 $ { } and arrows; H highlights, a adds a note, 1–4 choose the colour.",
        "article",
    ),
    Command(
        "highlight.color",
        ("C",),
        "Colour of the highlight",
        "Give the highlight the next of four colours: yellow, green, blue, red.",
        "article",
    ),
    Command("highlight.delete", ("d",), "Delete the highlight", "Delete the highlight; U brings it back.", "article"),
    Command(
        "undo", ("U",), "Undo", "Take back the last mark, bookmark, note or highlight; again takes back the one before."
    ),
)

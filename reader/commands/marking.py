"""Commands that keep something."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
    Command(
        "article.toggle_read",
        ("m",),
        "Read or unread",
        "Mark the article read, or unread again. Of marked rows: if one is unread, all become read; else all unread.",
        footer="read/unread|mark",
    ),
    Command(
        "search.previous",
        ("N",),
        "Read or unread; previous match",
        "While a search is on: to the match before. Else the same as {article.toggle_read}.",
    ),
    Command(
        "view.mark_all_read",
        ("A",),
        "Mark all read",
        "Mark every article that is listed read, or all marked rows; asks first, {undo} takes it back.",
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
    Command(
        "article.tags",
        ("t",),
        "Tags",
        "Give the article tags of your own, or all marked rows; commas or Enter part them.",
        footer="tag",
    ),
    Command("article.note_in_editor", ("E",), "Note in $EDITOR", "Write your note in $VISUAL or $EDITOR."),
    Command(
        "paragraph.highlight",
        ("H",),
        "Highlight",
        "Highlight the marked paragraph, or what is selected. On a highlighted one, {article.note} writes a note "
        "on it.",
        "article",
        footer="highlight",
    ),
    Command(
        "select.start",
        ("v",),
        "Select",
        "Select word by word: w b e 0 $ { } and arrows; {paragraph.highlight} highlights, {article.note} adds a "
        "note, 1–4 choose the colour.",
        "article",
    ),
    Command(
        "highlight.color",
        ("C",),
        "Colour of the highlight",
        "Give the highlight the next of four colours: yellow, green, blue, red.",
        "article",
    ),
    Command(
        "highlight.delete", ("d",), "Delete the highlight", "Delete the highlight; {undo} brings it back.", "article"
    ),
    Command(
        "rows.mark",
        ("V",),
        "Mark the row",
        "Mark the row, or no longer, and go on; on a folded section all of it. {article.toggle_read} "
        "{article.toggle_bookmark} {article.tags} {view.mark_all_read} are then about all marked rows.",
        "list",
    ),
    Command(
        "rows.mark_query",
        ("asterisk",),
        "Mark by a query",
        "Mark the rows that match what you type: is:unread, author:, older than; nothing typed marks all.",
        "list",
    ),
    Command(
        "story.part",
        (),
        "Part the stories",
        "List the articles of one story by themselves, where the headlines only look alike; again: as one.",
    ),
    Command(
        "undo",
        ("U",),
        "Undo",
        "Take back the last change of marks, bookmarks, tags, notes or highlights; again: the one before.",
    ),
    Command("redo", ("ctrl+r", "g U"), "Redo", "Do again what was taken back last."),
)

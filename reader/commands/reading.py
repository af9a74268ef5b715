"""Commands of the article that is read."""

from __future__ import annotations

from typing import Final

from reader.commands.command import Command

COMMANDS: Final = (
    Command(
        "find",
        ("/",),
        "Find in the article",
        "Find words in the text; {unread.next} and {search.previous} step through them. Small letters find "
        "capitals too, a capital only itself.",
        "article",
    ),
    Command(
        "article.links",
        ("u",),
        "Links",
        "Number the article's links and list them: o opens, y copies, + adds. A digit begins with that link.",
        "article",
        also="1–9",
    ),
    Command(
        "reading.options", ("i",), "Reading options", "Lines, paragraphs, ruler, bold beginnings, pace.", "article"
    ),
    Command("reading.scroll", (".",), "Scroll by itself", "Scroll at your pace, or stop.", "article"),
    Command(
        "reading.look_up",
        ("D",),
        "Look up a word",
        "Ask your dictionary about the selected word; the setting dictionary names it.",
        "article",
    ),
    Command(
        "reading.aloud",
        ("V",),
        "Read aloud",
        "Read from the marked paragraph on, or stop; the setting speech names what reads.",
        "article",
    ),
    Command("view.ruler", (), "Reading ruler", "A quiet band on the line that is read, or none."),
    Command("view.bold_lead", (), "Bold beginnings", "The beginning of each word bold, or not."),
    Command("view.spacing", (), "Space between lines", "More or less space between the lines of text."),
    Command("view.paragraphs", (), "Paragraphs", "Parted by a blank line, or told by an indent."),
)

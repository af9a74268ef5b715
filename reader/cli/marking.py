"""`reader mark` and `reader note`: what the reader did with articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reader.cli.arguments import Parser
from reader.cli.opening import find, find_one, opened
from reader.cli.terminal import Failure, hint, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library import Library
    from reader.model.article import Row

_STATES = ("read", "unread", "bookmark", "unbookmark")
_SAID = {"read": "read", "unread": "unread", "bookmark": "bookmarked", "unbookmark": "no longer bookmarked"}


def mark(arguments: Sequence[str]) -> int:
    """Mark articles; one that is not found does not keep the others from being marked."""
    parser = Parser("mark", "Mark articles. All of one command is one step of undo (U in the app).")
    parser.add_argument("state", choices=_STATES, metavar="read|unread|bookmark|unbookmark", help="what they become")
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id, or the beginning of one")
    options = parser.parse_args(arguments)
    with opened("mark", write=True) as library:
        rows, status = find(library, options.ids)
        if options.state in {"read", "unread"}:
            library.notebook.set_read(rows, options.state == "read")
        else:
            library.notebook.set_bookmarked(rows, options.state == "bookmark")
        for row in rows:
            say(f"{_SAID[options.state]}: {line(row.title)}")
    return status


def note(arguments: Sequence[str]) -> int:
    """Add to the note on an article, or edit it."""
    parser = Parser(
        "note",
        "Add TEXT to the note on an article.\n"
        "Without TEXT: what standard input holds, when it is piped; else the note opens in $VISUAL or $EDITOR.",
    )
    parser.add_argument("id", metavar="ID", help="an id, or the beginning of one")
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what to add")
    options = parser.parse_args(arguments)
    text = " ".join(options.text)
    if not options.text and not sys.stdin.isatty():
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    elif not options.text:
        return _edit(options.id)
    with opened("note", write=True) as library:
        row = find_one(library, options.id)
        text = _clean(text)
        if not text:
            raise Failure("note", "there is no text to add; to delete a note, empty it in your editor")
        written = _written(library, row)
        library.notebook.set_note(row, f"{written}\n\n{text}" if written else text)
        say(f"noted: {line(row.title)}")
    return 0


def _edit(beginning: str) -> int:
    from reader.cli.editor import Draft

    # The library stays open meanwhile: a note that somebody else changed would be overwritten else.
    with Draft("note") as draft:
        with opened("note", write=True) as library:
            row = find_one(library, beginning)
            written = _written(library, row)
            text = _clean(draft.edited(written))
            if text == written.strip():
                hint("The note stays as it was.")
            else:
                library.notebook.set_note(row, text)
                said = "noted" if text else "note deleted, U in the app brings it back"
                say(f"{said}: {line(row.title)}")
        draft.saved()
    return 0


def _written(library: Library, row: Row) -> str:
    notes = library.notebook.marks(row.id).notes
    return notes[0].text if notes else ""


def _clean(text: str) -> str:
    """Take out what drives terminals: a note may be piped from a program that colours."""
    from reader.ingest import sanitize

    return sanitize.text(text, sanitize.BODY).strip()

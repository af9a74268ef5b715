"""`reader mark` and `reader note`: what the reader did with articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.opening import find, find_one, opened
from reader.cli.query import asked, epilog, joined
from reader.cli.terminal import Failure, fail, hint, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library import Library
    from reader.library.many import Many
    from reader.library.notebook import Notebook
    from reader.model.annotation import Undone
    from reader.model.article import Row

_DONE: Final = {
    "read": ("read", True, "read"),
    "unread": ("read", False, "unread"),
    "bookmark": ("bookmarked", True, "bookmarked"),
    "unbookmark": ("bookmarked", False, "no longer bookmarked"),
    "hide": ("hidden", True, "hidden"),
    "show": ("hidden", False, "shown again"),
}
"""What articles can become: what is set, to what, and how that is said."""


def mark(arguments: Sequence[str]) -> int:
    """Mark articles; one that is not found does not keep the others from being marked."""
    parser = Parser(
        "mark",
        "Mark articles. All of one command is one step of undo (`reader undo`, or U in the app).\n"
        "What is hidden is in no list; is:hidden finds it.",
        epilog(),
    )
    parser.add_argument("state", choices=_DONE, metavar="|".join(_DONE), help="what they become")
    parser.add_argument("ids", nargs="*", metavar="ID", help="an id, or the beginning of one")
    parser.add_argument("--query", nargs="+", metavar="QUERY", help="all articles that a query finds")
    options = parser.parse_query(arguments)
    if bool(options.ids) == bool(options.query):
        raise Failure("mark", "name the articles by their ids, or by --query; see reader mark --help", 2)
    if options.query:
        return _mark_found(options.state, joined(options.query))
    with opened("mark", write=True) as library:
        rows, status = find(library, options.ids)
        _set(library.notebook, rows, options.state)
        for row in rows:
            say(f"{_DONE[options.state][2]}: {line(row.title)}")
    return status


def _mark_found(state: str, text: str) -> int:
    from reader.cli import bulk
    from reader.library.labels import counted

    asked(text)
    with opened("mark", write=True) as library:
        keys = bulk.found(library, text)
        bulk.change(
            library,
            keys,
            lambda rows: _set(library.notebook, rows, state),
            lambda many: _set_many(many, state),
        )
        say(f"{_DONE[state][2]}: {counted(len(keys))}")
    return 0


def _set(notebook: Notebook, rows: Sequence[Row], state: str) -> None:
    what, on, _ = _DONE[state]
    match what:
        case "read":
            notebook.set_read(rows, on)
        case "bookmarked":
            notebook.set_bookmarked(rows, on)
        case _:
            notebook.set_hidden(rows, on)


def _set_many(many: Many, state: str) -> None:
    what, on, _ = _DONE[state]
    match what:
        case "read":
            many.set_read(on)
        case "bookmarked":
            many.set_bookmarked(on)
        case _:
            many.set_hidden(on)


def undo(arguments: Sequence[str]) -> int:
    """Take back what was done last."""
    parser = Parser("undo", "Take back the last change of marks, tags or views, also one of an earlier day.")
    parser.parse_args(arguments)
    with opened("undo", write=True) as library:
        return _tell("undo", library.notebook.undo(), "taken back", "there is nothing to take back")


def redo(arguments: Sequence[str]) -> int:
    """Do again what was taken back last."""
    parser = Parser("redo", "Do again what was taken back last, unless something else was done since.")
    parser.parse_args(arguments)
    with opened("redo", write=True) as library:
        return _tell("redo", library.notebook.redo(), "done again", "there is nothing to do again")


def _tell(verb: str, undone: Undone | None, said: str, nothing: str) -> int:
    if undone is None:
        return fail(verb, nothing)
    say(f"{said}: {line(undone.label)}")
    return 0


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

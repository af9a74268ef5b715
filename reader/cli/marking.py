"""`reader mark` and `reader note`: what the reader did with articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.opening import find, find_one, opened
from reader.cli.piped import expanded
from reader.cli.query import asked, epilog, joined
from reader.cli.reading import CHANGED, IDS, print_articles
from reader.cli.terminal import MANNER, Failure, fail, hint, line, report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_STEP: Final = "print an array of one object: done, what, and of how many articles"


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_mark_parser(), _note_parser(), _undo_parser(), _redo_parser())


def _mark_parser() -> Parser:
    parser = Parser(
        "mark",
        "Mark articles. All of one command is one step of undo (`reader undo`, or U in the app).\n"
        "What is hidden is in no list; is:hidden finds it.",
        epilog(),
    )
    parser.add_argument("state", choices=_DONE, metavar="|".join(_DONE), help="what they become")
    parser.add_argument("ids", nargs="*", metavar="ID", help=IDS)
    parser.add_argument("--query", nargs="+", metavar="QUERY", help="all articles that a query finds")
    parser.add_argument("--json", action="store_true", help=CHANGED)
    return parser


def mark(arguments: Sequence[str]) -> int:
    """Mark articles; one that is not found does not keep the others from being marked."""
    options = _mark_parser().parse_query(arguments)
    if bool(options.ids) == bool(options.query):
        raise Failure("mark", "name the articles by their ids, or by --query; see reader mark --help", 2)
    if options.query:
        return _mark_found(options.state, joined(options.query), json=options.json)
    ids = expanded("mark", options.ids)
    with opened("mark", write=True) as library:
        rows, status = find(library, ids)
        _set(library.notebook, rows, options.state)
        if options.json:
            print_articles(library, [row.key for row in rows])
            return status
        for row in rows:
            report(f"{_DONE[options.state][2]}: {line(row.title)}")
    return status


def _mark_found(state: str, text: str, *, json: bool) -> int:
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
        if json:
            print_articles(library, keys)
        else:
            report(f"{_DONE[state][2]}: {counted(len(keys))}")
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


def _undo_parser() -> Parser:
    parser = Parser("undo", "Take back the last change of marks, tags or views, also one of an earlier day.")
    parser.add_argument("--json", action="store_true", help=_STEP)
    return parser


def undo(arguments: Sequence[str]) -> int:
    """Take back what was done last."""
    options = _undo_parser().parse_args(arguments)
    with opened("undo", write=True) as library:
        undone = library.notebook.undo()
        return _tell("undo", undone, "taken back", "there is nothing to take back", json=options.json)


def _redo_parser() -> Parser:
    parser = Parser("redo", "Do again what was taken back last, unless something else was done since.")
    parser.add_argument("--json", action="store_true", help=_STEP)
    return parser


def redo(arguments: Sequence[str]) -> int:
    """Do again what was taken back last."""
    options = _redo_parser().parse_args(arguments)
    with opened("redo", write=True) as library:
        redone = library.notebook.redo()
        return _tell("redo", redone, "done again", "there is nothing to do again", json=options.json)


def _tell(verb: str, undone: Undone | None, said: str, nothing: str, *, json: bool) -> int:
    if undone is None:
        return fail(verb, nothing)
    if json:
        from reader.cli.records import print_array

        print_array([{"done": verb, "what": undone.label, "articles": undone.count}])
    else:
        report(f"{said}: {line(undone.label)}")
    return 0


def _note_parser() -> Parser:
    parser = Parser(
        "note",
        "Add TEXT to the note on an article.\n"
        "Without TEXT: what standard input holds, when it is piped; else the note opens in $VISUAL or $EDITOR.",
    )
    parser.add_argument("id", metavar="ID", help="an id, or the beginning of one")
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what to add")
    parser.add_argument("--json", action="store_true", help=CHANGED)
    return parser


def note(arguments: Sequence[str]) -> int:
    """Add to the note on an article, or edit it."""
    options = _note_parser().parse_args(arguments)
    text = " ".join(options.text)
    if not options.text and not sys.stdin.isatty():
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    elif not options.text:
        return _edit(options.id, json=options.json)
    with opened("note", write=True) as library:
        row = find_one(library, options.id)
        text = _clean(text)
        if not text:
            raise Failure("note", "there is no text to add; to delete a note, empty it in your editor")
        written = _written(library, row)
        library.notebook.set_note(row, f"{written}\n\n{text}" if written else text)
        if options.json:
            print_articles(library, [row.key])
        else:
            report(f"noted: {line(row.title)}")
    return 0


def _edit(beginning: str, *, json: bool) -> int:
    from reader.cli.editor import Draft

    if MANNER.no_input:
        raise Failure("note", "there is no text to add, and --no-input opens no editor", 2)
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
                if not json:
                    said = "noted" if text else "note deleted, U in the app brings it back"
                    report(f"{said}: {line(row.title)}")
            if json:
                print_articles(library, [row.key])
        draft.saved()
    return 0


def _written(library: Library, row: Row) -> str:
    notes = library.notebook.marks(row.id).notes
    return notes[0].text if notes else ""


def _clean(text: str) -> str:
    """Take out what drives terminals: a note may be piped from a program that colours."""
    from reader.ingest import sanitize

    return sanitize.text(text, sanitize.BODY).strip()

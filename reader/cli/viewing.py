"""`reader views`: queries that have a name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.columns import cells, fit
from reader.cli.opening import opened
from reader.cli.query import epilog, joined, understood, view_called
from reader.cli.terminal import Failure, line, report, say
from reader.library.views import SAVED
from reader.model.listing import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.library import Library
    from reader.model.annotation import JSON
    from reader.model.listing import View

_EPILOG: Final = """\
  reader views save NAME QUERY      save a query, or give the view of that name another one
  reader views rename NAME NEW      give a view of yours another name
  reader views remove NAME          remove a view of yours; `reader undo` brings it back
  reader list --view NAME           print what is in one"""


_OBJECT: Final = "print an array of one object: the view"


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_parser(), _save_parser(), _rename_parser(), _remove_parser())


def _parser() -> Parser:
    parser = Parser("views", "Print the views: name, unread articles, all articles, query.", _EPILOG)
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    return parser


def views(arguments: Sequence[str]) -> int:
    """Print the views there are, or do something with one of the user's."""
    verbs: dict[str, Callable[[Sequence[str]], int]] = {"save": _save, "rename": _rename, "remove": _remove}
    if arguments and arguments[0] in verbs:
        return verbs[arguments[0]](arguments[1:])
    options = _parser().parse_args(arguments)
    with opened("views") as library:
        found = [*VIEWS.values(), *library.views.saved()]
        counts = library.shelf.counts({view.id: view.query for view in found}).views
    if options.json:
        from reader.cli.records import print_array

        print_array(_record(view, counts.get(view.id)) for view in found)
        return 0
    rows = [[line(view.name), *map(str, counts.get(view.id, ("?", "?"))), line(view.query)] for view in found]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(map(fit, row, widths)).rstrip() if sys.stdout.isatty() else "\t".join(row))
    return 0


def _record(view: View, counted: tuple[int, int] | None) -> dict[str, JSON]:
    unread, articles = counted or (None, None)
    own = view.id.startswith(SAVED)
    return {"name": view.name, "query": view.query, "unread": unread, "articles": articles, "own": own}


def _save_parser() -> Parser:
    parser = Parser("views save", "Save a query under a name.", epilog())
    parser.add_argument("name", metavar="NAME", help="what to call it")
    parser.add_argument("query", nargs="+", metavar="QUERY", help="what is in it")
    parser.add_argument("--json", action="store_true", help=_OBJECT)
    return parser


def _save(arguments: Sequence[str]) -> int:
    options = _save_parser().parse_query(arguments)
    text = joined(options.query)
    understood(text)
    with opened("views", write=True) as library:
        view = library.views.save(_new(options.name), text)
        _tell(library, view, f"saved: {view.name}: {view.query}", json=options.json)
    return 0


def _tell(library: Library, view: View, said: str, *, json: bool) -> None:
    if not json:
        report(line(said))
        return
    from reader.cli.records import print_array

    counts = library.shelf.counts({view.id: view.query}).views
    print_array([_record(view, counts.get(view.id))])


def _rename_parser() -> Parser:
    parser = Parser("views rename", "Give a view of yours another name.")
    parser.add_argument("name", metavar="VIEW", help="the view")
    parser.add_argument("new", metavar="NEW", help="its new name")
    parser.add_argument("--json", action="store_true", help=_OBJECT)
    return parser


def _rename(arguments: Sequence[str]) -> int:
    options = _rename_parser().parse_args(arguments)
    with opened("views", write=True) as library:
        view = _own(library, options.name)
        new = _new(options.new)
        if any(one.name.casefold() == new.casefold() and one != view for one in library.views.saved()):
            raise Failure(options.new, "there is a view of that name already")
        library.views.rename(view.name, new)
        renamed = next((one for one in library.views.saved() if one.name == new), view)
        _tell(library, renamed, f"renamed: {view.name} is {new}", json=options.json)
    return 0


def _remove_parser() -> Parser:
    parser = Parser("views remove", "Remove a view of yours; its articles stay.")
    parser.add_argument("name", metavar="VIEW", help="the view")
    parser.add_argument("--json", action="store_true", help=f"{_OBJECT} as it was")
    return parser


def _remove(arguments: Sequence[str]) -> int:
    options = _remove_parser().parse_args(arguments)
    with opened("views", write=True) as library:
        view = _own(library, options.name)
        library.views.remove(view.name)
        _tell(library, view, f"removed: {view.name}", json=options.json)
    return 0


def _own(library: Library, name: str) -> View:
    view = view_called(library, name)
    if not view.id.startswith(SAVED):
        raise Failure(name, "is no view of yours, and stays as it is")
    return view


def _new(name: str) -> str:
    """Give a name that a view may have.

    Raises:
        Failure: a view that is built in has it, or there is nothing of it to be seen.
    """
    from reader.model.tags import folded, tidy

    if not tidy(name):
        raise Failure("views", "a view needs a name", 2)
    if folded(tidy(name)) in {called for view in VIEWS.values() for called in (view.id, folded(view.name))}:
        raise Failure(name, "a view that is built in is called so; choose another name")
    return tidy(name)

"""A query as the command line gets it: parted by the shell, perhaps mistaken."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from reader.cli.columns import cells, fit
from reader.cli.terminal import Failure, line
from reader.model.listing import VIEWS
from reader.model.query import Query, QueryError, conjoin, parse
from reader.model.tags import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.library import Library
    from reader.model.listing import View

_VALUED: Final = re.compile(
    r"-?(?:author|section|source|folder|tag|title|text|note):(?=\S)(.*\s.*)", re.IGNORECASE | re.DOTALL
)
"""A field with a value of several words, which the shell has taken the quotes off."""
_SYNTAX: Final = re.compile(r"""["“”„()|]|(?:^|\s)(?:OR|AND|NOT|-\S*)(?:\s|$)|[A-Za-z]+:\S""")
"""What shows that words are a query of their own."""
_HALVES: Final = re.compile("[\udc80-\udcff]")
"""Bytes of the command line that its locale could not read."""
_INDENT: Final = "  "


def epilog() -> str:
    """Give the query language by examples, for the help of a verb."""
    from reader.model.query import EXAMPLES
    from reader.model.query.fields import SORTS, STATES

    width = max(len(query) for query, _ in EXAMPLES)
    examples = "\n".join(f"  {query:<{width}}  {said}" for query, said in EXAMPLES)
    return (
        "A QUERY is words to search for, and what else is wanted of an article; quote it for the shell.\n"
        f"An article is found that\n{examples}\n"
        f"\n{_listed('States', 'is', STATES)}\n{_listed('Orders', 'sort', SORTS)}\n"
        "What a rule hid is found with is:hidden only, the built-in guide with source:guide."
    )


def _listed(said: str, field: str, values: Iterable[str]) -> str:
    import textwrap

    told = f"{said}: {', '.join(f'{field}:{value}' for value in values)}"
    return textwrap.fill(told, 100, subsequent_indent=" " * (len(said) + 2))


def joined(arguments: Sequence[str]) -> str:
    """Give the query that the shell has parted; what it was given as one value stays one."""
    text = " ".join(_requoted(one) for one in arguments).strip()
    # Bytes that are no text come as halves of characters, and could not be written.
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _HALVES.search(text) else text


def _requoted(argument: str) -> str:
    found = _VALUED.fullmatch(argument)
    if found is None or _SYNTAX.search(found[1]) or found[1].startswith("/"):
        return argument
    return f'{argument[: found.start(1)]}"{found[1]}"'


def understood(text: str) -> Query:
    """Understand a query.

    Raises:
        Failure: it has a mistake.
    """
    try:
        return parse(text)
    except QueryError as error:
        raise mistaken(text, error) from error


def asked(text: str) -> str:
    """Give a query that says which articles are to be changed.

    Raises:
        Failure: it has a mistake, or asks for nothing, which would be for every article.
    """
    if understood(text).node is None:
        raise Failure("", "the query asks for nothing, which would be every article; nothing was changed", 2)
    return text


def mistaken(text: str, error: QueryError) -> Failure:
    """Make the failure that tells of a mistake in a query, and shows where it is."""
    told = str(error)
    if error.suggestion and "did you mean" not in told:
        told += f"; did you mean {error.suggestion}?"
    return Failure("", told, 2, _shown(text, error.start, error.end))


def _shown(text: str, start: int, end: int) -> tuple[str, str]:
    """Give a query on one line, and a line with carets under what is wrong; of a long one what is around that."""
    text = text.translate(dict.fromkeys(map(ord, "\n\r\t\v\f"), " "))
    room = shutil.get_terminal_size().columns - len(_INDENT)
    first = 0 if cells(text[:end]) <= room else max(0, min(start, end - room // 2))
    before, wrong = line(f"|{text[first:start]}|")[1:-1], line(f"|{text[start:end]}|")[1:-1]
    after = line(f"|{text[end:]}|")[1:-1]
    shown = before + wrong + after
    shown = fit(shown, room).rstrip() if cells(shown) > room else shown.rstrip()
    carets = "^" * max(1, min(cells(wrong), room - cells(before)))
    return f"{_INDENT}{shown}", f"{_INDENT}{' ' * cells(before)}{carets}"


def both(view: View | None, text: str) -> str:
    """Give the query for what is in a view and meets a query too.

    Raises:
        Failure: one of the two has a mistake.
    """
    query = understood(text)
    if view is None or not view.query:
        return text
    return str(conjoin(understood(view.query), query))


def view_called(library: Library, name: str) -> View:
    """Give a view by its name: the user's own before those that are built in; `tag:NAME`, `folder:NAME`.

    Raises:
        Failure: there is none.
    """
    from reader.model.listing import View

    saved = library.views.saved()
    called = folded(name)
    for view in (*saved, *VIEWS.values()):
        if called in {folded(view.name), view.id}:
            return view
    kind, sign, rest = name.partition(":")
    if sign and rest and kind in {"tag", "folder"}:
        return View(name, rest, f'{kind}:"{rest.replace(chr(34), "")}"')
    from difflib import get_close_matches

    there_are = [*(view.name for view in saved), *VIEWS]
    close = get_close_matches(called, map(folded, there_are), 1)
    meant = next((one for one in there_are if close and folded(one) == close[0]), None)
    more = f"did you mean {line(meant)}?" if meant else f"there are {', '.join(map(line, there_are))}"
    raise Failure(name, f"there is no such view; {more}")

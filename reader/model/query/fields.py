"""The fields of a query, and what may stand after the colon of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, get_args

from reader.model.article import BOOKMARKED, FINISHED, HIDDEN, HIGHLIGHTED, NOTED, READ, STARTED, TAGGED
from reader.model.query.errors import QueryError
from reader.model.query.tree import Field, Minutes, Name, Pattern, Sort, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.model.query.lexing import Token
    from reader.model.query.tree import Test

FIELDS: Final[dict[str, str]] = {
    "is": "a state: unread, bookmarked …",
    "author": "who wrote it",
    "section": "where it stood",
    "source": "where it came from",
    "folder": "a folder of sources",
    "tag": "a tag of yours",
    "title": "words of the title",
    "text": "words of the text",
    "note": "words of your notes",
    "before": "older than a day, or than 3d",
    "after": "newer than a day, or than 3d",
    "on": "of a day, a month or a year",
    "minutes": "how long it takes to read: <5",
    "lang": "the language: en",
    "has": "image, link or note",
    "sort": "the order: newest, shortest …",
}
"""The fields by name, each with what it asks."""

STATES: Final[dict[str, tuple[int, int]]] = {
    "unread": (READ, 0),
    "read": (READ, READ),
    "bookmarked": (BOOKMARKED, BOOKMARKED),
    "noted": (NOTED, NOTED),
    "highlighted": (HIGHLIGHTED, HIGHLIGHTED),
    "started": (STARTED | READ | FINISHED, STARTED),
    "finished": (FINISHED, FINISHED),
    "offline": (0, 0),
    "tagged": (TAGGED, TAGGED),
    "hidden": (HIDDEN, HIDDEN),
}
"""The states by name: the flags that each looks at, and those of them that are set. `offline` is no flag."""

HAS: Final = ("image", "link", "note")
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
TEXTS: Final = ("author", "section", "source", "title", "text", "note")
PATTERNED: Final = ("title", "author", "section", "source", "tag")
"""The fields that take a regular expression: those with short texts."""

_LANGUAGE: Final = r"[a-z]{2,8}(-[a-z0-9]{1,8})*"
_MINUTES: Final = r"(<=|>=|<|>|=|)([0-9]{1,6})(?:-([0-9]{1,6}))?"
_DIGITS: Final = r"[0-9]{1,6}"


def field_of(token: Token) -> Field:
    """Make the test that a piece of a query asks for; `sort` is none.

    Raises:
        QueryError: the field has no such value.
    """
    return Field(token.name, _test(token))


def sort_of(token: Token) -> Sort:
    """Give the order that a piece of a query names.

    Raises:
        QueryError: there is no such order.
    """
    written = token.text.lower()
    for sort in SORTS:
        if sort == written:
            return sort
    raise wrong(token, "there is no such order", SORTS)


def _test(token: Token) -> Test:
    name, text = token.name, token.text.strip()
    if not text:
        raise QueryError(f"{name}: wants something right after it", token.start, token.end)
    if token.form == "pattern":
        from reader.model.query.patterns import checked

        return Pattern(checked(token))
    if name in TEXTS:
        return _words(token)
    if name in ("tag", "folder"):
        return Name(text)
    return _ASKED[name](token)


def _words(token: Token) -> Words:
    from reader.model.query.tokens import has_words

    text = token.text.rstrip("*") if token.form == "bare" else token.text
    if not has_words(text) and token.name != "source":
        raise QueryError(f"{token.name}: there is no word in {token.text}", token.start, token.end)
    return Words(text or token.text, token.form == "phrase")


def _state(token: Token) -> Name:
    if (state := token.text.strip().lower()) in STATES:
        return Name(state)
    raise wrong(token, "there is no such state", STATES)


def _had(token: Token) -> Name:
    if (thing := token.text.strip().lower()) in HAS:
        return Name(thing)
    raise wrong(token, f"it can be asked for {', '.join(HAS[:-1])} and {HAS[-1]}", HAS)


def _language(token: Token) -> Name:
    language = token.text.strip().lower().replace("_", "-")
    if re.fullmatch(_LANGUAGE, language):
        return Name(language)
    raise wrong(token, "a language is written as en, or as en-gb", ())


def _when(token: Token) -> When:
    from reader.model.query.dates import checked

    return When(checked(token))


def _minutes(token: Token) -> Minutes:
    written = re.sub(r"\s", "", token.text)
    found = re.fullmatch(_MINUTES, written)
    if found is None or (found[1] and found[3]):
        number = re.search(_DIGITS, token.text)
        suggestion = f"minutes:<{number[0]}" if number else "minutes:<5"
        raise QueryError("minutes: wants a number, as in <5, >=20 or 5-10", token.start, token.end, suggestion)
    first, last = int(found[2]), int(found[3] or 0)
    if found[3]:
        return Minutes("-", min(first, last), max(first, last))
    for sign in ("<", "<=", ">", ">="):
        if sign == found[1]:
            return Minutes(sign, first)
    return Minutes("", first)


_ASKED: Final[dict[str, Callable[[Token], Test]]] = {
    "is": _state, "has": _had, "lang": _language, "minutes": _minutes, "before": _when, "after": _when, "on": _when,
}  # fmt: skip


def wrong(token: Token, why: str, known: Iterable[str]) -> QueryError:
    """Make the error for a value that a field does not know, with the nearest that it does."""
    from reader.model.query.nearest import nearest

    meant: str | None = nearest(token.text.strip().lower(), known)
    written = f"{token.name}:{token.text}"
    suggestion = f"{token.name}:{meant}" if meant else None
    message = f"{written}: {why}" + (f"; did you mean {suggestion}?" if suggestion else "")
    return QueryError(message, token.start, token.end, suggestion)

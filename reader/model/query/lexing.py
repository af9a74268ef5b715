"""A query's text in pieces: words, phrases, fields with their values, and signs."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.model.query.errors import QueryError
from reader.model.query.fields import FIELDS, PATTERNED
from reader.model.query.tree import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["word", "field", "open", "close", "or", "not"]
Form: TypeAlias = Literal["bare", "phrase", "begun", "pattern"]
"""How words are written: `so`, `"so"`, `"so"*`, `/so/`."""

BARE: Final = re.compile(r'[^\s()|"“”„]+')
QUOTES: Final = frozenset('"“”„')
FIELD: Final = re.compile(r"([A-Za-z]+):")

# Compiled when they are first needed: most queries have no quotes, and none is asked before the first picture.
_QUOTED: Final = r'"((?:[^"\\]|\\.)*+)"(\*?)|[“„”]((?:[^“”\\]|\\.)*+)[“”](\*?)'
_PATTERN: Final = r"/((?:[^/\\]|\\.)*+)/"
_ESCAPED: Final = r'\\(["“”„\\])'
_SLASHED: Final = r"\\(.)"
_SIGNS: Final[dict[str, Kind]] = {"(": "open", ")": "close", "|": "or"}
_CAPITALS: Final[dict[str, Kind | None]] = {"AND": None, "OR": "or", "NOT": "not"}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


class Token(Part):
    """One piece: where it stands, what it says, and for a field its name and where its value begins."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    form: Form = "bare"
    name: str = ""
    value: int = 0


def pieces(text: str) -> Iterator[Token]:
    """Part a query's text into pieces.

    Raises:
        QueryError: a regular expression has no end.
    """
    at = 0
    while at < len(text):
        token = None
        if kind := _SIGNS.get(text[at]):
            token = Token(kind, at, at + 1)
        elif text[at] == "-":
            # One that stands alone is a dash between words.
            token = Token("not", at, at + 1) if text[at + 1 : at + 2].strip() else None
        elif text[at] in QUOTES:
            token = _quoted(text, at, at)
        elif not text[at].isspace():
            token = _field(text, at) or _bare(text, at, at)
            capital = _CAPITALS.get(token.text, token.kind) if token.kind == "word" else token.kind
            at = token.end
            token = token if capital == token.kind else capital and Token(capital, token.start, token.end)
            if token is None:
                continue
        at = token.end if token else at + 1
        if token:
            yield token


def _field(text: str, at: int) -> Token | None:
    """Give the field at a place with its value, which may be empty; None if there is none."""
    named = FIELD.match(text, at)
    if named is None or (name := named[1].lower()) not in FIELDS:
        return None
    begun = named.end()
    if name in PATTERNED and text.startswith("/", begun):
        value = _pattern(text, at, begun)
    else:
        value = _quoted(text, at, begun) or _bare(text, at, begun)
    return Token("field", at, value.end, value.text, value.form, name, begun)


def _pattern(text: str, at: int, begun: int) -> Token:
    found = _compiled(_PATTERN).match(text, begun)
    if found is None:
        ended = BARE.match(text, begun)
        end = ended.end() if ended else begun + 1
        written = text[at:end]
        raise QueryError(f"{written} has no / at its end", at, end, f"{written}/")
    inner = _compiled(_SLASHED).sub(lambda pair: "/" if pair[1] == "/" else pair[0], found[1])
    return Token("word", at, found.end(), inner, "pattern")


def _quoted(text: str, at: int, begun: int) -> Token | None:
    """Give the words between the quote at a place and its partner, None if there is no such quote."""
    found = _compiled(_QUOTED).match(text, begun) if text[begun : begun + 1] in QUOTES else None
    if found is None:
        return None
    inner = found[1] if found[1] is not None else found[3]
    form: Form = "begun" if found[2] or found[4] else "phrase"
    return Token("word", at, found.end(), _compiled(_ESCAPED).sub(r"\1", inner), form)


def _bare(text: str, at: int, begun: int) -> Token:
    """Give the word at a place, which may be empty; a quote without a partner before it is passed over."""
    while text[begun : begun + 1] in QUOTES:
        begun += 1
    found = BARE.match(text, begun)
    return Token("word", at, found.end() if found else begun, found[0] if found else "")


def meant_field(word: str) -> str | None:
    """Give the field that a word as `autor:smith` was meant for, None if it is a word like any other."""
    named = FIELD.match(word)
    if named is None or named.end() == len(word) or word.startswith("//", named.end()):
        return None
    from reader.model.query.nearest import near_field

    return near_field(named[1], FIELDS)

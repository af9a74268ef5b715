"""Regular expressions in a query: compiled once, kept from running forever, and tried on short texts only."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.model.query.errors import QueryError

if TYPE_CHECKING:
    from reader.model.query.lexing import Token

REACH: Final = 500
"""Characters of a text that a pattern is tried on."""

LONGEST: Final = 200
"""Characters of a pattern."""


def found(pattern: str, text: str) -> bool:
    """Tell whether a pattern that `checked` let through is found in the beginning of a text."""
    return _compiled(pattern).search(text[:REACH]) is not None


def checked(token: Token) -> str:
    """Give the pattern of a field.

    Raises:
        QueryError: it is no regular expression, or one that may take forever.
    """
    from reader.model.query.costs import objection

    pattern = token.text
    why = f"it has more than {LONGEST} characters" if len(pattern) > LONGEST else None
    try:
        why = why or (_compiled(pattern) and objection(_essential(pattern)))
    except (re.error, OverflowError, RecursionError, ValueError) as error:
        said = error.msg if isinstance(error, re.error) else str(error)
        raise QueryError(f"/{pattern}/ is no regular expression: {said}", token.start, token.end) from None
    if why:
        raise QueryError(f"/{pattern}/ cannot be used: {why}", token.start, token.end)
    return pattern


@lru_cache(maxsize=100)
def _compiled(pattern: str) -> re.Pattern[str]:
    import warnings

    with warnings.catch_warnings():
        # Python warns of a bracket that may once mean something else.
        warnings.simplefilter("ignore")
        re.compile(pattern)
        return re.compile(_essential(pattern), re.IGNORECASE)


def _essential(pattern: str) -> str:
    """Give a pattern without a `.*` at its beginning: it is found in the same texts, and sooner."""
    plain = "|" not in pattern and pattern[:2] == ".*" and pattern[2:3] not in ("*", "+", "?", "{")
    return pattern[2:] if plain else pattern

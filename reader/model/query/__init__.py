"""The one query language: what is typed into a search, a filter, a saved view, a rule or the command line.

`parse` makes a `Query` of a text or raises a `QueryError`; storage compiles it to SQL, and `matches` asks the
same of one article in memory. What only some of the program needs is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.query.errors import QueryError
from reader.model.query.parsing import parse
from reader.model.query.tree import (
    And,
    Field,
    Minutes,
    Name,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    Sort,
    Test,
    When,
    Words,
    asks_hidden,
    conjoin,
    is_ranked,
    words_of,
)

if TYPE_CHECKING:
    from reader.model.query.completion import Completion, Known, complete
    from reader.model.query.context import Context
    from reader.model.query.dates import bounds, span
    from reader.model.query.examples import EXAMPLES
    from reader.model.query.predicate import Subject, matches

__all__ = [
    "EXAMPLES", "And", "Completion", "Context", "Field", "Known", "Minutes", "Name", "Node", "Not", "Or", "Pattern",
    "Query", "QueryError", "Sort", "Subject", "Test", "When", "Words", "asks_hidden", "bounds", "complete", "conjoin",
    "is_ranked", "matches", "parse", "span", "words_of",
]  # fmt: skip

_LATER: Final = {
    "Completion": "completion", "Known": "completion", "complete": "completion", "Context": "context",
    "Subject": "predicate", "matches": "predicate", "bounds": "dates", "span": "dates", "EXAMPLES": "examples",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what is asked for the first time."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)

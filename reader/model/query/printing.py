"""A query as text again, such that it is understood as the same query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.query.fields import FIELDS
from reader.model.query.lexing import BARE, FIELD, meant_field
from reader.model.query.tree import And, Field, Minutes, Not, Or, Pattern, When, Words

if TYPE_CHECKING:
    from reader.model.query.tree import Node, Query


def printed(query: Query) -> str:
    """Write a query as a person would; nothing for one that finds everything."""
    parts = [] if query.node is None else [_node(query.node)]
    return " ".join(parts + ([] if query.sort is None else [f"sort:{query.sort}"]))


def _node(node: Node) -> str:
    if isinstance(node, Words):
        return _words(node)
    if isinstance(node, Field):
        return f"{node.name}:{_test(node)}"
    if isinstance(node, Not):
        return f"-{_within(node.node, And, Or)}"
    if isinstance(node, And):
        return " ".join(_within(part, And, Or) for part in node.nodes)
    return " OR ".join(_within(part, Or) for part in node.nodes)


def _within(node: Node, *loose: type[Node]) -> str:
    return f"({_node(node)})" if isinstance(node, loose) else _node(node)


def _words(words: Words) -> str:
    text = words.text
    if not words.exact and BARE.fullmatch(text) and not text.startswith("-") and not text.endswith("*"):
        named = FIELD.match(text)
        field = named and (named[1].lower() in FIELDS or meant_field(text))
        if not field and text not in ("AND", "OR", "NOT"):
            return text
    return quoted(text) if words.exact else f"{quoted(text)}*"


def _test(field: Field) -> str:
    test = field.test
    if isinstance(test, Minutes):
        return f"{test.first}-{test.last}" if test.sign == "-" else f"{test.sign}{test.first}"
    if isinstance(test, Pattern):
        return f"/{_slashed(test.text)}/"
    if isinstance(test, When):
        return test.text
    if isinstance(test, Words) and test.exact:
        return quoted(test.text)
    value = as_value(test.text)
    return f"{value}*" if isinstance(test, Words) and value != test.text else value


def as_value(text: str) -> str:
    """Write a text as the value of a field, in quotes where it needs them."""
    bare = BARE.fullmatch(text) and not text.startswith("/") and not text.endswith("*")
    return text if bare else quoted(text)


def quoted(text: str) -> str:
    """Put a text in quotes."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def _slashed(pattern: str) -> str:
    parts, escaped = [], False
    for char in pattern:
        parts.append("\\/" if char == "/" and not escaped else char)
        escaped = char == "\\" and not escaped
    return "".join(parts)

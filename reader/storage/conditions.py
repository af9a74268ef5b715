"""Conditions on articles in SQL, and the statements made of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Value: TypeAlias = "str | int | bytes"

FOUND: Final = "reader_found"
"""The function, to be given to SQLite, that finds a pattern in a text."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """What the flags alone decide: 1 for each of the 256 that are in."""

    table: bytes


@dataclass(frozen=True, slots=True)
class Match:
    """What the full-text index alone decides."""

    expression: str


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL, with `{key}` for an article's key, and its values; `rows` tells that it looks at columns of `articles a`."""

    sql: str
    values: tuple[Value, ...] = ()
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Both(Condition):
    """Words, and something else too; kept apart, so that the index can be asked first."""

    match: Match = Match("")
    rest: Condition = Condition("1")


Part: TypeAlias = Flagged | Match | Condition


def condition_of(part: Part, flags: bytes) -> Condition:
    """Give a part as SQL.

    Args:
        part: the compiled part.
        flags: a byte of flags for each key.
    """
    if isinstance(part, Match):
        return Condition("{key} IN (SELECT rowid FROM words WHERE words MATCH ?)", (part.expression,))
    if isinstance(part, Flagged):
        if len(set(part.table)) == 1:
            return Condition(str(part.table[0]))
        # A key beyond the flags has none of them.
        sign = "<> x'00'" if part.table[0] else "= x'01'"
        return Condition(f"substr(?, {{key}} + 1, 1) {sign}", (flags.translate(part.table),))
    return part


def statement(part: Part, flags: bytes, guide: int) -> tuple[str, tuple[Value, ...]]:
    """Make the statement that gives the keys of the articles in question, joined by commas, in no order.

    Args:
        part: the compiled query.
        flags: a byte of flags for each key.
        guide: the key of the source to leave out, 0 for none.
    """
    driver, rest = _driven(part)
    if driver is not None and not (rest is not None and rest.rows):
        # Asked of the index alone: an article is not even looked up.
        sql = "words MATCH ?"
        values: tuple[Value, ...] = (driver.expression,)
        if rest is not None:
            sql, values = f"{sql} AND {rest.sql.format(key='rowid')}", (*values, *rest.values)
        return f"SELECT group_concat(rowid) FROM words WHERE {sql}", values
    condition = condition_of(part, flags)
    sql = condition.sql.format(key="a.key")
    return (
        f"SELECT group_concat(key) FROM (SELECT a.key FROM articles a WHERE {sql} AND a.source <> ?)",
        (*condition.values, guide),
    )


def within(part: Part, source: int, flags: bytes) -> Part:
    """Narrow a compiled query to what one source brought, before or after another.

    Args:
        part: the compiled query.
        source: the key of the source.
        flags: a byte of flags for each key.
    """
    return joined(" AND ", [brought_by([source]), condition_of(part, flags)])


def among(part: Part, keys: Collection[int], flags: bytes) -> Part:
    """Narrow a compiled query to some articles.

    Args:
        part: the compiled query.
        keys: theirs.
        flags: a byte of flags for each key.
    """
    chosen = Condition("a.key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),), rows=True)
    return joined(" AND ", [chosen, condition_of(part, flags)])


def _driven(part: Part) -> tuple[Match | None, Condition | None]:
    if isinstance(part, Match):
        return part, None
    if isinstance(part, Condition) and isinstance(part, Both):
        return part.match, part.rest
    return None, None


def joined(sign: str, conditions: Sequence[Condition]) -> Condition:
    """Join conditions by AND or OR."""
    sql = sign.join(condition.sql for condition in conditions)
    values = tuple(value for condition in conditions for value in condition.values)
    return Condition(f"({sql})", values, any(condition.rows for condition in conditions))


def marked(keys: bytes) -> Condition:
    """Give the condition of being one of some articles: a byte for each key, 1 for those that are."""
    return Condition("substr(?, {key} + 1, 1) = x'01'", (keys,)) if keys else Condition("0")


def brought_by(sources: Sequence[int]) -> Condition:
    """Give the condition of being brought by one of some sources, before or after another."""
    marks = ", ".join("?" * len(sources))
    sql = f"(a.source IN ({marks}) OR a.key IN (SELECT key FROM shared WHERE source IN ({marks})))"
    return Condition(sql, (*sources, *sources), rows=True)

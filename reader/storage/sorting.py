"""Articles put in an order under headings, by SQL."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Final

from reader.model.listing import Group, Grouping, Order
from reader.storage.following import LISTED
from reader.values import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Sorted = tuple["array[int]", tuple[Group, ...]]
Days = tuple[tuple[int, str], ...]
"""When each stretch of days begins, in seconds since 1970, and what it is called; the newest first."""

_STRETCH: Final = 50_000
"""Characters of numbers read at once."""

_PAGE: Final = "a.edition DESC, a.position, a.key"
_MOMENT: Final = "coalesce(a.published, a.added)"
ORDERS: Final[dict[Order, str]] = {
    "page": _PAGE,
    "newest": f"{_MOMENT} DESC, {_PAGE}",
    "oldest": f"{_MOMENT}, {_PAGE}",
    "title": "a.title_key, a.key",
    "author": f"a.author IS NULL, a.author, {_PAGE}",
    "source": f"(SELECT lower(o.title) FROM sources o WHERE o.key = a.source), a.source, {_PAGE}",
    "shortest": f"a.words, {_PAGE}",
    "longest": f"a.words DESC, {_PAGE}",
    "relevance": f"{_MOMENT} DESC, {_PAGE}",
}
"""What articles are sorted by; by relevance only those can be that have the words."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """What parts the groups, in their order, and the title of each."""

    by: str
    title: str


_HEADINGS: Final[dict[Grouping, _Heading]] = {
    "section": _Heading("a.source, a.section", "coalesce(nullif(a.section, ''), s.title)"),
    "source": _Heading("a.source", "s.title"),
    "author": _Heading("a.author IS NULL, a.author", "coalesce(nullif(a.author, ''), 'No author')"),
    "none": _Heading("", "''"),
}


def everything(connection: sqlite3.Connection, order: Order, grouping: Grouping, guide: int, days: Days) -> Sorted:
    """Sort all articles.

    Args:
        connection: the library's.
        order: the order under each heading.
        grouping: the headings.
        guide: the key of the source to leave out.
        days: the headings of the grouping by date.
    """
    heading = _heading(grouping, days)
    where = f"a.source <> ? AND {LISTED.format(key='a.key')}"
    # One long string leaves SQLite five times as fast as a row for each article.
    by = ", ".join(filter(None, (heading.by, ORDERS[order])))
    if grouping == "date" and order == "newest":
        by = ORDERS[order]
    ordered = f"SELECT a.key FROM articles a WHERE {where} ORDER BY {by}"
    found = connection.execute(f"SELECT group_concat(key) FROM ({ordered})", (guide,)).fetchone()[0]
    keys = numbers(found or "")
    if not heading.by:
        return keys, bare(len(keys))
    columns = ", ".join(f"g{number}" for number, _ in enumerate(heading.by.split(", ")))
    parts = ", ".join(f"{part} AS g{number}" for number, part in enumerate(heading.by.split(", ")))
    counted = f"""
        SELECT {heading.title.replace("a.", "g.")}, g.count FROM (
            SELECT {parts}, a.source AS source, a.section AS section, a.author AS author, count(*) AS count
            FROM articles a WHERE {where} GROUP BY {columns}
        ) AS g JOIN sources s ON s.key = g.source ORDER BY {columns}
    """
    if grouping == "date":
        counted = f"SELECT {heading.by} AS day, count(*) FROM articles a WHERE {where} GROUP BY day ORDER BY day"
    groups, start = [], 0
    for title, count in connection.execute(counted, (guide,)):
        groups.append(Group(days[title][1] if grouping == "date" else title, start, count))
        start += count
    return keys, tuple(groups)


def some(connection: sqlite3.Connection, keys: Sequence[int], order: Order, grouping: Grouping, days: Days) -> Sorted:
    """Sort some articles, not very many; what is not in the library is left out."""
    heading = _heading(grouping, days)
    by = ", ".join(filter(None, (heading.by, ORDERS[order])))
    parts = heading.by or "0"
    statement = f"""
        SELECT a.key, {"0" if grouping == "date" else heading.title}, {parts} FROM json_each(?) j
        JOIN articles a ON a.key = j.value JOIN sources s ON s.key = a.source ORDER BY {by}
    """
    found, groups, last = array("I"), list[Group](), None
    start, name = 0, ""
    for number, (key, title, *parted) in enumerate(connection.execute(statement, (json.dumps(list(keys)),))):
        found.append(key)
        if parted != last:
            if last is not None:
                groups.append(Group(name, start, number - start))
            start, last = number, parted
            name = days[parted[0]][1] if grouping == "date" else title
    if last is not None:
        groups.append(Group(name, start, len(found) - start))
    return (found, tuple(groups)) if heading.by else (found, bare(len(found)))


def bare(count: int) -> tuple[Group, ...]:
    """Give the one group of a list without headings."""
    return (Group("", 0, count, bare=True),) if count else ()


def _heading(grouping: Grouping, days: Days) -> _Heading:
    if grouping != "date":
        return _HEADINGS[grouping]
    cases = " ".join(f"WHEN {_MOMENT} >= {begin} THEN {number}" for number, (begin, _) in enumerate(days[:-1]))
    return _Heading(f"CASE {cases} ELSE {len(days) - 1} END", "")


def numbers(text: str) -> array[int]:
    """Read numbers with commas between; not all at once, for no other thread would run meanwhile."""
    found = array("I")
    if len(text) <= _STRETCH:
        if text:
            found.extend(map(int, text.split(",")))
        return found
    import orjson  # four times as fast

    start = 0
    while start < len(text):
        end = text.find(",", start + _STRETCH)
        end = len(text) if end < 0 else end
        found.extend(array("I", orjson.loads(f"[{text[start:end]}]")))
        start = end + 1
    return found

"""Which articles are about the words: bm25, what the title says first, the newer one first among equals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from reader.model.query.tokens import has_words, occurrences
from reader.model.query.tree import Field, Words, leaves
from reader.storage.search import phrase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from reader.model.query.tree import Query

MANY: Final = 5_000
"""Articles that have the words from which on only the title counts: a word that is everywhere tells nothing."""

FRONT: Final = 300
"""Articles of which the title counts then: the newest."""

_WEIGHTS: Final = "20, 4, 4, 1"
"""What a word counts in title, author, section and text."""
_GRADES: Final = 20
"""What differs by less than one of so many grades is as good."""
_COLUMNS: Final = {"title": "title", "author": "author", "section": "section", "text": "body"}


def sought(query: Query) -> str:
    """Give the FTS5 expression of what articles are ranked by, empty when a query wants no words."""
    parts: dict[str, None] = {}
    for leaf, is_wanted in leaves(query):
        words = leaf.test if isinstance(leaf, Field) else leaf
        if not is_wanted or not isinstance(words, Words) or not has_words(words.text):
            continue
        if isinstance(leaf, Words):
            parts[phrase(words)] = None
        elif leaf.name in _COLUMNS:
            parts[phrase(words, _COLUMNS[leaf.name])] = None
    return " OR ".join(f"({part})" for part in parts)


def is_common(connection: sqlite3.Connection, words: Sequence[Words]) -> bool:
    """Tell whether more articles have all of some words than are worth ranking."""
    statement = f"SELECT 1 FROM words WHERE words MATCH ? LIMIT 1 OFFSET {MANY}"
    return connection.execute(statement, (" AND ".join(map(phrase, words)),)).fetchone() is not None


def named(query: Query) -> tuple[Words, ...]:
    """Give the words that a title may have of those that a query wants."""
    found: dict[Words, None] = {}
    for leaf, is_wanted in leaves(query):
        words = leaf.test if isinstance(leaf, Field) and leaf.name == "title" else leaf
        if is_wanted and isinstance(words, Words) and has_words(words.text):
            found[words] = None
    return tuple(found)


def entitled(
    connection: sqlite3.Connection, words: Sequence[Words], keys: Sequence[int], leaders: Mapping[int, int]
) -> list[int]:
    """Give, in their order, those of some articles whose title has all of some words; see `ranked`."""
    story = _followers(keys, leaders)
    statement = "SELECT key, title FROM articles WHERE key IN (SELECT value FROM json_each(?))"
    titles = connection.execute(statement, (json.dumps([*keys, *story]),))
    found = {story.get(key, key) for key, title in titles if words and all(occurrences(title, (one,)) for one in words)}
    return [key for key in keys if key in found]


def ranked(
    connection: sqlite3.Connection,
    expression: str,
    keys: Sequence[int],
    leaders: Mapping[int, int],
    *,
    few_others: bool = False,
) -> list[int]:
    """Put articles in the order of their relevance.

    Args:
        connection: the library's.
        expression: what they are ranked by.
        keys: the articles, the newest first; those that are found by what was noted on them come first.
        leaders: for each article that follows another the one that leads, and is as good as the best of its story.
        few_others: whether hardly any others have the words: it is faster to rank those too than to leave them out.
    """
    if not keys:
        return []
    story = _followers(keys, leaders)
    asked = [*keys, *story]
    first, last = min(asked), max(asked)
    inside = ""
    values: tuple[str | int, ...] = (expression, first, last)
    if last - first + 1 > len(asked) and not few_others:
        # The sign keeps SQLite from asking the index once for each of them.
        inside = "AND +rowid IN (SELECT value FROM json_each(?))"
        values = (*values, json.dumps(asked))
    statement = (
        f"SELECT rowid, bm25(words, {_WEIGHTS}) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? {inside}"
    )
    scores, wanted = dict[int, float](), set(asked)
    for key, score in connection.execute(statement, values):
        if key in wanted:
            leader = story.get(key, key)
            scores[leader] = min(score, scores.get(leader, score))
    best = min(scores.values(), default=0.0) or -1.0
    grades = {key: round(score / best * _GRADES) for key, score in scores.items()}
    return sorted(keys, key=lambda key: -grades.get(key, _GRADES + 1))


def _followers(keys: Sequence[int], leaders: Mapping[int, int]) -> dict[int, int]:
    """Give those that follow some articles, each with the one that leads."""
    if not leaders:
        return {}
    wanted = set(keys)
    return {key: leader for key, leader in leaders.items() if leader in wanted}

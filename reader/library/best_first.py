"""The best matches of a search first; of words that very many articles have, some of them before all are found."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from reader.model.article import HIDDEN
from reader.model.query.tokens import has_words
from reader.model.query.tree import And, Words
from reader.storage import ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from reader.library.states import States
    from reader.model.query import Query
    from reader.storage.cache import Cache

    Having: TypeAlias = Callable[[Sequence[int], Sequence[Words]], Iterable[int]]

ENOUGH: Final = 48
"""Matches that fill any list for the moment."""
_LOOKED_AT: Final = 128
"""Texts that are looked at for them."""
_AT_ONCE: Final = 16


def ranked(cache: Cache, keys: array[int], query: Query, expression: str) -> array[int]:
    """Put matches in the order of their relevance.

    Args:
        cache: the articles.
        keys: the matches, the newest first.
        query: what found them.
        expression: what FTS5 ranks them by.
    """
    connection = cache.connection
    leaders = cache.following.leaders(connection)
    if len(keys) <= ranking.MANY and not _is_common(cache, query):
        worded = bool(_plain(query))
        return array("I", ranking.ranked(connection, expression, keys, leaders, few_others=worded))
    head = keys[: ranking.FRONT]
    others = set(head)
    newest = cache.ordered("relevance", "none")[0][: ranking.FRONT]
    front = [key for key in ranking.entitled(connection, ranking.named(query), newest, leaders) if key in others]
    others.difference_update(front)
    return array("I", (*front, *(key for key in head if key in others))) + keys[ranking.FRONT :]


def beginning(cache: Cache, states: States, query: Query, having: Having) -> array[int] | None:
    """Give the first of the matches that `ranked` will give, at once in a library of any size.

    Args:
        cache: the articles.
        states: their flags.
        query: what is searched for.
        having: gives those of some articles whose text has a word.

    Returns:
        `ENOUGH` matches or more; None where the query is more than words, or all matches are found as soon.
    """
    if not _is_common(cache, query):
        return None
    words, connection = _plain(query), cache.connection
    newest = cache.ordered("relevance", "none")[0][: ranking.FRONT]
    shown = [key for key, flags in zip(newest, states.of(newest), strict=True) if not flags & HIDDEN]
    found = ranking.entitled(connection, words, shown, cache.following.leaders(connection))
    if len(found) < ENOUGH:
        titled = set(found)
        found += _more(cache, [key for key in shown if key not in titled][:_LOOKED_AT], words, having, len(found))
    return array("I", found) if len(found) >= ENOUGH else None


def _is_common(cache: Cache, query: Query) -> bool:
    """Tell whether a query asks for words and for nothing else, and very many articles have them."""
    words = _plain(query)
    return bool(words) and ranking.is_common(cache.connection, words)


def _more(cache: Cache, keys: Sequence[int], words: Sequence[Words], having: Having, found: int) -> Iterator[int]:
    """Give in their order the articles that have the words in their text, or some there and some in the title.

    It ends when there are enough with those found before. Bylines, sections and notes are left to the whole search.
    """
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        left = set(some)
        for one in words:
            left &= {*having(some, (one,)), *ranking.entitled(cache.connection, (one,), some, {})}
        yield from (key for key in some if key in left)
        found += len(left)
        if found >= ENOUGH:
            return


def _plain(query: Query) -> tuple[Words, ...]:
    """Give the words of a query that asks for all of some words and for nothing else."""
    nodes = query.node.nodes if isinstance(query.node, And) else (query.node,)
    words = tuple(node for node in nodes if isinstance(node, Words) and has_words(node.text))
    return words if len(words) == len(nodes) and query.sort in (None, "relevance") else ()

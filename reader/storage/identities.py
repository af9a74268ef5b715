"""The ids of many articles by their keys, without a row for each."""

from __future__ import annotations

from array import array
from collections import deque
from itertools import compress, repeat
from typing import TYPE_CHECKING, Final

from reader.storage.order import content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.storage.cache import Cache

_STRETCH: Final = 20_000
_FEW: Final = 2000
_AT_ONCE: Final = 500


def all_of(cache: Cache, after: int = 0) -> Iterator[tuple[Sequence[int], list[str]]]:
    """Give the keys and the ids of all articles in stretches, in the order of the keys; the ids as texts.

    They are remembered as long as no article comes or goes: whoever marks all may well undo it.

    Args:
        cache: the library.
        after: a key of which only the stretches behind are wanted, if no more is known.
    """
    edition = content(cache.connection)
    if cache.identified is not None and cache.identified[0] == edition:
        for keys, numbers in cache.identified[1]:
            yield keys, list(map(str, numbers))
        return
    stretches = []
    for keys, articles in _asked(cache, after):
        stretches.append((keys, array("q", map(int, articles))))
        yield keys, articles
    if not after and content(cache.connection) == edition:
        cache.identified = edition, stretches


def _asked(cache: Cache, after: int) -> Iterator[tuple[Sequence[int], list[str]]]:
    # One long string leaves SQLite several times as fast as a row for each article.
    stretch = f"FROM (SELECT key, id FROM articles WHERE key > ? ORDER BY key LIMIT {_STRETCH})"
    while True:
        statement = f"SELECT group_concat(id), min(key), max(key) {stretch}"
        ids, first, last = cache.connection.execute(statement, (after,)).fetchone()
        if ids is None:
            return
        articles = ids.split(",")
        keys: Sequence[int] = range(first, last + 1)
        if len(keys) != len(articles):
            keys, articles = _parted(cache, stretch, after)
        if not keys:
            return
        yield keys, articles
        after = keys[-1]


def _parted(cache: Cache, stretch: str, after: int) -> tuple[list[int], list[str]]:
    """Give the keys and ids of a stretch with keys that are not used."""
    keys, ids = cache.connection.execute(f"SELECT group_concat(key), group_concat(id) {stretch}", (after,)).fetchone()
    # Another process may have taken articles away meanwhile.
    return (list(map(int, keys.split(","))), ids.split(",")) if keys else ([], [])


def of(cache: Cache, keys: Sequence[int]) -> tuple[Sequence[int], list[str]]:
    """Give the keys of those articles that are there, and their ids as texts; each once, in the order of the keys."""
    if len(keys) <= _FEW:
        pairs = sorted(_looked_up(cache, list(set(keys))))
        return [key for key, _ in pairs], [article for _, article in pairs]
    last = max(keys)
    chosen = bytearray(max(last, cache.largest_key()) + 1)
    deque(map(chosen.__setitem__, keys, repeat(1)), maxlen=0)
    found, articles = list[int](), list[str]()
    for some, ids in all_of(cache, min(keys) - 1):
        if some[0] > last:
            break
        # One that came meanwhile is beyond the chosen ones.
        chosen.extend(bytes(max(0, some[-1] + 1 - len(chosen))))
        wanted = chosen[some[0] : some[-1] + 1] if isinstance(some, range) else bytes(map(chosen.__getitem__, some))
        found += compress(some, wanted)
        articles += compress(ids, wanted)
    return found, articles


def _looked_up(cache: Cache, keys: list[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        for key, article in cache.connection.execute(f"SELECT key, id FROM articles WHERE key IN ({marks})", some):
            yield key, str(article)

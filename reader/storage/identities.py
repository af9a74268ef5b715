"""The ids of many articles by their keys, without a row for each."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final

from reader.storage.alike import put_bytes
from reader.storage.order import content
from reader.storage.sorting import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.storage.cache import Cache

_STRETCH: Final = 20_000
_FEW: Final = 2000
_AT_ONCE: Final = 500


def all_of(cache: Cache) -> Iterator[tuple[Sequence[int], list[str]]]:
    """Give the keys and the ids of all articles in stretches, in no order; the ids as texts.

    They are remembered as long as no article comes or goes: whoever marks all may well undo it.
    """
    edition = content(cache.connection)
    if cache.identified is not None and cache.identified[0] == edition:
        stretches = cache.identified[1]
        yield from ((keys, articles.split(",")) for keys, articles in stretches)
        return
    stretches = []
    for keys, articles in _asked(cache):
        stretches.append((keys, articles))
        yield keys, articles.split(",")
    if content(cache.connection) == edition:
        cache.identified = edition, stretches


def _asked(cache: Cache) -> Iterator[tuple[array[int], str]]:
    # The index of the ids has the keys, and is a small part of the table; long strings leave SQLite faster than rows.
    statement = f"""
        SELECT group_concat(id), group_concat(key), max(id)
        FROM (SELECT id, key FROM articles WHERE id > ? ORDER BY id LIMIT {_STRETCH})
    """
    last = -(1 << 63)
    while True:
        articles, keys, last = cache.connection.execute(statement, (last,)).fetchone()
        if articles is None:
            return
        yield numbers(keys), articles


def of(cache: Cache, keys: Sequence[int]) -> tuple[Sequence[int], list[str]]:
    """Give the keys of those articles that are there, and their ids as texts; each once."""
    if len(keys) <= _FEW:
        pairs = sorted(_looked_up(cache, list(set(keys))))
        return [key for key, _ in pairs], [article for _, article in pairs]
    chosen = bytearray(max(max(keys), cache.largest_key()) + 1)
    put_bytes(chosen, keys, b"\1" * len(keys))
    found, articles = array("I"), list[str]()
    for some, ids in all_of(cache):
        try:
            wanted = bytes(map(chosen.__getitem__, some))
        except IndexError:
            # One that came meanwhile is beyond the chosen ones.
            chosen.extend(bytes(max(some) + 1 - len(chosen)))
            wanted = bytes(map(chosen.__getitem__, some))
        if 0 in wanted:
            some, ids = array("I", compress(some, wanted)), list(compress(ids, wanted))
        found.extend(some)
        articles += ids
    return found, articles


def _looked_up(cache: Cache, keys: list[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        for key, article in cache.connection.execute(f"SELECT key, id FROM articles WHERE key IN ({marks})", some):
            yield key, str(article)

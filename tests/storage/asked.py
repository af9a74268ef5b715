"""Asks a library for what nobody marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.listing import Filter
from reader.model.query import parse
from reader.storage import compiling, conditions, sorting

if TYPE_CHECKING:
    from reader.storage.cache import Cache


class Unmarked:
    """Nothing is marked, said or tagged."""

    def flags(self) -> bytes:
        return b""

    def said(self, words, *, notes) -> bytes:
        return b""


def groups(cache: Cache, chosen: Filter, order="page", grouping="section"):
    """Give the keys and the headings of what a filter's words and source choose."""
    if chosen == Filter():
        return cache.ordered(order, grouping)
    part = compiling.compiled(parse(chosen.words).node, Unmarked())
    if chosen.source is not None:
        part = conditions.within(part, cache.key_of(chosen.source), b"")
    guide = chosen.source is not None
    keys = cache.listed(cache.asked(part, b"", guide=guide), guide=guide)
    return sorting.some(cache.connection, keys, order, grouping, ())

"""Which of the articles in an order that is kept are wanted: a byte for each of them."""

from __future__ import annotations

from array import array
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from reader.model.listing import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reader.storage.sorting import Sorted

_STRETCH: Final = 5_000
"""Keys that are dealt with at a time: no other thread runs meanwhile."""


def mask(keys: array[int], size: int) -> bytearray:
    """Give a byte for each key from 0 up to a size, or more, 1 where the key is among some."""
    marked = bytearray(size)
    try:
        for key in keys:
            marked[key] = 1
    except IndexError:
        return mask(keys, max(keys) + 1)
    return marked


def both(one: bytes | bytearray, other: bytes | bytearray) -> bytearray:
    """Give 1 where both have it; where the other ends, nothing is."""
    joined = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return bytearray(joined.to_bytes(len(one), "little"))


def either(one: bytes | bytearray, other: bytes | bytearray) -> bytearray:
    """Give 1 where one of them has it."""
    joined = int.from_bytes(one, "little") | int.from_bytes(other, "little")
    return bytearray(joined.to_bytes(max(len(one), len(other)), "little"))


def lead(marked: bytearray, leaders: Mapping[int, int]) -> None:
    """Mark what leads where something that follows is marked.

    Args:
        marked: a byte for each key.
        leaders: for each article that follows another, the one that leads.
    """
    for key, leader in leaders.items():
        if key < len(marked) and marked[key] and leader < len(marked):
            marked[leader] = 1


def inside(marked: bytearray, keys: array[int]) -> bytes:
    """Give for each of some keys whether it is marked."""
    try:
        return b"".join(_of(marked, keys[start : start + _STRETCH]) for start in range(0, len(keys), _STRETCH))
    except IndexError:
        return inside(marked.ljust(max(keys) + 1, b"\0"), keys)


def _of(marked: bytearray, keys: array[int]) -> bytes:
    return bytes(itemgetter(*keys)(marked)) if len(keys) > 1 else bytes([marked[keys[0]]])


def also(chosen: bytes, keys: array[int], more: Iterable[int]) -> bytes:
    """Choose some keys besides those that are chosen already."""
    wanted = set(more)
    return bytes(one or key in wanted for one, key in zip(chosen, keys, strict=True))


def narrowed(keys: array[int], groups: tuple[Group, ...], chosen: bytes) -> Sorted:
    """Leave the chosen articles, and the headings that have one."""
    kept, start = list[Group](), 0
    for group in groups:
        count = chosen.count(1, group.start, group.start + group.count)
        if count:
            kept.append(Group(group.title, start, count, bare=group.bare))
            start += count
    return array("I", compress(keys, chosen)), tuple(kept)

"""The usual order of all articles, kept so that a start need not sort them."""

from __future__ import annotations

import json
from array import array
from typing import Final

from reader.model.listing import Group

USUAL_ORDER: Final = "usual order"
"""The name under which it is kept; whoever changes articles drops it."""
WORTH_KEEPING: Final = 2000
"""Articles below which sorting costs nothing."""


def packed(keys: array[int], groups: tuple[Group, ...], edition: str) -> bytes:
    """Give an order as bytes, with a name for the content that it is the order of."""
    heads = json.dumps([edition, [(group.title, group.count) for group in groups]]).encode()
    return heads + b"\n" + keys.tobytes()


def unpacked(kept: bytes, edition: str) -> tuple[array[int], tuple[Group, ...]] | None:
    """Give an order that was kept, None when it is damaged or of another content."""
    heads, _, packed = kept.partition(b"\n")
    keys, groups, start = array("I"), [], 0
    try:
        of_edition, counts = json.loads(heads)
        keys.frombytes(packed)
        for title, count in counts:
            groups.append(Group(title, start, count))
            start += count
    except (ValueError, TypeError):
        return None
    return (keys, tuple(groups)) if of_edition == edition and start == len(keys) else None

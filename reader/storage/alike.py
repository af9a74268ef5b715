"""Documents looked up very many at a time, in runs: a million articles may share a few, which are looked at once.

What is done to a run is done in C, and between two runs another thread has its turn.
"""

from __future__ import annotations

from collections import deque
from itertools import repeat
from operator import is_
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.storage.records import Doc, Docs

RUN: Final = 10_000


def put_bytes(into: bytearray, places: Sequence[int], values: bytes) -> None:
    """Put a byte at each of some places.

    Raises:
        ValueError: there are not as many values as places.
    """
    if len(places) != len(values):
        raise ValueError(f"{len(values)} values for {len(places)} places")
    for start in range(0, len(places), RUN):
        stop = start + RUN
        deque(map(into.__setitem__, places[start:stop], values[start:stop]), maxlen=0)


def looked_up(docs: Docs, keys: Sequence[str]) -> list[list[Doc | None]]:
    """Give the documents of some keys as they are now, a run at a time, for `runs` to be given more than once."""
    return [list(map(docs.get, keys[start : start + RUN])) for start in range(0, len(keys), RUN)]


def runs(
    docs: Docs, keys: Sequence[str], known: list[list[Doc | None]] | None = None
) -> Iterator[tuple[Sequence[str], list[int], dict[int, Doc | None]]]:
    """Give some keys at a time, for each of them a number, and the document that goes by the number; None for none.

    Args:
        docs: the documents.
        keys: the keys.
        known: what `looked_up` gave for them.
    """
    for number, start in enumerate(range(0, len(keys), RUN)):
        some = keys[start : start + RUN]
        found = known[number] if known is not None else list(map(docs.get, some))
        first = found[0]
        if all(map(is_, found, repeat(first))):
            yield some, [id(first)] * len(found), {id(first): first}
            continue
        numbers = list(map(id, found))
        # The documents are held with their numbers, so none of these is given to another meanwhile.
        yield some, numbers, dict(zip(numbers, found, strict=True))

"""A set of articles by their keys, a byte for each key there is: a hundred thousand are joined and counted at once."""

from __future__ import annotations

from array import array
from dataclasses import field
from itertools import compress
from typing import TYPE_CHECKING, Final

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUN: Final = 2000
_BITS: Final = {bit: bytes(bool(flags & bit) for flags in range(256)) for bit in (1 << power for power in range(8))}


@dataclass(frozen=True, slots=True)
class Keys:
    """Some articles: `mask` has a 1 for each key that is one of them, and may end before the largest key.

    A change gives a new set, and costs a copy of the bytes at most.
    """

    mask: bytes = b""
    _count: int = field(default=-1, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Count them once."""
        object.__setattr__(self, "_count", _number(self.mask).bit_count())

    def __len__(self) -> int:
        """Count the articles."""
        return self._count

    def __contains__(self, key: int) -> bool:
        """Tell whether an article is one of them."""
        return key < len(self.mask) and self.mask[key] == 1

    def __or__(self, other: Keys) -> Keys:
        """Give the articles of either."""
        return Keys(_bytes(_number(self.mask) | _number(other.mask)))

    def __and__(self, other: Keys) -> Keys:
        """Give the articles of both."""
        return Keys(_bytes(_number(self.mask) & _number(other.mask)))

    def __sub__(self, other: Keys) -> Keys:
        """Give these articles without the others."""
        both = _number(self.mask) & _number(other.mask)
        return Keys(_bytes(_number(self.mask) ^ both))

    def with_all(self, other: Keys) -> Keys:
        """Give these and the others; where the others are among these already, these without them."""
        return self - other if len(self & other) == len(other) else self | other

    def having(self, flag: int, flags: bytes) -> int:
        """Count those of them that have a flag.

        Args:
            flag: one of those in `reader.model.article`.
            flags: the flags of all articles, by their keys.
        """
        return (_number(self.mask) & _number(flags[: len(self.mask)].translate(_BITS[flag]))).bit_count()

    def listed(self) -> array[int]:
        """Give the keys, ascending."""
        return array("I", compress(range(len(self.mask)), self.mask))


def keys_of(keys: array[int] | Iterable[int]) -> Keys:
    """Give the set of some keys."""
    found = keys if isinstance(keys, array) else array("I", keys)
    mask = bytearray(max(found, default=-1) + 1)
    for start in range(0, len(found), _RUN):
        _put(mask, found[start : start + _RUN])
    return Keys(bytes(mask))


def _put(mask: bytearray, keys: array[int]) -> None:
    """Put some keys into a mask: those of articles that came together are in a row, and are one slice."""
    first, count = keys[0], len(keys)
    if keys[-1] - first == count - 1 and keys == array("I", range(first, first + count)):
        mask[first : first + count] = b"\1" * count
        return
    for key in keys:
        mask[key] = 1


def _number(mask: bytes) -> int:
    return int.from_bytes(mask, "little")


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "little")

"""Calls to the disk that are refused, and one that is the last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.faults.calls import Calls

if TYPE_CHECKING:
    from pathlib import Path


class Refusing(Calls):
    """A disk that refuses calls.

    Args:
        root: the folder.
        number: how many calls are taken before.
        error: what is raised then, an `errno`.
        only: the calls that it refuses; all of them without.
        once: whether only one call is refused, and all after it are taken again.
        half: whether half of the first bytes that are refused is taken.

    Attributes:
        refused: how many calls were refused.
    """

    def __init__(
        self,
        root: Path,
        number: int,
        error: int,
        only: frozenset[str] = frozenset(),
        *,
        once: bool = False,
        half: bool = False,
    ) -> None:
        super().__init__(root)
        self._number, self._error, self._only, self._once, self._half = number, error, only, once, half
        self._halving = False
        self.refused = 0

    def before(self, call: str, path: str) -> None:
        if self.count <= self._number or (self._only and call not in self._only) or (self._once and self.refused):
            return
        self.refused += 1
        self._halving = self._half and call == "write" and self.refused == 1
        if not self._halving:
            raise OSError(self._error, os.strerror(self._error), path)

    def taken(self, data: bytes) -> bytes:
        if not self._halving:
            return data
        self._halving = False
        if len(data) < 2:
            raise OSError(self._error, os.strerror(self._error))
        return data[: len(data) // 2]


class Killing(Calls):
    """Ends the process, as `kill -9` does, at a call; a child that was made for it.

    Args:
        root: the folder.
        number: how many calls are made before.
    """

    def __init__(self, root: Path, number: int) -> None:
        super().__init__(root)
        self._number = number

    def before(self, call: str, path: str) -> None:
        if self.count > self._number:
            os.kill(os.getpid(), 9)

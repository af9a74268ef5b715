"""Whether it was the network that was away, when sources could not be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.library import verdicts
from reader.library.wholes import host_of
from reader.model.source import FETCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.library.ledger import Ledger
    from reader.model.source import Source
    from reader.storage.fetches import Fetch

UNREACHED: Final = frozenset({"network", "timeout"})
"""The kinds of errors that tell of no answer at all."""


class Reaching:
    """Remembers which sources of a run could not be reached."""

    def __init__(self) -> None:
        self._lost: dict[str, Fetch] = {}

    def lost(self, before: Fetch) -> None:
        """Take note of a source that could not be reached.

        Args:
            before: what was known of it before it was asked.
        """
        self._lost[before.source] = before

    def soon(
        self, asked: Iterable[Source], known: Iterable[Source], ledger: Ledger, now: int, chance: Callable[[], float]
    ) -> list[Fetch]:
        """Give what is to be known of the lost sources instead, if it was the network that was away.

        Args:
            asked: the sources of this run.
            known: all sources.
            ledger: knows what was noted of them.
            now: the present time.
            chance: gives numbers from 0 to 1.
        """
        lost = [source for source in asked if source.kind in FETCHED]
        if not lost or {source.id for source in lost} != self._lost.keys():
            return []
        others = [source for source in known if source.kind in FETCHED and source.id not in self._lost]
        seen = [(host_of(source.location), ledger.of(source)) for source in others]
        if not verdicts.is_cut_off({host_of(source.location) for source in lost}, seen, now):
            return []
        return [verdicts.cut_off(self._lost[one.id], now, ledger.of(one).error, chance()) for one in lost]

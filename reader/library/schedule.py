"""When a source is asked again: as often as it publishes, seldom when it is silent, later when it fails."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from reader.storage.fetches import FARTHEST

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

SOONEST: Final = 30 * MINUTE
LATEST: Final = DAY
"""Bounds of how often a source is asked by our own judgement."""

SOONEST_ASKED: Final = 15 * MINUTE
"""The shortest time that a publisher's wish (max-age, ttl) counts as; the longest is a day."""

GLANCE: Final = MINUTE
"""How often folders of this computer are looked through while the app is open."""

USUAL: Final = HOUR
"""For sources that tell no dates."""

_NEWEST: Final = 20
_SLOWER: Final = 1.25
_JITTER: Final = 0.1


def every(published: Iterable[int | None], now: int) -> int:
    """Tell how often to ask a source, from when its newest entries were published.

    It is half the median gap between them, and at least a tenth of the time since the newest: what has
    gone silent is asked less often, and not forgotten.

    Args:
        published: times in seconds since 1970; None and what lies in the future are passed over.
        now: the present time.
    """
    times = sorted({time for time in published if time is not None and time <= now}, reverse=True)[:_NEWEST]
    if not times:
        return USUAL
    gaps = [later - earlier for later, earlier in pairwise(times)]
    rhythm = median(gaps) / 2 if gaps else USUAL
    return _between(max(rhythm, (now - times[0]) / 10), SOONEST, LATEST)


def slower(seconds: int) -> int:
    """Tell how often to ask a source from now on that had nothing new."""
    return _between(seconds * _SLOWER, SOONEST, LATEST)


def asked_for(*wishes: int | None) -> int:
    """Give how long a publisher wants not to be asked, 0 when it wishes nothing."""
    said = [wish for wish in wishes if wish is not None and wish > 0]
    return _between(max(said), SOONEST_ASKED, DAY) if said else 0


def due(now: int, seconds: int, wish: int, chance: float) -> int:
    """Give the time of the next look.

    Args:
        now: the present time.
        seconds: how often it is asked by our judgement.
        wish: what the publisher asks for, see `asked_for`.
        chance: from 0 to 1; spreads sources that were added together.
    """
    return now + max(round(seconds * (1 + _JITTER * chance)), wish)


def retry(now: int, failures: int, chance: float) -> int:
    """Give the time of the next try after so many failures in a row: an hour, two, four … a day, a bit at random."""
    wait = min(HOUR << min(failures - 1, 10), DAY)
    return now + round(wait * (1 - _JITTER + 2 * _JITTER * chance))


def is_due(now: int, due: int) -> bool:
    """Tell whether it is time for a look; a time that nobody would set says that the clock was wrong once."""
    return not now < due <= now + FARTHEST


def soon(now: int, chance: float) -> int:
    """Give the time of the next try when nothing could be reached: a quarter of an hour to half of one."""
    return now + round(15 * MINUTE * (1 + chance))


def pause(now: int, retry_after: int) -> int:
    """Give the time until which a host that asked for patience is left alone: a day at the most."""
    return now + _between(retry_after, MINUTE, DAY)


def _between(value: float, low: int, high: int) -> int:
    return round(min(max(value, low), high))

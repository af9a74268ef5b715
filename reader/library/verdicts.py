"""What is known of a source after it was asked: decisions, without anything being done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.library import schedule

if TYPE_CHECKING:
    from reader.storage.fetches import Fetch

ENDED: Final = "its publisher ended it (410 Gone): it is not asked any more; what came stays until you remove it"


def well(fetch: Fetch, now: int, every: int, wish: int, chance: float) -> Fetch:
    """Give what is known after a good answer.

    Args:
        fetch: what was known, with the answer's validators.
        now: the present time.
        every: how often it is to be asked by its rhythm.
        wish: for how long its publisher wants not to be asked.
        chance: from 0 to 1.
    """
    due = schedule.due(now, every, wish, chance)
    return replace(fetch, checked=now, succeeded=now, failures=0, error="", gone=False, every=every, due=due)


def unchanged(fetch: Fetch, now: int, wish: int, chance: float) -> Fetch:
    """Give what is known after an answer without news: it is asked a little less often."""
    return well(fetch, now, schedule.slower(fetch.every), wish, chance)


def failed(fetch: Fetch, now: int, why: str, chance: float) -> Fetch:
    """Give what is known after a failure: the next try is the later the more there were."""
    failures = fetch.failures + 1
    return replace(fetch, checked=now, failures=failures, error=why, due=schedule.retry(now, failures, chance))


def unreadable(fetch: Fetch, now: int, why: str, chance: float) -> Fetch:
    """Give what is known after an answer that could not be read: the next one is asked for in full."""
    return replace(failed(fetch, now, why, chance), etag="", modified="", digest="")


def busy(fetch: Fetch, now: int, why: str, until: int) -> Fetch:
    """Give what is known after the host asked for patience."""
    return replace(fetch, checked=now, failures=fetch.failures + 1, error=why, due=until)


def ended(fetch: Fetch, now: int) -> Fetch:
    """Give what is known after the publisher said that it is over."""
    return replace(fetch, checked=now, failures=fetch.failures + 1, error=ENDED, gone=True)

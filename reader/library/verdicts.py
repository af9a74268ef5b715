"""What is known of a source after it was asked: decisions, without anything being done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.library import schedule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reader.ingest.net.fetched import Response
    from reader.storage.fetches import Fetch

ENDED: Final = "its publisher ended it (410 Gone): it is not asked any more; what came stays until you remove it"


def answered(before: Fetch, response: Response, digest: str) -> Fetch:
    """Give the validators of an answer, with where they came from; those before stay where it is the same answer."""
    if digest != before.digest:
        return replace(before, etag=response.etag, modified=response.modified, address=response.url, digest=digest)
    etag, modified = response.etag or before.etag, response.modified or before.modified
    return replace(before, etag=etag, modified=modified, address=response.url)


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
    """Give what is known after an answer without news: it is asked a little less often, if it had been due."""
    every = schedule.slower(fetch.every) if _was_due(fetch, now) else fetch.every
    return well(fetch, now, every, wish, chance)


def looked_through(fetch: Fetch, now: int, problem: str) -> Fetch:
    """Give what is known of a folder of this computer, which may be looked at all the time."""
    return replace(fetch, checked=now, succeeded=now, failures=0, error=problem, due=now + schedule.GLANCE)


def missing(fetch: Fetch, now: int, why: str, _chance: float = 0) -> Fetch:
    """Give what is known of a folder that could not be looked at: it is there again as soon as its disk is."""
    return replace(fetch, checked=now, failures=fetch.failures + 1, error=why, due=now + schedule.GLANCE)


def failed(fetch: Fetch, now: int, why: str, chance: float) -> Fetch:
    """Give what is known after a failure: the next try is the later the more there were.

    Who tries again by hand, before the time, does not make it later.
    """
    if fetch.failures and not _was_due(fetch, now):
        return replace(fetch, checked=now, error=why)
    failures = fetch.failures + 1
    return replace(fetch, checked=now, failures=failures, error=why, due=schedule.retry(now, failures, chance))


def cut_off(before: Fetch, now: int, why: str, chance: float) -> Fetch:
    """Give what is known of a source that could not be reached as nothing could: it is tried again soon."""
    due = schedule.soon(now, chance)
    return replace(before, checked=now, failures=max(before.failures, 1), error=why, due=due)


def is_cut_off(lost: Collection[str], others: Iterable[tuple[str, Fetch]], now: int) -> bool:
    """Tell whether the network is away rather than some servers.

    One host alone that does not answer tells nothing, unless others did not answer of late either.

    Args:
        lost: the hosts that were asked just now, none of which could be reached.
        others: what is known of the other sources on the network, each with its host.
        now: the present time.
    """
    if len(lost) > 1:
        return True
    recent = [(host, fetch) for host, fetch in others if (fetch.checked or 0) > now - schedule.HOUR]
    answered = any(not fetch.failures for _, fetch in recent)
    return not answered and any(host not in lost for host, _ in recent)


def unreadable(fetch: Fetch, now: int, why: str, chance: float) -> Fetch:
    """Give what is known after an answer that could not be read: the next one is asked for in full."""
    return replace(failed(fetch, now, why, chance), etag="", modified="", digest="", address="")


def busy(fetch: Fetch, now: int, why: str, until: int) -> Fetch:
    """Give what is known after the host asked for patience."""
    failures = fetch.failures + (not fetch.failures or _was_due(fetch, now))
    return replace(fetch, checked=now, failures=failures, error=why, due=until)


def ended(fetch: Fetch, now: int) -> Fetch:
    """Give what is known after the publisher said that it is over."""
    return replace(fetch, checked=now, failures=fetch.failures + 1, error=ENDED, gone=True)


def _was_due(fetch: Fetch, now: int) -> bool:
    """Tell whether a source was asked because it was time, and not by hand."""
    return schedule.is_due(now, fetch.due)

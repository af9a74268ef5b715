"""What the log is told of a refresh: sources by their ids, and how it went; addresses only where faults are sought."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from reader import logs
from reader.ingest.net.fetched import FetchError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from reader.ingest.net.fetched import Response
    from reader.library.events import Landed, Summary
    from reader.model.source import Source

_ADDRESS: Final = re.compile(r"\w+://[^\s'\"<>]+")


async def answer(source: Source, asking: Awaitable[Response]) -> Response:
    """Wait for what a source answers, and log how it was."""
    began = time.monotonic()
    logs.debug("asking", source=source.id, address=_bare(source.location))
    try:
        response = await asking
    except FetchError as error:
        status = error.status or "-"
        logs.warning("no answer", source=source.id, kind=error.kind, status=status, seconds=time.monotonic() - began)
        raise
    length, seconds = len(response.body), time.monotonic() - began
    logs.info("answer", source=source.id, status=response.status, bytes=length, seconds=seconds)
    return response


def landed(event: Landed) -> None:
    """Log what came of a source."""
    found = {"new": len(event.new), "changed": len(event.changed), "pages": event.pages}
    facts = {name: count for name, count in found.items() if count}
    (logs.warning if event.error else logs.info)("landed", source=event.source, **facts, failed=bool(event.error))
    if event.error:
        logs.debug("landed", source=event.source, error=_ADDRESS.sub(lambda found: _bare(found[0]), event.error))


def ended(summary: Summary) -> None:
    """Log what came of all sources."""
    logs.info("refreshed", asked=summary.asked, new=summary.new, changed=summary.changed, failed=summary.failed)


def _bare(address: str) -> str:
    """Give an address without a name and a password in it, and without its query, which may hold a key."""
    whole, query, _ = address.partition("?")
    scheme, mark, rest = whole.partition("://") if "://" in whole else ("", "", whole)
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}{query and '?...'}"

"""What the library does out in the world, for callers that wait: each may run in a thread, and be stopped."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reader import settings
from reader.ingest.errors import IngestError
from reader.library.events import Job, Landed, Summary

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence
    from pathlib import Path
    from threading import Event

    from reader.ingest.found import Found, Kind
    from reader.library import Library
    from reader.model.article import Row

_Value = TypeVar("_Value")

_GLANCE: Final = 0.05
"""Seconds between two looks at whether to stop."""
_MORE: Final = 2.0
"""Seconds of the processor for each MiB of a file, beyond those that every file has."""
_HEAVY: Final = ("<", "{", "%PDF-", "PK\x03\x04", "\x1f\x8b")
"""How that begins which only a worker reads: it may be made to harm."""


class StoppedError(IngestError):
    """The user stopped it."""


def _nothing(_: object) -> None:
    """Tell nobody."""


def look(
    what: str,
    *,
    feed: bool | None = None,
    kind: Kind | None = None,
    offered_by: Found | None = None,
    tell: Callable[[str], None] = _nothing,
    stop: Event | None = None,
) -> Found:
    """Look into a web address.

    Args:
        what: the address that the user typed; `https://` need not be.
        feed: True for the best feed of a page, False for the page itself, None for the page with the feeds
            that it offers, each tried: the caller asks the user.
        kind: what it is taken for, whatever it looks like.
        offered_by: the page that offers this feed, if the user did not type its address: it may be on the user's own
            network only where the page is, too.
        tell: told what is done now, in words.
        stop: set from another thread, it ends this at once.

    Raises:
        IngestError: nothing came, it cannot be read, or there is no feed; the message says what to do.
        StoppedError: `stop` was set.
    """

    async def work() -> Found:
        from reader.ingest.fetch import Fetcher
        from reader.ingest.workshop import Workshop
        from reader.library.looking import Look

        async with Workshop() as shop, Fetcher() as fetcher:
            looking = Look(fetcher, shop, tell, _settings().feed_megabytes << 20)
            return await (looking.at(what, feed, kind) if offered_by is None else looking.offered(what, offered_by))

    return run(work(), stop)


def read_bytes(data: bytes, name: str = "", *, kind: Kind | None = None, stop: Event | None = None) -> Found:
    """Read what a file or the clipboard held: plain text here, what may be made to harm in a worker.

    Args:
        data: the bytes.
        name: what the file is called.
        kind: what it is taken for, whatever it looks like.
        stop: set from another thread, it ends this at once.

    Raises:
        IngestError: it cannot be read.
        StoppedError: `stop` was set.
    """
    from reader.ingest import exports
    from reader.ingest.decode import head

    export = exports.limit(data) if kind is None else 0
    if not export and kind in {None, "listing", "essay"} and not head(data).startswith(_HEAVY):
        from reader.ingest import detect

        return detect.read(data, name, kind=kind)

    async def work() -> Found:
        from reader.ingest.workshop import DEADLINE, Workshop

        async with Workshop(workers=1) as shop:
            deadline = DEADLINE + (len(data) >> 20) * _MORE
            found: Found = await shop.run("reader.ingest.detect:read", data, name, deadline=deadline, kind=kind)
            return found

    return run(work(), stop)


def read_file(path: Path, *, kind: Kind | None = None, stop: Event | None = None) -> Found:
    """Read a file; a database of another program is only looked into, its articles are read when they are taken in.

    Args:
        path: the file.
        kind: what it is taken for, whatever it looks like.
        stop: set from another thread, it ends this at once.

    Raises:
        IngestError: it cannot be read.
        OSError: it cannot be opened.
        StoppedError: `stop` was set.
    """
    from reader.ingest import detect, exports

    with path.open("rb") as file:
        data = detect.taken(file)
    if not exports.is_database(data) or kind is not None:
        return read_bytes(data, path.name, kind=kind, stop=stop)
    return _in_worker("reader.library.foreign:look", str(path.absolute()), stop=stop)


def read_folder(path: Path, *, stop: Event | None = None) -> Found | None:
    """Read a folder that is another program's export, unpacked; None for any other folder.

    Raises:
        IngestError: it cannot be read.
        StoppedError: `stop` was set.
    """
    from reader.ingest.exports import boxes

    if not boxes.is_export(str(path)):
        return None
    return _in_worker("reader.ingest.exports.boxes:in_folder", str(path), stop=stop)


def _in_worker(function: str, path: str, *, stop: Event | None) -> Found:
    async def work() -> Found:
        from reader.ingest.workshop import DEADLINE, Workshop

        async with Workshop(workers=1) as shop:
            found: Found = await shop.run(function, path, deadline=10 * DEADLINE)
            return found

    return run(work(), stop)


def whole(library: Library, key: int, *, stop: Event | None = None) -> Row:
    """Fetch the whole article behind a row, keep it, and give the row as it is now.

    Args:
        library: the library that has it.
        key: the article.
        stop: set from another thread, it ends this at once.

    Raises:
        IngestError: it cannot be had; the message says why.
        StoppedError: `stop` was set.
    """
    from reader.storage import pages

    article = library.cache.article(key)
    url = pages.url(library.cache, key)
    if article is None or url is None:
        raise IngestError("this article came without an address that it could be fetched from")
    source = library.subscriptions.source(article.source_id)

    async def work() -> str:
        from reader.ingest.fetch import Fetcher
        from reader.ingest.workshop import Workshop
        from reader.library import wholes

        async with Workshop(workers=1) as shop, Fetcher() as fetcher:
            budget = _settings().pictures_megabytes << 20
            tools = wholes.Tools(library.cache, _at_once, fetcher, shop, library.now, budget)
            return await wholes.whole(tools, source, key, url, asked=True)

    problem = run(work(), stop)
    if problem:
        raise IngestError(problem)
    return library.shelf.rows((key,))[0]


def refresh(
    library: Library,
    sources: Sequence[str] | None = None,
    *,
    force: bool = False,
    tell: Callable[[Landed], None] = _nothing,
    stop: Event | None = None,
) -> Summary:
    """Ask sources for what is new, in this process.

    Args:
        library: the library, opened to be written.
        sources: the ids of those that are asked in any case; None for those that are due.
        force: with None, ask those too that are not due.
        tell: told of each source as it lands.
        stop: set from another thread, it ends this at once; what landed is kept.

    Raises:
        LibraryError: library.db takes nothing.
    """
    from reader.library.refresh import Refresh

    job = job_for(library, sources, force=force)
    known = {source.id: source for source in job.sources}
    changed: list[int] = []
    new: list[int] = []

    def landed(event: Landed) -> None:
        source = known[event.source]
        changed.extend(event.changed)
        new.extend(event.new)
        # To look for what changed where nothing did takes long where there are a thousand sources.
        renamed = not event.error and (event.title, event.site or source.site) != (source.title, source.site)
        if event.moved or renamed:
            note = library.subscriptions.landed(event.source, title=event.title, site=event.site, moved=event.moved)
            event = replace(event, note=note)
        elif event.new or event.changed:
            library.subscriptions.landed()
        tell(event)

    work = Refresh(library.cache, job, landed, now=library.now)
    try:
        summary = run(work.run(), stop)
    except StoppedError:
        summary = work.stopped()
    summary = replace(summary, ruled=library.came(changed, new))
    library.hooks.refreshed(summary, new)
    return summary


def job_for(library: Library, sources: Sequence[str] | None, *, force: bool) -> Job:
    """Make the job that a refresh is, with the sources and the bounds as they are now."""
    wanted = None if sources is None else frozenset(sources)
    return Job(tuple(library.marks.sources()), wanted, force).under(_settings(library))


def _settings(library: Library | None = None) -> settings.Settings:
    places = settings.places() if library is None else library.places
    return settings.load(places.settings)[0]


async def _at_once(work: Callable[[], Any]) -> Any:  # noqa: ANN401 -- what the work gives
    """Do work with the library in the calling thread, which has its connection already."""
    return work()


def run(work: Coroutine[Any, Any, _Value], stop: Event | None) -> _Value:
    """Wait for some work, and end it when it is to stop.

    Raises:
        StoppedError: `stop` was set.
    """

    async def watched() -> _Value:
        task = asyncio.ensure_future(work)
        try:
            while stop is not None and not task.done():
                await asyncio.wait({task}, timeout=_GLANCE)
                if stop.is_set():
                    raise StoppedError("stopped")
            return await task
        finally:
            await _ended(task)

    return asyncio.run(watched())


async def _ended(task: Awaitable[object]) -> None:
    if isinstance(task, asyncio.Task) and not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

"""Asking sources for what is new: many at once, with manners, each landing as soon as it has come."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeVar

from reader.ingest.errors import IngestError
from reader.ingest.fetch import Fetcher
from reader.ingest.net.fetched import FetchError, Request
from reader.ingest.workshop import Workshop
from reader.library import folders, schedule, telling, verdicts, wholes
from reader.library.events import Job, Landed, Summary
from reader.library.ledger import Ledger
from reader.library.reaching import UNREACHED, Reaching
from reader.library.secrets import SecretError, password
from reader.library.subscriptions import refreshed
from reader.library.together import together
from reader.library.wholes import Tools, host_of
from reader.model.source import FETCHED, WATCHED, Source
from reader.storage import intake
from reader.storage.cache import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.ingest.found import Found
    from reader.ingest.net.fetched import Response
    from reader.storage.cache import Cache
    from reader.storage.fetches import Fetch

PER_HOST: Final = 2

_GONE: Final = 410
_BUSY: Final = (429, 503)
_UNCHANGED: Final = 304
_ROOM: Final = 24 << 20
"""Bytes that came and are not taken in yet, at which no further source is asked."""

_Value = TypeVar("_Value")


class Refresh:
    """One run over the sources of a library.

    Args:
        cache: the library that takes in what comes.
        job: which sources, within which bounds.
        tell: told, on the loop, of each source that landed; its articles can be read by then.
        now: gives seconds since 1970, UTC.
        chance: gives numbers from 0 to 1, so that sources do not come due together.
    """

    def __init__(
        self,
        cache: Cache,
        job: Job,
        tell: Callable[[Landed], None],
        *,
        now: Callable[[], int] = lambda: int(time.time()),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._cache, self._job, self._tell, self._now, self._chance = cache, job, tell, now, chance
        self._ledger = Ledger(cache)
        self._named: dict[str, Source] = {}
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self._paused: dict[str, int] = {}
        self._reaching = Reaching()
        self._room = asyncio.Condition()
        self._held = self._total = self._done = 0
        self.summary = Summary()

    def chosen(self) -> list[Source]:
        """Give the sources that this run asks, those first that are due for longest."""
        now, wanted = self._now(), self._job.wanted
        asked = [source for source in self._job.sources if source.kind in FETCHED | WATCHED]
        if wanted is not None:
            return [source for source in asked if source.id in wanted]
        due = [
            (known.due, number, source)
            for number, source in enumerate(asked)
            if not (source.care.paused or (known := self._before(source)).gone)
            and (self._job.force or source.kind in WATCHED or schedule.is_due(now, known.due))
        ]
        return [source for _, _, source in sorted(due, key=lambda one: one[:2])]

    async def run(self) -> Summary:
        """Ask the sources; when it is cancelled, what has landed is kept.

        Raises:
            LibraryError: library.db takes nothing.
        """
        sources = self.chosen()
        self._total = len(sources)
        if not sources:
            return self.summary
        with ThreadPoolExecutor(1, "store") as self._thread:
            try:
                async with Workshop() as shop, Fetcher(per_host=PER_HOST) as fetcher:
                    self._tools = Tools(self._cache, self._stored, fetcher, shop, self._now, self._job.pictures)
                    await together(self._ask(source) for source in sources)
                    every, now = self._job.sources, self._now()
                    for known in self._reaching.soon(sources, every, self._ledger, now, self._chance):
                        self._note(known)
                    await self._fetch_wholes(sources)
            finally:
                # Cancelled or not: without it all would be asked again at once.
                self._ledger.finish(self._thread)
                telling.ended(self.summary)
        return self.summary

    def stopped(self) -> Summary:
        """Give what came of a run that was cancelled."""
        return replace(self.summary, stopped=True)

    # -- one source

    async def _ask(self, source: Source) -> None:
        before = self._before(source)
        wrong = verdicts.missing if source.kind in WATCHED else verdicts.unreadable
        try:
            if source.kind in WATCHED:
                await self._look_through(source, before)
            else:
                await self._fetch(source, before)
        except FetchError as error:
            self._refused(source, before, error)
        except (IngestError, SecretError) as error:
            self._lost(source, wrong(before, self._now(), str(error), self._chance()))
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever is wrong with one source, the others go on
            why = f"it cannot be refreshed ({type(error).__name__}: {error})"
            self._lost(source, wrong(before, self._now(), why, self._chance()))

    async def _fetch(self, source: Source, before: Fetch) -> None:
        held = 0
        try:
            response = await self._answer(source, before)
            if response is None:
                self._land(Landed(source.id, source.title, unchanged=True, waits=True))
                return
            held = len(response.body)
            self._held += held
            came = self._came(source, before, response)
            del response
            await came
        finally:
            self._held -= held
            async with self._room:
                self._room.notify_all()

    async def _answer(self, source: Source, before: Fetch) -> Response | None:
        """Ask for a source when its turn has come; give None when its host is to be left alone."""
        host = host_of(source.location)
        async with self._hosts[host]:
            async with self._room:
                await self._room.wait_for(lambda: self._held < _ROOM)
            if self._paused.get(host, 0) > self._now():
                return None
            return await telling.answer(source, self._tools.fetcher.get(self._request(source, before)))

    def _request(self, source: Source, before: Fetch) -> Request:
        care = source.care
        return Request(
            source.location,
            etag=before.etag,
            modified=before.modified,
            validated=before.address,
            headers=care.headers,
            login=(care.login, password(source.id, care.login)) if care.login else None,
            private=care.private,
            limit=self._job.largest,
            accept="page" if source.kind == "topic" else "feed",
        )

    async def _came(self, source: Source, before: Fetch, response: Response) -> None:
        """Take in an answer, unless it is the one that we have."""
        wish = schedule.asked_for(response.max_age)
        unread = response.status == _UNCHANGED
        known = verdicts.answered(before, response, before.digest if unread else sha256(response.body).hexdigest())
        if known.digest == before.digest:
            self._note(verdicts.unchanged(known, self._now(), wish, self._chance()))
            self._land(Landed(source.id, source.title, moved=response.moved, unchanged=True))
            return
        read = self._tools.shop.run(
            "reader.ingest.detect:read",
            response.body,
            address=response.url,
            content_type=response.content_type,
            kind=source.kind,
        )
        # The bytes are the worker's now; a dozen feeds at once would be held twice else.
        response = replace(response, body=b"")
        found: Found = await read
        await self._take_in(source, known, found, schedule.asked_for(response.max_age, found.every), response.moved)

    async def _take_in(self, source: Source, known: Fetch, found: Found, wish: int, moved: str = "") -> None:
        now = self._now()
        known = replace(known, title=found.title)
        named = self._named[source.id] = refreshed(source, found)
        added = await self._stored(lambda: intake.add(self._cache, named, found.entries, now))
        if problem := found.problem:
            self._note(verdicts.unreadable(known, now, problem, self._chance()))
        elif added.new:
            every = schedule.every((entry.published for entry in found.entries), now)
            self._note(verdicts.well(known, now, every, wish, self._chance()))
        else:
            self._note(verdicts.unchanged(known, now, wish, self._chance()))
        self._ledger.write(self._thread)
        new, changed, moved = added.new, added.changed, "" if problem else moved
        same = not (new or changed or problem)
        self._land(Landed(source.id, named.title, new, changed, problem, named.site, moved, unchanged=same))

    async def _look_through(self, source: Source, before: Fetch) -> None:
        """Take in the files of a folder that changed since it was looked through last."""
        began = self._now()  # what changes while it is looked through is seen the next time
        known = await self._stored(lambda: folders.unreadable(self._cache, source.id))
        looked = await folders.look_through(source, before.succeeded, self._tools.shop, known)
        found, added = looked.found, intake.Added((), (), 0, ())
        if found.entries:
            added = await self._stored(lambda: intake.add(self._cache, source, found.entries, began))
        if looked.unreadable != known:
            await self._stored(lambda: folders.keep_unreadable(self._cache, source.id, looked.unreadable))
        self._note(verdicts.looked_through(before, began, found.problem))
        self._ledger.write(self._thread)
        nothing = not (added.new or added.changed or found.problem)
        self._land(Landed(source.id, source.title, added.new, added.changed, found.problem, unchanged=nothing))

    # -- what goes wrong

    def _refused(self, source: Source, before: Fetch, error: FetchError) -> None:
        now = self._now()
        if error.status == _GONE:
            self._lost(source, verdicts.ended(before, now))
        elif error.status in _BUSY and error.retry_after is not None:
            until = schedule.pause(now, error.retry_after)
            for host in {host_of(source.location), error.host}:
                self._pause(host, until)
            self._lost(source, verdicts.busy(before, now, str(error), until))
        else:
            if error.kind in UNREACHED:
                self._reaching.lost(before)
            self._lost(source, verdicts.failed(before, now, str(error), self._chance()))

    def _lost(self, source: Source, known: Fetch) -> None:
        self._note(known)
        self._land(Landed(source.id, source.title, error=known.error, gone=known.gone))

    def _pause(self, host: str, until: int) -> None:
        """Leave a host alone for a while: those of its sources too that this run does not ask."""
        self._paused[host] = until
        for source in self._job.sources:
            known = self._before(source)
            if source.kind in FETCHED and known.due < until and host_of(source.location) == host:
                self._note(replace(known, due=until))

    # -- whole articles

    async def _fetch_wholes(self, sources: Iterable[Source]) -> None:
        """Fetch whole articles, once all that is new can be read."""
        now = self._now()
        reached = [
            self._named.get(source.id, source)
            for source in sources
            if not self._before(source).error and self._paused.get(host_of(source.location), 0) <= now
        ]

        async def fill(source: Source, articles: list[tuple[int, str]]) -> None:
            if keys := await wholes.fill(self._tools, source, articles):
                self._report(Landed(source.id, source.title, changed=keys, site=source.site, pages=len(keys)))

        await together(fill(source, articles) for source, articles in await wholes.wanted(self._tools, reached))

    # -- keeping

    def _before(self, source: Source) -> Fetch:
        return self._ledger.of(source)

    def _note(self, fetch: Fetch) -> None:
        self._ledger.note(fetch, self._thread)

    async def _stored(self, work: Callable[[], _Value]) -> _Value:
        """Do some work with the library in the one thread that has its connection."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _land(self, landed: Landed) -> None:
        self._done += 1
        self._report(landed)

    def _report(self, landed: Landed) -> None:
        self.summary = self.summary.after(landed)
        telling.landed(landed)
        self._tell(replace(landed, done=self._done, total=self._total))

"""Taking in what another program exported: its articles under a source of its own, its feeds, and the marks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from reader.library.carrying import carry
from reader.library.recognising import Addresses
from reader.library.reports import Report
from reader.model.identity import article_id, fingerprint
from reader.model.source import REMOVED, Source
from reader.storage import intake, mirror
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.ingest.found import Found
    from reader.library.states import States
    from reader.model.article import Entry
    from reader.model.saved import Saved
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store

AT_ONCE: Final = 5_000
"""Articles that are taken in before it is told how many there are."""

EXPORT: Final = "export"
"""The kind of a source that holds what another program exported."""


@dataclass(frozen=True, slots=True)
class Room:
    """What taking in needs: the marks, the articles, their flags, the clock, and where progress is told."""

    store: Store
    cache: Cache
    states: States
    now: Callable[[], int]
    tell: Callable[[str], object]


def take_any(room: Room, found: Found, location: str, subscribe: Callable[[], tuple[Source, ...]]) -> Report:
    """Take in what another program exported, or reader itself; see `take` and `reader.library.importing`."""
    if found.export is not None:
        from reader.library.importing import take_in

        return take_in(room.store, room.cache, room.states, found, location, room.now())
    return take(room, found, location, subscribe())


def take(room: Room, found: Found, location: str, subscribed: tuple[Source, ...]) -> Report:
    """Take in an export.

    Args:
        room: what it is taken into.
        found: the export.
        location: where it came from, for the user to recognise.
        subscribed: those of its feeds that are subscribed to anew.

    Returns:
        What came, without what rules do with it.

    Raises:
        LibraryError: library.db cannot be written; what was taken in before stays.
        IngestError: a file that its articles are in is damaged; what was taken in before stays.
    """
    own = _own(room, found, location)
    feeds = Addresses(room.store.sources())
    taking = _Taking(room, own, feeds, found.total)
    if found.file:
        asyncio.run(taking.all_of(found.file))
    else:
        for start in reversed(range(0, len(found.entries), AT_ONCE)):
            # The last first: what is taken in last stands on top, as in the export.
            taking.some(found.entries[start : start + AT_ONCE], found.saved[start : start + AT_ONCE])
    carried = carry(room.store, room.cache, room.states, taking.kept, f"import from {found.title}", room.tell)
    if taking.used:
        room.store.put_source(own)
    new = tuple(taking.new)
    return Report(own, new, tuple(taking.changed), taking.known, subscribed, carried=carried, left_out=found.left_out)


def _own(room: Room, found: Found, location: str) -> Source:
    """Give the source of an export: one for each program."""
    name = f"export-{article_id('export', fingerprint(found.title))}"
    known = room.store.source(name)
    here = room.cache.source(name)
    source = Source(name, EXPORT, found.title, location)
    if known is not None and known.kind != REMOVED:
        source = Source(name, EXPORT, known.title, location, known.site, known.care)
    if here is not None and here.kind == REMOVED:
        mirror.put(room.cache, source)
    return source


class _Taking:
    """Takes in articles, some at a time, each into the feed that it is of."""

    def __init__(self, room: Room, own: Source, feeds: Addresses, total: int) -> None:
        self._room, self._own, self._feeds, self._total = room, own, feeds, total
        self._done = 0
        self.new: list[int] = []
        self.changed: list[int] = []
        self.known = 0
        self.kept: list[tuple[int, Saved]] = []
        self.used = False
        """Whether anything came that is of no feed."""

    def some(self, entries: Sequence[Entry], saved: Sequence[Saved]) -> None:
        """Take in some articles."""
        room = self._room
        for source, places in self._by_source(saved):
            try:
                added = intake.add(room.cache, source, [entries[place] for place in places], room.now())
            finally:
                room.states.meet(room.store.flags)
            self.used = self.used or source is self._own
            self.new += added.new
            self.changed += added.changed
            self.known += added.known
            pairs = ((key, saved[place]) for key, place in zip(added.keys, places, strict=True))
            self.kept += [(key, one) for key, one in pairs if key and one.is_marked]
        self._done += len(entries)
        room.tell(f"{self._own.title}: {self._done:,} of {self._total:,} articles")

    def _by_source(self, saved: Sequence[Saved]) -> Iterator[tuple[Source, list[int]]]:
        groups: dict[str, list[int]] = {}
        for place, one in enumerate(saved):
            groups.setdefault(one.feed, []).append(place)
        for feed, places in groups.items():
            source = self._feeds.find(feed) if feed else None
            yield (self._own if source is None or source.kind == REMOVED else source), places

    async def all_of(self, path: str) -> None:
        """Take in all articles of a file, reading some while those before are taken in."""
        from reader.ingest.workshop import Workshop

        async with Workshop(workers=1) as shop:

            def ask(after: int) -> asyncio.Task[tuple[Found, int]]:
                return asyncio.ensure_future(shop.run("reader.library.foreign:batch", path, after, deadline=60.0))

            waiting = ask(0)
            while True:
                found, last = await waiting
                if not found.entries:
                    return
                waiting = ask(last)
                await asyncio.sleep(0)
                self.some(found.entries, found.saved)

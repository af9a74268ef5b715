"""Our own JSON taken in: what is new is put in as it was, and what was done with it is added to what is kept."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from reader.ingest.errors import IngestError
from reader.library.labels import counted
from reader.library.many import restate
from reader.library.recognising import Addresses
from reader.library.reports import Report
from reader.library.stories import settle
from reader.model.exported import NOTHING
from reader.model.source import FETCHED, GUIDE, REMOVED, Source
from reader.storage import fetches, incoming, mirror
from reader.storage.database import LibraryError
from reader.storage.intake import SKEW
from reader.storage.merging import Coming, Marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.found import Found
    from reader.ingest.own.export import Export
    from reader.library.states import States
    from reader.model.exported import Content, Did, Origin
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks
    from reader.storage.merging import Merged

_AT_ONCE: Final = 200
_GAP: Final = 0.003
"""Seconds between two transactions, for another writer to have its turn."""


def take_in(marks: Marks, cache: Cache, states: States, found: Found, location: str, now: int) -> Report:
    """Take in an export of reader.

    The articles come first, some at a time; then all marks and sources as one action that can be undone. What breaks
    off half-way is done by doing it again.

    Args:
        marks: what was done here, which stays.
        cache: the articles.
        states: the mirror that is kept in step.
        found: what was found.
        location: where it came from.
        now: seconds since 1970, UTC.

    Raises:
        LibraryError: library.db cannot be written, or the file is another than the one that was looked through.
        ReadOnlyError: another reader is open.
    """
    assert found.export is not None  # noqa: S101 -- the caller asked for it
    work = _Import(marks, cache, found.export, now)
    try:
        try:
            work.take_articles()
        except IngestError as error:
            raise LibraryError(f"{error}: it changed meanwhile") from error
        merged = marks.merge(work.coming(), lambda count: f"import of {found.title}: {counted(count)} marked")
    finally:
        states.meet(marks.flags)
        restate(marks, cache, states)
        settle(cache, states)
    here = Source("export", "export", found.title, location)
    return Report(here, tuple(work.new), (), work.known, ruled=_said(merged))


def _said(merged: Merged) -> tuple[str, ...]:
    counts = (
        (merged.sources, "source", "sources"),
        (merged.notes, "note", "notes"),
        (merged.highlights, "highlight", "highlights"),
        (merged.views, "view", "views"),
    )
    parts = [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    marked = f"marks on {counted(merged.articles)}" if merged.articles else ""
    told = ", ".join((*parts, *([marked] if marked else [])))
    return (f"with it came {told}",) if told else ()


class _Import:
    """One export on its way in.

    Args:
        marks: what was done here.
        cache: the articles.
        export: the export.
        now: seconds since 1970, UTC.
    """

    def __init__(self, marks: Marks, cache: Cache, export: Export, now: int) -> None:
        self._cache, self._export, self._now = cache, export, now
        self._last = cache.largest_key()
        self._marked: list[Marked] = []
        self._ids: dict[int, int] = {}
        self._listed = {source.id: source for source in marks.sources()}
        addresses = Addresses(self._listed.values())
        origins = [one for one in export.sources if one.source.id != GUIDE]
        self._origins = [_settled(one, self._listed, addresses) for one in origins]
        names = zip(origins, self._origins, strict=True)
        self._named = {before.source.id: after.source for before, after in names}
        self.new: list[int] = []
        self.known = 0

    def take_articles(self) -> None:
        """Put in the articles that are not here, some at a time."""
        self._bring_back()
        articles = self._export.articles()
        while some := list(islice(articles, _AT_ONCE)):
            if self.new:
                time.sleep(_GAP)
            self._take([(self._resettled(content), did) for content, did in some])

    def coming(self) -> Coming:
        """Give what was done with the articles, the sources, views and days; to be asked afterwards."""
        known = [Marked(one.id, one.title, one.source, one.url or None, one.did) for one in self._export.remembered]
        days = tuple(replace(day, seconds=self._days(day.seconds)) for day in self._export.days)
        return Coming([*self._marked, *known], self._origins, self._export.views, days)

    def _days(self, seconds: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((self._ids.get(article, article), count) for article, count in seconds)

    def _bring_back(self) -> None:
        """Let sources that the user removed here take something in again, and begin anew."""
        asked = fetches.all(self._cache)
        for one in self._origins:
            source = one.source
            here = self._cache.source(source.id)
            if source.kind != REMOVED and here is not None and here.kind == REMOVED:
                mirror.put(self._cache, source)
                if source.id in asked:
                    fetches.forget(self._cache, source.id)

    def _resettled(self, content: Content) -> Content:
        """Give an article under the names that its sources have here, and not dated ahead."""
        source = self._source(content.source)
        also = {self._source(name).id: guid for name, guid in content.also_in if name in self._named}
        also.pop(source.id, None)
        return replace(
            content,
            source=source.id,
            also_in=tuple(also.items()),
            published=None if (content.published or 0) > self._now + SKEW else content.published,
        )

    def _source(self, name: str) -> Source:
        """Give a source by its id in the export; what it does not list is as if the user had removed it."""
        if name not in self._named:
            self._named[name] = self._listed.get(name) or Source(name, REMOVED, name or "Unknown")
        return self._named[name]

    def _take(self, some: Sequence[tuple[Content, Did]]) -> None:
        known = incoming.known(self._cache, [content for content, _ in some], self._last, self._export.ids)
        fresh = [one for one, _ in some if one.id not in known and one.source != GUIDE]
        self.known += len(known)
        if fresh:
            ids = {name for one in fresh for name in (one.source, *(other for other, _ in one.also_in))}
            sources = {name: source for source in self._named.values() if (name := source.id) in ids}
            self.new += incoming.put(self._cache, fresh, sources, self._now)
        self._ids |= {there: here for there, here in known.items() if there != here}
        titles = {source.id: source.title for source in self._named.values()}
        for content, did in some:
            if did != NOTHING:
                here = known.get(content.id, content.id)
                self._marked.append(Marked(here, content.title, titles[content.source], content.url, did))


def _settled(one: Origin, listed: dict[str, Source], addresses: Addresses) -> Origin:
    """Give a source as it is here, where it is: under its id, or a feed under its address."""
    source = one.source
    known = listed.get(source.id)
    if known is None and source.kind in FETCHED:
        known = addresses.find(source.location)
    if known is None or known.kind == REMOVED:
        return replace(one, source=replace(source, id=source.id if known is None else known.id))
    return replace(one, source=replace(known, care=replace(known.care, folder=known.care.folder or source.care.folder)))

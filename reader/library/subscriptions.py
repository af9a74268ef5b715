"""What the library takes in: pages and texts, told apart and recognised when they come again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reader.model.identity import article_id, fingerprint
from reader.model.source import GUIDE, Source
from reader.storage import intake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.ingest.found import Found
    from reader.library.states import States
    from reader.model.article import Entry
    from reader.storage.cache import Cache
    from reader.storage.intake import Added
    from reader.storage.marks import Marks as Store

TEXTS: Final = Source("texts", "texts", "Texts")
"""The source of single texts that came without a page around them."""

_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What adding did: the source, keys of the new articles, and counts of changed and of unchanged ones."""

    source: Source
    new: tuple[int, ...]
    changed: int
    known: int

    def __str__(self) -> str:
        """Say it to a person."""
        parts = [f"{len(self.new):,} new" if self.new else "nothing new"]
        if self.changed:
            parts.append(f"{self.changed:,} updated")
        if self.known:
            parts.append(f"{self.known:,} already here")
        return f"{self.source.title}: {', '.join(parts)}"


class Subscriptions:
    """Adds to the library.

    Args:
        store: gives marks.json, which keeps the list of sources.
        cache: the articles.
        states: the mirror of the marks, which articles that come back are entered in.
        now: gives seconds since 1970, UTC.
    """

    def __init__(self, store: Callable[[], Store], cache: Cache, states: States, now: Callable[[], int]) -> None:
        self._store, self._cache, self._states, self._now = store, cache, states, now

    def add(self, found: Found, location: str = "") -> Report:
        """Take in what was found in a file or a pasted text.

        Args:
            found: the entries, already clean.
            location: where they came from, for the user to recognise.
        """
        # A file's name may be no text; what cannot be kept is shown as such.
        location = location.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        source = self._source(found, location)
        entries: Sequence[Entry] = found.entries
        if found.kind == "listing":
            section = self._cache.section_of(source.id)
            entries = [entry if entry.section else replace(entry, section=section) for entry in entries]
        added = self._take_in(source, entries)
        self._store().put_source(source)
        return Report(source, added.new, added.changed, added.known)

    def _take_in(self, source: Source, entries: Sequence[Entry]) -> Added:
        """Add entries; an article that was lost with a library.db gets back the marks that were kept on it."""
        added = intake.add(self._cache, source, entries, self._now())
        for start in range(0, len(added.new), _BATCH):
            for row in self._cache.rows(added.new[start : start + _BATCH]):
                self._states.set(row.key, self._store().flags(row.id))
        return added

    def _source(self, found: Found, location: str) -> Source:
        if found.kind != "listing":
            return TEXTS
        section = next((entry.section for entry in found.entries if entry.section), None)
        named = Source(
            f"listing-{article_id('listing', fingerprint(section or ''))}", "listing", section or "", location
        )
        if section and self._cache.source(named.id):
            return named
        known = self._recognised(found.entries)
        if known is not None:
            return replace(known, title=section or known.title, location=location or known.location)
        if section:
            return named
        return Source(f"listing-{article_id('page', location or found.title)}", "listing", found.title, location)

    def _recognised(self, entries: Sequence[Entry]) -> Source | None:
        """Give the listing that most of these headlines are in already: the same page, come without its section."""
        titles = {fingerprint(entry.title) for entry in entries}
        shared = Counter(source for title in titles for source in self._cache.listings_with(title))
        source, count = next(iter(shared.most_common(1)), ("", 0))
        return self._cache.source(source) if count * 2 >= len(titles) else None

    def add_guide(self) -> None:
        """Put the built-in guide on the shelf, or the newer one in the place of an older."""
        from reader.guide import articles, edition

        if self._cache.kept("guide") != edition().encode():
            self._take_in(Source(GUIDE, "guide", "Guide"), articles())
            self._cache.keep("guide", edition().encode())

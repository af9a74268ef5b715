"""Which source something that was found belongs to: one that is here already, or a new one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.ingest.net.addresses import trusts, without_login
from reader.model.identity import article_id, canonical_url, feed_id, fingerprint
from reader.model.source import FETCHED, REMOVED, Care, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.ingest.found import Found
    from reader.model.article import Entry
    from reader.storage.cache import Cache

TEXTS: Final = Source("texts", "texts", "Texts")
"""The source of single texts that came without a page around them."""


class Addresses:
    """The sources that are fetched, by their addresses in whatever way these are written.

    Args:
        sources: all sources.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_id: dict[str, Source] = {}
        self._by_address: dict[str, Source] = {}
        for source in sources:
            self.add(source)

    def add(self, source: Source) -> None:
        """Know one more."""
        if is_web(source.location) and source.kind in {*FETCHED, REMOVED}:
            self._by_id[source.id] = source
            self._by_address.setdefault(_plain(source.location), source)

    def find(self, *addresses: str) -> Source | None:
        """Give the source of the first address that is known: the present one of a source, or its first."""
        for address in filter(is_web, addresses):
            found = self._by_address.get(_plain(address)) or self._by_id.get(feed_id(address))
            if found is not None:
                return found
        return None


def reaches(care: Care) -> tuple[object, ...]:
    """Give what decides whether a page can be had, and which part of it."""
    return care.keep, care.drop, care.headers, care.login


def is_web(address: str) -> bool:
    """Tell whether an address is one of the web."""
    return address[:8].lower().startswith(("http://", "https://"))


def _plain(address: str) -> str:
    """Give an address as it is compared: with or without TLS, `www` and a last slash it is the same place."""
    return canonical_url(address).partition("://")[2].removeprefix("www.").rstrip("/")


def utf8(text: str) -> str:
    """Give a file's name as text, which it need not be; what cannot be kept is shown as such."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def source_of(found: Found, location: str, addresses: Addresses, cache: Cache, care: Care) -> Source:
    """Give the source that something found belongs to.

    Args:
        found: what was found.
        location: where it came from, as the user gave it.
        addresses: the sources that are fetched.
        cache: the library, which may know a page by its headlines.
        care: how a new source is to be looked after.
    """
    address = next(filter(is_web, (found.address, location)), "")
    if found.kind in FETCHED and address:
        known = addresses.find(address, location)
        if known is not None:
            return replace(refreshed(known, found), kind=found.kind, care=care)
        name = feed_id(address) if found.kind == "feed" else f"topic-{article_id('topic', canonical_url(address))}"
        return cleared(Source(name, found.kind, found.title or address, address, found.site, care))
    if found.kind == "feed":
        # One that came as a file and does not say where it is on the web cannot be asked again.
        name = f"given-{article_id('given', found.site or fingerprint(found.title))}"
        return Source(name, "listing", found.title or location, location, found.site)
    if found.kind == "book":
        author = next((entry.author for entry in found.entries if entry.author), "") or ""
        name = f"book-{article_id('book', fingerprint(found.title), fingerprint(author))}"
        return Source(name, "book", found.title, location, found.site)
    if found.kind in {"listing", "topic"}:
        return _listing(found, location, cache)
    return TEXTS


def refreshed(source: Source, found: Found) -> Source:
    """Give a source with the title and the site of what was fetched; a title that the user gave stays."""
    title = source.title if source.care.named else found.title or source.title
    return cleared(replace(source, title=title, site=found.site or source.site))


def cleared(source: Source) -> Source:
    """Give a source without names and passwords in its addresses, which everybody sees."""
    location, login = without_login(source.location)
    title = location if login and source.title == source.location else source.title
    return replace(source, title=title, location=location, site=without_login(source.site)[0])


def moved(source: Source, address: str) -> Source:
    """Give a source at its new address; with another server, all that was meant for the one before is gone."""
    there = replace(source, location=without_login(address)[0])
    if trusts(source.location, address):
        return there
    return replace(there, care=replace(source.care, headers=(), login="", private=False))


def estranged(before: Source, now: Source) -> str:
    """Say what a source that moved lost; nothing if it lost nothing."""
    if before.care.login == now.care.login and before.care.headers == now.care.headers:
        return ""
    return "its login and headers are not sent there, to another server: `reader sources set` gives it new ones"


def _listing(found: Found, location: str, cache: Cache) -> Source:
    section = next((entry.section for entry in found.entries if entry.section), None)
    named = Source(f"listing-{article_id('listing', fingerprint(section or ''))}", "listing", section or "", location)
    if section and cache.source(named.id):
        return named
    known = _by_headlines(found.entries, cache)
    if known is not None:
        return replace(known, title=section or known.title, location=location or known.location)
    if section:
        return named
    return Source(f"listing-{article_id('page', location or found.title)}", "listing", found.title, location)


def _by_headlines(entries: Sequence[Entry], cache: Cache) -> Source | None:
    """Give the listing that most of these headlines are in already: the same page, come without its section."""
    titles = {fingerprint(entry.title) for entry in entries}
    shared = Counter(source for title in titles for source in cache.listings_with(title))
    source, count = next(iter(shared.most_common(1)), ("", 0))
    return cache.source(source) if count * 2 >= len(titles) else None

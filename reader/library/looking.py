"""Looking into a web address: what is there, and which feeds are there to have instead."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reader.ingest.errors import IngestError
from reader.ingest.net.addresses import is_own, trusts, without_login
from reader.ingest.net.fetched import FetchError, Request
from reader.library.wholes import host_of
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.ingest.fetch import Fetcher
    from reader.ingest.found import Found, Kind, Offer
    from reader.ingest.net.fetched import Response
    from reader.ingest.workshop import Workshop

PROBES: Final = 6
"""Feeds that are tried at one site, at the most: whoever looks in must not be a nuisance."""

_SECTION_DEPTH: Final = 2


@dataclass(frozen=True, slots=True)
class _Feed:
    offer: Offer
    found: Found
    digest: bytes


class Look:
    """One look into an address.

    Args:
        fetcher: the network.
        shop: where what comes is read.
        tell: told, in words, what is done now.
        largest: the most bytes that are taken.
    """

    def __init__(self, fetcher: Fetcher, shop: Workshop, tell: Callable[[str], None], largest: int) -> None:
        self._fetcher, self._shop, self._tell, self._largest = fetcher, shop, tell, largest
        self._login: tuple[str, str] | None = None

    async def at(self, what: str, feed: bool | None, kind: Kind | None) -> Found:
        """Look into an address that the user typed.

        Args:
            what: the address; that it is https need not be said.
            feed: whether a feed is wanted in the place of a page; None to be asked.
            kind: what it is taken for, whatever it looks like.

        Raises:
            IngestError: nothing came, it cannot be read, or there is no feed.
        """
        response = await self._typed(what)
        self._tell("Reading what came …")
        found = replace(await self._read(response, kind), login=self._login)
        if kind is not None or found.kind not in {"page", "topic"}:
            return _readable(found)
        if feed is False:
            return _readable(replace(found, offers=()))
        feeds = await self._feeds(found, response, wanted=feed is True)
        if feed:
            if not feeds:
                raise IngestError("no feed is to be found there: add it as a page (--page), or give the feed's address")
            best = feeds[0]
            return replace(best.found, login=self._login if trusts(response.url, best.offer.url) else None)
        return _readable(replace(found, offers=tuple(one.offer for one in feeds)))

    async def offered(self, url: str, page: Found) -> Found:
        """Look into a feed that a page offers, which is not trusted as what the user typed is.

        Args:
            url: the feed's address.
            page: what offers it.

        Raises:
            IngestError: nothing came, or it is no feed.
        """
        self._login = page.login
        self._tell(f"Fetching {host_of(url)} …")
        found = await self._read(await self._get_offered(url, page.address, local=page.local), "feed")
        return replace(found, login=self._login if trusts(page.address, url) else None)

    async def _typed(self, what: str) -> Response:
        url, guessed = addressed(what)
        url, self._login = without_login(url)
        self._tell(f"Fetching {host_of(url)} …")
        first, second = url, "http" + url.removeprefix("https")
        if guessed and not self._login and is_own(url):
            # At home hardly anything has https, and not all that has none says so.
            first, second = second, first
        try:
            return await self._get(first, private=True)
        except FetchError as error:
            if not guessed or self._login or error.kind not in {"network", "tls"}:
                raise
        # Some small sites have no https to this day.
        return await self._get(second, private=True)

    async def _get(self, url: str, *, private: bool) -> Response:
        request = Request(url, private=private, login=self._login, limit=self._largest, accept="page")
        return await self._fetcher.get(request)

    async def _get_offered(self, url: str, page: str, *, local: bool) -> Response:
        """Fetch a feed; of what the user typed for the page, only its own host may know and be reached by."""
        private = local and host_of(url) == host_of(page)
        login = self._login if trusts(page, url) else None
        return await self._fetcher.get(Request(url, private=private, login=login, limit=self._largest))

    async def _read(self, response: Response, kind: Kind | None) -> Found:
        found: Found = await self._shop.run(
            "reader.ingest.detect:read",
            response.body,
            urlsplit(response.url).path.rpartition("/")[2],
            address=response.url,
            content_type=response.content_type,
            kind=kind,
        )
        return replace(found, address=found.address or response.url, local=response.local)

    # -- feeds

    async def _feeds(self, found: Found, response: Response, *, wanted: bool) -> list[_Feed]:
        """Give the feeds that are really there, the best first: those announced, or else those of usual names."""
        announced = [offer for offer in found.offers if not offer.guessed][:PROBES]
        feeds = await self._tried(announced, response)
        if feeds or not (wanted or found.kind == "topic" or _is_section(response.url)):
            return feeds
        guesses = [offer for offer in found.offers if offer.guessed]
        guesses += await self._shop.run("reader.ingest.discovery:guesses", response.url)
        tried = {offer.url for offer in announced}
        fresh = {offer.url: offer for offer in guesses if offer.url not in tried}
        return await self._tried(list(fresh.values())[: PROBES - len(announced)], response)

    async def _tried(self, offers: Sequence[Offer], page: Response) -> list[_Feed]:
        if not offers:
            return []
        self._tell(f"Looking for feeds at {host_of(page.url)} …")
        tried = await asyncio.gather(*(self._try(offer, page) for offer in offers))
        # One feed often has several names.
        feeds: dict[bytes, _Feed] = {}
        for feed in tried:
            if feed is not None:
                feeds.setdefault(feed.digest, feed)
        return list(feeds.values())

    async def _try(self, offer: Offer, page: Response) -> _Feed | None:
        try:
            response = await self._get_offered(offer.url, page.url, local=page.local)
            found = await self._read(response, "feed")
        except IngestError:
            return None
        offer = replace(offer, title=offer.title or found.title)
        return _Feed(offer, found, hashlib.sha256(response.body).digest())


def addressed(what: str) -> tuple[str, bool]:
    """Give the address that somebody typed, and whether `https` is our guess."""
    url = what.strip()
    if url.lower().startswith("feed:"):
        url = url[5:].removeprefix("//")
    if "://" in url:
        return url, False
    return f"https://{url}", True


def _readable(found: Found) -> Found:
    """Give what was found, if there is anything to be had of it.

    Raises:
        IngestError: it is a page with no article on it and no feeds.
    """
    if found.kind == "page" and not (found.entries or found.offers):
        raise IngestError(found.problem)
    return found


def _is_section(url: str) -> bool:
    """Tell whether an address looks like a site's first page or one of its sections."""
    path = urlsplit(url).path
    parts = [part for part in path.split("/") if part]
    return not parts or (len(parts) <= _SECTION_DEPTH and path.endswith("/"))

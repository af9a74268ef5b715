"""Looking into a web address: what is there, and which feeds are there to have instead."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reader.ingest.errors import IngestError
from reader.ingest.fetched import FetchError, Request
from reader.library.wholes import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.ingest.fetch import Fetcher
    from reader.ingest.fetched import Response
    from reader.ingest.found import Found, Kind, Offer
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
        found = await self._read(response, kind)
        if kind is not None or found.kind not in {"page", "topic"}:
            return found
        if feed is False:
            return replace(found, offers=())
        feeds = await self._feeds(found, response, wanted=feed is True)
        if feed:
            if not feeds:
                raise IngestError("no feed is to be found there: add it as a page (--page), or give the feed's address")
            return feeds[0].found
        return replace(found, offers=tuple(one.offer for one in feeds))

    async def _typed(self, what: str) -> Response:
        url, guessed = addressed(what)
        self._tell(f"Fetching {host_of(url)} …")
        try:
            return await self._get(url, private=True)
        except FetchError as error:
            if not guessed or error.kind not in {"network", "tls"}:
                raise
        # Some small sites have no https to this day.
        return await self._get("http" + url.removeprefix("https"), private=True)

    async def _get(self, url: str, *, private: bool, accept: str = "page") -> Response:
        request = Request(url, private=private, limit=self._largest, accept="feed" if accept == "feed" else "page")
        return await self._fetcher.get(request)

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
        private = page.local and host_of(offer.url) == host_of(page.url)
        try:
            response = await self._get(offer.url, private=private, accept="feed")
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


def _is_section(url: str) -> bool:
    """Tell whether an address looks like a site's first page or one of its sections."""
    path = urlsplit(url).path
    parts = [part for part in path.split("/") if part]
    return not parts or (len(parts) <= _SECTION_DEPTH and path.endswith("/"))

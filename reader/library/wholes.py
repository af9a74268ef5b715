"""Whole articles: their pages fetched, the text taken out, and its pictures, to be read without a network."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from reader.ingest.errors import IngestError
from reader.ingest.net import addresses
from reader.ingest.net.fetched import FetchError, Request
from reader.ingest.teaser import teaser
from reader.library.secrets import SecretError, password
from reader.model.identity import canonical_url
from reader.storage import pages, pictures
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from reader.ingest.fetch import Fetcher
    from reader.ingest.net.fetched import Response, Wanted
    from reader.ingest.page import Whole
    from reader.ingest.workshop import Workshop
    from reader.model.source import Source
    from reader.storage.cache import Cache

AT_ONCE: Final = 20
"""Whole articles of one source that one run fetches; the next run goes on."""

PICTURES: Final = 12
PICTURE_BYTES: Final = 2 << 20
_PAGE_BYTES: Final = 8 << 20
_FINAL: Final = frozenset({"private", "scheme", "address", "too-big", "redirect"})
_LATER: Final = frozenset({408, 425, 429})
_READABLE: Final = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_PDF: Final = frozenset({"application/pdf", "application/x-pdf"})
_FRONT: Final = re.compile(r"/(?:(?:index|home|default)\.\w{2,5})?")
_CHOICE: Final = re.compile(r"(?:^|&)(?:p|article|story|post|\w*id)=")
"""What chooses an article where the path does not."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What fetching needs: the library and its one thread, the network, the workers, the clock, the budget in bytes."""

    cache: Cache
    stored: Callable[[Callable[[], Any]], Awaitable[Any]]
    fetcher: Fetcher
    shop: Workshop
    now: Callable[[], int]
    budget: int


async def wanted(tools: Tools, sources: Iterable[Source]) -> list[tuple[Source, list[tuple[int, str]]]]:
    """Give the articles whose pages are still to be fetched, by source."""
    kept = list(sources)

    def ask() -> list[tuple[Source, list[tuple[int, str]]]]:
        found = [(source, pages.wanting(tools.cache, source.id, source.care.full_text, AT_ONCE)) for source in kept]
        return [(source, articles) for source, articles in found if articles]

    asked: list[tuple[Source, list[tuple[int, str]]]] = await tools.stored(ask)
    return asked


async def fill(tools: Tools, source: Source, articles: Sequence[tuple[int, str]]) -> tuple[int, ...]:
    """Fetch the pages of some articles; what cannot be had is noted with the reason.

    Returns:
        The keys of those that are whole now.
    """
    problems = await asyncio.gather(*(whole(tools, source, key, url) for key, url in articles))
    return tuple(key for (key, _), problem in zip(articles, problems, strict=True) if not problem)


async def whole(tools: Tools, source: Source | None, key: int, url: str, *, asked: bool = False) -> str:
    """Fetch the page of one article, and keep its text and pictures.

    Args:
        tools: what it needs.
        source: the article's source, None when it is not known any more.
        key: the article.
        url: its page.
        asked: whether the user asked for it; else it is shown only if it says more than the text that came.

    Returns:
        Why it cannot be had, empty when it was kept.
    """
    problem, final = "", False
    try:
        response = await tools.fetcher.get(_request(source, url, "page", _PAGE_BYTES))
        _check(source, url, response)
        found: Whole = await tools.shop.run(
            "reader.ingest.pages.whole:read",
            response.body,
            address=response.url,
            content_type=response.content_type,
            keep=source.care.keep if source else (),
            drop=source.care.drop if source else (),
        )
        problem, final = found.problem, True
    except FetchError as error:
        problem, final = str(error), error.kind in _FINAL or _refused(error.status)
    except IngestError as error:
        problem, final = str(error), True
    except SecretError as error:
        problem = str(error)
    if problem:
        await tools.stored(lambda: pages.fail(tools.cache, key, problem, tools.now(), final=final))
        return problem
    excerpt = teaser(found.body)
    await tools.stored(lambda: pages.keep(tools.cache, key, found.body, tools.now(), asked=asked, excerpt=excerpt))
    if tools.budget:
        await _keep_pictures(tools, source, key, found.pictures[:PICTURES])
    return ""


async def _keep_pictures(tools: Tools, source: Source | None, key: int, urls: Sequence[str]) -> None:
    here: set[str] = await tools.stored(lambda: pictures.has(tools.cache, urls))
    await asyncio.gather(*(_picture(tools, source, key, url) for url in urls if url not in here))


async def _picture(tools: Tools, source: Source | None, key: int, url: str) -> None:
    """Fetch one picture; an article is whole without those that cannot be had."""
    try:
        came = await tools.fetcher.get(_request(source, url, "image", PICTURE_BYTES))
    except (FetchError, SecretError):
        return
    kind = came.content_type.partition(";")[0].strip().lower()
    if kind.startswith("image/") and came.body:
        await tools.stored(lambda: pictures.keep(tools.cache, key, url, kind, came.body, tools.budget, now=tools.now()))


def _request(source: Source | None, url: str, accept: Wanted, limit: int) -> Request:
    """Ask as the user asks this source, if the address is of its own server; a stranger learns nothing of it."""
    if source is None or not _is_own(source, url):
        return Request(url, accept=accept, limit=limit)
    care = source.care
    login = (care.login, password(source.id, care.login)) if care.login else None
    return Request(url, headers=care.headers, login=login, private=care.private, limit=limit, accept=accept)


def _is_own(source: Source, url: str) -> bool:
    """Tell whether an address is of the server that the user gave as this source's."""
    try:
        return addresses.parse(source.location).trusts(addresses.parse(url))
    except FetchError:
        return False


def _check(source: Source | None, url: str, response: Response) -> None:
    """Refuse what is no article's page, whatever the server says of it.

    Raises:
        IngestError: it is something else; the message says what.
    """
    kind = response.content_type.partition(";")[0].strip().lower()
    if response.body.startswith(b"%PDF-") or kind in _PDF:
        raise IngestError("the article is a PDF: open it in the browser")
    if kind not in _READABLE:
        raise IngestError(f"the article's address gives no page to read but {kind}: open it in the browser")
    if _is_front(source, response.url) and not _is_front(source, url):
        raise IngestError("its server sends us to its front page: the article is there no more")


def _is_front(source: Source | None, url: str) -> bool:
    """Tell whether an address is that of a site and not of a page of it."""
    parts = urlsplit(canonical_url(url))
    if _FRONT.fullmatch(parts.path) and not _CHOICE.search(parts.query):
        return True
    known = () if source is None else (source.site, source.location)
    return canonical_url(url) in {canonical_url(address) for address in known if address}


def _refused(status: int | None) -> bool:
    return status is not None and 400 <= status < 500 and status not in _LATER


def host_of(url: str) -> str:
    """Give the host and port of an address, empty where there is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""

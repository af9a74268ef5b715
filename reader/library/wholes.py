"""Whole articles: their pages fetched, the text taken out, and its pictures, to be read without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from reader.ingest.errors import IngestError
from reader.ingest.fetched import FetchError, Request
from reader.storage import pages, pictures

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from reader.ingest.fetch import Fetcher
    from reader.ingest.page import Whole
    from reader.ingest.workshop import Workshop
    from reader.model.source import FullText, Source
    from reader.storage.cache import Cache

AT_ONCE: Final = 20
"""Whole articles of one source that one run fetches; the next run goes on."""

PICTURES: Final = 12
PICTURE_BYTES: Final = 2 << 20
_PAGE_BYTES: Final = 8 << 20
_FINAL: Final = frozenset({"private", "scheme", "address", "too-big", "redirect"})
_LATER: Final = frozenset({408, 425, 429})


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
    problems = await asyncio.gather(*(whole(tools, source, key, url, source.care.full_text) for key, url in articles))
    return tuple(key for (key, _), problem in zip(articles, problems, strict=True) if not problem)


async def whole(tools: Tools, source: Source | None, key: int, url: str, policy: FullText) -> str:
    """Fetch the page of one article, and keep its text and pictures.

    Args:
        tools: what it needs.
        source: the article's source, None when it is not known any more.
        key: the article.
        url: its page.
        policy: when the page is shown in the place of the text that came.

    Returns:
        Why it cannot be had, empty when it was kept.
    """
    private = source is not None and _is_own(source, url)
    problem, final = "", False
    try:
        response = await tools.fetcher.get(Request(url, accept="page", private=private, limit=_PAGE_BYTES))
        found: Whole = await tools.shop.run(
            "reader.ingest.whole:read",
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
    if problem:
        await tools.stored(lambda: pages.fail(tools.cache, key, problem, tools.now(), final=final))
        return problem
    await tools.stored(lambda: pages.keep(tools.cache, key, found.body, tools.now(), policy=policy))
    if tools.budget:
        await _keep_pictures(tools, source, key, found.pictures[:PICTURES])
    return ""


async def _keep_pictures(tools: Tools, source: Source | None, key: int, urls: Sequence[str]) -> None:
    here: set[str] = await tools.stored(lambda: pictures.has(tools.cache, urls))
    await asyncio.gather(*(_picture(tools, source, key, url) for url in urls if url not in here))


async def _picture(tools: Tools, source: Source | None, key: int, url: str) -> None:
    """Fetch one picture; an article is whole without those that cannot be had."""
    private = source is not None and _is_own(source, url)
    try:
        came = await tools.fetcher.get(Request(url, accept="image", private=private, limit=PICTURE_BYTES))
    except FetchError:
        return
    kind = came.content_type.partition(";")[0].strip().lower()
    if kind.startswith("image/") and came.body:
        await tools.stored(lambda: pictures.keep(tools.cache, key, url, kind, came.body, tools.budget, now=tools.now()))


def _is_own(source: Source, url: str) -> bool:
    """Tell whether an address is of the private host that the user gave as this source's."""
    return source.care.private and host_of(source.location) == host_of(url)


def _refused(status: int | None) -> bool:
    return status is not None and 400 <= status < 500 and status not in _LATER


def host_of(url: str) -> str:
    """Give the host and port of an address, empty where there is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""

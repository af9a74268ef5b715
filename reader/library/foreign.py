"""newsboat's cache.db as articles, some at a time; this runs in a worker, which can be ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest import sanitize
from reader.ingest.errors import IngestError
from reader.ingest.exports import newsboat
from reader.ingest.found import Found
from reader.ingest.net.addresses import without_login
from reader.model.identity import feed_id
from reader.model.source import Source
from reader.storage import foreign

if TYPE_CHECKING:
    from collections.abc import Iterator


def look(path: str) -> Found:
    """Tell what is in a cache.db, and give its feeds as sources; the articles stay where they are.

    Raises:
        IngestError: it is no such file.
    """
    try:
        articles, unread, feeds, deleted = foreign.newsboat_counts(path)
        sources = tuple(_sources(foreign.newsboat_feeds(path)))
    except foreign.ForeignError as error:
        raise IngestError(str(error)) from error
    if articles > foreign.ROWS:
        raise IngestError(f"it has more than {foreign.ROWS:,} articles, too many to take at once")
    left = []
    if deleted:
        left.append(f"{deleted:,} articles that newsboat holds for deleted")
    if feeds > len(sources):
        left.append(f"{feeds - len(sources):,} feeds without a web address: their articles come as newsboat's own")
    problem = "" if articles else "there is no article in it"
    kept = f"{articles - unread:,} read" if articles > unread else ""
    return Found(
        "export",
        newsboat.NEWSBOAT,
        sources=sources,
        total=articles,
        left_out=tuple(left),
        file=path,
        problem=problem,
        kept=kept,
    )


def _sources(feeds: list[tuple[str, str, str]]) -> Iterator[Source]:
    for address, site, title in feeds:
        url = without_login(sanitize.link(address) or "")[0]
        if url.lower().startswith(("http://", "https://")):
            called = sanitize.line(title, sanitize.TITLE) or url
            yield Source(feed_id(url), "feed", called, url, without_login(sanitize.link(site) or "")[0])


def batch(path: str, after: int) -> tuple[Found, int]:
    """Give some articles after the one of an id, and the id of the last of them; 0 when there is none.

    Raises:
        IngestError: the file is damaged.
    """
    try:
        rows = foreign.newsboat_articles(path, after)
    except foreign.ForeignError as error:
        raise IngestError(str(error)) from error
    last = rows[-1][0] if rows else 0
    return newsboat.articles(rows), last if isinstance(last, int) else 0

"""What articles are called, by their ids: for those who know an article only by its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.storage.database import AT_ONCE
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reader.storage.cache import Cache


_SPARSE: Final = 4
"""A walk over so many articles takes as long as one that is looked up by its id."""


@dataclass(frozen=True, slots=True)
class Named:
    """An article's key in library.db, its title, the title of its source, and its address if only that is known."""

    key: int
    title: str
    source: str
    url: str = ""


def named(cache: Cache, articles: Iterable[int]) -> dict[int, Named]:
    """Give what some articles are called; those that are not in the library are left out."""
    ids = list(articles)
    found = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        marks = ",".join("?" * len(some))
        statement = f"""
            SELECT a.id, a.key, a.title, s.title FROM articles a JOIN sources s ON s.key = a.source
            WHERE a.id IN ({marks})
        """
        for article, key, title, source in cache.connection.execute(statement, some):
            found[article] = Named(key, title, source)
    return found


def whose(cache: Cache, articles: Iterable[int]) -> dict[int, tuple[str, str, str, str, int]]:
    """Give title, source, author, section and key of some articles; those not in the library are left out."""
    ids = list(articles)
    found = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        statement = f"""
            SELECT a.id, a.title, s.title, coalesce(a.author, ''), coalesce(a.section, ''), a.key
            FROM articles a JOIN sources s ON s.key = a.source WHERE a.id IN ({",".join("?" * len(some))})
        """
        for article, *about in cache.connection.execute(statement, some):
            found[article] = tuple(about)
    return found


def belonging(cache: Cache, articles: Collection[int]) -> dict[int, tuple[str, str, str]]:
    """Give source, author and section of some articles or of very many; those not in the library are left out."""
    sources = {key: title for key, _, title in cache.named_sources()}
    walked = len(articles) * _SPARSE > cache.largest_key()
    found = _all(cache) if walked else _looked_up(cache, sorted(articles))
    wanted = set(articles) if walked else articles
    return {
        article: (sources.get(source, ""), author or "", section or "")
        for article, source, author, section in found
        if article in wanted
    }


def _all(cache: Cache) -> Iterable[tuple[int, int, str | None, str | None]]:
    return cache.connection.execute("SELECT id, source, author, section FROM articles")


def _looked_up(cache: Cache, ids: list[int]) -> Iterator[tuple[int, int, str | None, str | None]]:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        marks = ",".join("?" * len(some))
        statement = f"SELECT id, source, author, section FROM articles WHERE id IN ({marks})"
        yield from cache.connection.execute(statement, some)

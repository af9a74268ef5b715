"""What articles are called, by their ids: for those who know an article only by its marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.storage.database import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.storage.cache import Cache


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

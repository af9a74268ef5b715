"""Articles whole, for an export: read some at a time, with all that library.db holds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reader.model.exported import Content, Page
from reader.storage import details
from reader.storage.database import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.storage.cache import Cache

_COLUMNS: Final = """
    a.key, a.id, s.id, a.title, b.text, a.author, a.section, a.url, a.guid, a.published, b.updated, a.added,
    a.revised, b.language, b.image, b.comments, b.meta, a.excerpt, a.words, a.cut, a.teaser, b.markdown,
    a.edition, a.position,
    p.key, p.text, p.shown, p.fetched, p.problem, p.tries, p.stale, p.words, p.cut, p.excerpt
"""


def keys(cache: Cache) -> list[int]:
    """Give the keys of all articles in the order of their ids, those of the guide left out."""
    statement = "SELECT a.key FROM articles a JOIN sources s ON s.key = a.source WHERE s.kind <> 'guide' ORDER BY a.id"
    return [key for (key,) in cache.connection.execute(statement)]


def by_id(cache: Cache, some: Sequence[int]) -> list[int]:
    """Put keys in the order of the ids of their articles."""
    found: list[tuple[int, int]] = []
    for start in range(0, len(some), AT_ONCE):
        part = some[start : start + AT_ONCE]
        marks = ",".join("?" * len(part))
        found += cache.connection.execute(f"SELECT id, key FROM articles WHERE key IN ({marks})", part)
    return [key for _, key in sorted(found)]


def contents(cache: Cache, some: Sequence[int]) -> Iterator[tuple[int, Content]]:
    """Give articles whole with their keys, in the order of these; what is gone or lost its text is left out.

    Args:
        cache: the library.
        some: keys, at most `AT_ONCE`.
    """
    marks = ",".join("?" * len(some))
    connection = cache.connection
    statement = f"""
        SELECT {_COLUMNS} FROM articles a JOIN bodies b USING (key) JOIN sources s ON s.key = a.source
        LEFT JOIN pages p USING (key) WHERE a.key IN ({marks})
    """
    found = {values[0]: values for values in connection.execute(statement, some)}
    more = details.read(connection, some)
    shared: dict[int, list[tuple[str, str | None]]] = {}
    for key, source, guid in connection.execute(
        f"SELECT h.key, s.id, h.guid FROM shared h JOIN sources s ON s.key = h.source"
        f" WHERE h.key IN ({marks}) AND NOT h.follows ORDER BY h.key, s.id",
        some,
    ):
        shared.setdefault(key, []).append((source, guid))
    for key in some:
        if key in found and key in more:
            yield key, _content(found[key], more[key], tuple(shared.get(key, ())))


def _content(values: tuple[Any, ...], more: details.Details, also_in: tuple[tuple[str, str | None], ...]) -> Content:
    (
        _, article, source, title, text, author, section, url, guid, published, updated, added, revised, language,
        image, comments, meta, excerpt, words, cut, teaser, markdown, edition, position, *page,
    ) = values  # fmt: skip
    return Content(
        article, source, title, text, author, section, url, guid, published, updated, added, revised, language,
        image, comments, more.tags, more.enclosures, tuple(meta.splitlines()), excerpt, words, bool(cut),
        None if teaser is None else bool(teaser), bool(markdown), edition, position, _page(page), also_in,
    )  # fmt: skip


def _page(values: list[Any]) -> Page | None:
    key, text, shown, fetched, problem, tries, stale, words, cut, excerpt = values
    if key is None:
        return None
    said = (words, None if cut is None else bool(cut), excerpt) if shown else (None, None, None)
    return Page(text, bool(shown), fetched, problem, tries, bool(stale), *said)

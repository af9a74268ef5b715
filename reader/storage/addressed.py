"""Articles by their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.identity import canonical_url

if TYPE_CHECKING:
    from reader.storage.cache import Cache


def key_of(cache: Cache, url: str) -> int | None:
    """Give the key of the article that has an address, None where none has it."""
    statement = "SELECT key FROM articles WHERE url_key = ? LIMIT 1"
    found = cache.connection.execute(statement, (canonical_url(url),)).fetchone()
    return None if found is None else found[0]

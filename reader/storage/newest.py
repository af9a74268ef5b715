"""The articles that came last, by id and title alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.source import GUIDE

if TYPE_CHECKING:
    from reader.storage.cache import Cache

_DIGITS: Final = 15
_ASKED: Final = "SELECT id, title FROM articles WHERE source IS NOT (SELECT key FROM sources WHERE id = ?)"


def newest(cache: Cache, beginning: str, count: int) -> list[tuple[int, str]]:
    """Give the ids and the titles of the articles that came last, the newest first, without those of the guide.

    Args:
        cache: the articles.
        beginning: digits that the ids begin with; empty for any.
        count: how many at the most.
    """
    if not beginning:
        return list(cache.connection.execute(f"{_ASKED} ORDER BY key DESC LIMIT ?", (GUIDE, count)))
    if not (beginning.isascii() and beginning.isdecimal()) or len(beginning) > _DIGITS:
        return []
    step = 10 ** (_DIGITS - len(beginning))
    low = int(beginning) * step
    # The index of the ids finds them; the plus keeps SQLite from walking all articles in the order of the keys.
    statement = f"{_ASKED} AND id >= ? AND id < ? ORDER BY +key DESC LIMIT ?"
    return list(cache.connection.execute(statement, (GUIDE, low, low + step, count)))

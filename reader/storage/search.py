"""What a person types into a search box, as a query that FTS5 takes."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")


def match(words: str) -> str:
    """Make an FTS5 MATCH query: every word must begin a word of the article, operators mean nothing.

    Args:
        words: what was typed; quotes and other signs part words and are else ignored.

    Returns:
        The query; one that finds nothing when there is no word in it (FTS5, section 3).
    """
    found = _WORD.findall(words)
    return " AND ".join(f'"{word}" *' for word in found) or '""'

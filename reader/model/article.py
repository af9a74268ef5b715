"""Source, Entry, Article and Row: an article on its way from the world to the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

READ: Final = 1
BOOKMARKED: Final = 2
NOTED: Final = 4
HIGHLIGHTED: Final = 8
STARTED: Final = 16

WORDS_A_MINUTE: Final = 230
"""Silent reading of English non-fiction averages 238 words a minute (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""

GUIDE: Final = "guide"
"""The id of the source that holds the built-in guide."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: a listing, a feed, a book, the built-in guide."""

    id: str
    kind: str
    title: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it came, before the library knows whether it has it.

    `excerpt` is plain text, its paragraphs parted by a blank line; `cut` tells that it stops in
    mid-sentence. `body` is the whole text if it came, as Markdown or as plain text (`markdown`).
    `published` is in seconds since 1970, UTC.
    """

    title: str
    author: str | None = None
    section: str | None = None
    excerpt: str = ""
    cut: bool = False
    meta: tuple[str, ...] = ()
    body: str | None = None
    markdown: bool = False
    url: str | None = None
    guid: str | None = None
    published: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an article.

    `id` is the article's lasting identity; `key` is its place in library.db, good for one library
    file only. `flags` joins READ, BOOKMARKED, NOTED, HIGHLIGHTED and STARTED; `progress` runs from 0 to 1.
    """

    id: int
    key: int
    title: str
    author: str | None
    section: str | None
    source: str
    excerpt: str
    cut: bool
    words: int
    published: int | None
    url: str | None
    flags: int = 0

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def has(self, flag: int) -> bool:
        """Tell whether a flag is set."""
        return bool(self.flags & flag)

    def with_flags(self, flags: int) -> Row:
        """Give the same row in another state."""
        return self if flags == self.flags else replace(self, flags=flags)


@dataclass(frozen=True, slots=True)
class Article:
    """An article whole: its row, and the text to read."""

    row: Row
    text: str
    markdown: bool
    meta: tuple[str, ...]
    source_id: str
    added: int

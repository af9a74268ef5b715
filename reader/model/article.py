"""Entry, Article and Row: an article on its way from the world to the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reader.values import dataclass

READ: Final = 1
BOOKMARKED: Final = 2
NOTED: Final = 4
HIGHLIGHTED: Final = 8
STARTED: Final = 16
FINISHED: Final = 32
TAGGED: Final = 64
HIDDEN: Final = 128

WORDS_A_MINUTE: Final = 230
"""Silent reading of English non-fiction averages 238 words a minute (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""


def as_time(minutes: int) -> str:
    """Write how long something takes: `42 min`, `8 h 16 min`, `1 h`."""
    hours, rest = divmod(minutes, 60)
    return " ".join((*([f"{hours:,} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])))


def said_time(minutes: int) -> str:
    """Say how long something takes: `1 minute`, `8 hours 16 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = ((hours, "hour", bool(hours)), (rest, "minute", bool(rest or not hours)))
    return " ".join(f"{count:,} {one}{'' if count == 1 else 's'}" for count, one, told in parts if told)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with an article: an episode, a film. `size` is in bytes, `seconds` its duration."""

    url: str
    type: str = ""
    size: int | None = None
    seconds: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it came, before the library knows whether it has it.

    `excerpt` is plain text, its paragraphs parted by a blank line; `cut` tells that the text stops in
    mid-sentence or is only a teaser. `body` is the whole text if it came, as Markdown or as plain text
    (`markdown`). `published` and `updated` are in seconds since 1970, UTC. `language` is a BCP 47 tag;
    `image` and `comments` are addresses.
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
    updated: int | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an article.

    `id` is the article's lasting identity; `key` is its place in library.db, good for one library
    file only. `flags` joins READ, BOOKMARKED, NOTED, HIGHLIGHTED, STARTED, FINISHED, TAGGED and HIDDEN.
    `offline` tells that the whole page was fetched and kept; `revised` when its text last changed after it
    came, in seconds since 1970. `others` are the titles of the other sources that brought it, or the same story.
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
    offline: bool = False
    revised: int | None = None
    others: tuple[str, ...] = ()

    def minutes_at(self, pace: int) -> int:
        """Give the reading time in whole minutes, at least one.

        Args:
            pace: words a minute.
        """
        return max(1, round(self.words / pace))

    def has(self, flag: int) -> bool:
        """Tell whether a flag is set."""
        return bool(self.flags & flag)

    def with_flags(self, flags: int) -> Row:
        """Give the same row in another state."""
        return self if flags == self.flags else replace(self, flags=flags)


@dataclass(frozen=True, slots=True)
class Article:
    """An article whole: its row, and the text to read.

    `as_page` tells that the text is the fetched page's and not the one that came; `problem` why the page
    could not be had, in words, empty when nothing is wrong.
    """

    row: Row
    text: str
    markdown: bool
    meta: tuple[str, ...]
    source_id: str
    added: int
    updated: int | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None
    as_page: bool = False
    problem: str = ""

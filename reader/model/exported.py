"""What our own JSON holds: articles as library.db keeps them, and what the reader did with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.values import dataclass

if TYPE_CHECKING:
    from reader.model.annotation import Highlight, Note, Place
    from reader.model.article import Enclosure
    from reader.model.source import Source

FORMAT: Final = 1
"""The version of our own JSON; another is written when an older reader would misunderstand it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page behind an article, or why it could not be had (`text` is None then).

    `fetched` is in seconds since 1970. While the page is `shown`, the article's words, cut and excerpt are the page's,
    and these are those of the text that came.
    """

    text: str | None
    shown: bool
    fetched: int
    problem: str = ""
    tries: int = 0
    stale: bool = False
    words: int | None = None
    cut: bool | None = None
    excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """An article as it came and is kept; see the tables of library.db for its fields.

    `source` is the id of its source, `also_in` the ids of others that brought it, each with its guid there.
    Times are in seconds since 1970, UTC.
    """

    id: int
    source: str
    title: str
    text: str
    author: str | None = None
    section: str | None = None
    url: str | None = None
    guid: str | None = None
    published: int | None = None
    updated: int | None = None
    added: int = 0
    revised: int | None = None
    language: str | None = None
    image: str | None = None
    comments: str | None = None
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    meta: tuple[str, ...] = ()
    excerpt: str = ""
    words: int = 0
    cut: bool = False
    teaser: bool | None = None
    markdown: bool = False
    edition: int = 0
    position: int = 0
    page: Page | None = None
    also_in: tuple[tuple[str, str | None], ...] = ()

    @property
    def shown(self) -> tuple[str, bool]:
        """The text that is read, and whether it is Markdown."""
        page = self.page
        return (
            (page.text, True)
            if page is not None and page.shown and page.text is not None
            else (self.text, self.markdown)
        )


@dataclass(frozen=True, slots=True)
class Did:
    """All that the reader did with an article. Times are ISO 8601, UTC; an empty one tells that it was not done.

    `ruled` tells what rules did with it, `placed` when its place was kept.
    """

    read: str = ""
    bookmarked: str = ""
    hidden: str = ""
    tags: tuple[str, ...] = ()
    ruled: tuple[str, ...] = ()
    place: Place | None = None
    placed: str = ""
    notes: tuple[Note, ...] = ()
    highlights: tuple[Highlight, ...] = ()


NOTHING: Final = Did()


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is not here any more, but what the reader did with it is; by its title, its source's and url."""

    id: int
    title: str
    source: str
    url: str
    did: Did


@dataclass(frozen=True, slots=True)
class Origin:
    """A source, and when it was added: ISO 8601, or empty."""

    source: Source
    added: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A view that the reader saved, and when: ISO 8601, or empty."""

    name: str
    query: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The seconds that were read on a day, by article; `day` is its date in figures, as in 20261122."""

    day: int
    seconds: tuple[tuple[int, int], ...]

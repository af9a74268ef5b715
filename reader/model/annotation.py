"""What the reader did with an article: the place reached, the note, and the rest of the marks."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.values import dataclass

Color: TypeAlias = Literal["yellow", "green", "blue", "red"]
COLORS: Final[dict[Color, str]] = {"yellow": "y", "green": "g", "blue": "b", "red": "r"}
"""The colours of highlights, each with the letter that tells it where there is no colour."""

Kind: TypeAlias = Literal["bookmark", "note", "highlight"]
"""What the notebook keeps."""

SOME: Final = 10_000
"""How many articles an undo names at most."""

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"


AT_END: Final = 0.98
"""The share of an article from which on it was read to its end."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far an article was read: a block, how deep into it (0 to 1), and the share of the whole (0 to 1).

    `text` is the beginning of the block, by which it is found again after the article's text changed.
    """

    block: int = 0
    fraction: float = 0.0
    progress: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One note on an article, Markdown in the reader's own words. Times are ISO 8601, UTC."""

    id: int
    article: int
    text: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """That an article was bookmarked, and when: ISO 8601, UTC."""

    article: int
    at: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a passage, and what tells where they stand: a W3C TextQuoteSelector, and a hint.

    `prefix` and `suffix` are some of the text before and after it. `block` and `offset` are where it began in
    the text that it was made in. See https://www.w3.org/TR/annotation-model/#text-quote-selector.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    block: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that the reader marked, perhaps with a note on it. Times are ISO 8601, UTC."""

    id: int
    article: int
    quote: Quote
    color: Color = "yellow"
    note: str = ""
    created: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks on one article; `flags` is what a Row carries of them. Times are ISO 8601, UTC."""

    flags: int = 0
    read_at: str | None = None
    bookmarked_at: str | None = None
    place: Place = Place()
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back or a redo did again: its label, and the articles whose marks changed.

    Of very many articles only the first `SOME` are named; `count` tells how many there were. `sources` tells that
    the list of sources changed with them.
    """

    label: str
    articles: tuple[int, ...]
    count: int = -1
    sources: bool = False

    def __post_init__(self) -> None:
        """Let `count` be that of the articles where nothing else is said."""
        if self.count < 0:
            object.__setattr__(self, "count", len(self.articles))

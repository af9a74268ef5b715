"""What the reader did with an article: the place reached, the note, and the rest of the marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"


@dataclass(frozen=True, slots=True)
class Place:
    """How far an article was read: a block, how deep into it (0 to 1), and the share of the whole (0 to 1)."""

    block: int = 0
    fraction: float = 0.0
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """One note on an article, Markdown in the reader's own words. Times are ISO 8601, UTC."""

    id: int
    article: int
    text: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks on one article; `flags` is what a Row carries of them. Times are ISO 8601, UTC."""

    flags: int = 0
    read_at: str | None = None
    bookmarked_at: str | None = None
    place: Place = Place()
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    highlights: tuple[dict[str, JSON], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: its label, and the articles whose marks changed."""

    label: str
    articles: tuple[int, ...]

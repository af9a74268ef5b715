"""What another program kept on an article: read, starred, tagged, written and marked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.values import dataclass

if TYPE_CHECKING:
    from reader.model.annotation import Color


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that was highlighted in another program; `at` is when, in seconds since 1970, UTC."""

    text: str
    note: str = ""
    color: Color = "yellow"
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What another program kept on one article; moments are in seconds since 1970, UTC.

    `at` is when the article was saved there, `read_at` when it was read or archived, as far as that is known.
    `feed` is the address of the feed that it came from, empty where it belongs to no feed.
    """

    read: bool = False
    bookmarked: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    highlights: tuple[Quoted, ...] = ()
    at: int | None = None
    read_at: int | None = None
    feed: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether there is anything to keep beside the article itself."""
        return bool(self.read or self.bookmarked or self.tags or self.note or self.highlights)

    def joined(self, other: Saved) -> Saved:
        """Give what both tell of the same article."""
        note = self.note if other.note in self.note else "\n\n".join(filter(None, (self.note, other.note)))
        return Saved(
            self.read or other.read,
            self.bookmarked or other.bookmarked,
            tuple(dict.fromkeys((*self.tags, *other.tags))),
            note,
            tuple(dict.fromkeys((*self.highlights, *other.highlights))),
            self.at if self.at is not None else other.at,
            self.read_at if self.read_at is not None else other.read_at,
            self.feed or other.feed,
        )

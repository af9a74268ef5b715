"""Where the cursor and the view of a list are, in words that hold when the list changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.listing import Listing

_NEAR: Final = 1000
"""Articles on each side of the cursor that may take the place of the one under it."""


@dataclass(frozen=True, slots=True)
class Staying:
    """The article or the heading under the cursor, and an article in view with the line it begins on.

    Articles are told by their keys; `key` is None on a heading, `anchor` where no article is in view.
    """

    key: int | None
    heading: str
    anchor: int | None
    y: int
    near: tuple[int, ...] = ()
    """The articles after that under the cursor, then those before it, the nearest first."""

    @classmethod
    def of(cls, listing: Listing, cursor: int, lines: Sequence[tuple[int, int]]) -> Self:
        """Take down where a list is.

        Args:
            listing: what it shows.
            cursor: the item under the cursor.
            lines: the item, and the line inside it, of each line in view.
        """
        index = listing.index_at(cursor)
        heading = listing.groups[listing.group_of(cursor)].title if listing.items else ""
        key: int | None = None
        near: tuple[int, ...] = ()
        if index is not None:
            keys = listing.keys
            key, near = keys[index], (*keys[index + 1 : index + _NEAR], *keys[max(0, index - _NEAR) : index][::-1])
        seen: dict[int, int] = {}
        for y, (item, line) in enumerate(lines):
            seen.setdefault(item, y - line)
        # What is looked at is the article under the cursor, unless it was scrolled away from.
        for item in (cursor, *seen):
            at = listing.index_at(item)
            if item in seen and at is not None:
                return cls(key, heading, listing.keys[at], seen[item], near)
        return cls(key, heading, None, 0, near)

    def cursor_in(self, listing: Listing) -> int:
        """Give the item of another listing that the cursor is on there."""
        index = listing.index_of(self.key) if self.key is not None else None
        if index is None and self.near:
            there = {key: at for at, key in enumerate(listing.keys)}
            index = next((there[key] for key in self.near if key in there), None)
        if index is not None:
            return listing.item_of(index)
        titles = [group.title for group in listing.groups]
        if not titles:
            return 0
        number = titles.index(self.heading) if self.heading in titles else 0
        return listing.heading_of(number) + (0 if listing.groups[number].folded else 1)

    def anchor_in(self, listing: Listing) -> int | None:
        """Give the item of the article in view in another listing, None when it is not there."""
        index = listing.index_of(self.anchor) if self.anchor is not None else None
        return None if index is None else listing.item_of(index)

"""Which headings of the list are folded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.listing import Listing
    from reader.ui.screens.reading import ReadingScreen


class Folds:
    """Folds and unfolds; those among all articles by sections are remembered, others go with the listing.

    Args:
        screen: the screen of the list.
        titles: the titles of the sections that are folded.
    """

    def __init__(self, screen: ReadingScreen, titles: Iterable[str]) -> None:
        self._screen = screen
        self.titles = set(titles)

    def of(self, listing: Listing) -> Listing:
        """Give a listing that comes with its headings folded as they are to be."""
        before = self._screen.listing
        same = (listing.filter, listing.grouping) == (before.filter, before.grouping)
        titles = self.titles if _remembered(listing) else {group.title for group in before.groups if group.folded}
        if not titles or not (same or _remembered(listing)):
            return listing
        return _folded(listing, [group.title in titles for group in listing.groups])

    def fold(self, group: int, folded: bool) -> None:
        """Fold or unfold a heading; the cursor goes to it, or to its first article."""
        listing = self._screen.listing
        found = listing.groups[group]
        if found.bare:
            self._screen.say(f"There are no headings here: {self._screen.key('view.sort')} groups the list.")
        elif found.folded != folded:
            if folded:
                self._screen.say(f"{found.title} is folded. {self._screen.key('go.in')} unfolds it.")
            self._show(listing.with_fold(group, folded), group)

    def fold_all(self, *, folded: bool) -> None:
        """Fold all headings, or unfold them; the cursor stays in its section."""
        listing = self._screen.listing
        if not listing.items:
            return
        group = listing.group_of(self._screen.articles.cursor)
        if listing.groups[group].bare:
            self._screen.say(f"There are no headings here: {self._screen.key('view.sort')} groups the list.")
            return
        self._show(_folded(listing, [folded] * len(listing.groups)), group)

    def _show(self, listing: Listing, group: int) -> None:
        """Show a listing that is folded otherwise; the cursor stays on its article, or keeps to its group."""
        articles, before = self._screen.articles, self._screen.listing
        if _remembered(listing):
            folded = {one.title for one in listing.groups if one.folded}
            self.titles = (self.titles - {one.title for one in listing.groups}) | folded
        inside = before.group_of(articles.cursor) == group
        index = articles.index
        if index is None or (inside and listing.groups[group].folded):
            index = listing.groups[group if inside else before.group_of(articles.cursor)].start
        articles.show(listing, index, articles.found)
        self._screen.shown.article()


def _remembered(listing: Listing) -> bool:
    chosen = listing.filter
    return chosen.view == "all" and not chosen.words and listing.grouping == "section"


def _folded(listing: Listing, folds: list[bool]) -> Listing:
    groups = tuple(
        group if group.bare or group.folded == folded else replace(group, folded=folded)
        for group, folded in zip(listing.groups, folds, strict=True)
    )
    return replace(listing, groups=groups)

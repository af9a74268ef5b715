"""What comes while a list is looked at: it is counted, and shown when the reader asks for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.library import ERRORS
from reader.model.listing import Filter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.listing import Listing
    from reader.ui.screens.lists import Lists
    from reader.ui.screens.making import Making, Sort
    from reader.ui.screens.reading import ReadingScreen


class Incoming:
    """Keeps the list as it is while something comes; only an empty one shows it at once.

    Args:
        screen: the screen of the list.
        lists: chooses what it shows.
        making: makes listings.
    """

    def __init__(self, screen: ReadingScreen, lists: Lists, making: Making) -> None:
        self._screen, self._lists, self._making = screen, lists, making
        self._news: set[int] = set()
        self._came: set[int] = set()
        """The keys of all that came since the list was made."""
        self._looking = False
        self.waiting = 0
        """How many articles belong into the list and are not shown yet."""

    def forget(self) -> None:
        """A list was made that has everything."""
        self._came.clear()
        self.waiting = 0

    def take(self, news: Iterable[int]) -> None:
        """Take note of what came, without moving what is looked at.

        Args:
            news: the keys of the articles that are new or others now.
        """
        self._news.update(news)
        if not self._looking:
            self._looking = True
            self._screen.run_worker(self._look())

    async def _look(self) -> None:
        try:
            while self._news:
                news, self._news = self._news, set()
                await self._looked(news)
        except ERRORS as error:
            self._screen.say(str(error), warning=True)
        finally:
            self._looking = False

    async def _looked(self, news: set[int]) -> None:
        screen, before = self._screen, self._screen.listing
        if self._lists.stands_in and screen.library.cache.count():
            if not screen.reading:
                self._lists.show(Filter())
            return
        asked = before.filter, before.order
        self._came |= news
        listing, new = await asyncio.to_thread(self._compared, before, frozenset(self._came))
        if not screen.pane.is_attached:
            return  # the app was left meanwhile
        if (screen.listing.filter, screen.listing.order) != asked:
            screen.articles.forget_rows()
            return
        self.waiting = new
        self._lists.bring_in(listing if new and not before.keys else self._with_flags(screen.listing))
        if not screen.reading and screen.opened is not None and screen.opened.row.key in news:
            screen.shown.again()

    def _compared(self, before: Listing, came: frozenset[int]) -> tuple[Listing, int]:
        """Give the listing as it would be now, and how many of what came are in it and not in the one shown."""
        if not came.difference(before.keys):
            return before, 0
        shelf = self._screen.library.shelf
        listing = shelf.listing(before.filter, before.order, grouping=before.grouping)
        return listing, len(came.intersection(listing.keys).difference(before.keys))

    def _with_flags(self, listing: Listing) -> Listing:
        return replace(listing, flags=self._screen.library.states.of(listing.keys))

    def renew(self) -> None:
        """Show what came, and let go what left the view; the cursor stays on its article."""
        if self._lists.making:
            return  # what is on its way is new
        listing = self._screen.listing
        renewed = self._renewed(listing.filter, (listing.order, listing.grouping))
        self._screen.run_worker(renewed, group="listing", exclusive=True)

    async def _renewed(self, chosen: Filter, sort: Sort) -> None:
        made = await self._making.make(chosen, sort)
        if made is None:
            return
        listing, found = made
        before, screen = self._screen.listing, self._screen
        new = len(set(listing.keys).difference(before.keys))
        self.forget()
        self._lists.bring_in(listing, found)
        screen.say(f"{new:,} new." if new else "Nothing new here.")

"""Which listing the screen shows: views, order, headings, and where the cursor goes when they change."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model.listing import Filter, Grouping, Listing, Order
from reader.model.source import GUIDE
from reader.ui.screens import list_words
from reader.ui.screens.folding import Folds
from reader.ui.screens.incoming import Incoming
from reader.ui.screens.making import Making, unsorted

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from reader.ui.screens.making import Sort
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.searching import Searching
    from reader.ui.screens.session import Session
    from reader.ui.widgets.found import Found

    _Where = Callable[[], int | None]


class Lists:
    """Makes listings off the UI thread and shows them.

    Args:
        screen: the screen to show them on.
        folded: the titles of the folded sections.
    """

    def __init__(self, screen: ReadingScreen, folded: tuple[str, ...]) -> None:
        self._screen = screen
        self._folds, self._making = Folds(screen, folded), Making(screen)
        self._incoming = Incoming(screen, self, self._making)
        self._searching: Searching | None = None
        self._wanted: tuple[Filter, Order, Grouping] | None = None
        """What is to be listed as soon as it is made, and how."""
        self.stands_in = False
        """Whether the guide is shown because there is nothing else."""
        self._last: int | None = None
        """The article under the cursor, kept while a list has none."""

    # -- listings

    def begin(self, session: Session, first: int | None) -> None:
        """Show the first listing at once: what was shown last, or the guide in an empty library."""
        self._making.begin(session)
        listing, key = self.first(session, first)
        self.put(listing, key)
        opened = self._screen.opened
        if first is None and opened is not None and opened.row.id == session.article:
            self._screen.pane.show(opened, session.place)

    def first(self, session: Session, first: int | None) -> tuple[Listing, int | None]:
        """Give the listing to begin with, and the key of the article under the cursor."""
        shelf = self._screen.library.shelf
        chosen = session.filter if first is None else Filter()
        try:
            listing = shelf.listing(chosen, session.order, grouping=session.grouping)
        except ValueError:  # a view of one's own that cannot be understood
            chosen = Filter()
            listing = shelf.listing(chosen)
        self.stands_in = not listing.keys and chosen.view == "all"
        if self.stands_in:
            listing = shelf.listing(Filter(source=GUIDE), "page")
        return listing, first if first is not None else self._screen.library.cache.key(session.article)

    def show(
        self,
        chosen: Filter,
        order: Order | None = None,
        grouping: Grouping | None = None,
        *,
        article: int | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Show another listing, `then` do something; the cursor goes to the article of a key, or stays on its own."""
        if self._searching is not None and not chosen.words:
            self._searching.over()
        chosen = self._making.as_sorted(chosen)
        usual = self._making.sort_of(chosen, searched=self.searched)
        sort = (order or usual[0], grouping or usual[1])
        self._show(chosen, sort, self._shown(chosen, sort, lambda: self._last if article is None else article, then))

    def show_matches(
        self, chosen: Filter, then: Callable[[], None] = lambda: None, *, pause: float = 0.0, stay: bool = False
    ) -> None:
        """Show what a search finds.

        Args:
            chosen: what is searched.
            then: what to do when it is shown.
            pause: seconds to wait for the next key.
            stay: whether the cursor is to stay on its article; else it goes to the best match.
        """
        sort = self._making.sort_of(chosen, searched=self.searched)
        begun = not stay and not self._partly(chosen)
        self._show(chosen, sort, self._shown(chosen, sort, lambda: self._last if stay else None, then, pause, begun))

    def _show(self, chosen: Filter, sort: Sort, showing: Coroutine[None, None, None]) -> None:
        self._wanted = chosen, *sort
        self._screen.run_worker(showing, group="listing", exclusive=True)

    def stop(self) -> None:
        """Search no more for what was asked for last; a view that is on its way comes all the same."""
        if self._wanted is not None and self._wanted[0].words:
            self._wanted = None
            self._screen.workers.cancel_group(self._screen, "listing")

    @property
    def wanted(self) -> tuple[Filter, Order, Grouping]:
        """What is listed and how, or what is on its way."""
        listing = self._screen.listing
        return self._wanted or (listing.filter, listing.order, listing.grouping)

    @property
    def making(self) -> bool:
        """Whether another listing is on its way."""
        return self._wanted is not None

    @property
    def unfinished(self) -> bool:
        """Whether what is listed is not all that is wanted."""
        return self.making or self._screen.listing.partial

    def sort(self, order: Order, grouping: Grouping) -> None:
        """Show the same articles in another order, under other headings; this view comes like that from now on."""
        chosen = self._screen.listing.filter
        chosen = replace(chosen, words=unsorted(chosen.words))
        if not (chosen.words and self.searched):
            self._making.remember(chosen, order, grouping)
        self.show(chosen, order, grouping)

    def view_renamed(self, old: str, new: str) -> None:
        """Sort a view of one's own that has another name as before; with an empty one, as its query asks."""
        self._making.renamed(old, new)

    async def _shown(
        self,
        chosen: Filter,
        sort: Sort,
        article: _Where,
        then: Callable[[], None],
        pause: float = 0.0,
        begun: bool = False,
    ) -> None:
        if pause:
            await asyncio.sleep(pause)
        made = await self._making.make(chosen, sort, begun=begun)
        if made is not None and made[0].partial:
            first = made
            await self._screen.in_turn(lambda: self._arrived(*first, article, then))
            made = await self._making.make(chosen, sort)
        if made is None:
            self._wanted = None
            return
        listing, found = made
        self.stands_in = not listing.keys and chosen == Filter() and not self._screen.library.cache.count()
        if self.stands_in:
            listing = await asyncio.to_thread(self._screen.library.shelf.listing, Filter(source=GUIDE), sort[0])
        await self._screen.in_turn(lambda: self._arrived(listing, found, article, then))

    def _arrived(self, listing: Listing, found: Found | None, article: _Where, then: Callable[[], None]) -> None:
        row = self._screen.row
        self._last = row.key if row is not None else self._last
        if listing.partial:
            self.put(listing, article(), found)
            return
        self._wanted = None
        self.bring_in(listing, found) if self._partly(listing.filter) else self.put(listing, article(), found)
        then()

    def _partly(self, chosen: Filter) -> bool:
        """Tell whether only the first matches are listed yet."""
        return self._screen.listing.partial and self._screen.listing.filter == chosen

    def put(self, listing: Listing, key: int | None, found: Found | None = None) -> None:
        """Show a listing, the cursor on the article of a key; where it has none of that, on its first."""
        self._incoming.forget()
        if self._screen.articles.marked:
            self._screen.marked.listed(listing.filter)
        self.lay(listing, key, found)
        self._screen.say_status()
        self._screen.shown.article()

    def lay(self, listing: Listing, key: int | None, found: Found | None = None) -> None:
        """Put a listing on the list, its headings folded as they are to be, the cursor on the article of a key."""
        listing = self._folds.of(listing)
        index = listing.index_of(key) if key is not None else None
        index = 0 if index is None and listing.keys else index
        self._screen.articles.empty = list_words.nothing(listing.filter, self._screen.keymap, searching=self.searched)
        self._screen.articles.show(listing, index, found)

    # -- what comes, and headings

    def take_in(self, news: Iterable[int]) -> None:
        """Take note of the articles, by their keys, that came or changed; what is looked at stays as it is."""
        self._incoming.take(news)

    def renew(self) -> None:
        """Show what came meanwhile, and let go what left the view."""
        self._incoming.renew()

    def bring_in(self, listing: Listing, found: Found | None = None) -> None:
        """Show a listing of the same view that has other articles; what is on the screen stays where it is."""
        self._screen.articles.take_in(self._folds.of(listing), found)
        self._screen.say_status()
        self._screen.shown.follow_cursor()

    @property
    def folded(self) -> set[str]:
        """The titles of the folded sections."""
        return self._folds.titles

    def fold(self, group: int, folded: bool) -> None:
        """Fold or unfold a section; the cursor goes to its heading, or to its first article."""
        self._folds.fold(group, folded)

    def fold_all(self, folded: bool) -> None:
        """Fold all sections, or unfold them."""
        self._folds.fold_all(folded=folded)

    @property
    def name(self) -> str:
        """The name of the view that is shown, and of its source."""
        chosen, cache = self._screen.listing.filter, self._screen.library.cache
        source = cache.source(chosen.source) if chosen.source is not None else None
        return "Search" if self.searched else list_words.name_of(chosen, source.title if source is not None else "")

    def status(self) -> str:
        """Say what is shown, for the top line."""
        said = list_words.of(self._screen)
        return f"{self._screen.marked.status} · {said}" if self._screen.articles.marked else said

    @property
    def waiting(self) -> int:
        """How many articles came into the view and are not shown yet."""
        return self._incoming.waiting

    # -- searching

    @property
    def searching(self) -> Searching:
        """The search, and the filter of a view."""
        if self._searching is None:
            from reader.ui.screens.searching import Searching

            self._searching = Searching(self._screen)
        return self._searching

    @property
    def searched(self) -> bool:
        """Whether everything is searched, and not a view narrowed."""
        return self._searching is not None and self._searching.begun

    @property
    def sorted(self) -> tuple[tuple[str, Order, Grouping], ...]:
        """The order and the headings that were chosen for views."""
        return self._making.remembered

    @property
    def kept(self) -> tuple[Filter, Order, Grouping]:
        """What is to be shown at the next start: of a search, where it began."""
        listing = self._screen.listing
        if self._searching is not None and self._searching.begun_from is not None:
            return self._searching.begun_from
        return replace(listing.filter, words=""), listing.order, listing.grouping

    def open_search(self) -> None:
        """Show the line in which everything is searched."""
        self.searching.open(everything=True)

    def open_filter(self) -> None:
        """Show the line in which this view is narrowed."""
        self.searching.open(everything=False)

    def leave(self) -> bool:
        """End the search or the filter, else leave the view; tells whether there was anything to leave."""
        chosen = self._screen.listing.filter
        if chosen.words:
            self.searching.end()
        elif chosen.view != "all" or (chosen.source is not None and self._screen.library.cache.count()):
            self.show(Filter())
        else:
            return False
        return True

    def enter(self) -> None:
        """Go into the article under the cursor; of a search, to the first match in it."""
        screen = self._screen
        screen.follow_cursor()
        if screen.opened is not None:
            screen.enter_article()
            if (found := screen.articles.found) is not None and self.searched:
                screen.finding.begin(found.terms)

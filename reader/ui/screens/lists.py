"""Which listing the screen shows: views, search, folds, and where the cursor goes when they change."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model.listing import VIEWS, Filter, Listing, Order, View
from reader.model.source import GUIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.session import Session
    from reader.ui.widgets.search_bar import SearchBar

_PAUSE: Final = 0.03
"""Seconds that a search waits for the next key."""

_MARKING: Final = ("article.toggle_read", "article.toggle_bookmark", "article.note")
_WRITING: Final = (*_MARKING, "paragraph.highlight", "library.add")

_EMPTY: Final[dict[View, str]] = {
    "all": "There is nothing here yet.\n+ adds a feed, a page, a file or a pasted text.",
    "unread": "Everything is read.\n1 shows all articles, + adds more.",
    "bookmarked": "There are no bookmarks yet.\ns bookmarks an article.\n1 shows all articles.",
    "notes": "There are no notes yet.\na writes a note on an article.\n1 shows all articles.",
}


class Lists:
    """Makes listings off the UI thread and shows them.

    Args:
        screen: the screen to show them on.
        folded: the titles of the folded sections.
    """

    def __init__(self, screen: ReadingScreen, folded: tuple[str, ...]) -> None:
        self._screen = screen
        self.folded = set(folded)
        self._bar: SearchBar | None = None
        self._before: int | None = None
        self._news: set[int] = set()
        self._taking = False
        self._stands_in = False
        """Whether the guide is shown because there is nothing else."""
        self._last: int | None = None
        """The article under the cursor, kept while a list has none."""

    # -- listings

    def begin(self, session: Session, first: int | None) -> None:
        """Show the first listing at once: what was shown last, or the guide in an empty library."""
        shelf = self._screen.library.shelf
        chosen = session.filter if first is None else Filter()
        listing = shelf.listing(chosen, session.order)
        self._stands_in = not listing.keys and chosen.view == "all"
        if self._stands_in:
            listing = shelf.listing(Filter(source=GUIDE), "page")
        key = first if first is not None else self._screen.library.cache.key(session.article)
        self._put(listing, key)
        opened = self._screen.opened
        if first is None and opened is not None and opened.row.id == session.article:
            self._screen.pane.show(opened, session.place)

    def show(
        self,
        chosen: Filter,
        order: Order | None = None,
        *,
        article: int | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Show another listing, `then` do something; the cursor goes to the article of a key, or stays on its own."""
        made = self._made(chosen, order or self._screen.listing.order, article, then)
        self._screen.run_worker(made, group="listing", exclusive=True)

    async def _made(self, chosen: Filter, order: Order, article: int | None, then: Callable[[], None]) -> None:
        if chosen.words:
            await asyncio.sleep(_PAUSE)
        shelf = self._screen.library.shelf
        listing = await asyncio.to_thread(shelf.listing, chosen, order)
        self._stands_in = not listing.keys and chosen == Filter() and not self._screen.library.cache.count()
        if self._stands_in:
            listing = await asyncio.to_thread(shelf.listing, Filter(source=GUIDE), order)
        row = self._screen.row
        self._last = row.key if row is not None else self._last
        self._put(listing, article if article is not None else self._last)
        then()

    def take_in(self, news: Iterable[int]) -> None:
        """Show what came meanwhile, without moving what is looked at.

        Args:
            news: the keys of the articles that are new or others now.
        """
        self._news.update(news)
        if not self._taking:
            self._taking = True
            self._screen.run_worker(self._take())

    async def _take(self) -> None:
        try:
            while self._news:
                news, self._news = self._news, set()
                await self._taken(news)
        finally:
            self._taking = False

    async def _taken(self, news: set[int]) -> None:
        screen = self._screen
        before, shelf, states = screen.listing, screen.library.shelf, screen.library.states
        version = states.version
        if self._stands_in and screen.library.cache.count():
            if not screen.reading:
                self.show(Filter())
            return
        # What was read in a view of the unread stays there until the view is left.
        also = before.keys if before.filter.view != "all" else ()
        listing = await asyncio.to_thread(shelf.listing, before.filter, before.order, also)
        if (screen.listing.filter, screen.listing.order) != (before.filter, before.order):
            screen.articles.forget_rows()
            return
        if states.version != version:
            listing = replace(listing, flags=states.of(listing.keys))
        screen.articles.take_in(self._folded(listing))
        screen.say_status()
        screen.shown.follow_cursor()
        if not screen.reading and screen.opened is not None and screen.opened.row.key in news:
            screen.shown.again()

    def _folded(self, listing: Listing) -> Listing:
        if listing.filter.words or listing.filter.view != "all":
            return listing
        groups = tuple(replace(group, folded=group.title in self.folded) for group in listing.groups)
        return replace(listing, groups=groups)

    def _put(self, listing: Listing, key: int | None) -> None:
        listing = self._folded(listing)
        index = listing.index_of(key) if key is not None else None
        if index is None and listing.keys:
            index = 0
        articles = self._screen.articles
        articles.empty = self._nothing(listing.filter)
        articles.show(listing, index)
        self._screen.say_status()
        self._screen.shown.article()

    def fold(self, group: int, folded: bool) -> None:
        """Fold or unfold a section; the cursor goes to its heading, or to its first article."""
        articles, listing = self._screen.articles, self._screen.listing
        found = listing.groups[group]
        if found.folded == folded:
            return
        if listing.filter.view == "all" and not listing.filter.words:
            (self.folded.add if folded else self.folded.discard)(found.title)
        if folded:
            self._screen.say(f"{found.title} is folded. Enter unfolds it.")
        inside = listing.group_of(articles.cursor) == group
        index = found.start if inside or articles.index is None else articles.index
        articles.show(listing.with_fold(group, folded), index)
        self._screen.shown.article()

    # -- words

    def status(self) -> str:
        """Say what is shown, for the top line."""
        listing = self._screen.listing
        chosen, count = listing.filter, len(listing)
        if chosen.words:
            return f"“{chosen.words}” · {count:,} found"
        one = chosen.view == "all" and len(listing.groups) == 1
        name = listing.groups[0].title if one else VIEWS[chosen.view]
        return f"{name} · {_articles(count)}, {listing.unread:,} unread"

    def footer(self) -> dict[str, str]:
        """Give the words of the footer that are others now; an empty one is for a key that does nothing here."""
        screen, words = self._screen, {}
        if screen.library.read_only:
            words = dict.fromkeys(_WRITING, "")
        if screen.library.preview is not None:
            words["library.add"] = "keep"
        if screen.listing.filter.words:
            words["unread.next"] = "next match|next"
        if screen.articles.index is None:
            words |= dict.fromkeys(_MARKING, "")
            words["go.in"] = "unfold"
        if not screen.listing.items:
            words["go.in"] = words["unread.next"] = ""
        return words

    def about_heading(self) -> str:
        """Say what the section under the cursor holds, or why there is no article."""
        listing = self._screen.listing
        if not listing.items:
            return ""
        group = listing.groups[number := listing.group_of(self._screen.articles.cursor)]
        return f"{group.title}: {_articles(group.count)}, {listing.unread_in(number):,} unread.\nEnter unfolds it."

    def _nothing(self, chosen: Filter) -> str:
        if chosen.words:
            return f"No article has “{chosen.words}”.\nEsc ends the search."
        return _EMPTY[chosen.view]

    # -- searching

    def open_search(self) -> None:
        """Show the search bar and give it the focus."""
        from reader.ui.widgets.search_bar import SearchBar

        if self._bar is not None:
            self._bar.focus()
            return
        row = self._screen.row
        self._before = row.key if row else None
        if self._screen.reading:
            self._screen.leave_article()
        self._bar = SearchBar(self._screen.listing.filter.words, typed=self._typed, closed=self._close_search)
        self._screen.keys_shown(shown=False)
        self._screen.keys_wait_for(self._coming)

    async def _coming(self) -> None:
        if self._bar is not None:
            await self._screen.mount(self._bar)
            self._screen.set_focus(self._bar)

    def _typed(self, words: str) -> None:
        listing = self._screen.listing
        if words != listing.filter.words:
            self.show(replace(listing.filter, words=words.strip()), article=self._before)

    def _close_search(self, keep: bool) -> None:
        """Take the search bar away; keep the matches, or go back to where the search began."""
        if self._bar is None:
            return
        bar, self._bar = self._bar, None
        listing = self._screen.listing
        words = bar.value.strip() if keep else ""
        if words != listing.filter.words or not keep:
            self.show(replace(listing.filter, words=words), article=None if keep else self._before)
        # Before the bar goes: it would leave the focus to the article, which nobody opened.
        self._screen.set_focus(self._screen.articles)
        self._screen.keys_shown(shown=True)
        bar.remove()


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"

"""How a listing is made: off the UI thread, in the order and under the headings that belong to its view."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from reader.library import ERRORS
from reader.model.listing import Filter, Grouping, Listing, Order
from reader.ui.screens.list_words import name_of
from reader.ui.screens.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.session import Session
    from reader.ui.widgets.found import Found

Sort: TypeAlias = tuple[Order, Grouping]
Made: TypeAlias = "tuple[Listing, Found | None]"

_USUAL: Final[Sort] = ("page", "section")
_BEST: Final[Sort] = ("relevance", "none")
"""How the matches of a search come, unless the reader wants them otherwise."""
_REST: Final = 0.1
"""Seconds after which what is not in view yet is looked for."""


class Making:
    """Makes listings, and remembers how each view is sorted.

    Args:
        screen: the screen of the list.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen, self._turns = screen, Turns()
        self._sorts: dict[str, Sort] = {}

    def begin(self, session: Session) -> None:
        """Know how views were sorted the last time."""
        self._sorts = {view: (order, grouping) for view, order, grouping in session.sorts}

    # -- order and headings

    @property
    def remembered(self) -> tuple[tuple[str, Order, Grouping], ...]:
        """The order and the headings that were chosen, by the names of views."""
        return tuple((view, *sort) for view, sort in sorted(self._sorts.items()))

    def remember(self, chosen: Filter, order: Order, grouping: Grouping) -> None:
        """Let the view of a filter come in an order, under some headings, from now on."""
        self._sorts[_view_of(chosen)] = order, grouping

    def renamed(self, old: str, new: str) -> None:
        """Let a view of another name be sorted as one was that is no more; an empty name forgets that."""
        sort = self._sorts.pop(old, None)
        if sort is not None and new:
            self._sorts[new] = sort

    def as_sorted(self, chosen: Filter) -> Filter:
        """Give a filter whose view asks for no order of its own where the reader chose one for it."""
        if "sort:" not in chosen.query or _view_of(chosen) not in self._sorts:
            return chosen
        return replace(chosen, query=unsorted(chosen.query))

    def sort_of(self, chosen: Filter, *, searched: bool) -> Sort:
        """Give how a filter's articles come: as it asks itself, as was chosen for its view, or as usual."""
        listing = self._screen.listing
        if chosen == listing.filter:
            return listing.order, listing.grouping
        if (order := _order_in(chosen.words)) is not None:
            return order, "none"
        if chosen.words and searched:
            return _BEST
        if (sort := self._sorts.get(_view_of(chosen))) is not None:
            return sort
        if (order := _order_in(chosen.asked)) is not None:
            return order, "none"
        return self._sorts.get("all", _USUAL)

    # -- listings

    async def make(self, chosen: Filter, sort: Sort, *, begun: bool = False) -> Made | None:
        """Make a listing, with what a search finds in its rows; if it may be `begun`, perhaps a partial one.

        None is given where it cannot be made, which is said, and where the app was left meanwhile.
        """
        from reader.model.query import QueryError

        def work(left: Callable[[], bool]) -> Made:
            first = self._begun(chosen, left) if begun and sort == _BEST else None
            return first or self._made(chosen, sort, left)

        try:
            made = await self._turns.take(work)
            return made if self._screen.pane.is_attached else None
        except QueryError as error:
            self._screen.say(f"{name_of(chosen)}: {error}", warning=True)
        except ERRORS as error:
            self._screen.say(str(error), warning=True)
        return None

    def _begun(self, chosen: Filter, left: Callable[[], bool]) -> Made | None:
        listing = self._screen.library.shelf.beginning(chosen, left)
        return (listing, self._found(listing)) if listing is not None else None

    def _made(self, chosen: Filter, sort: Sort, left: Callable[[], bool]) -> Made:
        """Make it, in a thread; `left` tells whether nobody waits for it any more."""
        listing = self._screen.library.shelf.listing(chosen, sort[0], grouping=sort[1], stopped=left)
        return listing, self._found(listing)

    def _found(self, listing: Listing) -> Found | None:
        """Look up what a search finds in the first rows."""
        if not listing.filter.words:
            return None
        from reader.model.query import parse, words_of
        from reader.model.terms import Terms
        from reader.ui.widgets.found import FIRST, Found

        words = words_of(parse(listing.filter.words))
        if not words:
            return None
        found = Found(Terms(words), lambda keys: self._screen.library.shelf.snippets(keys, words), self._later)
        found.fetch(listing.keys[:FIRST])
        return found

    def _later(self, work: Callable[[], None]) -> None:
        # Not while the frame is drawn that asks for it: a thread would take half of the time.
        self._screen.set_timer(_REST, lambda: self._screen.in_background(work, lambda _: None))


def unsorted(text: str) -> str:
    """Give a query without the order that it asks for, lest that goes before one that is chosen."""
    if "sort:" not in text:
        return text
    from reader.model.query import Query, parse

    return str(Query(parse(text).node))


def _order_in(text: str) -> Order | None:
    """Give the order that a query asks for."""
    if "sort:" not in text:
        return None
    from reader.model.query import QueryError, parse

    with suppress(QueryError):
        return parse(text).sort
    return None


def _view_of(chosen: Filter) -> str:
    """Give the name under which the order of a filter is remembered."""
    return f"source:{chosen.source}" if chosen.view == "all" and chosen.source is not None else chosen.view

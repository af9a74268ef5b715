"""Listings: which articles a filter chooses, in which order, under which headings, and how many there are.

What flags alone decide is done with the bytes of the flags and an order that is kept; everything else is
asked of SQLite in one statement, and then put in order: few articles by SQLite, many by the order that is kept.
"""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.library import sifting
from reader.model.article import HIDDEN, READ
from reader.model.listing import Counts, Filter, Listing
from reader.model.source import GUIDE
from reader.storage.cache import Stopped as Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from reader.library.facts import Facts
    from reader.library.states import States
    from reader.model.listing import Grouping, Order
    from reader.model.query import Query
    from reader.storage.cache import Cache
    from reader.storage.conditions import Part
    from reader.storage.sorting import Days, Sorted

FEW: Final = 2000
"""Articles that are sorted faster than an order of all of them is walked."""

_TRIES: Final = 5
"""Questions that are asked at the most until two of them are about the same articles."""
_ALL: Final = b"\1" * 256
_SHOWN: Final = bytes(not state & HIDDEN for state in range(256))
_UNREAD: Final = bytes(not state & READ for state in range(256))


class _Asked(NamedTuple):
    """What SQLite gave, of which some may not be listed."""

    keys: array[int]
    guide: bool
    """Whether the guide's articles are meant."""
    led: bool
    """Whether what leads is listed in the place of what follows it."""
    hidden: bool
    """Whether hidden articles are meant."""


class Listings:
    """Makes listings and counts them; usable from several threads.

    Args:
        cache: the articles.
        states: their flags.
    """

    def __init__(self, cache: Cache, states: States) -> None:
        self._cache, self._states = cache, states

    def listing(
        self,
        chosen: Filter,
        order: Order,
        grouping: Grouping,
        also: Collection[int],
        facts: Callable[[], Facts],
    ) -> Listing:
        """Make a listing; see `Shelf.listing`."""
        query = _query(chosen)
        expression = _sought(query, chosen, order)
        if query is not None and query.sort is not None:
            order = query.sort
        if expression or _searched(query, chosen):
            grouping = "none"
        if expression:
            order = "relevance"
        elif order == "relevance":
            order = "newest"
        days = self._days(facts()) if grouping == "date" else ()
        part = self._part(query, facts) if query is not None and query.node is not None else None
        table = _table(part, query)
        if chosen.source is None and table is not None:
            keys, groups = self._cache.ordered(order, grouping, days)
            flags = self._states.of(keys)
            inside = flags.translate(table)
            if inside.count(1) < len(keys):
                if also:
                    inside = sifting.also(inside, keys, also)
                keys, groups = sifting.narrowed(keys, groups, inside)
                flags = bytes(compress(flags, inside))
        else:
            asked = self._asked(chosen, query, part, facts())
            some = self._sifted(asked, also, order, grouping, days)
            keys, groups = some or self._sorted(asked, also, order, grouping, days)
            if expression and keys and query is not None:
                from reader.library.best_first import ranked

                keys = ranked(self._cache, keys, query, expression)
            flags = self._states.of(keys)
        return Listing(keys, flags, groups, chosen, order, grouping)

    def matches(
        self, chosen: Filter, facts: Callable[[], Facts], among: Collection[int] | None = None, *, hidden: bool = False
    ) -> array[int]:
        """Give the keys of the articles that a filter chooses, in no order; see `Shelf.matches`."""
        query = _query(chosen)
        part = self._part(query, facts) if query is not None and query.node is not None else None
        table = _table(part, query, hidden=hidden)
        if chosen.source is None and table is not None and among is None:
            keys, _ = self._cache.ordered("page")
            return array("I", compress(keys, self._states.of(keys).translate(table)))
        return self._found(chosen, query, part, facts(), among, hidden=hidden)

    def counts(self, queries: Mapping[str, str], facts: Callable[[], Facts]) -> Counts:
        """Count the unread articles and all of them, by view and by source."""
        keys, _ = self._cache.ordered("page")
        flags = self._states.of(keys)
        views = {}
        for name, text in queries.items():
            from reader.model.query import QueryError

            chosen = Filter(name, query=text)
            try:
                query = _query(chosen) if text else None
            except QueryError:
                continue
            part = self._part(query, facts) if query is not None and query.node is not None else None
            table = _table(part, query)
            if table is not None:
                states = flags
            else:
                table, states = _ALL, self._states.of(self._found(chosen, query, part, facts()))
            views[name] = _counted(states, table)
        return Counts(views, self._by_source())

    def _by_source(self) -> dict[str, tuple[int, int]]:
        """Count by source: in the order of the page those of a source are in a row."""
        for _ in range(_TRIES):
            keys, _ = self._cache.ordered("page")
            runs, shared = self._cache.runs()
            if sum(count for _, count in runs) == len(keys):
                break  # else something came between the two questions
        flags, found, start = self._states.of(keys), dict[int, tuple[int, int]](), 0
        for source, count in runs:
            found[source] = _counted(flags[start : start + count], _SHOWN)
            start += count
        for source, some in shared.items():
            unread, count = _counted(self._states.of(some), _SHOWN)
            before = found.get(source, (0, 0))
            found[source] = before[0] + unread, before[1] + count
        return {name: found.get(key, (0, 0)) for key, name, _ in self._cache.named_sources()}

    def _part(self, query: Query, facts: Callable[[], Facts]) -> Part:
        from reader.storage.compiling import compiled

        return compiled(query.node, facts())

    def _asked(
        self,
        chosen: Filter,
        query: Query | None,
        part: Part | None,
        facts: Facts,
        among: Collection[int] | None = None,
        *,
        hidden: bool = False,
    ) -> _Asked:
        from reader.storage import compiling, conditions

        if part is None:
            part = compiling.compiled(None, facts)
        guide = query is not None and compiling.asks_guide(query)
        if chosen.source is not None:
            part = conditions.within(part, self._cache.key_of(chosen.source), facts.flags())
            guide = guide or chosen.source == GUIDE
        if among is not None:
            part = conditions.among(part, among, facts.flags())
        # What only dates tell of an article that follows another is not told of the story; its words are.
        led = among is None and query is not None and _worded(query)
        found = self._cache.asked(part, facts.flags(), guide=guide)
        return _Asked(found, guide, led, hidden or _asks_hidden(query))

    def _found(
        self,
        chosen: Filter,
        query: Query | None,
        part: Part | None,
        facts: Facts,
        among: Collection[int] | None = None,
        *,
        hidden: bool = False,
    ) -> array[int]:
        return self._listed(self._asked(chosen, query, part, facts, among, hidden=hidden))

    def _listed(self, asked: _Asked) -> array[int]:
        """Leave out of what was asked for what is not listed."""
        found = self._cache.listed(asked.keys, guide=asked.guide, led=asked.led)
        if asked.hidden:
            return found
        shown = self._states.of(found).translate(_SHOWN)
        return found if shown.count(1) == len(found) else array("I", compress(found, shown))

    def _sorted(self, asked: _Asked, also: Collection[int], order: Order, grouping: Grouping, days: Days) -> Sorted:
        from reader.storage import sorting

        found = self._listed(asked)
        if also:
            found = array("I", {*found, *also})
        if order == "relevance" and (placed := self._cache.placed(found)) is not None:
            return placed, sorting.bare(len(placed))
        return sorting.some(self._cache.connection, found, order, grouping, days)

    def _sifted(
        self, asked: _Asked, also: Collection[int], order: Order, grouping: Grouping, days: Days
    ) -> Sorted | None:
        """Give what is listed of many articles in an order that is kept, None where they are few or it lacks some."""
        # The guide is in no order that is kept; what follows another is in none either.
        if len(asked.keys) <= FEW or asked.guide:
            return None
        keys, groups = self._cache.ordered(order, grouping, days)
        if len(keys) >= FEW * 100 and len(asked.keys) <= len(keys) // 50:
            return None
        flags = self._states.all()
        marked = sifting.mask(asked.keys, len(flags))
        if asked.led:
            sifting.lead(marked, self._cache.following.leaders(self._cache.connection))
        if not asked.hidden:
            marked = sifting.both(marked, flags.ljust(len(marked), b"\0").translate(_SHOWN))
        if also:
            marked = sifting.either(marked, sifting.mask(array("I", also), len(flags)))
        return sifting.narrowed(keys, groups, sifting.inside(marked, keys))

    def _days(self, facts: Facts) -> Days:
        from reader.library.days import days

        return days(facts.context.now, facts.context.zone)


def _query(chosen: Filter) -> Query | None:
    """Understand what a filter asks; None when that is everything."""
    if not chosen.asked and not chosen.words:
        return None
    from reader.model.query import conjoin, parse

    return conjoin(parse(chosen.asked), parse(chosen.words))


def _searched(query: Query | None, chosen: Filter) -> bool:
    """Tell whether words are searched, and wanted in another order than that of the page."""
    return query is not None and bool(chosen.words) and query.sort not in (None, "page") and _worded(query)


def _worded(query: Query) -> bool:
    """Tell whether a query wants words."""
    from reader.storage.ranking import sought

    return bool(sought(query))


def _sought(query: Query | None, chosen: Filter, order: Order) -> str:
    """Give what articles are ranked by, nothing where they come in another order."""
    if query is None or query.sort not in (None, "relevance"):
        return ""
    if query.sort is None and order != "relevance" and not (chosen.words and order == "page"):
        return ""
    from reader.storage.ranking import sought

    return sought(query)


def _asks_hidden(query: Query | None) -> bool:
    if query is None:
        return False
    from reader.model.query import asks_hidden

    return asks_hidden(query)


def _table(part: Part | None, query: Query | None, *, hidden: bool = False) -> bytes | None:
    """Give for each state whether it is in, None when flags alone do not decide that."""
    if part is None:
        return _ALL if hidden else _SHOWN
    from reader.storage.conditions import Flagged

    if not isinstance(part, Flagged):
        return None
    return part.table if hidden or _asks_hidden(query) else bytes(map(min, part.table, _SHOWN))


def _counted(flags: bytes, table: bytes) -> tuple[int, int]:
    unread = bytes(map(min, table, _UNREAD))
    return flags.translate(unread).count(1), flags.translate(table).count(1)

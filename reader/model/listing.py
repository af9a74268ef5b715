"""Filter, Order, and the immutable Listing: which articles, in which order, under which headings."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import field, replace
from typing import Final, Literal, TypeAlias

from reader.model.article import READ, Row
from reader.values import dataclass

Order: TypeAlias = Literal["page", "newest", "oldest", "title", "author", "source", "shortest", "longest", "relevance"]
Grouping: TypeAlias = Literal["section", "source", "author", "date", "none"]

ORDERS: Final[dict[Order, str]] = {
    "page": "as on the page",
    "newest": "newest first",
    "title": "by title",
    "author": "by author",
    "shortest": "shortest first",
    "longest": "longest first",
    "source": "by source",
    "oldest": "oldest first",
    "relevance": "best match first",
}
GROUPINGS: Final[dict[Grouping, str]] = {
    "section": "by section",
    "source": "by source",
    "author": "by author",
    "date": "by date",
    "none": "one list",
}


@dataclass(frozen=True, slots=True)
class View:
    """A choice of articles that has a name: its id, what it asks for, and what is said when it holds nothing."""

    id: str
    name: str
    query: str
    empty: str = ""
    """Why nothing is in it; the id of a command in braces stands for its key."""


VIEWS: Final[dict[str, View]] = {
    view.id: view
    for view in (
        View(
            "all", "All", "", "There is nothing here yet.\n{library.add} adds a feed, a page, a file or a pasted text."
        ),
        View(
            "unread",
            "Unread",
            "is:unread",
            "Everything is read.\n{view.all} shows all articles, {library.add} adds more.",
        ),
        View(
            "bookmarked",
            "Bookmarks",
            "is:bookmarked",
            "There are no bookmarks yet.\n{article.toggle_bookmark} bookmarks an article.\n{view.all} shows all "
            "articles.",
        ),
        View(
            "notes",
            "Notes",
            "is:noted OR is:highlighted",
            "There are no notes yet.\n{article.note} writes a note on an article.\n{view.all} shows all articles.",
        ),
        View("started", "In progress", "is:started", "Nothing is in progress.\n{view.all} shows all articles."),
        View("today", "Today", "on:today", "Nothing came today.\n{view.all} shows all articles."),
    )
}
"""The views that are built in, by their ids."""

_UNREAD = bytes(0 if state & READ else 1 for state in range(256))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles a listing holds.

    `view` is the id of a view that is built in, or `saved:NAME`, `tag:NAME`, `folder:NAME`; `query` is what
    one that is not built in asks for. `words` is what is searched on top of it, also in the query language;
    `source` is a source's id.
    """

    view: str = "all"
    words: str = ""
    source: str | None = None
    query: str = ""

    @property
    def asked(self) -> str:
        """The query of the view."""
        built_in = VIEWS.get(self.view)
        return self.query if built_in is None else built_in.query


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of a listing and the run of articles under it: `start` counts from 0, in listing order.

    A `bare` one is the only one of its listing, and has no heading to be drawn.
    """

    title: str
    start: int
    count: int
    folded: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles each view and each source holds: the unread ones, and all."""

    views: dict[str, tuple[int, int]] = field(default_factory=dict)
    sources: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """An ordered choice of articles: their keys, one byte of flags each, and the groups they fall in.

    An *item* is a line group that the list draws: a heading or an article. Items are numbered from 0;
    a folded group is one item. A change gives a new listing, and costs a copy of the bytes at most.
    """

    keys: array[int] = field(default_factory=lambda: array("I"))
    flags: bytes = b""
    groups: tuple[Group, ...] = ()
    filter: Filter = Filter()
    order: Order = "page"
    grouping: Grouping = "section"
    partial: bool = False
    """Whether there are more articles, which are still sought."""
    _firsts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        firsts, item = [], 0
        for group in self.groups:
            firsts.append(item)
            item += group.count if group.bare else 1 if group.folded else 1 + group.count
        object.__setattr__(self, "_firsts", (*firsts, item))

    def __len__(self) -> int:
        """Count the articles."""
        return len(self.keys)

    @property
    def items(self) -> int:
        """Count the items: headings, and the articles of the groups that are not folded."""
        return self._firsts[-1]

    @property
    def unread(self) -> int:
        """Count the articles that are not read."""
        return self.flags.translate(_UNREAD).count(1)

    def unread_in(self, group: int) -> int:
        """Count the unread articles of one group."""
        found = self.groups[group]
        return self.flags[found.start : found.start + found.count].translate(_UNREAD).count(1)

    def group_of(self, item: int) -> int:
        """Give the number of the group that an item belongs to."""
        return bisect_right(self._firsts, item, 0, len(self.groups)) - 1

    def index_at(self, item: int) -> int | None:
        """Give the position (in `keys`) of the article at an item, None for a heading."""
        if not 0 <= item < self.items:
            return None
        number = self.group_of(item)
        group = self.groups[number]
        within = item - self._firsts[number] - (not group.bare)
        return None if within < 0 else group.start + within

    def heading_of(self, group: int) -> int:
        """Give the item of a group's heading, -1 (the one before its first article) where it has none."""
        return -1 if self.groups[group].bare else self._firsts[group]

    def group_at(self, index: int) -> int:
        """Give the number of the group that the article at a position belongs to."""
        return bisect_right(self.groups, index, key=lambda group: group.start) - 1

    def item_of(self, index: int) -> int:
        """Give the item that shows the article at a position, or its folded heading."""
        number = self.group_at(index)
        group = self.groups[number]
        if group.bare:
            return index
        return self._firsts[number] + (0 if group.folded else 1 + index - group.start)

    def index_of(self, key: int) -> int | None:
        """Give the position of an article by its key, None when it is not here."""
        # Looked for among the bytes: ten times as fast as among the numbers.
        wanted, among, size = array("I", (key,)).tobytes(), self.keys.tobytes(), self.keys.itemsize
        at = among.find(wanted)
        while at % size and at >= 0:
            at = among.find(wanted, at + 1)
        return None if at < 0 else at // size

    def next_unread(self, index: int, step: int) -> int | None:
        """Give the position of the nearest unread article after (`step` 1) or before (-1) one, going round."""
        unread = self.flags.translate(_UNREAD)
        if step > 0:
            found = unread.find(1, index + 1)
            found = found if found >= 0 else unread.find(1, 0, max(index, 0))
        else:
            found = unread.rfind(1, 0, max(index, 0))
            found = found if found >= 0 else unread.rfind(1, index + 1)
        return None if found < 0 else found

    def with_row(self, row: Row, index: int | None = None) -> Listing:
        """Give the listing with one article in its new state; `index` is its position where that is known."""
        at = index if index is not None else self.index_of(row.key)
        if at is None or self.flags[at] == row.flags:
            return self
        return replace(self, flags=self.flags[:at] + bytes((row.flags,)) + self.flags[at + 1 :])

    def with_fold(self, group: int, folded: bool) -> Listing:
        """Give the listing with one group folded or unfolded; a bare one cannot be."""
        if self.groups[group].bare:
            return self
        groups = list(self.groups)
        groups[group] = replace(groups[group], folded=folded)
        return replace(self, groups=tuple(groups))

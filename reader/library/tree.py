"""All that a list can be made of, as a tree: views, tags, and the sources in their folders, with counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.ingest import sanitize
from reader.model.article import HIDDEN, READ
from reader.model.listing import VIEWS, Counts, Filter, View
from reader.model.source import GUIDE, REMOVED
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from reader.library import Library
    from reader.model.source import Source

Kind: TypeAlias = Literal["section", "view", "tag", "folder", "source", "hint"]

PLACES: Final = 9
"""How many views have a digit."""
_TOTALS: Final = frozenset({"bookmarked", "notes", "started"})
"""Views of what is mostly read: all articles in them are counted, not the unread ones."""
_FEW: Final = 1000
"""Articles with tags whose keys are asked for one by one."""
_NO_SAVED: Final = ("No own views yet:", "{view.save} keeps a search")
_NO_TAGS: Final = ("No tags yet:", "{article.tags} tags an article")
_NO_SOURCES: Final = ("No sources yet:", "{library.add} adds one")


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tree.

    Its `id` is that of its view, `source:ID`, or the name of a section. `inside` is the id of the node that it is
    folded away with; `chosen` are the articles it stands for, None for a section and a hint. `place` is its digit,
    0 for none. What `holds` others can be folded.
    """

    id: str
    kind: Kind
    name: str
    depth: int = 0
    inside: str = ""
    count: int = 0
    chosen: Filter | None = None
    place: int = 0
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes, each after the one that it is inside of."""

    nodes: tuple[Node, ...] = ()
    _by_id: dict[str, Node] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update((node.id, node) for node in self.nodes)

    def node(self, name: str) -> Node | None:
        """Give a node by its id."""
        return self._by_id.get(name)

    def at(self, place: int) -> Node | None:
        """Give the view that has a digit."""
        return next((node for node in self.nodes if node.place == place), None)

    def of(self, chosen: Filter) -> str:
        """Give the id of the node that stands for what a list shows."""
        return f"source:{chosen.source}" if chosen.source is not None else chosen.view

    def shown(self, folded: Collection[str]) -> list[Node]:
        """Give the nodes that are not folded away."""
        away: set[str] = set()
        found = []
        for node in self.nodes:
            if node.inside in away:
                away.add(node.id)
                continue
            found.append(node)
            if node.id in folded:
                away.add(node.id)
        return found

    def named(self, words: str) -> list[Node]:
        """Give the nodes whose names have all of some words, and those that they are inside of."""
        keep: set[str] = set()
        for at in self._with(words):
            while at.id not in keep:
                keep.add(at.id)
                at = self._by_id.get(at.inside, at)
        return [node for node in self.nodes if node.id in keep]

    def first(self, words: str) -> str:
        """Give the id of the first node whose name has all of some words, empty where none has."""
        return next((node.id for node in self._with(words)), "")

    def _with(self, words: str) -> Iterator[Node]:
        wanted = words.casefold().split()
        for node in self.nodes:
            if node.chosen is not None and all(word in node.name.casefold() for word in wanted):
                yield node


def tag_view(name: str) -> View:
    """Give the view of what has a tag."""
    return View(f"tag:{name}", name, f"tag:{_quoted(name)}", "Nothing has this tag any more.\n1 shows all articles.")


def folder_view(name: str) -> View:
    """Give the view of what comes from the sources in a folder."""
    empty = "Nothing has come from these sources yet.\nR asks them now."
    return View(f"folder:{name}", name, f"folder:{_quoted(name)}", empty)


def filter_of(view: View) -> Filter:
    """Give the filter of a view."""
    return Filter(view.id) if view.id in VIEWS else Filter(view.id, query=view.query)


def tree(counts: Counts, saved: Sequence[View], tags: Iterable[str], sources: Iterable[Source]) -> Tree:
    """Put the tree together.

    Args:
        counts: how many articles each view and each source holds.
        saved: the user's views.
        tags: the user's tags.
        sources: those that there are.
    """
    return Tree((*_views(counts, saved), *_tags(counts, tags), *_sources(counts, sources)))


def begun(saved: Sequence[View] = ()) -> Tree:
    """Give what can be shown of the tree before anything is counted: the views, and no hints."""
    return Tree(tuple(_views(Counts(), saved, hint=False)))


def gathered(library: Library, *, counted: bool = True) -> Tree:
    """Read all that the tree shows; this takes a while, so call it off the UI thread.

    Args:
        library: the library.
        counted: whether its articles are to be counted.
    """
    saved, sources = library.views.saved(), _listed(library)
    if not counted:
        return tree(Counts(), saved, library.notebook.tags(), sources)
    asked = {view.id: view.query for view in (*VIEWS.values(), *saved)}
    counts, tags = library.shelf.counts(asked), _tagged(library)
    counts = replace(counts, views=counts.views | {tag_view(tag).id: count for tag, count in tags.items()})
    return tree(counts, saved, tags, sources)


def _tagged(library: Library) -> dict[str, tuple[int, int]]:
    """Count the articles of each tag: not one query each, for there may be hundreds."""
    tags = library.marks.tags()
    many = sum(map(len, tags.values())) > _FEW
    key = library.cache.keys().get if many else library.cache.key
    counts = {}
    for tag, articles in tags.items():
        keys = (key(article) for article in articles)
        flags = [library.states.get(key) for key in keys if key is not None]
        shown = [state for state in flags if not state & HIDDEN]
        counts[tag] = sum(not state & READ for state in shown), len(shown)
    return counts


def _listed(library: Library) -> list[Source]:
    return [s.source for s in library.subscriptions.sources() if s.source.kind != REMOVED or s.articles]


def _views(counts: Counts, saved: Sequence[View], *, hint: bool = True) -> Iterable[Node]:
    yield _section("views", "Views")
    for place, view in enumerate((*VIEWS.values(), *saved), 1):
        unread, total = counts.views.get(view.id, (0, 0))
        count = total if view.id in _TOTALS else unread
        digit = place if place <= PLACES else 0
        yield Node(view.id, "view", _line(view.name), 1, "views", count, filter_of(view), digit)
    if not saved and hint:
        yield from _hints("views", _NO_SAVED)


def _tags(counts: Counts, tags: Iterable[str]) -> Iterable[Node]:
    yield _section("tags", "Tags")
    names = sorted(tags, key=lambda name: (name.casefold(), name))
    for view in map(tag_view, names):
        count = counts.views.get(view.id, (0, 0))[0]
        yield Node(view.id, "tag", _line(view.name), 1, "tags", count, filter_of(view))
    if not names:
        yield from _hints("tags", _NO_TAGS)


def _sources(counts: Counts, sources: Iterable[Source]) -> Iterable[Node]:
    folders: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.id != GUIDE:
            folders[source.care.folder.casefold()].append(source)
    yield _section("sources", "Sources")
    for key in sorted(folders, key=lambda key: (not key, key)):
        inside, depth = "sources", 1
        held = sorted(folders[key], key=lambda source: (source.title.casefold(), source.id))
        if key:
            view = folder_view(held[0].care.folder)
            unread = sum(counts.sources.get(one.id, (0, 0))[0] for one in held)
            yield Node(view.id, "folder", _line(view.name), 1, "sources", unread, filter_of(view), holds=True)
            inside, depth = view.id, 2
        for source in held:
            count = counts.sources.get(source.id, (0, 0))[0]
            name, chosen = f"source:{source.id}", Filter(source=source.id)
            yield Node(name, "source", _line(source.title), depth, inside, count, chosen)
    if not folders:
        yield from _hints("sources", _NO_SOURCES)


def _section(name: str, title: str) -> Node:
    return Node(name, "section", title, holds=True)


def _hints(inside: str, lines: Iterable[str]) -> Iterable[Node]:
    for number, line in enumerate(lines):
        yield Node(f"{inside}?{number}", "hint", line, 1, inside)


def _line(text: str) -> str:
    return sanitize.line(text, sanitize.TITLE) or sanitize.UNTITLED


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

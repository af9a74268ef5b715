"""A query as a tree: what is asked of an article, and in which order the found ones come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Sort: TypeAlias = Literal["page", "newest", "oldest", "title", "author", "source", "shortest", "longest", "relevance"]


@dataclass_transform(frozen_default=True)
class Part:
    """What every part of a query is: a frozen dataclass, but one that costs the start next to nothing.

    Making ten real ones takes a fifth of what the first picture of the list may take.
    """

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(cls.__annotations__)
        type.__setattr__(cls, "__match_args__", cls._names)

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - type checkers know each subclass's own
        given = dict(zip(self._names, values, strict=False), **named)
        if len(values) > len(self._names) or not given.keys() <= set(self._names):
            raise TypeError(f"{type(self).__name__} has {', '.join(self._names)}, and nothing else")
        for name in self._names:
            object.__setattr__(self, name, given[name] if name in given else getattr(type(self), name))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


class Words(Part):
    """Words one after the other; unless they are `exact`, the last may go on: `read` finds reading."""

    text: str
    exact: bool = False


class Pattern(Part):
    """A regular expression, found anywhere in a short text, in small and capital letters."""

    text: str


class Name(Part):
    """One of some names: a state, a tag, a folder, a language. Those that are not the user's are in small letters."""

    text: str


class When(Part):
    """A day, month or year, or so long ago: what `dates` understands, in small letters."""

    text: str


class Minutes(Part):
    """A reading time in whole minutes; `last` counts only for the sign `-`, from `first` to `last`."""

    sign: Literal["", "<", "<=", ">", ">=", "-"]
    first: int
    last: int = 0

    @property
    def least(self) -> int:
        """The fewest minutes."""
        return {"<": 0, "<=": 0, ">": self.first + 1}.get(self.sign, self.first)

    @property
    def most(self) -> int | None:
        """The most minutes, None without a limit."""
        return {"<": self.first - 1, "<=": self.first, "": self.first, "-": self.last}.get(self.sign)

    def words(self, pace: int) -> tuple[int, int | None]:
        """Give the fewest and the most words of articles that take so long; the same as `Row.minutes_at` says."""
        fewest = _fewest(self.least, pace)
        return fewest, None if self.most is None else _fewest(self.most + 1, pace) - 1


def _fewest(minutes: int, pace: int) -> int:
    """Give the fewest words that take so many minutes."""
    if minutes <= 1:
        return 0 if minutes == 1 or minutes <= 0 else 1
    words = max(0, (2 * minutes - 1) * pace // 2 - 1)
    while round(words / pace) < minutes:
        words += 1
    return words


Test: TypeAlias = Words | Pattern | Name | When | Minutes


class Field(Part):
    """A test of one thing about an article; `name` is one of those in `fields.FIELDS`."""

    name: str
    test: Test


class Not(Part):
    """What an article must not be."""

    node: Node


class And(Part):
    """What an article must be all of."""

    nodes: tuple[Node, ...]


class Or(Part):
    """What an article must be one of, at the least."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Words | Field | Not | And | Or


class Query(Part):
    """What was asked: a tree, None for everything, and an order if one was named. `str` writes it again."""

    node: Node | None = None
    sort: Sort | None = None

    def __str__(self) -> str:
        from reader.model.query.printing import printed

        return printed(self)


def both(nodes: Iterable[Node]) -> Node | None:
    """Join what must all be so, without an `And` inside an `And`; None for nothing."""
    flat = tuple(part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,)))
    return And(flat) if len(flat) > 1 else next(iter(flat), None)


def either(nodes: Iterable[Node]) -> Node | None:
    """Join what may be so, without an `Or` inside an `Or`; None for nothing."""
    flat = tuple(part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,)))
    return Or(flat) if len(flat) > 1 else next(iter(flat), None)


def negated(node: Node) -> Node:
    """Turn a node into its opposite; the opposite of an opposite is the thing itself."""
    return node.node if isinstance(node, Not) else Not(node)


def conjoin(*queries: Query) -> Query:
    """Make one query of several, all of which an article must meet; the last that names an order gives it."""
    sorts = [query.sort for query in queries if query.sort is not None]
    return Query(both(query.node for query in queries if query.node is not None), sorts[-1] if sorts else None)


def leaves(query: Query) -> Iterator[tuple[Words | Field, bool]]:
    """Give the words and the tests in a query from left to right, each with whether it is wanted, not ruled out."""
    waiting: list[tuple[Node, bool]] = [] if query.node is None else [(query.node, True)]
    while waiting:
        node, wanted = waiting.pop()
        if isinstance(node, And | Or):
            waiting += [(part, wanted) for part in reversed(node.nodes)]
        elif isinstance(node, Not):
            waiting.append((node.node, not wanted))
        else:
            yield node, wanted


def words_of(query: Query) -> tuple[Words, ...]:
    """Give the words that a found article has, for its snippet and to be marked in it, each once.

    Those of `title:`, `text:` and `note:` count, for they stand in what is shown.
    """
    found: dict[Words, None] = {}
    for leaf, wanted in leaves(query):
        words = leaf.test if isinstance(leaf, Field) and leaf.name in ("title", "text", "note") else leaf
        if wanted and isinstance(words, Words):
            found[words] = None
    return tuple(found)


def is_ranked(query: Query) -> bool:
    """Tell whether of what a query finds some articles are better matches than others: it asks for words."""
    return any(
        wanted and isinstance(leaf.test if isinstance(leaf, Field) else leaf, Words)
        and (isinstance(leaf, Words) or leaf.name in ("title", "author", "section", "text"))
        for leaf, wanted in leaves(query)
    )  # fmt: skip


def asks_hidden(query: Query) -> bool:
    """Tell whether a query names `is:hidden`, for else what a rule hid is in no listing."""
    return any(leaf == Field("is", Name("hidden")) for leaf, _ in leaves(query))

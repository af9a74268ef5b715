"""What `reader list` and `reader highlights` are asked for: words, `source:NAME`, `is:STATE`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import Failure, line
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED
from reader.model.listing import Filter
from reader.model.source import REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.model.source import Source

STATES: Final = {
    "unread": (READ, 0),
    "started": (STARTED | READ, STARTED),
    "read": (READ, READ),
    "bookmarked": (BOOKMARKED, BOOKMARKED),
    "noted": (NOTED, NOTED),
    "highlighted": (HIGHLIGHTED, HIGHLIGHTED),
}
"""The words after `is:`, the flags that each looks at, and those of them that it wants set."""

SYNTAX: Final = """\
  source:NAME      of one source, by its id or its title
  is:unread        also is:read; is:started is what is begun and not read
  is:bookmarked    also is:noted and is:highlighted"""
"""What a query may hold besides words, as the help of a verb tells it."""

_TOKEN: Final = re.compile(r'(source|is):(?:"([^"]*)"|(\S*))|(\S+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """Which articles are meant: a filter, and for each of the 256 states whether it is wanted."""

    filter: Filter
    wanted: bytes

    @property
    def everything(self) -> bool:
        """Whether it leaves nothing out."""
        return self.filter == Filter() and all(self.wanted)


def parse(arguments: Sequence[str], sources: Iterable[Source]) -> Query:
    """Understand a query.

    Args:
        arguments: as the shell gave them; one may hold several words.
        sources: those there are, to be named by id or title.

    Raises:
        Failure: it names a state or a source that there is none of.
    """
    known = list(sources)
    words: list[str] = []
    states: list[str] = []
    source: str | None = None
    for kind, value in _tokens(arguments, known):
        if kind == "source":
            source = _source(value, known)
        elif kind == "is":
            states.append(_state(value))
        else:
            words.append(value)
    masks = [STATES[state] for state in states]
    wanted = bytes(all(flags & mask == wanted for mask, wanted in masks) for flags in range(256))
    return Query(Filter(words=" ".join(words), source=source), wanted)


def _tokens(arguments: Sequence[str], sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    for argument in arguments:
        # The shell has taken the quotes off `source:"Foreign affairs"`.
        if argument[:7].casefold() == "source:" and _named(argument[7:], sources):
            yield "source", argument[7:]
            continue
        for token in _TOKEN.finditer(argument):
            yield (token[1] or "").casefold(), token[4] or token[2] or token[3] or ""


def _named(name: str, sources: Sequence[Source]) -> list[Source]:
    """Give the sources that are called so: by id, by title, or by the beginning of one; removed ones if no other."""
    folded = name.casefold()
    tests: tuple[Callable[[Source], bool], ...] = (
        lambda source: folded in {source.id.casefold(), source.title.casefold()},
        lambda source: source.title.casefold().startswith(folded),
    )
    here = [source for source in sources if source.kind != REMOVED]
    tried = (list(filter(test, known)) for known in (here, sources) for test in tests if name)
    exact = [source for source in sources if source.id == name]
    return exact or next(filter(None, tried), [])


def _source(name: str, sources: Sequence[Source]) -> str:
    found = _named(name, sources)
    if len(found) == 1:
        return found[0].id
    if found:
        fitting = ", ".join(f"{source.id} ({line(source.title)})" for source in found)
        raise Failure(f"source:{name}", f"fits {len(found)}: {fitting}")
    there_are = ", ".join(source.title for source in sources) or "none yet"
    raise Failure(f"source:{name}", f"no such source; there are: {there_are}")


def _state(name: str) -> str:
    state = name.casefold()
    if state not in STATES:
        raise Failure(f"is:{name}", f"no such state; there are: {', '.join(STATES)}", 2)
    return state

"""Articles that a verb changes: named by their ids, or by a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.cli.opening import find
from reader.cli.query import asked, joined
from reader.model.listing import Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library import Library
    from reader.library.many import Many
    from reader.model.article import Row

_FEW: Final = 1000
"""Of so many articles at the most, the marks keep the titles too."""


def are_ids(words: Sequence[str]) -> bool:
    """Tell whether all words are ids or beginnings of ids, and not a query."""
    return all(word.isascii() and word.isdecimal() for word in words)


def check(words: Sequence[str]) -> None:
    """Look whether words can be understood, before the library is opened.

    Raises:
        Failure: they are a query with a mistake, or one that asks for nothing.
    """
    if not are_ids(words):
        asked(joined(words))


def meant(library: Library, words: Sequence[str]) -> tuple[Sequence[int], int]:
    """Give the keys of the articles that ids or a query mean, and the exit status: 1 when an id was not found.

    Raises:
        Failure: the query has a mistake.
    """
    if are_ids(words):
        rows, status = find(library, words)
        return [row.key for row in rows], status
    return found(library, joined(words)), 0


def found(library: Library, text: str) -> Sequence[int]:
    """Give the keys of the articles that a query finds."""
    from reader.cli.reading import pace_of

    library.shelf.pace = pace_of(library)
    return library.shelf.matches(Filter("asked", query=text))


def change(
    library: Library,
    keys: Sequence[int],
    few: Callable[[Sequence[Row]], object],
    many: Callable[[Many], object],
) -> None:
    """Change articles as one action.

    Args:
        library: the library.
        keys: the articles.
        few: how it is done with rows.
        many: how it is done where there are too many for rows.
    """
    if len(keys) > _FEW:
        many(library.notebook.many(keys))
    elif keys:
        few(library.shelf.rows(keys))

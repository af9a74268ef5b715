"""The reader's own views: queries that were saved under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.listing import View
from reader.model.tags import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.storage.marks import Marks as Store

SAVED: Final = "saved:"
"""How the ids of saved views begin."""


class Views:
    """The saved views, kept among the marks; capitals make no difference between their names.

    Args:
        store: gives marks.json, opened when it is first needed.
    """

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def saved(self) -> list[View]:
        """Give the saved views in the order they were saved; a query was perhaps written by hand and may be none."""
        return [_view(name, query) for name, query in self._store().views() if tidy(name)]

    def save(self, name: str, query: str) -> View:
        """Save a view, or give the one of that name another query.

        Raises:
            ValueError: the name is empty.
        """
        name, query = _named(name), " ".join(query.split())
        self._store().put_view(name, query, f"view saved: {name}")
        return _view(name, query)

    def rename(self, old: str, new: str) -> None:
        """Give a saved view another name, in place of the one that had it.

        Raises:
            ValueError: the name is empty.
        """
        new = _named(new)
        self._store().rename_view(old, new, f"view renamed: {old} is {new}")

    def remove(self, name: str) -> None:
        """Remove a saved view; what is gone is passed over."""
        self._store().remove_view(name, f"view removed: {name}")


def _named(name: str) -> str:
    name = tidy(name)
    if not name:
        raise ValueError("a view needs a name")
    return name


def _view(name: str, query: str) -> View:
    name = tidy(name)
    return View(f"{SAVED}{name}", name, query, "Nothing is in this view.\n1 shows all articles.")

"""Which documents belong to which article, known without walking a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage.records import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, KeysView

    from reader.storage.records import Doc, Docs, Op


class ByArticle:
    """An index over one table: the ids of the documents of each article.

    Args:
        table: the table's name.
        docs: gives the table's documents.
        owner: gives the article that a document belongs to, None when it is malformed.
    """

    def __init__(self, table: str, docs: Callable[[], Docs], owner: Callable[[Doc], int | None]) -> None:
        self._table = table
        self._docs = docs
        self._owner = owner
        self._owners: dict[str, int] = {}
        self._keys: dict[int, set[str]] = {}
        self._refresh(docs())

    @property
    def articles(self) -> KeysView[int]:
        """The articles that have a document here."""
        return self._keys.keys()

    def of(self, article: int) -> list[str]:
        """Give the ids of an article's documents, oldest first."""
        return sorted(self._keys.get(article, ()), key=int)

    def owner(self, key: str) -> int | None:
        """Give the article that a document belongs to."""
        return self._owners.get(key)

    def follow(self, op: Op) -> None:
        """Take note of a change that was committed."""
        if op["t"] != self._table:
            return
        if "r" in op:
            self._refresh([*self._owners, *(op["r"] or ())])
        else:
            self._refresh(keys_of(op))

    def _refresh(self, keys: Iterable[str]) -> None:
        docs = self._docs()
        for key in keys:
            old = self._owners.pop(key, None)
            if old is not None:
                self._keys[old].discard(key)
                if not self._keys[old]:
                    del self._keys[old]
            new = self._owner(docs[key]) if key in docs else None
            if new is not None:
                self._owners[key] = new
                self._keys.setdefault(new, set()).add(key)

"""A query asked of what the reader highlighted: of each passage by itself, and of the article that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.listing import Filter
from reader.model.query import And, Field, Name, Not, Or, Query, Words
from reader.model.query.fields import STATES
from reader.model.query.tokens import holds, padded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library import Library
    from reader.library.kept import Kept
    from reader.model.query import Node


class Asked:
    """Tells which of some highlights a query means.

    Words are looked for in the highlighted words, the note on them, and what the article and its source are called;
    `text:` is the highlighted words, and `note:` the note on them. All else is asked of the article.

    Args:
        library: the library.
        query: the query.
        entries: the highlights.
    """

    def __init__(self, library: Library, query: Query, entries: Sequence[Kept]) -> None:
        self._library, self._query = library, query
        self._keys = {entry.key for entry in entries if entry.key is not None}
        self._known: dict[Field, frozenset[int]] = {}

    def meets(self, entry: Kept) -> bool:
        """Tell whether a highlight is meant."""
        return self._query.node is None or self._is(self._query.node, entry)

    def _is(self, node: Node, entry: Kept) -> bool:
        if isinstance(node, And):
            return all(self._is(part, entry) for part in node.nodes)
        if isinstance(node, Or):
            return any(self._is(part, entry) for part in node.nodes)
        if isinstance(node, Not):
            return not self._is(node.node, entry)
        if isinstance(node, Words):
            return _say((entry.text, entry.note, entry.title, entry.source), node)
        return self._passes(node, entry)

    def _passes(self, field: Field, entry: Kept) -> bool:
        test = field.test
        if isinstance(test, Words) and field.name in {"text", "note", "title"}:
            return _say(({"text": entry.text, "note": entry.note, "title": entry.title}[field.name],), test)
        if isinstance(test, Name) and field.name == "is" and test.text != "offline":
            # Also of an article that is not in the library any more.
            looked_at, wanted = STATES[test.text]
            return self._library.notebook.marks(entry.article).flags & looked_at == wanted
        if field not in self._known:
            asked = Filter("asked", query=str(Query(field)))
            self._known[field] = frozenset(self._library.shelf.matches(asked, self._keys, hidden=True))
        return entry.key in self._known[field]


def _say(texts: Sequence[str], words: Words) -> bool:
    return any(holds(padded(text), words) for text in texts)

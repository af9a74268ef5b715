"""A query as SQL: one condition on the articles, its values bound.

What one byte of flags decides becomes one table of 256 bytes, and the flags of all articles, translated by it,
are bound as one blob with a byte for each key; so is what only the marks know: tags, words in notes. Words
that stand next to one another become one question to the full-text index where that asks the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from reader.model.article import NOTED
from reader.model.query.fields import STATES
from reader.model.query.tokens import has_words
from reader.model.query.tree import And, Field, Minutes, Name, Not, Pattern, When, Words, leaves
from reader.model.source import GUIDE
from reader.storage.conditions import FOUND, Both, Condition, Flagged, Match, brought_by, condition_of, joined, marked
from reader.storage.search import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.query.context import Context
    from reader.model.query.tree import Node, Query
    from reader.storage.conditions import Part

_ALL: Final = bytes(range(256))
_IN: Final = b"\1"
_MOMENT: Final = "coalesce(a.published, a.added)"
_COLUMNS: Final = {"title": "title", "author": "author", "section": "section", "text": "body"}
"""The column of the full-text index for each field of words."""


class Facts(Protocol):
    """What a query is asked of besides the articles; the marks are opened for it when they are needed."""

    @property
    def context(self) -> Context:
        """When it is asked."""
        ...

    def flags(self) -> bytes:
        """Give a byte of flags for each key from 0 on; keys beyond it have none."""
        ...

    def said(self, words: Words, *, notes: bool) -> bytes:
        """Give a byte for each key, 1 where a note (or a highlight, unless `notes` alone count) has the words."""
        ...

    def tagged(self, test: Name | Pattern) -> bytes:
        """Give a byte for each key, 1 where the user's tags are so."""
        ...

    def sources(self, test: Words | Pattern) -> list[int]:
        """Give the keys of the sources that a test of `source:` means."""
        ...

    def folder(self, name: str) -> list[int]:
        """Give the keys of the sources in a folder."""
        ...

    def languages(self, name: str) -> list[str]:
        """Give the languages, as they are written in the library, that a name means."""
        ...


def compiled(node: Node | None, facts: Facts) -> Part:
    """Compile a query's tree."""
    return Flagged(_IN * 256) if node is None else _Compiler(facts).part(node)


def asks_guide(query: Query) -> bool:
    """Tell whether a query names the guide's source, for else its articles are not meant."""
    return any(
        wanted and isinstance(leaf, Field) and leaf.name == "source" and isinstance(leaf.test, Words)
        and leaf.test.text == GUIDE
        for leaf, wanted in leaves(query)
    )  # fmt: skip


class _Compiler:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def part(self, node: Node) -> Part:
        """Compile a node."""
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Not):
            return self._not(self.part(node.node))
        if isinstance(node, And):
            return self._and(node.nodes)
        return self._or(list(map(self.part, node.nodes)))

    # -- joining

    def _condition(self, part: Part) -> Condition:
        return condition_of(part, self._facts.flags() if isinstance(part, Flagged) else b"")

    def _not(self, part: Part) -> Part:
        if isinstance(part, Flagged):
            return Flagged(bytes(not state for state in part.table))
        condition = self._condition(part)
        return Condition(f"NOT ({condition.sql})", condition.values, condition.rows)

    def _and(self, nodes: Sequence[Node]) -> Part:
        wanted: list[Match] = []
        unwanted: list[Match] = []
        others: list[Part] = []
        table = _IN * 256
        for node in nodes:
            inner = self.part(node.node) if isinstance(node, Not) else None
            part = self._not(inner) if inner is not None else self.part(node)
            if isinstance(part, Flagged):
                table = bytes(map(min, table, part.table))
            elif isinstance(inner, Match):
                unwanted.append(inner)
            elif isinstance(part, Match):
                wanted.append(part)
            else:
                others.append(part)
        if not wanted:
            # The index can only take away from what it has found.
            others += map(self._not, unwanted)
        if table != _IN * 256:
            others.append(Flagged(table))
        return self._with_words(_match(wanted, unwanted), others) if wanted else self._all(others)

    def _all(self, parts: Sequence[Part]) -> Part:
        if not parts:
            return Flagged(_IN * 256)
        return parts[0] if len(parts) == 1 else joined(" AND ", list(map(self._condition, parts)))

    def _with_words(self, match: Match, others: Sequence[Part]) -> Part:
        if not others:
            return match
        rest = joined(" AND ", list(map(self._condition, others)))
        both = joined(" AND ", [self._condition(match), rest])
        return Both(both.sql, both.values, both.rows, match, rest)

    def _or(self, parts: Sequence[Part]) -> Part:
        flagged = [part for part in parts if isinstance(part, Flagged)]
        matches = [part for part in parts if isinstance(part, Match)]
        others: list[Part] = [part for part in parts if isinstance(part, Condition)]
        if flagged:
            others.append(Flagged(bytes(map(max, *(part.table for part in flagged), bytes(256)))))
        if matches:
            others.append(_matches("OR", matches))
        if len(others) == 1:
            return others[0]
        return joined(" OR ", list(map(self._condition, others)))

    # -- leaves

    def _words(self, words: Words) -> Part:
        if not has_words(words.text):
            return Condition("0")
        return self._also_said(Match(phrase(words)), words, notes=False)

    def _also_said(self, match: Match | None, words: Words, *, notes: bool) -> Part:
        said = self._facts.said(words, notes=notes)
        found = marked(said)
        if match is None:
            return found
        return joined(" OR ", [self._condition(match), found]) if said else match

    def _field(self, field: Field) -> Part:
        name, test = field.name, field.test
        if isinstance(test, Words):
            if name in _COLUMNS:
                return Match(phrase(test, _COLUMNS[name])) if has_words(test.text) else Condition("0")
            return self._also_said(None, test, notes=True) if name == "note" else brought_by(self._facts.sources(test))
        if isinstance(test, Pattern):
            if name == "tag":
                return marked(self._facts.tagged(test))
            if name == "source":
                return brought_by(self._facts.sources(test))
            return Condition(f"{FOUND}(?, a.{name})", (test.text,), rows=True)
        if isinstance(test, Minutes):
            return self._minutes(test)
        if isinstance(test, When):
            return self._when(name, test)
        return self._named(name, test)

    def _named(self, name: str, test: Name) -> Part:
        if name == "is" and test.text != "offline":
            looked_at, wanted = STATES[test.text]
            return Flagged(bytes(state & looked_at == wanted for state in _ALL))
        if name == "has" and test.text == "note":
            return Flagged(bytes(bool(state & NOTED) for state in _ALL))
        if name == "tag":
            return marked(self._facts.tagged(test))
        if name == "folder":
            return brought_by(self._facts.folder(test.text))
        if name == "lang":
            some = self._facts.languages(test.text)
            marks = ", ".join("?" * len(some))
            sql = f"SELECT key FROM bodies WHERE language IS NOT NULL AND language IN ({marks})"
            return Condition(f"{{key}} IN ({sql})", tuple(some))
        if test.text == "image":
            return Condition("{key} IN (SELECT key FROM bodies WHERE image IS NOT NULL AND image <> '')")
        return Condition("a.offline" if name == "is" else "(coalesce(a.url, '') <> '')", rows=True)

    def _minutes(self, test: Minutes) -> Condition:
        fewest, most = test.words(self._facts.context.pace)
        if most is None:
            return Condition("a.words >= ?", (fewest,), rows=True)
        return Condition("a.words BETWEEN ? AND ?", (fewest, most), rows=True)

    def _when(self, name: str, test: When) -> Condition:
        from reader.model.query.dates import bounds

        first, last = bounds(name, test.text, self._facts.context)
        tests = [(">=", first), ("<", last)]
        given = [(sign, bound) for sign, bound in tests if bound is not None]
        sql = " AND ".join(f"{_MOMENT} {sign} ?" for sign, _ in given)
        return Condition(f"({sql or 1})", tuple(bound for _, bound in given), rows=True)


def _matches(sign: str, matches: Sequence[Match]) -> Match:
    if len(matches) == 1:
        return matches[0]
    return Match(f" {sign} ".join(f"({match.expression})" for match in matches))


def _match(wanted: Sequence[Match], unwanted: Sequence[Match]) -> Match:
    match = _matches("AND", wanted)
    return Match(f"({match.expression}) NOT ({_matches('OR', unwanted).expression})") if unwanted else match

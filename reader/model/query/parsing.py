"""From the text of a query to its tree, by recursive descent.

| rule   | is                                                                      |
|--------|-------------------------------------------------------------------------|
| query  | either; stray signs are passed over                                     |
| either | both (("OR" or "|") both)*                                              |
| both   | one+; AND may stand between them                                        |
| one    | ("-" or "NOT")* then a word, a "phrase", field:value, or "(" either ")" |
"""

from __future__ import annotations

from typing import Final

from reader.model.query.errors import QueryError
from reader.model.query.fields import field_of, sort_of
from reader.model.query.lexing import Token, meant_field, pieces
from reader.model.query.tree import Node, Query, Sort, Words, both, either, negated

LONGEST: Final = 2_000
"""Characters of a query."""

DEEPEST: Final = 50
"""Parentheses inside one another."""


def parse(text: str) -> Query:
    """Understand a query.

    Raises:
        QueryError: a field is asked for what it does not know, or the whole is too long or too deep.
    """
    if len(text) > LONGEST:
        raise QueryError(f"This is longer than {LONGEST:,} characters", LONGEST, len(text), "")
    query = _Parser(text).query()
    # What is written again in full may be up to four times as long, and has to be readable too.
    if len(text) > LONGEST // 4 and len(str(query)) > LONGEST:
        raise QueryError(f"Written in full this is longer than {LONGEST:,} characters", 0, len(text))
    return query


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces = list(pieces(text))
        self._at = 0
        self._sort: Sort | None = None

    def query(self) -> Query:
        node = self._either(0)
        return Query(node, self._sort)

    def _next(self) -> Token | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _either(self, depth: int) -> Node | None:
        choices = [self._both(depth)]
        while (token := self._next()) and token.kind == "or":
            self._at += 1
            choices.append(self._both(depth))
        return either(choice for choice in choices if choice is not None)

    def _both(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while (token := self._next()) and token.kind != "or":
            if token.kind == "close":
                if depth:
                    break
                self._at += 1
            elif (node := self._one(depth)) is not None:
                parts.append(node)
        return both(parts)

    def _one(self, depth: int) -> Node | None:
        turned, begun = False, self._at
        while (token := self._next()) and token.kind == "not":
            turned = not turned
            self._at += 1
        if token is None or token.kind in ("or", "close"):
            return None
        self._at += 1
        node = self._group(token, depth) if token.kind == "open" else self._leaf(token, self._pieces[begun])
        return negated(node) if turned and node is not None else node

    def _group(self, token: Token, depth: int) -> Node | None:
        if depth == DEEPEST:
            raise QueryError(f"More than {DEEPEST} parentheses are inside one another", token.start, token.end, "")
        node = self._either(depth + 1)
        # All but its closing sign is read; at the end of the query it may be missing.
        self._at += 1
        return node

    def _leaf(self, token: Token, begun: Token) -> Node | None:
        if token.kind == "word":
            return self._words(token)
        if not token.text.strip():
            raise self._empty(token)
        if token.name != "sort":
            return field_of(token)
        if begun is not token:
            written = self._text[token.start : token.end]
            raise QueryError("An order cannot be ruled out", begun.start, token.end, written)
        self._sort = sort_of(token)
        return None

    def _words(self, token: Token) -> Words | None:
        from reader.model.query.tokens import has_words

        if token.form == "bare":
            _check_name(token)
        text = token.text.rstrip("*") if token.form == "bare" else token.text
        return Words(text, token.form == "phrase") if has_words(text) else None

    def _empty(self, token: Token) -> QueryError:
        following = self._next()
        message = f"{token.name}: wants something right after it"
        if following is None or following.kind != "word":
            return QueryError(message, token.start, token.end)
        meant = f"{token.name}:{self._text[following.start : following.end]}"
        return QueryError(f"{message}; did you mean {meant}?", token.start, following.end, meant)


def _check_name(token: Token) -> None:
    """Object to what looks like a field and is only a slip away from one."""
    if meant := meant_field(token.text):
        written = token.text.partition(":")[0]
        end = token.start + len(written) + 1
        raise QueryError(f"{written}: there is no such field; did you mean {meant}:?", token.start, end, f"{meant}:")

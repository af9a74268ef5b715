"""What is wrong with a query, and where."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that cannot be understood.

    Attributes:
        message: what is wrong, in plain words.
        start: where the wrong part begins in the text, in characters.
        end: where it ends.
        suggestion: what to write in place of the wrong part, None if nobody can know.
    """

    def __init__(self, message: str, start: int, end: int, suggestion: str | None = None) -> None:
        super().__init__(message, start, end, suggestion)
        self.message = message
        self.start = start
        self.end = end
        self.suggestion = suggestion

    def __str__(self) -> str:
        return self.message

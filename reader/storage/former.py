"""Texts that an article had before: kept for a while, so that a highlight made in one can be shown where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.values import dataclass

if TYPE_CHECKING:
    import sqlite3

MOST: Final = 3
"""How many former texts of an article are kept."""


@dataclass(frozen=True, slots=True)
class Former:
    """A text as it was; `until` is when another took its place, in seconds since 1970."""

    text: str
    markdown: bool
    until: int


def keep(connection: sqlite3.Connection, key: int, text: str, *, markdown: bool, until: int) -> None:
    """Keep a text that is about to be replaced, in a transaction of the caller; the oldest beyond `MOST` go."""
    if not text.strip():
        return
    connection.execute(
        "INSERT INTO former (key, text, markdown, until) VALUES (?, ?, ?, ?)", (key, text, markdown, until)
    )
    connection.execute(
        "DELETE FROM former WHERE key = ?1 AND number NOT IN"
        " (SELECT number FROM former WHERE key = ?1 ORDER BY number DESC LIMIT ?2)",
        (key, MOST),
    )


def read(connection: sqlite3.Connection, key: int) -> list[Former]:
    """Give an article's former texts, newest first."""
    found = connection.execute("SELECT text, markdown, until FROM former WHERE key = ? ORDER BY number DESC", (key,))
    return [Former(text, bool(markdown), until) for text, markdown, until in found]

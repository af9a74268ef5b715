"""The full-text index in step with the articles.

It keeps words and not texts, so what is to leave it must be told to it exactly as it was when it came:
its title, author, section, and the text that is shown. Whoever changes one of these takes the article
out before and puts it in again after, in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

SHOWN: Final = """
    SELECT a.key, a.title, a.author, a.section, CASE WHEN p.shown THEN p.text ELSE b.text END
    FROM articles a JOIN bodies b USING (key) LEFT JOIN pages p USING (key)
"""

ADD: Final = "INSERT INTO words (rowid, title, author, section, body)"
_DELETE: Final = "INSERT INTO words (words, rowid, title, author, section, body)"


def put_new(
    connection: sqlite3.Connection, key: int, title: str, author: str | None, section: str | None, text: str
) -> None:
    """Put a new article in, of which all is at hand."""
    connection.execute(f"{ADD} VALUES (?, ?, ?, ?, ?)", (key, title, author, section, text))


def put(connection: sqlite3.Connection, key: int) -> None:
    """Put an article in as it stands in the tables now."""
    connection.execute(f"{ADD} {SHOWN} WHERE a.key = ?", (key,))


def take_out(connection: sqlite3.Connection, key: int) -> None:
    """Take an article out, which still stands in the tables as it was put in."""
    for values in connection.execute(f"{SHOWN} WHERE a.key = ?", (key,)).fetchall():
        connection.execute(f"{_DELETE} VALUES ('delete', ?, ?, ?, ?, ?)", values)


def make_again(connection: sqlite3.Connection) -> None:
    """Forget all words and take them from the tables again."""
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    connection.execute(f"{ADD} {SHOWN}")

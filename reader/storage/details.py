"""What came with an article besides its text: subjects, files, language, and where else to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.article import Enclosure
from reader.storage.database import AT_ONCE
from reader.values import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from reader.model.article import Entry


@dataclass(frozen=True, slots=True)
class Details:
    """The fields of an Article that no list shows, all but its text."""

    updated: int | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None
    as_page: bool = False
    problem: str = ""


def write_lists(connection: sqlite3.Connection, key: int, entry: Entry) -> None:
    """Write the subjects and files of a new article."""
    if entry.tags:
        connection.executemany(
            "INSERT INTO tags VALUES (?, ?, ?)", [(key, place, tag) for place, tag in enumerate(entry.tags)]
        )
    if entry.enclosures:
        connection.executemany(
            "INSERT INTO enclosures VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, place, one.url, one.type, one.size, one.seconds, one.title)
                for place, one in enumerate(entry.enclosures)
            ],
        )


def renew_lists(connection: sqlite3.Connection, key: int, entry: Entry) -> None:
    """Write the subjects and files of an article anew."""
    connection.execute("DELETE FROM tags WHERE key = ?", (key,))
    connection.execute("DELETE FROM enclosures WHERE key = ?", (key,))
    write_lists(connection, key, entry)


def read(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, Details]:
    """Give the details of some articles; those whose text is lost are left out."""
    found: dict[int, Details] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        where = f"key IN ({','.join('?' * len(some))})"
        tags: dict[int, list[str]] = {}
        for key, tag in connection.execute(f"SELECT key, tag FROM tags WHERE {where} ORDER BY key, place", some):
            tags.setdefault(key, []).append(tag)
        files: dict[int, list[Enclosure]] = {}
        for key, *values in connection.execute(
            f"SELECT key, url, type, size, seconds, title FROM enclosures WHERE {where} ORDER BY key, place", some
        ):
            files.setdefault(key, []).append(Enclosure(*values))
        for key, updated, language, image, comments, shown, problem in connection.execute(
            "SELECT b.key, b.updated, b.language, b.image, b.comments, coalesce(p.shown, 0), coalesce(p.problem, '')"
            f" FROM bodies b LEFT JOIN pages p USING (key) WHERE b.{where}",
            some,
        ):
            found[key] = Details(
                updated,
                tuple(tags.get(key, ())),
                language,
                image,
                tuple(files.get(key, ())),
                comments,
                bool(shown),
                problem,
            )
    return found

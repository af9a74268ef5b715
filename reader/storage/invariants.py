"""What always holds between the tables of library.db, looked for where it does not, and made so again.

None of it is a mark: what is deleted is of articles that are not there any more.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from contextlib import closing
from typing import TYPE_CHECKING, Final

from reader.model.source import GUIDE
from reader.storage import indexing, order
from reader.storage.following import LISTED
from reader.storage.schema import MIGRATIONS
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE: Final = 2000
"""Articles whose words are counted anew, to be compared with the index; of more, some from everywhere."""

_SMALLEST: Final = 10**14
_FLAGS: Final = "flags"
"""What is kept of the marks, by the ids as they were."""
_HERE: Final = "(SELECT key FROM articles)"
_KNOWN: Final = "(SELECT key FROM sources)"
_GUIDE: Final = "(SELECT key FROM sources WHERE id = ?)"
_FOLLOWED: Final = "(SELECT leader FROM stories WHERE key <> leader)"
_ALONE: Final = f"shared WHERE follows AND key NOT IN {_FOLLOWED}"
_KEPT_PAGE: Final = "EXISTS (SELECT 1 FROM pages p WHERE p.key = articles.key AND p.text IS NOT NULL)"
_PARTS: Final = (
    *(f"{table} WHERE key NOT IN {_HERE}" for table in ("bodies", "tags", "enclosures", "aliases", "shared", "pages")),
    f"former WHERE key NOT IN {_HERE}",
    f"pictures WHERE article NOT IN {_HERE}",
    f"stories WHERE key NOT IN {_HERE} OR leader NOT IN {_HERE}",
    f"shared WHERE source NOT IN {_KNOWN}",
    f"pruned WHERE source NOT IN {_KNOWN}",
)


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not hold: in words, and the statements that mend it; `words` tells of the index too."""

    text: str
    mending: tuple[str, ...]
    words: bool = False


def broken(connection: sqlite3.Connection) -> list[Broken]:
    """Look for what does not hold between the tables; changes nothing.

    Args:
        connection: to a library.db without damage.
    """
    return [*_identities(connection), *_parts(connection), *_stories(connection), *_pages(connection),
            *_orders(connection)]  # fmt: skip


def _count(connection: sqlite3.Connection, what: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
    return found


def _said(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def _identities(connection: sqlite3.Connection) -> Iterator[Broken]:
    wrong = f"typeof(id) <> 'integer' OR id < {_SMALLEST} OR id >= {_SMALLEST * 10}"
    if count := _count(connection, f"articles WHERE {wrong}"):
        said = _said(count, "article has an id that is", "articles have ids that are")
        renumbered = f"UPDATE articles SET id = {_SMALLEST} + key WHERE {wrong}"
        yield Broken(f"{said} not of 15 digits", (renumbered, f"DELETE FROM kept WHERE name = '{_FLAGS}'"))
    if count := _count(connection, f"articles WHERE source NOT IN {_KNOWN}"):
        lost = (
            "INSERT INTO sources (key, id, kind, title, location) SELECT DISTINCT source, 'lost-' || source, 'texts',"
            f" 'A source that was lost', '' FROM articles WHERE source NOT IN {_KNOWN}"
        )
        said = _said(count, "article is", "articles are")
        yield Broken(f"{said} of a source that is not there", (lost,))


def _parts(connection: sqlite3.Connection) -> Iterator[Broken]:
    gone = [part for part in _PARTS if _count(connection, part)]
    if gone:
        tables = ", ".join(dict.fromkeys(part.partition(" ")[0] for part in gone))
        text = f"something is kept of articles or sources that are not there ({tables})"
        yield Broken(text, tuple(f"DELETE FROM {part}" for part in gone))


def _stories(connection: sqlite3.Connection) -> Iterator[Broken]:
    chained = "stories WHERE key <> leader AND leader IN (SELECT key FROM stories s WHERE s.key <> s.leader)"
    if count := _count(connection, chained):
        said = _said(count, "article follows", "articles follow")
        # Who follows one that follows is in no list with it; each stands for itself again.
        yield Broken(f"{said} one that follows another itself", (f"DELETE FROM {chained}",))
    if count := _count(connection, _ALONE):
        said = _said(count, "article is", "articles are")
        yield Broken(f"{said} listed under sources of a story that is none", (f"DELETE FROM {_ALONE}",))


def _pages(connection: sqlite3.Connection) -> Iterator[Broken]:
    if count := _count(connection, "pages WHERE shown AND text IS NULL"):
        listed = (
            "coalesce(p.words, articles.words), coalesce(p.cut, articles.cut), coalesce(p.excerpt, articles.excerpt)"
        )
        again = (
            f"UPDATE articles SET (words, cut, excerpt) = (SELECT {listed} FROM pages p WHERE p.key = articles.key)"
            " WHERE key IN (SELECT key FROM pages WHERE shown AND text IS NULL)"
        )
        said = _said(count, "article shows a page", "articles show pages")
        shown = "UPDATE pages SET shown = 0 WHERE shown AND text IS NULL"
        yield Broken(f"{said} of which there is no text", (again, shown), words=True)
    wrong = f"(offline <> 0) <> {_KEPT_PAGE}"
    if count := _count(connection, f"articles WHERE {wrong}"):
        said = _said(count, "article says", "articles say")
        text = f"{said} wrongly whether the whole page is here"
        yield Broken(text, (f"UPDATE articles SET offline = {_KEPT_PAGE} WHERE {wrong}",))


def _orders(connection: sqlite3.Connection) -> Iterator[Broken]:
    """Compare the orders that lists are drawn in with the articles that are listed."""
    edition = order.content(connection)
    kept = connection.execute(
        "SELECT name, value FROM kept WHERE name = ? OR name LIKE 'order %'", (order.USUAL_ORDER,)
    )
    listed: array[int] | None = None
    for name, value in kept.fetchall():
        of = _edition(value)
        if of.partition(" ")[0] != edition:
            continue  # of an earlier content: nobody draws it
        if listed is None:
            asked = (
                f"SELECT key FROM articles a WHERE source NOT IN (SELECT key FROM sources WHERE id = ?) AND {LISTED}"
            )
            rows = connection.execute(f"{asked.format(key='a.key')} ORDER BY key", (GUIDE,))
            listed = array("I", [key for (key,) in rows])
        found = order.unpacked(value, of)
        if found is None or array("I", sorted(found[0])) != listed:
            text = f"the {name} of the list does not have the articles that are listed"
            yield Broken(text, (f"DELETE FROM kept WHERE name = '{name}'",))


def _edition(value: bytes) -> str:
    try:
        return str(json.loads(value.partition(b"\n")[0])[0])
    except (ValueError, TypeError, LookupError):
        return "0"


def mend(connection: sqlite3.Connection, found: list[Broken]) -> None:
    """Make what was found hold again, in a transaction of the caller; the index is the caller's too."""
    for one in found:
        for statement in one.mending:
            connection.execute(statement)
    if found:
        # A story that was mended may be none any more.
        connection.execute(f"DELETE FROM {_ALONE}")
        order.changed(connection)


# -- the full-text index


def surplus(connection: sqlite3.Connection) -> int:
    """Count what the full-text index has of articles that are not there."""
    return _count(connection, f"words_docsize WHERE id NOT IN {_HERE}")


def miscounted(connection: sqlite3.Connection) -> tuple[int, int]:
    """Count the words of some articles anew; give of how many the index knows another number, and of how many asked.

    The index keeps no texts, but how many words each column had.
    """
    (count,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    step = max(1, count // SAMPLE)
    asked = f"{indexing.SHOWN} WHERE a.key % {step} = 0"
    with closing(sqlite3.connect(":memory:")) as other:
        (made,) = (one for one in MIGRATIONS[0].split(";\n") if "CREATE VIRTUAL TABLE words" in one)
        other.execute(made)
        other.executemany(f"{indexing.ADD} VALUES (?, ?, ?, ?, ?)", connection.execute(asked))
        anew = dict(other.execute("SELECT id, sz FROM words_docsize").fetchall())
    wrong = 0
    for key, size in anew.items():
        known = connection.execute("SELECT sz FROM words_docsize WHERE id = ?", (key,)).fetchone()
        wrong += known is not None and known[0] != size
    return wrong, len(anew)

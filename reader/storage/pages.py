"""The pages behind articles: fetched and kept whole, shown in the place of a text that came cut off, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.identity import changed_words, word_count
from reader.storage import former, indexing
from reader.storage.shortening import shortened

if TYPE_CHECKING:
    import sqlite3

    from reader.model.source import FullText
    from reader.storage.cache import Cache

TRIES: Final = 3
"""How often a page is tried at refresh; the user may try it as often as wanted."""

_THERE: Final = (
    "a.source = (SELECT key FROM sources WHERE id = ?) AND (a.url LIKE 'http://%' OR a.url LIKE 'https://%')"
)
_SHORT: Final = "(a.cut OR a.words = 0 OR coalesce(a.teaser, 0))"


def wanting(cache: Cache, source: str, policy: FullText, limit: int) -> list[tuple[int, str]]:
    """Give the articles of a source whose page is to be fetched, newest first.

    Args:
        cache: the library.
        source: the source's id.
        policy: `auto` means those of which no text came or a cut one, `always` all of them; those whose
            words have changed since are always among them.
        limit: how many at the most.

    Returns:
        Key and address of each; only web addresses are given.
    """
    if policy == "never" or limit <= 0:
        return []
    # Two questions, each with an index of its own.
    statement = f"""
        SELECT key, url FROM (
            SELECT a.* FROM articles a LEFT JOIN pages p USING (key)
            WHERE {_THERE} AND NOT a.offline AND coalesce(p.tries, 0) < {TRIES}
            {"" if policy == "always" else f"AND {_SHORT}"}
            UNION ALL
            SELECT a.* FROM pages p CROSS JOIN articles a USING (key) WHERE p.stale AND {_THERE} AND p.tries < {TRIES}
        ) ORDER BY coalesce(published, added) DESC, edition DESC, position, key LIMIT ?
    """
    return list(cache.connection.execute(statement, (source, source, limit)))


def outdated(connection: sqlite3.Connection, key: int) -> None:
    """Have an article's page fetched again, as its words have changed; the one that is kept stays until then.

    Args:
        connection: to library.db, within a transaction of the caller.
        key: the article.
    """
    connection.execute("UPDATE pages SET stale = 1, tries = 0 WHERE key = ? AND text IS NOT NULL", (key,))


def retry(cache: Cache, source: str) -> None:
    """Have the pages of a source tried again that could not be had, as they are asked for in another way now.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the pages could not be marked to be tried again") as connection:
        connection.execute(
            "UPDATE pages SET tries = 0 WHERE tries > 0 AND key IN"
            " (SELECT key FROM articles WHERE source = (SELECT key FROM sources WHERE id = ?))",
            (source,),
        )


def url(cache: Cache, key: int) -> str | None:
    """Give the address of an article's page, None when it has none."""
    found = cache.connection.execute("SELECT url FROM articles WHERE key = ?", (key,)).fetchone()
    return None if found is None else found[0]


def has(cache: Cache, key: int) -> bool:
    """Tell whether the text of an article's page is kept."""
    return bool(cache.connection.execute("SELECT offline FROM articles WHERE key = ?", (key,)).fetchone() == (1,))


def keep(
    cache: Cache,
    key: int,
    text: str,
    now: int,
    *,
    problem: str = "",
    asked: bool = False,
    excerpt: str = "",
) -> bool:
    """Keep the text of an article's page and show it; an earlier one of it stays among the former texts.

    One that says less than what came is not shown, nor one that the user put away before.

    Args:
        cache: the library.
        key: the article.
        text: the page's text, clean, as Markdown.
        now: seconds since 1970, UTC.
        problem: what is wrong with it, in words.
        asked: whether the user asked for this page, which is shown then, whatever it says.
        excerpt: what a list shows of it if nothing came to show.

    Returns:
        Whether it is shown now.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the page could not be kept") as connection:
        found = connection.execute(
            "SELECT b.text, p.text, coalesce(p.shown, 0) FROM articles a JOIN bodies b USING (key)"
            " LEFT JOIN pages p USING (key) WHERE a.key = ?",
            (key,),
        ).fetchone()
        if found is None:
            return False
        came, before, shown = found
        if before is not None and changed_words(before, text):
            former.keep(connection, key, before, markdown=True, until=now)
        least = word_count(came)
        put_away = before is not None and not shown and word_count(before) >= least
        showing = bool(text.strip()) and (asked or (word_count(text) >= least and not put_away))
        if shown:
            _swap(connection, key, page=False)
        connection.execute(
            "INSERT INTO pages (key, text, fetched, problem) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
            " SET text = excluded.text, fetched = excluded.fetched, problem = excluded.problem,"
            " tries = 0, stale = 0",
            (key, text, now, problem),
        )
        connection.execute("UPDATE articles SET offline = 1 WHERE key = ?", (key,))
        if showing:
            _swap(connection, key, page=True, excerpt=excerpt)
    return showing


def fail(cache: Cache, key: int, problem: str, now: int, *, final: bool = False) -> None:
    """Take note that an article's page could not be had.

    Args:
        cache: the library.
        key: the article.
        problem: why, in words.
        now: seconds since 1970, UTC.
        final: whether trying again is of no use, as behind a paywall.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("it could not be kept why a page is missing") as connection:
        connection.execute(
            "INSERT INTO pages (key, fetched, problem, tries) SELECT key, ?2, ?3, ?4 FROM articles WHERE key = ?1"
            " ON CONFLICT (key) DO UPDATE SET fetched = ?2, problem = ?3, tries = min(tries + ?4, ?5)",
            (key, now, problem, TRIES if final else 1, TRIES),
        )


def toggle(cache: Cache, key: int) -> bool:
    """Show the other text of an article: the page's or the one that came.

    Returns:
        Whether the page's is shown now.

    Raises:
        LibraryError: the file cannot be written.
    """
    with cache.writing("the text could not be changed") as connection:
        found = connection.execute("SELECT shown FROM pages WHERE key = ? AND text IS NOT NULL", (key,)).fetchone()
        if found is None:
            return False
        _swap(connection, key, page=not found[0])
    return not found[0]


def _swap(connection: sqlite3.Connection, key: int, *, page: bool, excerpt: str = "") -> None:
    """Show the page, which is not shown, or hide it, which is: in the list and in the search too."""
    indexing.take_out(connection, key)
    if page:
        connection.execute(
            "UPDATE pages SET shown = 1, (words, cut, excerpt) ="
            " (SELECT words, cut, excerpt FROM articles a WHERE a.key = pages.key) WHERE key = ?",
            (key,),
        )
        (text,) = connection.execute("SELECT text FROM pages WHERE key = ?", (key,)).fetchone()
        connection.execute(
            "UPDATE articles SET words = ?, cut = 0, excerpt = iif(excerpt = '', ?, excerpt) WHERE key = ?",
            (word_count(text), shortened(excerpt), key),
        )
    else:
        connection.execute(
            "UPDATE articles SET (words, cut, excerpt) ="
            " (SELECT words, cut, excerpt FROM pages p WHERE p.key = articles.key) WHERE key = ?",
            (key,),
        )
        connection.execute("UPDATE pages SET shown = 0 WHERE key = ?", (key,))
    indexing.put(connection, key)

"""library.db, read: listings, rows, whole articles, and small values kept for the next start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model.article import Article, Row
from reader.model.source import GUIDE, Source
from reader.storage import details, following
from reader.storage.database import AT_ONCE
from reader.storage.database import DAMAGE as DAMAGE
from reader.storage.database import LibraryError as LibraryError
from reader.storage.lists import Lists
from reader.storage.lists import Stopped as Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.storage.details import Details
    from reader.storage.former import Former

ROW: Final = (
    "a.id, a.key, a.title, a.author, a.section, s.title, a.excerpt, a.cut, a.words, a.published, a.url,"
    " a.offline, a.revised"
)


class Cache(Lists):
    """The articles as they came, in SQLite; each thread gets a connection of its own.

    Args:
        path: the file, made when it is missing; None for one in memory that is gone when it is closed.
        read_only: open without changing anything.

    Raises:
        LibraryError: the file is of a newer format, or is no database.
    """

    # -- rows

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """Give the rows of some articles, in the order of the keys; unknown keys are left out."""
        found: dict[int, Row] = {}
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            marks = ",".join("?" * len(some))
            statement = f"SELECT {ROW} FROM articles a JOIN sources s ON s.key = a.source WHERE a.key IN ({marks})"
            for values in self.connection.execute(statement, some):
                found[values[1]] = _row(*values)
            for key, others in following.others(self.connection, some).items():
                if key in found:
                    found[key] = replace(found[key], others=others)
        return [found[key] for key in keys if key in found]

    # -- articles

    def article(self, key: int) -> Article | None:
        """Give an article whole, None when there is none of that key or its text is lost."""
        rows = self.rows((key,))
        if not rows:
            return None
        found = self.connection.execute(
            "SELECT b.text, b.markdown, b.meta, s.id, a.added, p.text FROM articles a"
            " JOIN bodies b USING (key) JOIN sources s ON s.key = a.source LEFT JOIN pages p USING (key)"
            " WHERE a.key = ?",
            (key,),
        ).fetchone()
        if found is None:
            return None
        text, markdown, meta, source, added, page = found
        more = self.details((key,)).get(key)
        if more is None:
            return None
        # Another process may change the article between two questions.
        as_page = more.as_page and page is not None
        return Article(
            row=rows[0],
            text=page if as_page else text,
            markdown=bool(as_page or markdown),
            meta=tuple(meta.splitlines()),
            source_id=source,
            added=added,
            updated=more.updated,
            tags=more.tags,
            language=more.language,
            image=more.image,
            enclosures=more.enclosures,
            comments=more.comments,
            as_page=as_page,
            problem=more.problem,
        )

    def details(self, keys: Sequence[int]) -> dict[int, Details]:
        """Give what a list does not show of some articles."""
        return details.read(self.connection, keys)

    def former(self, key: int) -> list[Former]:
        """Give the texts that an article had before, newest first."""
        from reader.storage import former

        return former.read(self.connection, key)

    def texts(self, keys: Sequence[int]) -> list[tuple[int, str, bool]]:
        """Give of some articles the text that is shown, and whether it is Markdown."""
        marks = ",".join("?" * len(keys))
        statement = f"""
            SELECT b.key, CASE WHEN p.shown THEN p.text ELSE b.text END, coalesce(p.shown, 0) OR b.markdown
            FROM bodies b LEFT JOIN pages p USING (key) WHERE b.key IN ({marks})
        """
        return [(key, text or "", bool(markdown)) for key, text, markdown in self.connection.execute(statement, keys)]

    def excerpts(self, keys: Sequence[int]) -> dict[int, str]:
        """Give in full the excerpts of those articles of which no more came and no page is shown."""
        marks = ",".join("?" * len(keys))
        statement = f"""
            SELECT a.key, b.text FROM articles a JOIN bodies b USING (key) JOIN sources s ON s.key = a.source
            WHERE a.key IN ({marks}) AND NOT b.markdown AND coalesce(a.teaser, s.kind = 'listing')
            AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.key = a.key AND p.shown)
        """
        return dict(self.connection.execute(statement, keys))

    def key(self, article: int) -> int | None:
        """Give the key of an article by its id."""
        found = self.connection.execute("SELECT key FROM articles WHERE id = ?", (article,)).fetchone()
        return None if found is None else found[0]

    def keys(self) -> dict[int, int]:
        """Give the key of every article by its id."""
        return dict(self.connection.execute("SELECT id, key FROM articles"))

    def largest_key(self) -> int:
        """Give the largest key in use, 0 when there is no article."""
        largest: int = self.connection.execute("SELECT coalesce(max(key), 0) FROM articles").fetchone()[0]
        return largest

    def ids_after(self, key: int) -> list[tuple[int, int]]:
        """Give key and id of the articles that came after the one of a key, in the order of the keys."""
        return list(self.connection.execute("SELECT key, id FROM articles WHERE key > ? ORDER BY key", (key,)))

    def ids(self, beginning: str, limit: int = 10) -> list[int]:
        """Give the ids that begin with some digits."""
        if not beginning.isdecimal() or len(beginning) > 15:
            return []
        step = 10 ** (15 - len(beginning))
        low = int(beginning) * step
        rows = self.connection.execute(
            "SELECT id FROM articles WHERE id >= ? AND id < ? LIMIT ?", (low, low + step, limit)
        )
        return [article for (article,) in rows]

    def count(self) -> int:
        """Count the articles, the guide's left out."""
        statement = "SELECT count(*) FROM articles WHERE source <> ?"
        count: int = self.connection.execute(statement, (self.key_of(GUIDE),)).fetchone()[0]
        return count

    def sources(self) -> list[tuple[Source, int]]:
        """Give the mirrored sources and how many articles each has."""
        statement = """
            SELECT s.id, s.kind, s.title, s.location, s.site, (SELECT count(*) FROM articles a WHERE a.source = s.key)
            FROM sources s ORDER BY s.key
        """
        return [(Source(*values[:5]), values[5]) for values in self.connection.execute(statement)]

    def source(self, name: str) -> Source | None:
        """Give a mirrored source by its id."""
        statement = "SELECT id, kind, title, location, site FROM sources WHERE id = ?"
        found = self.connection.execute(statement, (name,)).fetchone()
        return None if found is None else Source(*found)

    def listings_with(self, title: str) -> list[str]:
        """Give the ids of the listings that hold an article of this title fingerprint."""
        statement = """
            SELECT DISTINCT s.id FROM sources s JOIN articles a ON a.source = s.key
            WHERE s.kind = 'listing' AND a.title_key = ?
        """
        return [name for (name,) in self.connection.execute(statement, (title,))]

    def section_of(self, source: str) -> str | None:
        """Give the section that the newest edition of a source named, None when there is none."""
        statement = """
            SELECT section FROM articles WHERE source = (SELECT key FROM sources WHERE id = ?) AND section IS NOT NULL
            ORDER BY edition DESC, position LIMIT 1
        """
        found = self.connection.execute(statement, (source,)).fetchone()
        return None if found is None else found[0]

    def first_key(self, source: str) -> int | None:
        """Give the key of the first article on the newest edition of a source's page."""
        statement = """
            SELECT key FROM articles WHERE source = (SELECT key FROM sources WHERE id = ?)
            ORDER BY edition DESC, position LIMIT 1
        """
        found = self.connection.execute(statement, (source,)).fetchone()
        return None if found is None else found[0]

    # -- damage

    def check(self) -> list[str]:
        """Look for damage: give what SQLite finds wrong, an empty list when all is well."""
        found: Iterable[tuple[str]] = self.connection.execute("PRAGMA integrity_check(20)")
        wrong = [message for (message,) in found if message != "ok"]
        orphans = self.connection.execute(
            "SELECT count(*) FROM articles WHERE key NOT IN (SELECT key FROM bodies)"
        ).fetchone()[0]
        if orphans:
            wrong.append(f"{orphans} articles have lost their text")
        return wrong


def _row(
    article: int, key: int, title: str, author: str | None, section: str | None, source: str, excerpt: str,
    cut: int, words: int, published: int | None, url: str | None, offline: int, revised: int | None,
) -> Row:  # fmt: skip
    listed = (article, key, title, author, section, source, excerpt, bool(cut), words, published, url)
    return Row(*listed, 0, bool(offline), revised)

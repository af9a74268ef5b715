"""What the reader did: read, bookmarks, notes, places, sources. One action is one record, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.annotation import Marks as ArticleMarks
from reader.model.article import FINISHED, HIDDEN, HIGHLIGHTED, NOTED, READ
from reader.storage import backups, done, flagging, shapes
from reader.storage.acting import Acting
from reader.storage.articles import Articles
from reader.storage.highlights import Highlights
from reader.storage.listed import Listed
from reader.storage.notes import Notes
from reader.storage.records import keys_of
from reader.storage.shapes import HIGHLIGHTS, NOTES, as_article, as_place, as_tags, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from reader.model.annotation import JSON, Bookmark, Color, Highlight, Kind, Note, Place, Quote
    from reader.model.article import Row
    from reader.model.exported import Did
    from reader.model.source import Source
    from reader.storage.acting import Label
    from reader.storage.records import Op

_TO_READ: Final = READ | FINISHED


class Marks(Acting):
    """The marks, opened; usable from several threads. See `Held` for the arguments and for what is raised.

    Whatever takes `articles` takes their rows, or only their ids as texts: of a million articles nobody has rows.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        on_trouble: Callable[[str], None] = lambda _message: None,
        clock: Callable[[], datetime] = backups.utc_now,
    ) -> None:
        super().__init__(path, read_only=read_only, on_trouble=on_trouble, clock=clock)
        self._articles = Articles(self._db)
        self._notes, self._highlights = Notes(self._db), Highlights(self._db)
        self._sources = Listed(self._db, self._now)

    def of(self, article: int) -> ArticleMarks:
        """Give all marks on an article."""
        with self._journal.lock:
            doc = self._articles.doc(article)
            return ArticleMarks(
                flags=self.flags(article),
                read_at=as_text(doc.get("read")),
                bookmarked_at=as_text(doc.get("bookmarked")),
                place=as_place(doc.get("place")),
                tags=as_tags(doc.get("tags")),
                notes=self._notes.of(article),
                highlights=self._highlights.of(article),
            )

    def did(self, articles: Sequence[int]) -> list[Did]:
        """Give all that the reader did with some articles, in their order."""
        with self._journal.lock:
            doc, notes, highlights = self._articles.doc, self._notes.of, self._highlights.of
            return [done.did(doc(one), notes(one), highlights(one)) for one in articles]

    # -- flags

    def flags(self, article: int) -> int:
        """Give the flags that a Row carries of an article's marks."""
        with self._journal.lock:
            noted = NOTED if article in self._notes.index.articles else 0
            highlighted = HIGHLIGHTED if article in self._highlights.index.articles else 0
            return flagging.flags_of(self._articles.doc(article)) | noted | highlighted

    def flags_of(self, articles: Sequence[int] | Sequence[str]) -> bytes:
        """Give the flags of many articles by their ids, in their order."""
        with self._journal.lock:
            return self._articles.flags(articles, self._more())

    def all_flags(self) -> Iterator[tuple[int, int]]:
        """Give each article whose flags are not 0, and its flags; as they are at the call."""
        with self._journal.lock:
            docs, more = list(self._articles.docs.items()), self._more()
        return flagging.all_flags(docs, more)

    def _more(self) -> dict[int, int]:
        more = dict.fromkeys(self._notes.index.articles, NOTED)
        for article in self._highlights.index.articles:
            more[article] = more.get(article, 0) | HIGHLIGHTED
        return more

    def marked(self) -> set[int]:
        """Give the articles with a mark other than that they were read: these are never let go."""
        with self._journal.lock:
            flags = list(self.all_flags())
        # Read to its end is read, and hidden is what a rule did.
        return {article for article, now in flags if now & ~(READ | FINISHED | HIDDEN) or now & _TO_READ == FINISHED}

    # -- articles

    def set_read(self, articles: Sequence[Row] | Sequence[str], read: bool, label: Label, at: str = "") -> int:
        """Mark articles read or unread, as one action, without a label as none; what is so already is passed over.

        `at` is when that was, ISO 8601, UTC, where it was not now.
        """
        return self._set("read", articles, read, label, at)

    def set_bookmarked(
        self, articles: Sequence[Row] | Sequence[str], bookmarked: bool, label: Label, at: str = ""
    ) -> int:
        """Set or remove bookmarks, as one action, `at` as above; articles that are so already are passed over."""
        return self._set("bookmarked", articles, bookmarked, label, at)

    def set_hidden(self, articles: Sequence[Row] | Sequence[str], hidden: bool, label: Label) -> int:
        """Hide articles or show them again, as one action; articles that are so already are passed over."""
        return self._set("hidden", articles, hidden, label)

    def _set(self, field: str, articles: Sequence[Row] | Sequence[str], on: bool, label: Label, at: str = "") -> int:
        with self._journal.transaction() as action:
            changed = self._articles.set(field, articles, at or self._now() if on else None)
            if changed:
                self._remember(label, action, changed)
        return changed

    def set_tags(
        self, articles: Sequence[Row] | Sequence[str], add: Collection[str], remove: Collection[str], label: Label
    ) -> int:
        """Add tags to articles and take others away, as one action; what is so already is passed over."""
        with self._journal.transaction() as action:
            changed = self._articles.set_tags(articles, add, remove)
            if changed:
                self._remember(label, action, changed)
        return changed

    def ruled(self, articles: Sequence[str]) -> list[tuple[str, ...] | None]:
        """Give of articles what rules did with them, nothing where only the reader did, None where nobody did."""
        with self._journal.lock:
            return self._articles.ruled(articles)

    def set_ruled(self, articles: Sequence[str], *done: str) -> None:
        """Note that a rule did something with articles; that stays when the action itself is taken back."""
        with self._journal.transaction():
            self._articles.set_ruled(articles, *done)

    def tags(self) -> dict[str, list[int]]:
        """Give the articles of each tag; of tags that differ in capitals only, one."""
        with self._journal.lock:
            return self._articles.tags.all()

    def tag_counts(self) -> dict[str, int]:
        """Give how many articles have each tag."""
        with self._journal.lock:
            return self._articles.tags.counts()

    @property
    def version(self) -> int:
        """A number that is another after every change."""
        return self._journal.version

    def said(self) -> Iterator[tuple[int, str, bool]]:
        """Give what the reader wrote and marked: the article, the words, and whether they are the reader's own."""
        with self._journal.lock:
            notes, highlights = self._notes.all(), self._highlights.all()
        for note in notes:
            yield note.article, note.text, True
        for one in highlights:
            yield one.article, one.quote.exact, False
            if one.note:
                yield one.article, one.note, True

    def named(self, article: int) -> tuple[str, str, str]:
        """Give an article's title, its source's and its address as they were at its first mark; empty where unknown."""
        with self._journal.lock:
            return self._articles.named(article)

    def set_place(self, row: Row, place: Place) -> None:
        """Keep how far an article was read; moving on is no action, so it cannot be undone."""
        with self._journal.transaction():
            self._articles.set_place(row, place, self._now())

    def read_times(self) -> list[tuple[str, JSON]]:
        """Give the id of each article that was read, and when."""
        with self._journal.lock:
            docs = list(self._articles.docs.items())
        return [(key, doc["read"]) for key, doc in docs if doc.get("read")]

    # -- notes and highlights

    def set_note(self, row: Row, text: str, label: Label) -> None:
        """Write the note on an article anew, or edit it; an empty text deletes it."""
        with self._journal.transaction() as action:
            old = next(iter(self._notes.of(row.id)), None)
            if text.strip():
                if old is not None and old.text == text:
                    return
                self._articles.enter([row])
                self._notes.write(row.id, text, self._now())
            elif old is not None:
                self._notes.delete(old)
            else:
                return
            self._remember(label, action)

    def add_highlight(self, row: Row, quote: Quote, color: Color, note: str, label: Label, at: str = "") -> int:
        """Add a highlight to an article, made `at` a time that is not now, and give its id."""
        with self._journal.transaction() as action:
            self._articles.enter([row])
            name = self._highlights.add(row.id, quote, color, note, at or self._now())
            self._remember(label, action)
        return name

    def edit_highlight(
        self, row: Row, name: int, *, color: Color | None, note: str | None, quote: Quote | None = None, label: Label
    ) -> None:
        """Change the colour, the note or the words of a highlight, None leaves them; what is gone is passed over."""
        with self._journal.transaction() as action:
            old = self._highlights.one(row.id, name)
            if old is not None and self._highlights.edit(old, color, note, quote, self._now()):
                self._remember(label, action)

    def delete_highlight(self, row: Row, name: int, label: Label) -> None:
        """Delete a highlight; what is gone is passed over."""
        with self._journal.transaction() as action:
            old = self._highlights.one(row.id, name)
            if old is not None:
                self._highlights.delete(old)
                self._remember(label, action)

    def kept(self, kinds: Collection[Kind], last: int | None = None) -> list[Bookmark | Note | Highlight]:
        """Give what is kept of some kinds, of all articles; of the highlights perhaps only the last ones."""
        with self._journal.lock:
            found: list[Bookmark | Note | Highlight] = []
            if "bookmark" in kinds:
                docs = self._articles.docs.items()
                found += [one for key, doc in docs if (one := shapes.as_bookmark(key, doc)) is not None]
            if "note" in kinds:
                found += self._notes.all()
            if "highlight" in kinds:
                found += self._highlights.all(last)
            return found

    # -- sources

    def sources(self) -> list[Source]:
        """Give the sources in the order they were added."""
        return self._sources.all()

    def source(self, name: str) -> Source | None:
        """Give a source by its id, None when there is none."""
        return self._sources.one(name)

    def put_source(self, source: Source) -> None:
        """Add a source, or change the one of the same id."""
        self._sources.put((source,))

    def put_sources(self, sources: Sequence[Source]) -> None:
        """Add or change many sources at once."""
        self._sources.put(sources)

    def unite_sources(self) -> None:
        """Let a source that came back take the place of what was left of it when it was removed."""
        self._sources.one_each()

    def remove_source(self, name: str) -> None:
        """Remove a source by its id; this cannot be undone, since its articles go with it."""
        self._sources.remove(name)

    def _follow(self, ops: list[Op]) -> None:
        super()._follow(ops)
        for op in ops:
            self._notes.index.follow(op)
            self._highlights.index.follow(op)
            self._articles.tags.follow(op)

    def _owners(self, op: Op) -> Iterator[int]:
        yield from super()._owners(op)
        if op["t"] in {NOTES, HIGHLIGHTS}:
            index = self._notes.index if op["t"] == NOTES else self._highlights.index
            for key in keys_of(op):
                doc = op.get("s", {}).get(key, {})
                for owner in (index.owner(key), as_article(doc.get("article"))):
                    if owner is not None:
                        yield owner

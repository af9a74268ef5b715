"""What the reader did: read, bookmarks, notes, places, sources. One action is one record, and can be undone."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from reader.model.annotation import Marks as ArticleMarks
from reader.model.annotation import Place, Undone
from reader.model.article import HIGHLIGHTED, NOTED, READ
from reader.storage import backups, mending, shapes
from reader.storage.highlights import Highlights
from reader.storage.history import History
from reader.storage.listed import Listed
from reader.storage.notes import Notes
from reader.storage.shapes import ARTICLES, NOTES, as_article, as_place, as_tags, as_text, flags_of
from reader.storage.table import JournalDB

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from reader.model.annotation import Bookmark, Color, Highlight, Kind, Note, Quote
    from reader.model.article import Row
    from reader.model.source import Source
    from reader.storage.journal import Transaction
    from reader.storage.records import Doc, Op


class Marks:
    """The marks, opened; usable from several threads.

    Args:
        path: the file, `marks.json`; made at the first mark if it is not there.
        read_only: opens without touching the disk; every change raises ReadOnlyError.
        on_trouble: is told, in words for people and from another thread, that the disk does not take the
            marks, and later that it does again.
        clock: gives the time that goes into the marks.

    Raises:
        MarksError: the file cannot be read, or a later version of reader wrote it.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        on_trouble: Callable[[str], None] = lambda _message: None,
        clock: Callable[[], datetime] = backups.utc_now,
    ) -> None:
        self._db = JournalDB(path, read_only=read_only, on_trouble=on_trouble, clock=clock)
        self._journal = self._db.journal
        self._clock = clock
        self._articles = self._db.at(ARTICLES)
        self._notes, self._highlights = Notes(self._db), Highlights(self._db)
        self._sources = Listed(self._db, self._now)
        self._history = History(self._db)
        self._journal.on_commit = self._follow

    @property
    def notices(self) -> list[str]:
        """What happened on opening (and on closing), in words for people."""
        return self._journal.notices

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be changed."""
        return self._journal.read_only

    @property
    def pending(self) -> bool:
        """Tell whether a mark is not on the disk yet."""
        return self._journal.pending

    def flush(self) -> None:
        """Return when every mark is on the disk, or raise MarksError."""
        self._journal.flush()

    def stamp(self) -> str:
        """Give a text that differs after every change that reached the disk; see `storage.stamp`."""
        return self._journal.stamp()

    def close(self) -> None:
        """Save everything and let go of the file; on MarksError the marks stay open."""
        self._db.close()

    def abandon(self) -> None:
        """Let go of the file at once; what `pending` tells of is lost."""
        self._journal.abandon()

    def of(self, article: int) -> ArticleMarks:
        """Give all marks on an article."""
        with self._journal.lock:
            doc = self._doc(article)
            return ArticleMarks(
                flags=self.flags(article),
                read_at=as_text(doc.get("read")),
                bookmarked_at=as_text(doc.get("bookmarked")),
                place=as_place(doc.get("place")),
                tags=as_tags(doc.get("tags")),
                notes=self._notes.of(article),
                highlights=self._highlights.of(article),
            )

    def flags(self, article: int) -> int:
        """Give the flags that a Row carries of an article's marks."""
        with self._journal.lock:
            noted = NOTED if article in self._notes.index.articles else 0
            highlighted = HIGHLIGHTED if article in self._highlights.index.articles else 0
            return flags_of(self._doc(article)) | noted | highlighted

    def all_flags(self) -> Iterator[tuple[int, int]]:
        """Give each article whose flags are not 0, and its flags; as they are at the call."""
        with self._journal.lock:
            docs = list(self._journal.docs(ARTICLES).items())
            more = dict.fromkeys(self._notes.index.articles, NOTED)
            for article in self._highlights.index.articles:
                more[article] = more.get(article, 0) | HIGHLIGHTED
        return shapes.all_flags(docs, more)

    def set_read(self, rows: Sequence[Row], read: bool, label: str) -> None:
        """Mark articles read or unread, as one action, without a label as none; what is so already is passed over."""
        self._set("read", rows, read, label)

    def set_bookmarked(self, rows: Sequence[Row], bookmarked: bool, label: str) -> None:
        """Set or remove bookmarks, as one action; articles that are so already are passed over."""
        self._set("bookmarked", rows, bookmarked, label)

    def _set(self, field: str, rows: Sequence[Row], on: bool, label: str) -> None:
        with self._journal.transaction() as action:
            docs = self._journal.docs(ARTICLES)
            nothing: Doc = {}
            changed = {row.id: row for row in rows if bool(docs.get(str(row.id), nothing).get(field)) != on}
            if changed:
                self._enter(changed.values())
                self._articles.patch({field: self._now() if on else None}, changed)
                if label:
                    self._remember(label, action)

    def set_note(self, row: Row, text: str, label: str) -> None:
        """Write the note on an article anew, or edit it; an empty text deletes it."""
        with self._journal.transaction() as action:
            old = next(iter(self._notes.of(row.id)), None)
            if text.strip():
                if old is not None and old.text == text:
                    return
                self._enter([row])
                self._notes.write(row.id, text, self._now())
            elif old is not None:
                self._notes.delete(old)
            else:
                return
            self._remember(label, action)

    def add_highlight(self, row: Row, quote: Quote, color: Color, note: str, label: str) -> int:
        """Add a highlight to an article, and give its id."""
        with self._journal.transaction() as action:
            self._enter([row])
            name = self._highlights.add(row.id, quote, color, note, self._now())
            self._remember(label, action)
        return name

    def edit_highlight(
        self, row: Row, name: int, *, color: Color | None, note: str | None, quote: Quote | None = None, label: str
    ) -> None:
        """Change the colour, the note or the words of a highlight, None leaves them; what is gone is passed over."""
        with self._journal.transaction() as action:
            old = self._highlights.one(row.id, name)
            if old is not None and self._highlights.edit(old, color, note, quote, self._now()):
                self._remember(label, action)

    def delete_highlight(self, row: Row, name: int, label: str) -> None:
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
                docs = self._journal.docs(ARTICLES).items()
                found += [one for key, doc in docs if (one := shapes.as_bookmark(key, doc)) is not None]
            if "note" in kinds:
                found += self._notes.all()
            if "highlight" in kinds:
                found += self._highlights.all(last)
            return found

    def named(self, article: int) -> tuple[str, str, str]:
        """Give an article's title, its source's and its address as they were at its first mark; empty where unknown."""
        with self._journal.lock:
            doc = self._doc(article)
            title, source, url = (as_text(doc.get(name)) or "" for name in ("title", "source", "url"))
            return title, source, url

    def set_place(self, row: Row, place: Place) -> None:
        """Keep how far an article was read; moving on is no action, so it cannot be undone."""
        with self._journal.transaction():
            if as_place(self._doc(row.id).get("place")) == place:
                return
            self._enter([row])
            kept: Doc = {"block": place.block, "fraction": place.fraction, "progress": place.progress}
            if place.text:
                kept["text"] = place.text
            self._articles.patch({"place": {**kept, "at": self._now()}}, [row.id])

    def undo(self) -> Undone | None:
        """Take back the newest action, of this session or an earlier one; None when there is none."""
        with self._journal.transaction():
            taken = self._history.take()
            if taken is None:
                return None
            label, ops = taken
            articles = [article for op in ops for article in self._owners(op)]
            for op in ops:
                self._journal.change(op)
        return Undone(label, tuple(dict.fromkeys(articles)))

    def marked(self) -> set[int]:
        """Give the articles with a mark other than that they were read: these are never let go."""
        with self._journal.lock:
            docs = list(self._journal.docs(ARTICLES).items())
            found = {*self._notes.index.articles, *self._highlights.index.articles}
        return found | {int(key) for key, doc in docs if flags_of(doc) & ~READ or as_tags(doc.get("tags"))}

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

    def remove_source(self, name: str) -> None:
        """Remove a source by its id; this cannot be undone, since its articles go with it."""
        self._sources.remove(name)

    def check(self) -> list[str]:
        """Tell in words what is wrong with the documents; an empty list when nothing is."""
        return mending.problems(self._db)

    def repair(self) -> list[str]:
        """Put what is wrong aside, into the table `quarantine`, and tell what was done."""
        return mending.repair(self._db, self._now())

    def _enter(self, rows: Iterable[Row]) -> None:
        """Make documents for the articles that have none, so that each mark tells what it is on."""
        docs = self._journal.docs(ARTICLES)
        self._articles.put(
            {
                row.id: {"title": row.title, "url": row.url, "source": row.source}
                for row in rows
                if str(row.id) not in docs
            }
        )

    def _remember(self, label: str, action: Transaction) -> None:
        self._history.add(label, self._now(), action)

    def _follow(self, ops: list[Op]) -> None:
        for op in ops:
            self._notes.index.follow(op)
            self._highlights.index.follow(op)
            self._history.follow(op)

    def _owners(self, op: Op) -> Iterator[int]:
        """Give the articles that a change concerns; to be asked before it is made."""
        keys = op.get("s") or op.get("d") or op.get("u") or ()
        if op["t"] == ARTICLES:
            yield from map(int, keys)
            return
        index = self._notes.index if op["t"] == NOTES else self._highlights.index
        for key in keys:
            doc = op.get("s", {}).get(key, {})
            for owner in (index.owner(key), as_article(doc.get("article"))):
                if owner is not None:
                    yield owner

    def _doc(self, article: int) -> Doc:
        return self._journal.docs(ARTICLES).get(str(article), {})

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

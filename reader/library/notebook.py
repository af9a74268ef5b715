"""The notebook: read, bookmark, note, tag, hide, keep the place, and take all of it back, and do it again."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from reader.library.labels import label, tagged
from reader.library.stories import settle, show_marked
from reader.library.told import Told
from reader.model.article import BOOKMARKED, READ
from reader.storage.database import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from reader.library.hooks import Hooks
    from reader.library.kept import Kept
    from reader.library.many import Many
    from reader.library.states import States
    from reader.model.annotation import Color, Highlight, Kind, Marks, Place, Quote, Undone
    from reader.model.article import Row
    from reader.storage.cache import Cache
    from reader.storage.comparing import Comparison
    from reader.storage.marks import Marks as Store

_FEW: Final = 100
"""Of more articles than this, the flags are found all at once."""


class Notebook:
    """Keeps what the reader does with articles.

    Args:
        store: gives marks.json, opened when it is first needed.
        cache: the articles.
        states: the mirror that is kept in step.
        hooks: gives who is told of what is done; of what is taken back, or done as a part of something, nobody is.
    """

    def __init__(
        self, store: Callable[[], Store], cache: Cache, states: States, hooks: Callable[[], Hooks] | None = None
    ) -> None:
        self._store, self._cache, self._states = store, cache, states
        self._told = Told(hooks, states)

    def marks(self, article: int) -> Marks:
        """Give all marks of an article."""
        return self._store().of(article)

    def set_read(self, rows: Sequence[Row], read: bool, *, by_itself: bool = False) -> list[Row]:
        """Mark articles read or unread, and give their rows as they are now.

        Args:
            rows: the articles.
            read: which of the two.
            by_itself: nobody asked for it, so it is nothing that could be taken back.
        """
        with self._told.of("read", [row.key for row in rows], READ if read else 0):
            self._store().set_read(rows, read, "" if by_itself else _label("read" if read else "unread", rows))
            return self._renewed(rows)

    def set_bookmarked(self, rows: Sequence[Row], bookmarked: bool) -> list[Row]:
        """Set or remove bookmarks, and give the rows as they are now."""
        with self._told.of("bookmark", [row.key for row in rows], BOOKMARKED if bookmarked else 0):
            self._store().set_bookmarked(rows, bookmarked, _label("bookmark" if bookmarked else "no bookmark", rows))
            return self._renewed(rows)

    def set_note(self, row: Row, text: str) -> Row:
        """Write the note of an article; an empty text deletes it. Gives the row as it is now."""
        text = _noted(text)
        before = self._store().of(row.id).notes
        self._store().set_note(row, text, _label("note" if text else "note deleted", (row,)))
        if text and text not in {one.text for one in before}:
            self._told.noted(row.key)
        return self._renewed((row,))[0]

    def add_highlight(self, row: Row, quote: Quote, color: Color, note: str = "") -> tuple[Row, Highlight]:
        """Highlight a passage of an article, and give the row as it is now and the highlight.

        Raises:
            ValueError: the quote has no words.
        """
        if not quote.exact.strip():
            raise ValueError("nothing is highlighted")
        store = self._store()
        name = store.add_highlight(row, quote, color, _noted(note), _label("highlight", (row,)))
        made = next(one for one in store.of(row.id).highlights if one.id == name)
        if made.note:
            self._told.noted(row.key)
        return self._renewed((row,))[0], made

    def edit_highlight(
        self,
        row: Row,
        id: int,  # noqa: A002 -- what it is
        *,
        color: Color | None = None,
        note: str | None = None,
        quote: Quote | None = None,
    ) -> Row:
        """Change the colour, the note or the words of a highlight, None leaves them; gives the row as it is now."""
        what = "words" if quote is not None else "note" if note is not None else "color"
        text = None if note is None else _noted(note)
        done = _label(f"highlight's {what}", (row,))
        self._store().edit_highlight(row, id, color=color, note=text, quote=quote, label=done)
        if text:
            self._told.noted(row.key)
        return self._renewed((row,))[0]

    def delete_highlight(self, row: Row, id: int) -> Row:  # noqa: A002 -- what it is
        """Delete a highlight, and give the row of its article as it is now."""
        self._store().delete_highlight(row, id, _label("highlight deleted", (row,)))
        return self._renewed((row,))[0]

    def entries(self, kinds: Collection[Kind], last: int | None = None) -> list[Kept]:
        """Give every bookmark, note and highlight that is kept, those of some kinds, newest first.

        Args:
            kinds: which kinds.
            last: of the highlights, only so many of the last ones: very many take a tenth of a second.
        """
        from reader.library import kept

        return kept.entries(self._store(), self._cache, kinds, last)

    def set_place(self, row: Row, place: Place) -> Row:
        """Keep how far an article was read, and give its row as it is now."""
        self._store().set_place(row, place)
        return self._renewed((row,))[0]

    def set_tags(
        self, rows: Sequence[Row], add: Collection[str], remove: Collection[str] = (), *, by_itself: bool = False
    ) -> list[Row]:
        """Add tags to articles and take others away, as one action, and give the rows as they are now."""
        self._store().set_tags(rows, add, remove, "" if by_itself else tagged(_title(rows), add, remove))
        return self._renewed(rows)

    def tags(self) -> dict[str, int]:
        """Give every tag and how many articles have it."""
        return self._store().tag_counts()

    def set_hidden(self, rows: Sequence[Row], hidden: bool, *, by_itself: bool = False) -> list[Row]:
        """Hide articles or show them again, as one action, and give the rows as they are now."""
        self._store().set_hidden(rows, hidden, "" if by_itself else _label("hidden" if hidden else "shown again", rows))
        return self._renewed(rows)

    def many(self, keys: Sequence[int]) -> Many:
        """Give many articles, by their keys, to be changed at once; of these no rows are made."""
        from reader.library.many import Many

        return Many(self._store(), self._cache, self._states, keys, self._told)

    @contextmanager
    def as_one(self, label: str) -> Iterator[None]:
        """Make one action of all that is changed inside, on which nobody else may wait.

        Args:
            label: what is done, in words, as in "3 rules on 12 articles".

        An exception inside takes all of it back.
        """
        try:
            with self._store().action(label), self._told.nothing():
                yield
        except BaseException:
            with suppress(LibraryError):
                self._restate()  # what was entered in the mirror meanwhile was not done
            raise

    def restore(self, comparison: Comparison, label: str) -> None:
        """Make the marks what a backup holds, as one action.

        Raises:
            LibraryError: library.db could not follow; the marks are restored.
        """
        store = self._store()
        store.restore(comparison, label)
        self._followed_all(sources="sources" in comparison.tallies)

    def undo(self) -> Undone | None:
        """Take back the last change of marks, None when there is none left."""
        return self._followed(self._store().undo())

    def redo(self) -> Undone | None:
        """Do again what was taken back last, None when there is nothing or something else was done since."""
        return self._followed(self._store().redo())

    def _followed(self, undone: Undone | None) -> Undone | None:
        if undone is None:
            return None
        if undone.count > _FEW or undone.sources:
            self._followed_all(sources=undone.sources)
            return undone
        found = {article: key for article in undone.articles if (key := self._cache.key(article)) is not None}
        store = self._store()
        with store.lock:
            for article, key in found.items():
                self._states.set(key, store.flags(article))
        show_marked(self._cache, found.values(), self._states)
        return undone

    def _followed_all(self, *, sources: bool) -> None:
        try:
            if sources:
                from reader.library.restoring import agree

                agree(self._store(), self._cache)
        finally:
            self._restate()
            settle(self._cache, self._states)

    def _restate(self) -> None:
        from reader.library.many import restate

        restate(self._store(), self._cache, self._states)

    def _renewed(self, rows: Sequence[Row]) -> list[Row]:
        store = self._store()
        many = len(rows) > _FEW
        with store.lock:
            flags = store.flags_of([row.id for row in rows]) if many else [store.flags(row.id) for row in rows]
            renewed = [row.with_flags(now) for row, now in zip(rows, flags, strict=True)]
            for row in renewed:
                self._states.set(row.key, row.flags)
        if many:
            settle(self._cache, self._states)
        else:
            show_marked(self._cache, [row.key for row in renewed], self._states)
        return renewed


def _noted(text: str) -> str:
    from reader.ingest import sanitize

    return sanitize.text(text, sanitize.BODY).strip()


def _label(what: str, rows: Sequence[Row]) -> Callable[[int], str]:
    return label(what, _title(rows))


def _title(rows: Sequence[Row]) -> str | None:
    return rows[0].title if len(rows) == 1 else None

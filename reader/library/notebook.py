"""The notebook: read, bookmark, note, keep the place, and take all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library.states import States
    from reader.model.annotation import Marks, Place, Undone
    from reader.model.article import Row
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store


class Notebook:
    """Keeps what the reader does with articles.

    Args:
        store: gives marks.json, opened when it is first needed.
        cache: the articles.
        states: the mirror that is kept in step.
    """

    def __init__(self, store: Callable[[], Store], cache: Cache, states: States) -> None:
        self._store, self._cache, self._states = store, cache, states

    def marks(self, article: int) -> Marks:
        """Give all marks of an article."""
        return self._store().of(article)

    def set_read(self, rows: Sequence[Row], read: bool) -> list[Row]:
        """Mark articles read or unread, and give their rows as they are now."""
        self._store().set_read(rows, read, _label("read" if read else "unread", rows))
        return self._renewed(rows)

    def set_bookmarked(self, rows: Sequence[Row], bookmarked: bool) -> list[Row]:
        """Set or remove bookmarks, and give the rows as they are now."""
        self._store().set_bookmarked(rows, bookmarked, _label("bookmark" if bookmarked else "no bookmark", rows))
        return self._renewed(rows)

    def set_note(self, row: Row, text: str) -> Row:
        """Write the note of an article; an empty text deletes it. Gives the row as it is now."""
        from reader.ingest import sanitize

        text = sanitize.text(text, sanitize.BODY).strip()
        self._store().set_note(row, text, _label("note" if text else "note deleted", (row,)))
        return self._renewed((row,))[0]

    def set_place(self, row: Row, place: Place) -> Row:
        """Keep how far an article was read, and give its row as it is now."""
        self._store().set_place(row, place)
        return self._renewed((row,))[0]

    def undo(self) -> Undone | None:
        """Take back the last change of marks, None when there is none left."""
        undone = self._store().undo()
        if undone is not None:
            keys = self._cache.keys() if len(undone.articles) > 100 else None
            for article in undone.articles:
                key = keys.get(article) if keys is not None else self._cache.key(article)
                if key is not None:
                    self._states.set(key, self._store().flags(article))
        return undone

    def _renewed(self, rows: Sequence[Row]) -> list[Row]:
        store = self._store()
        renewed = [row.with_flags(store.flags(row.id)) for row in rows]
        for row in renewed:
            self._states.set(row.key, row.flags)
        return renewed


def _label(what: str, rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return f"{what}: {rows[0].title}"
    return f"{what}: {len(rows):,} articles"

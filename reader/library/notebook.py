"""The notebook: read, bookmark, note, keep the place, and take all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from reader.library.kept import Kept
    from reader.library.states import States
    from reader.model.annotation import Color, Highlight, Kind, Marks, Place, Quote, Undone
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

    def set_read(self, rows: Sequence[Row], read: bool, *, by_itself: bool = False) -> list[Row]:
        """Mark articles read or unread, and give their rows as they are now.

        Args:
            rows: the articles.
            read: which of the two.
            by_itself: nobody asked for it, so it is nothing that could be taken back.
        """
        self._store().set_read(rows, read, "" if by_itself else _label("read" if read else "unread", rows))
        return self._renewed(rows)

    def set_bookmarked(self, rows: Sequence[Row], bookmarked: bool) -> list[Row]:
        """Set or remove bookmarks, and give the rows as they are now."""
        self._store().set_bookmarked(rows, bookmarked, _label("bookmark" if bookmarked else "no bookmark", rows))
        return self._renewed(rows)

    def set_note(self, row: Row, text: str) -> Row:
        """Write the note of an article; an empty text deletes it. Gives the row as it is now."""
        text = _noted(text)
        self._store().set_note(row, text, _label("note" if text else "note deleted", (row,)))
        return self._renewed((row,))[0]

    def add_highlight(self, row: Row, quote: Quote, color: Color, note: str = "") -> tuple[Row, Highlight]:
        """Highlight a passage of an article, and give the row as it is now and the highlight.

        Raises:
            ValueError: the quote has no words.
        """
        if not quote.exact.strip():
            raise ValueError("nothing is highlighted")
        store = self._store()
        label = _label("highlight", (row,))
        name = store.add_highlight(row, quote, color, _noted(note), label)
        made = next(one for one in store.of(row.id).highlights if one.id == name)
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
        label = _label(f"highlight's {what}", (row,))
        self._store().edit_highlight(row, id, color=color, note=text, quote=quote, label=label)
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


def _noted(text: str) -> str:
    from reader.ingest import sanitize

    return sanitize.text(text, sanitize.BODY).strip()


def _label(what: str, rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return f"{what}: {rows[0].title}"
    return f"{what}: {len(rows):,} articles"

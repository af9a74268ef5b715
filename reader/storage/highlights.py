"""The highlights among the marks: passages of articles, each with a colour and perhaps a note."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reader.storage.belonging import ByArticle
from reader.storage.shapes import HIGHLIGHTS, as_article, as_highlight, as_text

if TYPE_CHECKING:
    from reader.model.annotation import JSON, Color, Highlight, Quote
    from reader.storage.records import Doc
    from reader.storage.table import JournalDB


class Highlights:
    """The table of highlights, to be changed within a transaction of the caller.

    Args:
        db: the marks.
    """

    def __init__(self, db: JournalDB) -> None:
        self._db = db
        self.index = ByArticle(HIGHLIGHTS, lambda: db.journal.docs(HIGHLIGHTS), _owner)

    def of(self, article: int) -> tuple[Highlight, ...]:
        """Give the highlights in an article, oldest first."""
        docs = self._db.journal.docs(HIGHLIGHTS)
        found = (as_highlight(key, docs[key]) for key in self.index.of(article))
        return tuple(highlight for highlight in found if highlight is not None)

    def all(self, last: int | None = None) -> list[Highlight]:
        """Give the highlights in all articles, or only those that were made last."""
        docs = self._db.journal.docs(HIGHLIGHTS)
        chosen = reversed(list(islice(reversed(docs), last))) if last is not None else docs
        found = (as_highlight(key, docs[key]) for key in chosen)
        return [highlight for highlight in found if highlight is not None]

    def one(self, article: int, name: int) -> Highlight | None:
        """Give a highlight in an article by its id, None when there is none there."""
        return next((highlight for highlight in self.of(article) if highlight.id == name), None)

    def add(self, article: int, quote: Quote, color: Color, note: str, now: str) -> int:
        """Add a highlight to an article, and give its id."""
        doc: Doc = {
            "article": str(article),
            **_quoted(quote),
            "color": color,
            "note": note,
            "created": now,
            "updated": now,
        }
        return self._db.at(HIGHLIGHTS).insert(doc)

    def edit(self, old: Highlight, color: Color | None, note: str | None, quote: Quote | None, now: str) -> bool:
        """Change the colour, the note or the words of a highlight; tells whether anything changed."""
        fields: dict[str, JSON] = {}
        if quote is not None and quote != old.quote:
            fields |= _quoted(quote)
        if color is not None and color != old.color:
            fields["color"] = color
        if note is not None and note != old.note:
            fields["note"] = note
        if fields:
            self._db.at(HIGHLIGHTS).patch({**fields, "updated": now}, [old.id])
        return bool(fields)

    def delete(self, highlight: Highlight) -> None:
        """Delete a highlight."""
        self._db.at(HIGHLIGHTS).remove(doc_ids=[highlight.id])


def _quoted(quote: Quote) -> dict[str, JSON]:
    return {
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "block": quote.block,
        "offset": quote.offset,
    }


def _owner(doc: Doc) -> int | None:
    return as_article(doc.get("article")) if as_text(doc.get("exact")) is not None else None

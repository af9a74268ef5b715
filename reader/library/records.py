"""Articles as JSON objects, for programs: a line of `reader list --json`, and the whole of `reader show --json`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from reader.library.exporting.markup import body_as_markdown
from reader.model.article import BOOKMARKED, READ
from reader.model.document import CELL_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.annotation import JSON, Highlight, Marks
    from reader.model.article import Row
    from reader.storage.details import Details

_DIGITS: Final = 4


def records_of(library: Library, rows: Sequence[Row], pace: int) -> Iterator[dict[str, JSON]]:
    """Give articles as `reader list --json` prints them; `pace` is in words a minute."""
    from reader.storage.details import Details

    keys = [row.key for row in rows]
    excerpts, details = library.cache.excerpts(keys), library.cache.details(keys)
    for row in rows:
        more = details.get(row.key) or Details()
        yield record(row, excerpts.get(row.key, row.excerpt), library.notebook.marks(row.id), more, pace)


def whole(library: Library, found: Opened, pace: int) -> dict[str, JSON]:
    """Give an article as `reader show --json` prints it; `pace` is in words a minute."""
    (short,) = records_of(library, (found.row,), pace)
    marks = found.marks
    there = {one.highlight.id for one in found.highlights if one.passage is not None}
    return {
        **short,
        "text": text_of(found),
        "markdown": body_as_markdown(found.article),
        "notes": notes(marks),
        "highlights": [highlight(one, found=one.id in there) for one in marks.highlights],
    }


def text_of(found: Opened) -> str:
    """Give the text of an article as plain text."""
    return found.document.text.replace(CELL_BREAK, " ") if found.article.markdown else found.article.text


def notes(marks: Marks) -> list[JSON]:
    """Give the notes on an article in full."""
    return [
        {"id": str(note.id), "text": note.text, "created": note.created, "updated": note.updated}
        for note in marks.notes
    ]


def record(row: Row, excerpt: str, marks: Marks, more: Details, pace: int) -> dict[str, JSON]:
    """Give an article as `reader list --json` prints it.

    Args:
        row: the article, in its present state.
        excerpt: its excerpt, whole.
        marks: all marks on it.
        more: what came with it besides.
        pace: words a minute, for its reading time.
    """
    return {
        "id": str(row.id),
        "source": row.source,
        "also_in": list(row.others),
        "section": row.section,
        "title": row.title,
        "author": row.author,
        "url": row.url,
        "published": _moment(row.published),
        "updated": _moment(more.updated),
        "excerpt": excerpt,
        "words": row.words,
        "minutes": row.minutes_at(pace),
        "read": row.has(READ),
        "bookmarked": row.has(BOOKMARKED),
        "progress": round(marks.place.progress, _DIGITS),
        "tags": list(marks.tags),
        "notes": len(marks.notes),
        "highlights": len(marks.highlights),
        "revised": _moment(row.revised),
        "offline": row.offline,
        "page": more.as_page,
        "problem": more.problem or None,
        "language": more.language,
        "image": more.image,
        "comments": more.comments,
        "categories": list(more.tags),
        "enclosures": [
            {
                "url": one.url,
                "type": one.type or None,
                "size": one.size,
                "seconds": one.seconds,
                "title": one.title or None,
            }
            for one in more.enclosures
        ],
    }


def highlight(one: Highlight, *, found: bool | None) -> dict[str, JSON]:
    """Give a highlight as `reader show --json` prints it; `found` tells whether its words are in the text, if known."""
    quote = one.quote
    return {
        "id": str(one.id),
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "block": quote.block,
        "found": found,
        "color": one.color,
        "note": one.note or None,
        "created": one.created,
        "updated": one.updated,
    }


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else iso(seconds)


def iso(seconds: int) -> str:
    """Give a moment as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Articles as the JSON that `--json` prints: one array of objects, an object a line."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import orjson

from reader.cli import terminal
from reader.model.article import BOOKMARKED, READ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.annotation import JSON, Highlight, Marks
    from reader.model.article import Row
    from reader.storage.details import Details

_DIGITS: Final = 4


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


def highlight(one: Highlight, *, found: bool) -> dict[str, JSON]:
    """Give a highlight as `reader show --json` prints it; `found` tells whether its words are in the text."""
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


def print_array(records: Iterable[dict[str, JSON]]) -> None:
    """Print objects as one JSON array, each as soon as it is there."""
    before = "[\n"
    guarded = sys.stdout.isatty()
    for one in records:
        text = orjson.dumps(one).decode()
        terminal.write(before + (terminal.json(text) if guarded else text))
        before = ",\n"
    terminal.write("[]\n" if before == "[\n" else "\n]\n")

"""Readwise's table of highlights, `readwise-data.csv`.

Its columns are `Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted
at,Document tags` (seen alike in the importers of several note programs). It has no address and no text, so each book
or article becomes one article without a text, under which its highlights are listed; where a document of that title
came from Readwise's Reader, they are put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest.exports import making
from reader.ingest.exports.later import READWISE
from reader.ingest.exports.making import Made
from reader.ingest.exports.moments import moment
from reader.ingest.exports.tables import rows
from reader.model.article import Entry
from reader.model.saved import Quoted, Saved

if TYPE_CHECKING:
    from reader.ingest.found import Found


def read(data: bytes) -> Found:
    """Read the table.

    Raises:
        IngestError: it is no table, or nothing is in it.
    """
    made = Made(READWISE)
    for place, row in rows(data):
        text, title = row.get("highlight", "").strip(), row.get("book title", "").strip()
        if not text or not title:
            made.leave(place, "it has no highlight" if not text else "it does not tell what it is a highlight of")
            continue
        at = moment(row.get("highlighted at"))
        one = Quoted(text, _note(row), making.color(row.get("color", "")), at)
        saved = Saved(tags=tuple(row.get("document tags", "").split(",")), highlights=(one,))
        url = row.get("url") or row.get("source url")
        entry = Entry(title=title, author=row.get("book author") or None, url=url, cut=bool(url))
        made.article(place, entry, saved, needs_url=False)
    return made.found()


def _note(row: dict[str, str]) -> str:
    """Give the note on a highlight, with its tags and where in the book it is."""
    tags = " ".join(f"#{'-'.join(tag.split())}" for tag in row.get("tags", "").split(",") if tag.strip())
    kind, where = row.get("location type", "").strip(), row.get("location", "").strip()
    place = f"{kind} {where}".strip().capitalize() if where and where != "0" and kind in {"page", "location"} else ""
    return "\n\n".join(part for part in (row.get("note", "").strip(), tags, place) if part)

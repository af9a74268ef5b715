"""wallabag's exports, in JSON and as a table.

The JSON is a list of entries as its API gives them (`is_archived`, `is_starred`, `tags`, `content` in HTML,
`annotations` with `quote`, `text` and `ranges`, moments in ISO 8601); see github.com/wallabag/wallabag,
tests/fixtures/Import/wallabag-v2-annotations.json. The table (`Title;URL;Content;Tags;MIME Type;Language;Creation
date`, tests/functional/Controller/ExportControllerTest.php) does not tell what was archived, starred or annotated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from reader.ingest.errors import IngestError
from reader.ingest.exports import making
from reader.ingest.exports.making import Made
from reader.ingest.exports.moments import moment
from reader.ingest.exports.tables import rows
from reader.model.article import Entry
from reader.model.saved import Quoted, Saved

if TYPE_CHECKING:
    from reader.ingest.found import Found

WALLABAG: Final = "wallabag"


def read(data: bytes) -> Found:
    """Read the JSON.

    Raises:
        IngestError: it is no such JSON, or nothing is in it.
    """
    made = Made(WALLABAG)
    for number, one in enumerate(listed(data), 1):
        if isinstance(one, dict):
            _take(made, f"entry {number:,}", one)
        else:
            made.leave(f"entry {number:,}", "it is no article")
    return made.found()


def listed(data: bytes, name: str = "") -> list[Any]:
    """Give what a list in JSON holds; `name` is that of its file, where it is one of several.

    Raises:
        IngestError: it is damaged, or no list; the message tells the line.
    """
    where = f"{name}, " if name else ""
    try:
        told = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        line = f"line {error.lineno:,}, column {error.colno:,}"
        raise IngestError(f"{where}{line}: it is damaged JSON ({error.msg}); nothing was added") from error
    if not isinstance(told, list):
        raise IngestError(f"{where}it is no list of articles")
    return told


def table(data: bytes) -> Found:
    """Read the table.

    Raises:
        IngestError: it is no table, or nothing is in it.
    """
    made = Made(WALLABAG)
    for place, row in rows(data):
        url = row.get("url")
        body, excerpt = making.body(row.get("content", ""), url)
        entry = Entry(
            title=row.get("title", ""),
            url=url,
            body=body,
            markdown=True,
            excerpt=excerpt,
            cut=body is None,
            language=row.get("language"),
        )
        saved = Saved(tags=tuple(row.get("tags", "").split(",")), at=moment(row.get("creation date")))
        made.article(place, entry, saved)
    return made.found()


def _take(made: Made, place: str, told: dict[str, Any]) -> None:
    url = text(told, "url") or text(told, "given_url")
    body, excerpt = making.body(text(told, "content"), url)
    by = told.get("published_by")
    entry = Entry(
        title=text(told, "title"),
        author=", ".join(filter(None, making.texts(by if isinstance(by, list) else [by]))) or None,
        url=url,
        body=body,
        markdown=True,
        excerpt=excerpt,
        cut=body is None,
        published=moment(told.get("published_at")),
        language=text(told, "language"),
        image=text(told, "preview_picture"),
    )
    annotations = told.get("annotations")
    saved = Saved(
        read=is_on(told.get("is_archived")),
        bookmarked=is_on(told.get("is_starred")),
        tags=tuple(making.texts(told.get("tags"))),
        highlights=tuple(_quoted(one) for one in (annotations if isinstance(annotations, list) else ())),
        at=moment(told.get("created_at")),
        read_at=moment(told.get("archived_at")) or moment(told.get("updated_at")),
    )
    made.article(place, entry, saved)


def _quoted(told: object) -> Quoted:
    if not isinstance(told, dict):
        return Quoted("")
    return Quoted(text(told, "quote"), text(told, "text"), at=moment(told.get("created_at")))


def text(told: dict[str, Any], name: str) -> str:
    """Give a field that is a text, empty where it is something else."""
    found = told.get(name)
    return found if isinstance(found, str) else ""


def is_on(told: object) -> bool:
    """Tell whether a flag is set, which is written as true, 1 or "1"."""
    return told is True or told in {1, "1", "true"} if isinstance(told, (bool, int, str)) else False

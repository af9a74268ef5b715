"""Lists of pages to read later, as tables: Pocket, Instapaper, and Readwise's Reader.

Pocket's export of 2025 is `part_000000.csv` and on, with the columns `title,url,time_added,tags,status`: tags parted by
`|`, the status `unread` or `archive`. Instapaper's has `URL,Title,Selection,Folder,Timestamp` and since 2023 `Tags`, a
list in JSON; the folders `Unread`, `Archive` and `Starred` are its own. Both are as wallabag's importers take them
(github.com/wallabag/wallabag, tests/fixtures/Import). Reader's has `Title,URL,ID,Document tags,Saved date,Reading
progress,Location,Seen`, the tags as Python writes a list (github.com/windchime-yk/readwise-to-raindrop).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import orjson

from reader.ingest.exports import making
from reader.ingest.exports.making import Made
from reader.ingest.exports.moments import moment
from reader.ingest.exports.tables import rows
from reader.model.annotation import AT_END
from reader.model.article import Entry
from reader.model.saved import Saved

if TYPE_CHECKING:
    from reader.ingest.found import Found

POCKET: Final = "Pocket"
INSTAPAPER: Final = "Instapaper"
READWISE: Final = "Readwise"

_QUOTED: Final = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_ESCAPED: Final = re.compile(r"\\(.)")


def pocket(data: bytes) -> Found:
    """Read one part of Pocket's table.

    Raises:
        IngestError: it is no table, or nothing is in it.
    """
    made = Made(POCKET)
    pocket_rows(made, data)
    return made.found()


def pocket_rows(made: Made, data: bytes, name: str = "") -> None:
    """Take the rows of one part of Pocket's table; `name` is that of the part, if it is one of several."""
    for place, row in rows(data):
        saved, url = moment(row.get("time_added")), row.get("url", "").strip()
        title = row.get("title", "")
        tags = tuple(row.get("tags", "").split("|"))
        archived = row.get("status", "").strip().casefold() == "archive"
        entry = Entry(title="" if title.strip() == url else title, url=url, cut=True)
        made.article(f"{name} {place}".strip(), entry, Saved(read=archived, tags=tags, at=saved))


def instapaper(data: bytes) -> Found:
    """Read Instapaper's table.

    Raises:
        IngestError: it is no table, or nothing is in it.
    """
    made = Made(INSTAPAPER)
    for place, row in rows(data):
        folder = row.get("folder", "").strip()
        own = folder.casefold()
        saved = Saved(
            read=own == "archive",
            bookmarked=own == "starred",
            tags=(*_listed(row.get("tags", "")), *(() if own in {"", "unread", "archive", "starred"} else (folder,))),
            at=moment(row.get("timestamp")),
        )
        entry = Entry(title=row.get("title", ""), url=row.get("url"), excerpt=row.get("selection", ""), cut=True)
        made.article(place, entry, saved)
    return made.found()


def reader(data: bytes) -> Found:
    """Read the table of documents that Readwise's Reader exports.

    Raises:
        IngestError: it is no table, or nothing is in it.
    """
    made = Made(READWISE)
    for place, row in rows(data):
        where = row.get("location", "").strip().casefold()
        saved = Saved(
            read=where == "archive" or _progress(row.get("reading progress", "")) >= AT_END,
            bookmarked=where == "shortlist",
            tags=_listed(row.get("document tags", "")),
            at=moment(row.get("saved date")),
        )
        made.article(place, Entry(title=row.get("title", ""), url=row.get("url"), cut=True), saved)
    return made.found()


def _listed(told: str) -> tuple[str, ...]:
    """Give the texts of a list that is written in JSON, as Python writes it, or with commas."""
    told = told.strip()
    if not told.startswith("["):
        return tuple(told.split(","))
    try:
        return tuple(making.texts(orjson.loads(told)))
    except orjson.JSONDecodeError:
        return tuple(_ESCAPED.sub(r"\1", one or other) for one, other in _QUOTED.findall(told))


def _progress(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return 0.0

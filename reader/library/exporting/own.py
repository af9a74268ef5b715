"""Our own JSON: all that is kept, a line for each thing, as docs/export.schema.json describes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from reader.model.exported import FORMAT, Origin
from reader.model.printable import json as guarded
from reader.model.source import GUIDE, Care
from reader.storage import done

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.library.exporting.chosen import Chosen
    from reader.model.annotation import Highlight, Note, Place
    from reader.model.exported import Content, Did, Known, Page

_SHARED: tuple[str, ...] = ("named", "folder", "paused", "full_text", "keep", "drop")
"""What is told of how a source is looked after: no names, headers and leave to ask what is private."""


def written(chosen: Chosen) -> Iterator[str]:
    """Give the JSON piece by piece; of a library that does not change meanwhile it is the same each time."""
    yield _line({"reader": "export", "format": FORMAT, "complete": chosen.whole})[:-1] + ",\n"
    yield from _many("sources", map(_origin, _origins(chosen)))
    here: set[int] = set()
    yield ",\n"
    yield from _many("articles", _articles(chosen, here))
    if chosen.whole:
        with chosen.library.marks.tables() as tables:
            known = list(done.remembered(tables, here))
            views, days = list(done.views(tables)), list(done.days(tables))
        for name, things in (
            ("remembered", map(_known, known)),
            ("views", ({"name": one.name, "query": one.query, "created": one.created or None} for one in views)),
            ("days", ({"day": one.day, "seconds": {str(key): value for key, value in one.seconds}} for one in days)),
        ):
            yield ",\n"
            yield from _many(name, things)
    yield "}\n"


def _many(name: str, things: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = f'"{name}":[\n'
    for one in things:
        yield before + _line(one)
        before = ",\n"
    yield before + "]" if before.startswith('"') else "\n]"


def _line(thing: dict[str, Any]) -> str:
    return guarded(orjson.dumps(thing).decode())


def _origins(chosen: Chosen) -> list[Origin]:
    """Give the sources: those that the reader has, then those that only library.db knows of."""
    library = chosen.library
    with library.marks.tables() as tables:
        listed = list(done.origins(tables))
    known = {one.source.id for one in listed}
    listed += [Origin(source) for source, _ in library.cache.sources() if source.id not in known | {GUIDE}]
    if chosen.whole:
        return listed
    wanted = {name for piece in chosen.pieces() for name in _named(piece.content)}
    return [one for one in listed if one.source.id in wanted]


def _named(content: Content) -> Iterator[str]:
    yield content.source
    yield from (source for source, _ in content.also_in)


def _origin(one: Origin) -> dict[str, Any]:
    source, usual = one.source, Care()
    care = {name: getattr(source.care, name) for name in _SHARED if getattr(source.care, name) != getattr(usual, name)}
    return {
        "id": source.id,
        "kind": source.kind,
        "title": source.title,
        "location": source.location or None,
        "site": source.site or None,
        "added": one.added or None,
        "care": {name: list(value) if isinstance(value, tuple) else value for name, value in care.items()},
    }


def _articles(chosen: Chosen, here: set[int]) -> Iterator[dict[str, Any]]:
    for piece in chosen.pieces(by_id=True):
        here.add(piece.content.id)
        yield _content(piece.content) | _did(piece.did)


def _content(one: Content) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "source": one.source,
        "title": one.title,
        "author": one.author,
        "section": one.section,
        "url": one.url,
        "guid": one.guid,
        "published": _iso(one.published),
        "updated": _iso(one.updated),
        "added": _iso(one.added),
        "revised": _iso(one.revised),
        "language": one.language,
        "image": one.image,
        "comments": one.comments,
        "categories": list(one.tags),
        "enclosures": [
            {"url": file.url, "type": file.type, "size": file.size, "seconds": file.seconds, "title": file.title}
            for file in one.enclosures
        ],
        "meta": list(one.meta),
        "excerpt": one.excerpt,
        "words": one.words,
        "cut": one.cut,
        "teaser": one.teaser,
        "edition": one.edition,
        "position": one.position,
        "also_in": [{"source": source, "guid": guid} for source, guid in one.also_in],
        "markdown": one.markdown,
        "text": one.text,
        "page": None if one.page is None else _page(one.page),
    }


def _page(one: Page) -> dict[str, Any]:
    return {
        "text": one.text,
        "shown": one.shown,
        "fetched": _iso(one.fetched),
        "problem": one.problem,
        "tries": one.tries,
        "stale": one.stale,
        "words": one.words,
        "cut": one.cut,
        "excerpt": one.excerpt,
    }


def _did(one: Did) -> dict[str, Any]:
    return {
        "read": one.read or None,
        "bookmarked": one.bookmarked or None,
        "hidden": one.hidden or None,
        "tags": list(one.tags),
        "ruled": list(one.ruled),
        "progress": None if one.place is None else _place(one.place, one.placed),
        "notes": [_note(note) for note in one.notes],
        "highlights": [_highlight(highlight) for highlight in one.highlights],
    }


def _place(one: Place, at: str) -> dict[str, Any]:
    return {
        "block": one.block,
        "fraction": one.fraction,
        "progress": one.progress,
        "text": one.text,
        "at": at or None,
    }


def _note(one: Note) -> dict[str, Any]:
    return {"text": one.text, "created": done.said(one.created) or None, "updated": done.said(one.updated) or None}


def _highlight(one: Highlight) -> dict[str, Any]:
    return {
        "exact": one.quote.exact,
        "prefix": one.quote.prefix,
        "suffix": one.quote.suffix,
        "block": one.quote.block,
        "offset": one.quote.offset,
        "color": one.color,
        "note": one.note,
        "created": done.said(one.created) or None,
        "updated": done.said(one.updated) or None,
    }


def _known(one: Known) -> dict[str, Any]:
    return {"id": str(one.id), "title": one.title, "source": one.source, "url": one.url or None} | _did(one.did)


def _iso(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

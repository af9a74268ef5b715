"""What the reader did with an article, as the documents among the marks tell it, and the documents made of that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.model.exported import Day, Did, Known, Origin, View
from reader.storage.shapes import (
    ARTICLES,
    HIGHLIGHTS,
    LOG,
    NOTES,
    SOURCES,
    VIEWS,
    as_article,
    as_highlight,
    as_note,
    as_place,
    as_source,
    as_tags,
    as_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.model.annotation import JSON, Highlight, Note, Place
    from reader.storage.records import Doc, Tables

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LONG_AGO: Final = "1970-01-01T00:00:00Z"
"""Stands for the time of what was done at a time that somebody's hand made unreadable."""


def did(doc: Doc, notes: tuple[Note, ...], highlights: tuple[Highlight, ...]) -> Did:
    """Give what the reader did with an article.

    Args:
        doc: the article's document, an empty one where there is none.
        notes: the notes on it, oldest first.
        highlights: the highlights in it, oldest first.
    """
    place = doc.get("place")
    return Did(
        read=moment(doc.get("read")),
        bookmarked=moment(doc.get("bookmarked")),
        hidden=moment(doc.get("hidden")),
        tags=as_tags(doc.get("tags")),
        ruled=as_tags(doc.get("ruled")),
        place=as_place(place) if isinstance(place, dict) else None,
        placed=said(place.get("at")) if isinstance(place, dict) else "",
        notes=notes,
        highlights=highlights,
    )


def moment(value: JSON) -> str:
    """Give when something was done, empty where it was not."""
    return (said(value) or _LONG_AGO) if value else ""


def said(value: JSON) -> str:
    """Give a time as it is kept, empty for anything else."""
    return value if isinstance(value, str) and _MOMENT.fullmatch(value) else ""


def fields(one: Did) -> Doc:
    """Give what the reader did with an article as its document holds it, without its notes and highlights."""
    doc: Doc = {name: value for name in ("read", "bookmarked", "hidden") if (value := getattr(one, name))}
    doc |= {name: list(value) for name in ("tags", "ruled") if (value := getattr(one, name))}
    if one.place is not None:
        doc["place"] = _placed(one.place, one.placed)
    return doc


def _placed(place: Place, at: str) -> Doc:
    doc: Doc = {"block": place.block, "fraction": place.fraction, "progress": place.progress}
    return doc | ({"text": place.text} if place.text else {}) | ({"at": at} if at else {})


def note(article: int, one: Note) -> Doc:
    """Give a note on an article as it is kept."""
    return {"article": str(article), "text": one.text, "created": one.created, "updated": one.updated}


def highlight(article: int, one: Highlight) -> Doc:
    """Give a highlight in an article as it is kept."""
    quote = one.quote
    return {
        "article": str(article),
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "block": quote.block,
        "offset": quote.offset,
        "color": one.color,
        "note": one.note,
        "created": one.created,
        "updated": one.updated,
    }


def origins(tables: Tables) -> Iterator[Origin]:
    """Give the sources in the order they were added."""
    docs = tables.get(SOURCES, {})
    for key in sorted(docs, key=int):
        source = as_source(docs[key])
        if source is not None:
            yield Origin(source, said(docs[key].get("added")))


def views(tables: Tables) -> Iterator[View]:
    """Give the saved views in the order they were saved."""
    docs = tables.get(VIEWS, {})
    for key in sorted(docs, key=int):
        name, query = as_text(docs[key].get("name")), as_text(docs[key].get("query"))
        if name is not None and query is not None:
            yield View(name, query, said(docs[key].get("created")))


def days(tables: Tables) -> Iterator[Day]:
    """Give the days on which something was read, and how long."""
    from reader.storage.log import A_DAY, is_day

    docs = tables.get(LOG, {})
    for key in sorted(docs, key=int):
        seconds = sorted(
            (article, min(value, A_DAY))
            for name, value in docs[key].items()
            if (article := as_article(name)) is not None
            and isinstance(value, int)
            and not isinstance(value, bool)
            and value > 0
        )
        if is_day(key) and seconds:
            yield Day(int(key), tuple(seconds))


def remembered(tables: Tables, here: Iterable[int]) -> Iterator[Known]:
    """Give what was done with articles that are not here any more, in the order of their ids."""
    gone = {name for key in tables.get(ARTICLES, {}) if (name := as_article(key)) is not None}
    notes: dict[int, list[Note]] = {}
    highlights: dict[int, list[Highlight]] = {}
    for key, doc in sorted(tables.get(NOTES, {}).items(), key=lambda item: int(item[0])):
        if (one := as_note(key, doc)) is not None:
            notes.setdefault(one.article, []).append(one)
    for key, doc in sorted(tables.get(HIGHLIGHTS, {}).items(), key=lambda item: int(item[0])):
        if (marked := as_highlight(key, doc)) is not None:
            highlights.setdefault(marked.article, []).append(marked)
    for article in sorted((gone | notes.keys() | highlights.keys()).difference(here)):
        doc = tables.get(ARTICLES, {}).get(str(article), {})
        what = did(doc, tuple(notes.get(article, ())), tuple(highlights.get(article, ())))
        if what != Did():
            title, source, url = (as_text(doc.get(name)) or "" for name in ("title", "source", "url"))
            yield Known(article, title, source, url, what)

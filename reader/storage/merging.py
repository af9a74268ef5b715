"""What comes from an export, added to the marks that are kept: what the reader did here stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from reader.model.source import REMOVED, Care
from reader.model.tags import retagged
from reader.storage import done
from reader.storage.articles import NAMED
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
    as_tags,
    as_text,
    care_doc,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.model.annotation import Highlight
    from reader.model.exported import Day, Did, Origin, View
    from reader.storage.records import Doc, Docs, Op, Tables

    NextId = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Marked:
    """What was done with an article that is kept under this id; and by what it is known."""

    article: int
    title: str
    source: str
    url: str | None
    did: Did


@dataclass(frozen=True, slots=True)
class Coming:
    """What an export holds for the marks; the articles are those that something was done with."""

    articles: Sequence[Marked]
    sources: Sequence[Origin] = ()
    views: Sequence[View] = ()
    days: Sequence[Day] = ()


@dataclass
class Merged:
    """The ops that add it, and how many articles, notes, highlights, sources and views are new or have more now."""

    ops: list[Op] = field(default_factory=list)
    articles: int = 0
    notes: int = 0
    highlights: int = 0
    sources: int = 0
    views: int = 0


def merged(now: Tables, coming: Coming, next_id: NextId) -> Merged:
    """Find what is to be added.

    Args:
        now: the tables as they are.
        coming: what comes.
        next_id: gives the id for a new document of a table.
    """
    found = Merged()
    touched = _articles(found, now.get(ARTICLES, {}), coming.articles)
    touched |= _notes(found, now.get(NOTES, {}), coming.articles, next_id)
    touched |= _highlights(found, now.get(HIGHLIGHTS, {}), coming.articles, next_id)
    found.articles = len(touched)
    _sources(found, now.get(SOURCES, {}), coming.sources, next_id)
    _views(found, now.get(VIEWS, {}), coming.views, next_id)
    for day in coming.days:
        _day(found, now.get(LOG, {}).get(str(day.day), {}), day)
    return found


def _articles(found: Merged, now: Docs, coming: Sequence[Marked]) -> set[int]:
    """Add to the documents of articles; field by field, since an undo leaves a document where it is."""
    known: dict[str, Doc] = {}
    groups: dict[bytes, tuple[Doc, list[str]]] = {}
    many = len(coming) > NAMED
    names: Docs = {}
    touched: set[int] = set()
    for one in coming:
        key = str(one.article)
        old = known.get(key, now.get(key, {}))
        new = _more(old, done.fields(one.did))
        if new:
            touched.add(one.article)
            groups.setdefault(orjson.dumps(new, option=orjson.OPT_SORT_KEYS), (new, []))[1].append(key)
        only_read = new.keys() <= {"read", "ruled"} and not (one.did.notes or one.did.highlights)
        # Of very many that were only read, the ids must do.
        if "title" not in old and not (only_read and (many or not new)):
            names[key] = {**now.get(key, {}), "title": one.title, "url": one.url, "source": one.source}
        known[key] = {**old, **names.get(key, {}), **new}
    if names:
        found.ops.append({"t": ARTICLES, "s": names})
    found.ops += [{"t": ARTICLES, "m": keys, "f": fields} for fields, keys in groups.values()]
    return touched


def _more(old: Doc, coming: Doc) -> Doc:
    """Give the fields that an article's document gets: what is kept there already stays."""
    more: Doc = {name: value for name, value in coming.items() if not old.get(name)}
    for name in ("tags", "ruled"):
        before, new = as_tags(old.get(name)), as_tags(coming.get(name))
        both = retagged(before, new, ())
        if before and both != before:
            more[name] = list(both)
    return more


def _notes(found: Merged, now: Docs, coming: Sequence[Marked], next_id: NextId) -> set[int]:
    wanted = {one.article for one in coming if one.did.notes}
    here: dict[int, set[str]] = {}
    for key, doc in now.items() if wanted else ():
        note = as_note(key, doc)
        if note is not None and note.article in wanted:
            here.setdefault(note.article, set()).add(note.text.strip())
    docs: Docs = {}
    touched = set()
    for one in coming:
        for note in one.did.notes:
            if note.text.strip() not in here.setdefault(one.article, set()):
                here[one.article].add(note.text.strip())
                docs[str(next_id(NOTES))] = done.note(one.article, note)
                touched.add(one.article)
    if docs:
        found.ops.append({"t": NOTES, "s": docs})
    found.notes = len(docs)
    return touched


def _highlights(found: Merged, now: Docs, coming: Sequence[Marked], next_id: NextId) -> set[int]:
    wanted = {one.article for one in coming if one.did.highlights}
    here: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for key, doc in now.items() if wanted else ():
        old = as_highlight(key, doc)
        if old is not None and old.article in wanted:
            here.setdefault(_passage(old.article, old), []).append((key, old.note))
    docs: Docs = {}
    touched = set()
    for one in coming:
        for new in one.did.highlights:
            passage = here.setdefault(_passage(one.article, new), [])
            if any(note == new.note for _, note in passage) or (passage and not new.note):
                continue
            bare = next((key for key, note in passage if not note), None)
            key = str(next_id(HIGHLIGHTS)) if bare is None else bare
            # A note on the same words goes to the highlight that has none yet.
            docs[key] = (
                done.highlight(one.article, new) if bare is None else _noted(docs.get(key, now.get(key, {})), new)
            )
            passage[:] = [(name, note) for name, note in passage if name != key] + [(key, new.note)]
            touched.add(one.article)
    if docs:
        found.ops.append({"t": HIGHLIGHTS, "s": docs})
    found.highlights = len(docs)
    return touched


def _passage(article: int, one: Highlight) -> tuple[object, ...]:
    quote = one.quote
    return article, quote.exact, quote.prefix, quote.suffix, quote.block, quote.offset


def _noted(doc: Doc, new: Highlight) -> Doc:
    return {**doc, "note": new.note, "updated": new.updated}


def _sources(found: Merged, now: Docs, coming: Iterable[Origin], next_id: NextId) -> None:
    keys = {name: key for key, doc in now.items() if (name := as_text(doc.get("id"))) is not None}
    docs: Docs = {}
    for one in coming:
        source = one.source
        key = keys.get(source.id)
        old = now.get(key or "", {})
        folder = source.care.folder
        if key is None or (old.get("kind") == REMOVED and source.kind != REMOVED):
            docs[key or str(next_id(SOURCES))] = _source(one)
            found.sources += 1
        elif folder and not _folder(old) and source.kind != REMOVED:
            care = old.get("care")
            docs[key] = {**old, "care": {**(care if isinstance(care, dict) else {}), "folder": folder}}
    if docs:
        found.ops.append({"t": SOURCES, "s": docs})


def _folder(doc: Doc) -> str:
    care = doc.get("care")
    return as_text(care.get("folder")) or "" if isinstance(care, dict) else ""


def _source(one: Origin) -> Doc:
    source, care = one.source, care_doc(one.source.care, None) if one.source.care != Care() else {}
    doc: Doc = {"id": source.id, "kind": source.kind, "title": source.title, "location": source.location}
    doc |= {"site": source.site} if source.site else {}
    doc |= {"care": care} if care else {}
    return doc | ({"added": one.added} if one.added else {})


def _views(found: Merged, now: Docs, coming: Iterable[View], next_id: NextId) -> None:
    here = {name.casefold(): doc.get("query") for doc in now.values() if (name := as_text(doc.get("name"))) is not None}
    docs: Docs = {}
    for one in coming:
        name, number = one.name, 2
        while here.get(name.casefold(), one.query) != one.query:
            name, number = f"{one.name} ({number})", number + 1
        if name.casefold() not in here:
            here[name.casefold()] = one.query
            created: Doc = {"created": one.created} if one.created else {}
            docs[str(next_id(VIEWS))] = {"name": name, "query": one.query, **created}
    if docs:
        found.ops.append({"t": VIEWS, "s": docs})
    found.views = len(docs)


def _day(found: Merged, old: Doc, coming: Day) -> None:
    """Let the longer of two times stay."""
    more: Doc = {str(article): seconds for article, seconds in coming.seconds if seconds > _seconds(old, article)}
    if more:
        found.ops.append({"t": LOG, "m": [str(coming.day)], "f": more})


def _seconds(doc: Doc, article: int) -> int:
    value = doc.get(str(article))
    return value if isinstance(value, int) and as_article(str(article)) is not None else 0

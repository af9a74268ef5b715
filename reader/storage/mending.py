"""Finding malformed documents among the marks, and putting them aside without losing any."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tinydb.table import Document

from reader.model.source import REMOVED
from reader.storage import history, log
from reader.storage.shapes import (
    ARTICLES,
    HIGHLIGHTS,
    HISTORY,
    LOG,
    NOTES,
    QUARANTINE,
    REDO,
    REQUIRED,
    SOURCES,
    VIEWS,
    as_article,
    as_text,
    wrong_fields,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.annotation import JSON
    from reader.storage.records import Doc, Docs
    from reader.storage.table import JournalDB

_ONE = {
    ARTICLES: "article",
    NOTES: "note",
    HIGHLIGHTS: "highlight",
    SOURCES: "source",
    VIEWS: "view",
    HISTORY: "step of undo",
    REDO: "step of redo",
    LOG: "day",
}
_CALLED = {SOURCES: "id", VIEWS: "name"}
"""Tables whose documents are known by a field, which no two may share."""

_TWICE = "\0twice"
_NO_STEP = "\0step"


def problems(db: JournalDB) -> list[str]:
    """Tell in words what is wrong with the documents; an empty list when nothing is."""
    with db.journal.lock:
        found = [f"{_ONE[table]} {key}: {_said(table, key, wrong)}" for table, key, _, wrong in _malformed(db)]
        found += [
            f"{_ONE[table]} {key}: belongs to article {article}, of which nothing is kept"
            for table, key, article in _orphans(db)
        ]
    return found


def repair(db: JournalDB, at: str) -> list[str]:
    """Mend what `problems` finds, and tell what was done.

    Every malformed document is kept whole in the table `quarantine`. An article keeps its good fields; a
    note, highlight or source that means nothing any more is taken out of its table.
    """
    done = []
    with db.journal.transaction():
        for table, key, doc, wrong in list(_malformed(db)):
            why = _said(table, key, wrong)
            put_aside(db, table, key, doc, why, at)
            if _means_nothing(table, key, wrong):
                db.journal.change({"t": table, "d": [key]})
            else:
                db.journal.change({"t": table, "u": [key], "f": dict.fromkeys(wrong)})
            done.append(f"{_ONE[table]} {key}: {why}; kept in quarantine")
        for table, key, article in list(_orphans(db)):
            if not db.at(ARTICLES).contains(doc_id=article):
                db.at(ARTICLES).insert(Document({"title": "", "url": None, "source": ""}, doc_id=article))
            done.append(f"{_ONE[table]} {key}: its article {article} was entered again, without a title")
    return done


def put_aside(db: JournalDB, table: str, key: str, doc: Doc, why: str, at: str) -> None:
    """Keep a document whole in the table `quarantine`, in a transaction of the caller."""
    whole = cast("JSON", doc)
    db.at(QUARANTINE).insert({"table": table, "id": key, "why": why, "at": at, "document": whole})


def _malformed(db: JournalDB) -> Iterator[tuple[str, str, Doc, list[str]]]:
    for table in _ONE:
        docs = db.journal.docs(table)
        twins = _twins(table, docs) if table in _CALLED else ()
        for key, doc in docs.items():
            wrong = [_TWICE] if key in twins else _wrong(table, doc)
            if wrong or not _is_id(table, key):
                yield table, key, doc, wrong


def _twins(table: str, docs: Docs) -> set[str]:
    """Give the documents that are called as another is that stays: the first one, but none that was removed."""
    stay, twins = set[str](), set[str]()
    for key in sorted(docs, key=lambda key: docs[key].get("kind") == REMOVED):
        name = as_text(docs[key].get(_CALLED[table]))
        if name is None or _wrong(table, docs[key]) or not _is_id(table, key):
            continue
        # People name their views; the ids of sources are ours.
        name = name.casefold() if table == VIEWS else name
        if name in stay:
            twins.add(key)
        stay.add(name)
    return twins


def _wrong(table: str, doc: Doc) -> list[str]:
    if table in {HISTORY, REDO}:
        return [] if history.is_sound(doc) else [_NO_STEP]
    return log.wrong_fields(doc) if table == LOG else wrong_fields(table, doc)


def _orphans(db: JournalDB) -> Iterator[tuple[str, str, int]]:
    articles = db.journal.docs(ARTICLES)
    for table in (NOTES, HIGHLIGHTS):
        for key, doc in db.journal.docs(table).items():
            article = as_article(doc.get("article"))
            if article is not None and str(article) not in articles:
                yield table, key, article


def _is_id(table: str, key: str) -> bool:
    """Tell whether an id is written as TinyDB writes it, since it finds no other, and can be one of such a thing."""
    if key != str(int(key)):
        return False
    return log.is_day(key) if table == LOG else table != ARTICLES or (as_article(key) or 0) > 0


def _means_nothing(table: str, key: str, wrong: list[str]) -> bool:
    return not _is_id(table, key) or any(name in {_TWICE, _NO_STEP, *REQUIRED.get(table, {})} for name in wrong)


def _said(table: str, key: str, wrong: list[str]) -> str:
    if not _is_id(table, key):
        return f"its id is no {_ONE[table]}'s" if key == str(int(key)) else "its id is not a plain whole number"
    if _TWICE in wrong:
        return f"another {_ONE[table]} has the same {_CALLED[table]}"
    if _NO_STEP in wrong:
        return "what it would do cannot be made out"
    missing = [name for name in wrong if name in REQUIRED.get(table, {})]
    kind = "missing or of the wrong kind" if missing else "of the wrong kind"
    return f"{', '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} {kind}"

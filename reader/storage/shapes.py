"""What the documents of the marks hold, read without trust: anyone may have edited the file by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from reader.model.annotation import COLORS, Bookmark, Color, Highlight, Note, Place, Quote
from reader.model.source import FULL_TEXT, Care, Source
from reader.model.tags import tidied

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.annotation import JSON
    from reader.storage.records import Doc

ARTICLES: Final = "articles"
NOTES: Final = "notes"
HIGHLIGHTS: Final = "highlights"
SOURCES: Final = "sources"
HISTORY: Final = "history"
REDO: Final = "redo"
VIEWS: Final = "views"
LOG: Final = "log"
QUARANTINE: Final = "quarantine"

_COLORS: Final[dict[str, Color]] = {color: color for color in COLORS}


def as_text(value: JSON) -> str | None:
    """Give a text, None for anything else."""
    return value if isinstance(value, str) else None


def as_article(value: JSON) -> int | None:
    """Give an article's id, kept as a text since JSON's numbers are not whole everywhere; None for no id."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    return None


def as_tags(value: JSON) -> tuple[str, ...]:
    """Give the tags of a list, tidy, leaving out what is no text."""
    return _tidied(tuple(tag for tag in value if isinstance(tag, str))) if isinstance(value, list) else ()


@lru_cache(maxsize=1000)
def _tidied(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tidied(tags)


def as_place(value: JSON) -> Place:
    """Give a place, the beginning for anything else; shares are brought between 0 and 1."""
    if not isinstance(value, dict):
        return Place()
    block = value.get("block")
    return Place(
        max(block, 0) if isinstance(block, int) and not isinstance(block, bool) else 0,
        _share(value.get("fraction")),
        _share(value.get("progress")),
        as_text(value.get("text")) or "",
    )


def _share(value: JSON) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(min(max(value, 0), 1))


def as_bookmark(key: str, doc: Doc) -> Bookmark | None:
    """Give the bookmark on an article, None when there is none."""
    kept = doc.get("bookmarked")
    return Bookmark(int(key), as_text(kept) or "") if kept else None


def as_note(key: str, doc: Doc) -> Note | None:
    """Give a note, None when the document has no text or belongs to no article."""
    article, text = as_article(doc.get("article")), as_text(doc.get("text"))
    if article is None or text is None:
        return None
    return Note(int(key), article, text, as_text(doc.get("created")) or "", as_text(doc.get("updated")) or "")


def as_highlight(key: str, doc: Doc) -> Highlight | None:
    """Give a highlight, None when the document has no words or belongs to no article."""
    article, exact = as_article(doc.get("article")), as_text(doc.get("exact"))
    if article is None or exact is None:
        return None
    get = doc.get
    quote = Quote(exact, _said(get("prefix")), _said(get("suffix")), _whole(get("block")), _whole(get("offset")))
    color = _COLORS.get(_said(get("color")), "yellow")
    return Highlight(int(key), article, quote, color, _said(get("note")), _said(get("created")), _said(get("updated")))


def _said(value: JSON) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: JSON) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def as_source(doc: Doc) -> Source | None:
    """Give a source, None when the document lacks a field."""
    match doc:
        case {"id": str(name), "kind": str(kind), "title": str(title)}:
            location, site = as_text(doc.get("location")) or "", as_text(doc.get("site")) or ""
            return Source(name, kind, title, location, site, as_care(doc.get("care")))
    return None


def as_care(value: JSON) -> Care:
    """Give how a source is looked after; a field that is no good is as if it were not there."""
    if not isinstance(value, dict):
        return Care()
    good: dict[str, Any] = {
        name: value[name] for name, is_good in _CARE.items() if name in value and is_good(value[name])
    }
    for name in ("keep", "drop"):
        good[name] = tuple(good.get(name, ()))
    good["headers"] = tuple(good.get("headers", {}).items())
    return Care(**good)


def care_doc(care: Care, old: JSON) -> Doc:
    """Give how a source is looked after as it is kept: what differs from the usual, and what we do not know.

    Args:
        care: the new values.
        old: what is kept now.
    """
    doc: Doc = {name: value for name, value in old.items() if name not in _CARE} if isinstance(old, dict) else {}
    usual = Care()
    for name in _CARE:
        value = getattr(care, name)
        if value != getattr(usual, name):
            doc[name] = dict(value) if name == "headers" else list(value) if isinstance(value, tuple) else value
    return doc


def _text(value: JSON) -> bool:
    return isinstance(value, str)


def _text_or_none(value: JSON) -> bool:
    return value is None or isinstance(value, str)


def _texts(value: JSON) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _bool(value: JSON) -> bool:
    return isinstance(value, bool)


def _texts_by_name(value: JSON) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _care(value: JSON) -> bool:
    return isinstance(value, dict) and all(good(value[name]) for name, good in _CARE.items() if name in value)


def _place(value: JSON) -> bool:
    if not isinstance(value, dict):
        return False
    numbers = [value.get(name, 0) for name in ("block", "fraction", "progress")]
    good = all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers)
    return good and isinstance(value.get("text", ""), str)


def _number(value: JSON) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _belongs(value: JSON) -> bool:
    return as_article(value) is not None


_CARE: Final[dict[str, Callable[[JSON], bool]]] = {
    "named": _bool,
    "folder": _text,
    "paused": _bool,
    "full_text": lambda value: value in FULL_TEXT,
    "keep": _texts,
    "drop": _texts,
    "headers": _texts_by_name,
    "login": _text,
    "private": _bool,
}
"""The fields of a source's care, and what they must be."""

REQUIRED: Final[dict[str, dict[str, Callable[[JSON], bool]]]] = {
    NOTES: {"article": _belongs, "text": _text},
    HIGHLIGHTS: {"article": _belongs, "exact": _text},
    SOURCES: {"id": _text, "kind": _text, "title": _text},
    VIEWS: {"name": _text, "query": _text},
}
"""Fields without which a document means nothing, and what they must be."""

OPTIONAL: Final[dict[str, dict[str, Callable[[JSON], bool]]]] = {
    ARTICLES: {
        "title": _text,
        "url": _text_or_none,
        "source": _text_or_none,
        "read": _text,
        "bookmarked": _text,
        "tags": _texts,
        "hidden": _text,
        "ruled": _texts,
        "place": _place,
    },
    NOTES: {"created": _text, "updated": _text},
    HIGHLIGHTS: {
        "prefix": _text,
        "suffix": _text,
        "block": _number,
        "offset": _number,
        "color": _text,
        "note": _text,
        "created": _text,
        "updated": _text,
    },
    SOURCES: {"location": _text, "added": _text, "site": _text, "care": _care},
}
"""Fields that may be missing, and what they must be where they are there."""


def wrong_fields(table: str, doc: Doc) -> list[str]:
    """Name the fields of a document that are not what they must be."""
    wrong = [name for name, good in REQUIRED.get(table, {}).items() if not good(doc.get(name))]
    wrong += [name for name, good in OPTIONAL.get(table, {}).items() if name in doc and not good(doc[name])]
    return wrong

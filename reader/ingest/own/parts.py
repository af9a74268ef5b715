"""The things that our own JSON lists, made of checked objects; every text passes the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reader.ingest import sanitize
from reader.model.annotation import COLORS, Highlight, Note, Place, Quote
from reader.model.article import Enclosure, Entry
from reader.model.document import CELL_BREAK
from reader.model.exported import Content, Day, Did, Known, Origin, Page, View
from reader.model.source import FETCHED, FULL_TEXT, GUIDE, REMOVED, Care, Source
from reader.model.tags import tidied

if TYPE_CHECKING:
    from reader.ingest.own.checked import Thing

_KINDS: Final = (*sorted(FETCHED), "listing", "texts", "book", "folder", GUIDE, REMOVED)
_WORDS: Final = 100_000_000
_PLACES: Final = 1 << 31
_EXCERPT: Final = 600
_QUOTE: Final = 1_000_000
_AROUND: Final = 1_000
_SELECTORS: Final = 50
_A_DAY: Final = 86_400
_JOINERS: Final = dict.fromkeys((0x200C, 0x200D))


def origin(one: Thing) -> Origin:
    """Make a source."""
    name, kind = sanitize.line(one.text("id"), sanitize.SECTION), one.text("kind")
    if not name:
        raise one.wrong("id", "a text")
    if kind not in _KINDS:
        raise one.wrong("kind", f"one of {', '.join(_KINDS)}")
    location = one.text("location")
    if kind in FETCHED:
        location = sanitize.link(location) or ""
        if not location.lower().startswith(("http://", "https://")):
            raise one.wrong("location", "an address of the web")
    else:
        location = sanitize.line(location, sanitize.LINK)
    title = sanitize.line(one.text("title"), sanitize.TITLE) or location or sanitize.UNTITLED
    site = sanitize.link(one.text("site")) or ""
    return Origin(Source(name, kind, title, location, site, _care(one.thing("care"))), one.moment("added"))


def _care(one: Thing | None) -> Care:
    """Make how a source is looked after: never the leave to ask private addresses, nor what is sent to a server."""
    if one is None:
        return Care()
    full_text = one.text("full_text") or "auto"
    if full_text not in FULL_TEXT:
        raise one.wrong("full_text", f"one of {', '.join(FULL_TEXT)}")
    keep, drop = (
        tuple(sanitize.line(text, sanitize.TITLE) for text in one.texts(name)[:_SELECTORS]) for name in ("keep", "drop")
    )
    folder = sanitize.line(one.text("folder"), sanitize.SECTION)
    return Care(bool(one.flag("named")), folder, bool(one.flag("paused")), full_text, keep, drop)


def content(one: Thing) -> Content:
    """Make an article."""
    entry, source = _entry(one), sanitize.line(one.text("source"), sanitize.SECTION)
    if not source:
        raise one.wrong("source", "the id of its source")
    return Content(
        id=one.article("id"),
        source=source,
        title=entry.title,
        text=entry.body or "",
        author=entry.author,
        section=entry.section,
        url=entry.url,
        guid=entry.guid,
        published=entry.published,
        updated=entry.updated,
        added=sanitize.moment(one.seconds("added")) or 0,
        revised=sanitize.moment(one.seconds("revised")),
        language=entry.language,
        image=entry.image,
        comments=entry.comments,
        tags=entry.tags,
        enclosures=entry.enclosures,
        meta=entry.meta,
        excerpt=excerpt(one.text("excerpt")),
        words=one.number("words", _WORDS) or 0,
        cut=bool(one.flag("cut")),
        teaser=one.flag("teaser"),
        markdown=entry.markdown,
        edition=one.number("edition", _PLACES) or 0,
        position=one.number("position", _PLACES) or 0,
        page=_page(one.thing("page")),
        also_in=tuple(_other(other) for other in one.things("also_in")),
    )


def _other(one: Thing) -> tuple[str, str | None]:
    guid = sanitize.line(one.text("guid"), sanitize.LINK)
    return sanitize.line(one.text("source"), sanitize.SECTION), guid or None


def _entry(one: Thing) -> Entry:
    """Make what the gate knows how to clean."""
    return sanitize.entry(
        Entry(
            title=one.text("title"),
            author=one.text("author"),
            section=one.text("section"),
            meta=tuple(one.texts("meta")),
            body=one.text("text"),
            markdown=bool(one.flag("markdown")),
            url=one.text("url"),
            guid=one.text("guid"),
            published=one.seconds("published"),
            updated=one.seconds("updated"),
            tags=tuple(one.texts("categories")),
            language=one.text("language"),
            image=one.text("image"),
            enclosures=tuple(_enclosure(file) for file in one.things("enclosures")),
            comments=one.text("comments"),
        )
    )


def _enclosure(one: Thing) -> Enclosure:
    size, seconds = one.number("size", 1 << 62), one.number("seconds", 1 << 62)
    return Enclosure(one.text("url"), one.text("type"), size, seconds, one.text("title"))


def _page(one: Thing | None) -> Page | None:
    if one is None:
        return None
    text = sanitize.text(one.text("text"), sanitize.BODY, markdown=True) if one.has("text") else None
    shown = bool(one.flag("shown")) and text is not None
    said = excerpt(one.text("excerpt")) if shown else None
    return Page(
        text,
        shown,
        sanitize.moment(one.seconds("fetched")) or 0,
        sanitize.line(one.text("problem"), sanitize.TITLE),
        one.number("tries", _PLACES) or 0,
        bool(one.flag("stale")),
        (one.number("words", _WORDS) or 0) if shown else None,
        bool(one.flag("cut")) if shown else None,
        said,
    )


def excerpt(text: str) -> str:
    """Give what a list shows of an article: one clean line."""
    return sanitize.clean(text).replace("\n", " ").replace("\t", " ")[:_EXCERPT]


def did(one: Thing) -> Did:
    """Make what was done with an article."""
    place = one.thing("progress")
    notes = (_note(note) for note in one.things("notes"))
    return Did(
        read=one.moment("read"),
        bookmarked=one.moment("bookmarked"),
        hidden=one.moment("hidden"),
        tags=tidied(one.texts("tags")),
        ruled=tidied(one.texts("ruled")),
        place=None if place is None else _place(place),
        placed="" if place is None else place.moment("at"),
        notes=tuple(note for note in notes if note.text),
        highlights=tuple(_highlight(highlight) for highlight in one.things("highlights")),
    )


def _place(one: Thing) -> Place:
    block = one.number("block", _PLACES) or 0
    return Place(block, one.share("fraction"), one.share("progress"), quoted(one.text("text"), _AROUND))


def _note(one: Thing) -> Note:
    text = sanitize.text(one.text("text"), sanitize.BODY).strip()
    return Note(0, 0, text, one.moment("created"), one.moment("updated"))


def _highlight(one: Thing) -> Highlight:
    color = one.text("color") or "yellow"
    if color not in COLORS:
        raise one.wrong("color", f"one of {', '.join(COLORS)}")
    exact = quoted(one.text("exact"), _QUOTE)
    if not exact.strip():
        raise one.wrong("exact", "the words that are highlighted")
    prefix, suffix = (quoted(one.text(name), _AROUND) for name in ("prefix", "suffix"))
    block, offset = (one.number(name, _PLACES) or 0 for name in ("block", "offset"))
    note = sanitize.text(one.text("note"), sanitize.BODY).strip()
    quote = Quote(exact, prefix, suffix, block, offset)
    return Highlight(0, 0, quote, color, note, one.moment("created"), one.moment("updated"))


def quoted(text: str, limit: int) -> str:
    """Give words out of a text clean; they may begin and end within what is joined to one sign."""
    seen = sanitize.visible(text)
    whole = CELL_BREAK.join(map(sanitize.clean, seen.split(CELL_BREAK)))
    joined = whole.translate(_JOINERS) == seen.translate(_JOINERS)
    return (seen if joined else whole)[:limit]


def known(one: Thing) -> Known:
    """Make what was done with an article that is not in the file."""
    title, source = (sanitize.line(one.text(name), sanitize.TITLE) for name in ("title", "source"))
    return Known(one.article("id"), title, source, sanitize.link(one.text("url")) or "", did(one))


def view(one: Thing) -> View:
    """Make a saved view."""
    name = sanitize.line(one.text("name"), sanitize.SECTION)
    if not name:
        raise one.wrong("name", "a text")
    return View(name, sanitize.line(one.text("query"), sanitize.LINK), one.moment("created"))


def day(one: Thing) -> Day:
    """Make a day on which something was read."""
    number = one.number("day", 99_991_231) or 0
    seconds = one.thing("seconds")
    if seconds is None:
        raise one.wrong("seconds", "an object")
    told: list[tuple[int, int]] = []
    for name in seconds.names():
        if not (name.isascii() and name.isdecimal() and len(name) < 19):
            raise seconds.wrong(name, "named by an article's id")
        told.append((int(name), seconds.number(name, _A_DAY) or 0))
    return Day(number, tuple(sorted(told)))


PARTS: Final[dict[str, Any]] = {"sources": origin, "remembered": known, "views": view, "days": day}
"""What makes a thing of each list but that of the articles."""

"""One web page looked into: its feeds, its headlines, or the one article that it is."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.ingest import discovery, sanitize, topic
from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.ingest.topics import sheet, structured
from reader.model.article import Entry

if TYPE_CHECKING:
    from reader.ingest.found import Kind, Offer
    from reader.ingest.page import Whole
    from reader.ingest.topics.sheet import Sheet

_EMPTY: Final = "there is nothing to read in it: open it in a browser, copy its text and paste it"
_SCRIPTED: Final = (
    "it shows its text only where scripts run, which they do not here: open it in a browser, copy its text and paste it"
)
_NO_TOPIC: Final = "it has no list of headlines that can be told apart: add it as a page, with --as page"
_NO_PAGE: Final = "it has no article that can be told from the rest: add it as a page of headlines, with --as topic"


def read(html: str, *, address: str = "", kind: Kind | None = None, now: int | None = None) -> Found:
    """Look into a web page.

    Args:
        html: its source.
        address: where it came from, after redirects; empty for a saved page that does not tell.
        kind: read it as `topic` or as `page`, whatever it looks like.
        now: the present, for dates told from it.

    Returns:
        What was found, with the feeds to have instead as its offers.

    Raises:
        IngestError: when there is nothing to read, or not what was asked for.
    """
    if kind not in {None, "topic", "page"}:
        raise IngestError(f"it is a web page and cannot be read as {kind}: leave --as out, or say topic or page")
    flat = sheet.of(html, address)
    own = address or _canonical(flat)
    if own != flat.address:
        flat = sheet.of(html, own)
    present = int(time.time()) if now is None else now
    offers = discovery.offers(flat, own)
    if kind != "page":
        found = topic.read(flat, own, present, sure=kind == "topic")
        if found is not None:
            return replace(found, offers=offers)
        if kind == "topic":
            raise IngestError(_NO_TOPIC)
    return _page(html, flat, own, offers, present, asked=kind == "page")


def _page(html: str, flat: Sheet, address: str, offers: tuple[Offer, ...], now: int, *, asked: bool) -> Found:
    """Read a page as one article."""
    from reader.ingest import page
    from reader.ingest.pages import walls

    told = structured.article(flat, address, now)
    whole = page.extract(html, address=address)
    excerpt = _excerpt(flat, whole)
    unread = ""
    if not whole.body.strip() and (not excerpt or whole.problem in walls.NOTHING):
        # Nothing of it could be read: it is no article, but its feeds may be had.
        unread = _NO_PAGE if asked and len(flat.text) > 500 else _reason(flat, whole)
        if not offers:
            raise IngestError(unread)
    title = whole.title or (told.title if told else "") or topic.called(flat)
    entry = sanitize.entry(
        Entry(
            title=title,
            author=whole.author or (told.author if told else None) or None,
            published=whole.published if whole.published is not None else told.published if told else None,
            updated=whole.updated if whole.updated is not None else told.updated if told else None,
            excerpt=excerpt,
            cut=not whole.body.strip(),
            body=whole.body or None,
            markdown=True,
            url=_url(flat, address),
            tags=told.tags if told else (),
            language=whole.language or flat.language or None,
            image=whole.image or (told.image if told else "") or None,
        )
    )
    return Found(
        "page",
        entry.title,
        () if unread else (entry,),
        address=address,
        site=address,
        language=entry.language,
        offers=offers,
        problem=unread or whole.problem,
        total=0 if unread else 1,
    )


def _excerpt(flat: Sheet, whole: Whole) -> str:
    """Give what a page says of itself, where its text could not be had."""
    if whole.body.strip():
        return ""
    return flat.metas.get("og:description") or flat.metas.get("description") or ""


def _url(flat: Sheet, address: str) -> str | None:
    """Give the address of an article: the one that it asks to be known by, if that is on its own site."""
    named = _canonical(flat)
    host, path = sheet.parts(address)
    named_host, named_path = sheet.parts(named)
    # A page that names the site's first page for all of its articles is wrong.
    good = named_host == host and (named_path or not path)
    return named if named and (good or not address) else address or None


def _canonical(flat: Sheet) -> str:
    """Give the address that a page asks to be known by."""
    for at, tag in enumerate(flat.tags):
        if tag == "link" and "canonical" in flat.attrs[at].get("rel", "").lower().split():
            return flat.absolute(flat.attrs[at].get("href", ""))
    return flat.absolute(flat.metas.get("og:url", "")) if flat.metas.get("og:url") else ""


def _reason(flat: Sheet, whole: Whole) -> str:
    from reader.ingest.pages import walls

    if whole.problem not in {"", walls.EMPTY, walls.SCRIPT}:
        return whole.problem
    scripted = len(flat.text) < 200 and "script" in flat.tags
    return _SCRIPTED if scripted or whole.problem == walls.SCRIPT else _EMPTY

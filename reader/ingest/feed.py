"""A feed of any format → its entries: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final, NoReturn

from reader.ingest import sanitize
from reader.ingest.errors import IngestError
from reader.ingest.feeds import encoding as feed_encoding
from reader.ingest.feeds import links as feed_links
from reader.ingest.found import Found

if TYPE_CHECKING:
    from collections.abc import Mapping


SOONEST: Final = 15 * 60
LATEST: Final = 24 * 3600

BROKEN_OFF: Final = "the feed broke off in the middle: what came of it whole is taken in; try again later"

_HEAD: Final = 8_192
_BLANK: Final = "\ufeff \t\r\n"
_OPENING: Final = re.compile(
    r"(?:\s|\ufeff|<\?[^>]{0,2000}\?>|<!--.{0,4000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,4000}?\]\s*)?>)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT: Final = re.compile(r"<(?:[A-Za-z_][\w.-]{0,50}:)?(rss|feed|rdf|channel)(?=[\s>/])", re.IGNORECASE)
_PAGE: Final = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_LATER_ROOT: Final = re.compile(
    r"<\?xml\s[^>]{0,500}\?>\s*(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL
)
_OF_A_FEED: Final = re.compile(r"purl\.org/rss|my\.netscape\.com/rdf|<channel|<item", re.IGNORECASE)
_PERIODS: Final = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def looks_like(data: bytes, content_type: str = "") -> bool:
    """Tell whether bytes are a feed, by what they hold and not by what they are called.

    Args:
        data: the bytes as they came.
        content_type: what the server said of them.
    """
    head = feed_encoding.head(data, _HEAD).lstrip(_BLANK)
    return _is_json(data) if head.startswith("{") else _has_root(head)


def _has_root(head: str) -> bool:
    """Tell whether XML begins as a feed does, a server's warnings before it put aside."""
    opening = _OPENING.match(head)
    root = _ROOT.match(head, opening.end() if opening else 0)
    if root is None:
        return not _PAGE.search(head) and _LATER_ROOT.search(head) is not None
    return root[1].lower() not in {"rdf", "channel"} or _OF_A_FEED.search(head) is not None


def _is_json(data: bytes) -> bool:
    return b"jsonfeed.org/version" in data or b"jsonfeed.org\\/version" in data


def read(data: bytes, *, address: str = "", content_type: str = "", now: int | None = None) -> Found:
    """Read a feed.

    Args:
        data: the bytes as they came, at most as many as the caller allows.
        address: where they came from, after redirects.
        content_type: what the server said of them.
        now: the time, in seconds since 1970.

    Raises:
        IngestError: when it is no feed, or too broken to read.
    """
    now = int(time.time()) if now is None else now
    text = feed_encoding.text(data, content_type).lstrip(_BLANK)
    if not text:
        raise IngestError("it is empty: there is no feed")
    if text.startswith("{"):
        from reader.ingest.feeds import json_feed as feed_json

        return feed_json.read(text, address=address, now=now)
    if not _has_root(text[:_HEAD]):
        _refuse(text)
    return _found(text, address, now)


def _found(text: str, address: str, now: int) -> Found:
    from reader.ingest.feeds import entry as feed_entry
    from reader.ingest.feeds import xml_feed as feed_xml

    parsed = feed_xml.parse(text, address)
    if not parsed.version and not parsed.entries:
        _refuse(text)
    if parsed.broken_off and not parsed.entries:
        raise IngestError("the feed broke off before its first article ended: try again later")
    feed = dict(parsed.feed)
    site = feed_links.absolute(feed.get("link"), address) or ""
    own = next((feed_links.absolute(link.get("href"), address) for link in feed_links.rel(feed, "self")), None)
    language = sanitize.language(feed.get("language"))
    # Only in Atom is the feed's author the author of each entry that names none (RFC 4287, section 4.2.1).
    people = feed_entry.authors(feed.get("authors")) if parsed.version.startswith("atom") else ()
    setting = feed_entry.Setting(address or own or site, now, language, people)
    entries = tuple(feed_entry.entry(raw, setting) for raw in parsed.entries)
    return Found(
        "feed",
        sanitize.line(feed_entry.title(feed), sanitize.TITLE) or named(site or address),
        entries,
        address=address,
        site=sanitize.link(site) or "",
        language=language,
        problem=BROKEN_OFF if parsed.broken_off else "",
        every=every(feed),
        total=max(parsed.total, len(entries)),
    )


def _refuse(text: str) -> NoReturn:
    if _PAGE.search(text[:_HEAD]):
        raise IngestError("it is a web page, not a feed: give the address of its feed, or add the page itself")
    what = "XML of another kind" if text.startswith("<") else "neither XML nor JSON"
    raise IngestError(f"it is no feed but {what}: give the address of a feed (RSS, Atom or JSON Feed)")


def named(address: str) -> str:
    """Give a feed without a title the name of its site."""
    host = re.match(r"https?://(?:www\.)?([^/?#:]+)", address)
    return sanitize.line(host[1], sanitize.TITLE) if host else "A feed without a title"


def every(feed: Mapping[str, Any]) -> int | None:
    """Give how long a feed asks not to be fetched again, within bounds that make sense; None if it does not say."""
    from reader.ingest.feeds.media import number

    minutes = number(feed.get("ttl"))
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    if minutes:
        seconds = minutes * 60
    elif period:
        seconds = period // max(1, number(feed.get("sy_updatefrequency")) or 1)
    else:
        return None
    return max(SOONEST, min(LATEST, seconds))

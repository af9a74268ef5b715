"""JSON Feed, 1.0 and 1.1: every field is of the type it should be, or not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import orjson

from reader.ingest import sanitize
from reader.ingest.errors import IngestError
from reader.ingest.feeds import dates as feed_dates
from reader.ingest.feeds import entry as feed_entry
from reader.ingest.feeds import links as feed_links
from reader.ingest.feeds import media as feed_media
from reader.ingest.feeds import text as feed_text
from reader.ingest.feeds.precut import ENTRIES
from reader.ingest.found import Found
from reader.model.article import Enclosure, Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERSION: Final = "jsonfeed.org/version"
_HALF: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""Whatever is escaped; the group is half a character, as programs leave it that cut a text without looking."""


def read(text: str, *, address: str, now: int) -> Found:
    """Read a JSON Feed.

    Args:
        text: the feed.
        address: where it came from.
        now: the time, in seconds since 1970.

    Raises:
        IngestError: when it is no JSON, or JSON of another kind.
    """
    feed = _parsed(text)
    if not isinstance(feed, dict) or not (_VERSION in _string(feed, "version") or _has_items(feed)):
        raise IngestError("it is JSON, but no feed: give the address of a feed (RSS, Atom or JSON Feed)")
    items = [one for one in _list(feed, "items") if isinstance(one, dict)]
    site = feed_links.absolute(feed.get("home_page_url"), address) or ""
    base = address or feed_links.absolute(feed.get("feed_url")) or site
    language = sanitize.language(_string(feed, "language"))
    setting = feed_entry.Setting(base, now, language, _authors(feed))
    from reader.ingest.feed import named

    return Found(
        "feed",
        sanitize.line(_string(feed, "title"), sanitize.TITLE) or named(site or address),
        tuple(_entry(one, setting) for one in items[:ENTRIES]),
        address=address,
        site=sanitize.link(site) or "",
        language=language,
        total=len(items),
    )


def _has_items(feed: Mapping[str, Any]) -> bool:
    """Tell whether JSON that does not say what it is has the entries of a feed all the same."""
    items = _list(feed, "items")
    first = items[0] if items else None
    return isinstance(first, dict) and "id" in first and bool({"content_html", "content_text", "url"} & first.keys())


def _entry(item: Mapping[str, Any], setting: feed_entry.Setting) -> Entry:
    link = feed_links.absolute(item.get("url"), setting.base) or feed_links.absolute(
        item.get("external_url"), setting.base
    )
    base = link or setting.base
    told, markup = _words(item, base)
    enclosures = tuple(one for one in (_attachment(one, base) for one in _list(item, "attachments")) if one)
    pictures = (item.get("image"), item.get("banner_image"))
    image = next((found for found in (feed_links.absolute(one, base) for one in pictures) if found), None)
    published = feed_dates.not_ahead(feed_dates.seconds(item.get("date_published")), setting.now)
    updated = feed_dates.not_ahead(feed_dates.seconds(item.get("date_modified")), setting.now)
    return sanitize.entry(
        Entry(
            title=_string(item, "title") or feed_text.headline(told.excerpt),
            author=", ".join(_authors(item) or setting.authors),
            excerpt=told.excerpt,
            cut=told.cut,
            body=told.body,
            markdown=told.markdown,
            url=link,
            guid=_id(item),
            published=updated if published is None else published,
            updated=updated,
            tags=tuple(one for one in _list(item, "tags") if isinstance(one, str)),
            language=_string(item, "language") or setting.language,
            image=image or feed_media.first_image(markup, base),
            enclosures=enclosures,
        )
    )


def _words(item: Mapping[str, Any], base: str) -> tuple[feed_entry.Words, str]:
    """Give the texts of an item, and its HTML if it has any."""
    markup, plain, summary = (_string(item, name) for name in ("content_html", "content_text", "summary"))
    full = feed_entry.Text(markup or plain, bool(markup), base) if markup or plain else None
    teaser = feed_entry.Text(summary, markup=False, base=base) if summary else None
    kinds = (_string(one, "mime_type") for one in _list(item, "attachments") if isinstance(one, dict))
    return feed_entry.words(full, teaser, played=any(kind.startswith(feed_media.PLAYED) for kind in kinds)), markup


def _attachment(one: object, base: str) -> Enclosure | None:
    if not isinstance(one, dict):
        return None
    url = feed_links.absolute(one.get("url"), base)
    if url is None:
        return None
    size, seconds = feed_media.number(one.get("size_in_bytes")), feed_media.duration(one.get("duration_in_seconds"))
    return Enclosure(url, _string(one, "mime_type"), size, seconds, _string(one, "title"))


def _authors(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the names of the authors: a list since 1.1, one before."""
    many = [person for person in (*_list(one, "authors"), one.get("author")) if isinstance(person, dict)]
    return feed_entry.authors([{"name": _string(person, "name")} for person in many])


def _id(item: Mapping[str, Any]) -> str | None:
    """Give the id: a string by the rules, a number in some feeds."""
    value = item.get("id")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


def _parsed(text: str) -> Any:  # noqa: ANN401 -- any JSON
    """Read JSON, once more without halves of characters where it is broken."""
    try:
        return orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError as error:
        mended = _HALF.sub(lambda found: r"\ufffd" if found[1] else found[0], text)
        if mended != text:
            return _parsed(mended)
        raise IngestError(f"it is no JSON Feed: it is broken at line {error.lineno}") from error


def _string(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(one: Mapping[str, Any], name: str) -> list[Any]:
    value = one.get(name)
    return value if isinstance(value, list) else []

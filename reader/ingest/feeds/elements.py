"""The elements of ordinary feeds, and what each of them tells; the names and values are feedparser's."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Raw: TypeAlias = "dict[str, Any]"
Table: TypeAlias = "dict[str, Any]"
"""What may stand in an element: by name, a table of its own, what to do with its text, or None to pass it over."""

XML: Final = "http://www.w3.org/XML/1998/namespace "
ATOM: Final = "http://www.w3.org/2005/Atom "
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/ "
_DC: Final = "http://purl.org/dc/elements/1.1/ "
_MEDIA: Final = "http://search.yahoo.com/mrss/ "
_SY: Final = "http://purl.org/rss/1.0/modules/syndication/ "
_SLASH: Final = "http://purl.org/rss/1.0/modules/slash/ "
_WFW: Final = "http://wellformedweb.org/CommentAPI/ "
_THREADS: Final = "http://purl.org/syndication/thread/1.0 "
_FEEDBURNER: Final = "http://rssnamespace.org/feedburner/ext/1.0 "
_WORDPRESS: Final = "com-wordpress:feed-additions:1 "

_TYPES: Final = {"": "text/plain", "text": "text/plain", "html": "text/html"}
_PAGES: Final = frozenset({"text/html", "html", "application/xhtml+xml", "xhtml"})
_REFERENCE: Final = re.compile("&([A-Za-z0-9_]+);")
_TAG_OR_ENTITY: Final = re.compile(r"</\w+>|&#?\w+;")
_WINDOWS: Final = re.compile("[\x80-\x9f]")


class UnusualError(Exception):
    """This is a feed for feedparser."""


class Reading(Protocol):
    """What an element is told of the feed that is being read."""

    version: str
    person: Raw


def skip(*_: object) -> None:
    """Stand for an element that is passed over with all that is in it."""


def mended(text: str) -> str:
    """Undo what feedparser undoes: UTF-8 that was taken for Latin-1, and Windows' signs that were."""
    if text.isascii():
        return text
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("latin-1").decode()
    if _WINDOWS.search(text):
        raise UnusualError
    return text


def _once(raw: Raw, name: str, value: str) -> None:
    """Keep a value; which of two counts is feedparser's knowledge."""
    if name in raw:
        raise UnusualError
    raw[name] = value


def _kept(name: str) -> Callable[[Reading, Raw, Mapping[str, str], str], None]:
    def keep(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
        if attributes:
            raise UnusualError
        _once(raw, name, text)

    return keep


def _title(reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    kind = _type(attributes)
    if reader.version == "rss20" and (attributes or _TAG_OR_ENTITY.search(text)):
        if attributes:
            raise UnusualError
        # Feedparser guesses here which it is.
        from feedparser.mixin import _FeedParserMixin  # type: ignore[import-untyped] # feedparser has no types

        kind = "text/html" if _FeedParserMixin.looks_like_html(text) else kind
    _once(raw, "title", text)
    raw["title_detail"] = {"type": kind, "value": text}


def _type(attributes: Mapping[str, str]) -> str:
    if not attributes.keys() <= {"type"}:
        raise UnusualError
    kind = _TYPES.get(attributes.get("type", "").lower())
    if kind is None:
        raise UnusualError
    return kind


def _description(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if attributes or "summary_detail" in raw:
        raise UnusualError
    raw["summary"] = text
    raw["summary_detail"] = {"type": "text/html", "value": text}


def _summary(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if "summary_detail" in raw:
        raise UnusualError
    raw["summary"] = text
    raw["summary_detail"] = {"type": _type(attributes), "value": text}


def _encoded(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if attributes:
        raise UnusualError
    _fill(raw, "text/html", text)


def _content(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    _fill(raw, _type(attributes), text)


def _fill(raw: Raw, kind: str, text: str) -> None:
    if "content" in raw:
        raise UnusualError
    raw["content"] = [{"type": kind, "value": text}]
    raw.setdefault("summary", text)


def _text_link(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if attributes or any("href" in one and one["rel"] == "alternate" for one in raw.get("links", ())):
        raise UnusualError
    raw.setdefault("links", []).append({"rel": "alternate", "type": "text/html", "href": text})
    raw["link"] = _REFERENCE.sub(r"&\1", text.replace("&amp;", "&")) if "&" in text else text


def _link(_reader: Reading, raw: Raw, attributes: Mapping[str, str], _text: str) -> None:
    link = dict(attributes)
    if "href" not in link:
        raise UnusualError
    link["rel"] = link.get("rel", "alternate").lower()
    link["type"] = link.get("type", "application/atom+xml" if link["rel"] == "self" else "text/html").lower()
    raw.setdefault("links", []).append(link)
    if link["rel"] == "alternate" and link["type"] in _PAGES:
        raw["link"] = link["href"]


def _guid(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if not attributes.keys() <= {"isPermaLink"}:
        raise UnusualError
    _once(raw, "id", text)
    is_link = attributes.get("isPermaLink", "true") == "true"
    raw["guidislink"] = is_link and "link" not in raw
    if is_link:
        raw.setdefault("link", text)


def _author(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if attributes:
        raise UnusualError
    raw.setdefault("authors", []).append({"name": text})


def _person(name: str) -> Callable[[Reading, Raw, Mapping[str, str], str], None]:
    def keep(reader: Reading, _raw: Raw, _attributes: Mapping[str, str], text: str) -> None:
        _once(reader.person, name, text)

    return keep


def _category(_reader: Reading, raw: Raw, _attributes: Mapping[str, str], text: str) -> None:
    if text:
        raw.setdefault("tags", []).append({"term": text})


def _term(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
    if text:
        raise UnusualError
    raw.setdefault("tags", []).append({"term": attributes.get("term"), "label": attributes.get("label")})


def _enclosure(_reader: Reading, raw: Raw, attributes: Mapping[str, str], _text: str) -> None:
    link = dict(attributes)
    link["href"] = link.pop("url", "")
    link["type"] = link.get("type", "").lower()
    link["rel"] = "enclosure"
    raw.setdefault("links", []).append(link)


def _medium(name: str) -> Callable[[Reading, Raw, Mapping[str, str], str], None]:
    def keep(_reader: Reading, raw: Raw, attributes: Mapping[str, str], text: str) -> None:
        if text:
            raise UnusualError
        one = {key.lower(): value for key, value in attributes.items()}
        raw.setdefault(name, []).append(one | ({"type": one["type"].lower()} if "type" in one else {}))

    return keep


_ITEM: Final[Table] = {
    "title": _title,
    "link": _text_link,
    "description": _description,
    "guid": _guid,
    "author": _author,
    "pubDate": _kept("published"),
    "category": _category,
    "comments": _kept("comments"),
    "enclosure": _enclosure,
    _CONTENT + "encoded": _encoded,
    _DC + "creator": _author,
    _DC + "date": _kept("updated"),
    ATOM + "link": _link,
    ATOM + "updated": _kept("updated"),
    _MEDIA + "thumbnail": _medium("media_thumbnail"),
    _MEDIA + "content": _medium("media_content"),
    _WFW + "commentRss": None,
    _SLASH + "comments": None,
    _THREADS + "total": None,
    _FEEDBURNER + "origLink": None,
    _WORDPRESS + "post-id": None,
}
_CHANNEL: Final[Table] = {
    "item": _ITEM,
    "title": _title,
    "link": _text_link,
    "description": None,
    "language": _kept("language"),
    "ttl": _kept("ttl"),
    _SY + "updatePeriod": _kept("sy_updateperiod"),
    _SY + "updateFrequency": _kept("sy_updatefrequency"),
    ATOM + "link": _link,
    "image": skip,
    "skipHours": skip,
    "skipDays": skip,
    **dict.fromkeys(("copyright", "generator", "docs", "lastBuildDate", "pubDate", "category", "cloud", "rating")),
    **dict.fromkeys(("managingEditor", "webMaster", _SY + "updateBase", _WORDPRESS + "site")),
}
_AUTHOR: Final[Table] = {
    ATOM + "name": _person("name"),
    ATOM + "email": _person("email"),
    ATOM + "uri": _person("href"),
}
_BOTH: Final[Table] = {
    ATOM + "title": _title,
    ATOM + "link": _link,
    ATOM + "id": _guid,
    ATOM + "updated": _kept("updated"),
    ATOM + "author": _AUTHOR,
    ATOM + "category": _term,
    ATOM + "rights": None,
}
_ENTRY: Final[Table] = _BOTH | {
    ATOM + "published": _kept("published"),
    ATOM + "summary": _summary,
    ATOM + "content": _content,
    _THREADS + "total": None,
    _FEEDBURNER + "origLink": None,
}
_FEED: Final[Table] = _BOTH | {
    ATOM + "entry": _ENTRY,
    **dict.fromkeys((ATOM + "subtitle", ATOM + "icon", ATOM + "logo", ATOM + "generator")),
}
ROOTS: Final[Table] = {"rss": {"channel": _CHANNEL}, ATOM + "feed": _FEED}

"""Feeds in XML, from RSS 0.90 to Atom 1.0: feedparser reads them, after what it must not see is gone."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from reader.ingest.errors import IngestError
from reader.ingest.feeds import plain as feed_plain
from reader.ingest.feeds import precut
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Raw: TypeAlias = "Mapping[str, Any]"

FEWER: Final = 200
"""How many entries are read of a feed whose entries are too large to read all."""

_DECLARATION: Final = re.compile(r"<\?xml\s[^>]{0,500}>", re.IGNORECASE)
_TYPE: Final = re.compile(r"<!DOCTYPE\b[^\[>]{0,1000}(\[)?", re.IGNORECASE)
_TYPE_END: Final = re.compile(r"\]\s{0,100}>")
_FIRST_TAG: Final = re.compile(r"<[A-Za-z_]")
_FEED_TAG: Final = re.compile(r"<\?xml\s|<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL_REFERENCE: Final = re.compile(
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01])|x0{0,9}(?:[0-8bcef]|1[0-9a-f]));", re.IGNORECASE
)
_HIDDEN: Final = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTRY_END: Final = re.compile(r"</(?:[A-Za-z_][\w.-]{0,50}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END: Final = re.compile(r"</(?:[A-Za-z_][\w.-]{0,50}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_CHANNEL_END: Final = re.compile(r"</channel\s*>", re.IGNORECASE)
_LAST: Final = re.compile(rf"{_ROOT_END.pattern}\s*(?:<!--(?>.*?-->)\s*)*+\Z", re.IGNORECASE | re.DOTALL)
_TAIL: Final = 2_000
"""Characters in which a feed ends that has an end."""
_BASE: Final = re.compile(r"<[A-Za-z_][^<>]{0,1000}\sxml:base\s*=")
_HEAD: Final = 10_000
_REFERENCE: Final = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:([A-Za-z]\w{1,31});|#(\d{1,9});|#x([0-9a-f]{1,8});)?", re.DOTALL | re.IGNORECASE
)
_XML_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_UNICODE_END: Final = 0x110000
_SURROGATES: Final = (0xD800, 0xDFFF)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What feedparser made of a feed: its own names and values; `total` is 0 if no entry was left out.

    `broken_off` tells that it has no end; then only entries are given that are whole.
    """

    feed: Raw
    entries: Sequence[Raw]
    version: str
    total: int
    broken_off: bool = False


def parse(text: str, address: str = "") -> Parsed:
    """Read a feed in XML.

    Args:
        text: the feed.
        address: where it came from, to resolve what is relative.

    Raises:
        IngestError: when it cannot be read.
    """
    text = tidy(text)
    parsed = _ordinary(text)
    if parsed is not None:
        return parsed
    cut, total, whole = _bounded(text)
    if whole:
        return _by_feedparser(cut, address, total)
    # Feedparser reads broken XML too, but slowly; most is broken by a sign that is easily mended.
    text = mended(text)
    parsed = _ordinary(text)
    if parsed is not None:
        return parsed
    cut, total, whole = _bounded(text)
    found = _by_feedparser(cut, address, total)
    return found if whole else _as_far_as_whole(cut, found)


def _as_far_as_whole(text: str, parsed: Parsed) -> Parsed:
    """Leave out the last entry of a feed that broke off in it: half of an article must not pass for all of it."""
    # What hides the end, because it is never closed, does not move it.
    if _LAST.search(text, max(0, len(text) - _TAIL)):
        return parsed
    text = _HIDDEN.sub("", text)
    start = max((found.start() for found in precut.ENTRY.finditer(text)), default=0)
    # In RDF the articles stand behind the channel, not in it.
    if _ROOT_END.search(text, start) or (start and _CHANNEL_END.search(text, start)):
        return parsed
    # Of a tag that is torn itself nothing was made.
    torn = bool(start) and ">" in text[start:] and not _ENTRY_END.search(text, start)
    return replace(parsed, entries=parsed.entries[:-1] if torn else parsed.entries, broken_off=True)


def _ordinary(text: str) -> Parsed | None:
    cut, total = precut.precut(text)
    found = feed_plain.read(cut)
    return None if found is None else Parsed(*found, total)


def _bounded(text: str) -> tuple[str, int, bool]:
    """Cut a feed to what feedparser is up to; tell how many entries it had, and whether its XML is whole."""
    cut, total = precut.precut(precut.without_keywords(text))
    try:
        whole = precut.refuse_the_large(cut.encode())
    except precut.TooManyError:
        cut, fewer = precut.precut(text, FEWER)
        return cut, fewer or total, precut.refuse_the_large(cut.encode())
    return cut, total, whole


def mended(text: str) -> str:
    """Mend the references of broken XML: bare ampersands, and names that only HTML knows.

    Args:
        text: XML that does not parse.
    """
    return _REFERENCE.sub(_resolved, text)


def _resolved(found: re.Match[str]) -> str:
    whole, name, digits, hexadecimal = found[0], found[1], found[2], found[3]
    if whole.startswith("<"):
        return whole
    if name is not None:
        if name in _XML_OWN:
            return whole
        known = html.unescape(whole)
        return known if known != whole else f"&amp;{whole[1:]}"
    if digits is None and hexadecimal is None:
        return "&amp;"
    number = int(digits) if digits else int(hexadecimal, 16)
    return whole if number < _UNICODE_END and not _SURROGATES[0] <= number <= _SURROGATES[1] else "\ufffd"


def tidy(text: str) -> str:
    """Drop what stands before the feed, every definition of entities, and what XML does not allow.

    Args:
        text: the feed as it came.
    """
    text = text.lstrip("\ufeff \t\r\n")
    head = text[:_HEAD]
    if not head.startswith("<?xml"):
        start = _FEED_TAG.search(head)
        text = text[start.start() :] if start and _is_noise(head[: start.start()]) else text
    declaration = _DECLARATION.match(text)
    text = _without_type(text[declaration.end() :] if declaration else text)
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", text)
    if "&#" in text:
        text = _ILLEGAL_REFERENCE.sub("", text)
    return text


def _is_noise(before: str) -> bool:
    """Tell whether a feed is preceded by something else, such as a server's warnings."""
    return bool(before) and not before.startswith(("<!", "<?"))


def _without_type(text: str) -> str:
    """Drop a document type that defines entities; one that only names itself tells the version."""
    first = _FIRST_TAG.search(text)
    found = _TYPE.search(text, 0, first.start() if first else len(text))
    if found is None or found[1] is None:
        return text
    end = _TYPE_END.search(text, found.end())
    if end is None:
        raise IngestError("its document type never ends: it is no feed")
    return text[: found.start()] + text[end.end() :]


def _by_feedparser(text: str, address: str, total: int) -> Parsed:
    import feedparser  # type: ignore[import-untyped] # it has no types

    headers = {"content-type": "application/xml; charset=utf-8"}
    # Told where it is, feedparser resolves anew for every tag, which takes a third of its time.
    if address and "xml:base" in text and _BASE.search(text):
        headers["content-location"] = address
    try:
        # A body that is a path or an address would be opened, so it is never handed over as bytes.
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers=headers,
        )
    except Exception as error:  # what it raises on broken feeds is told nowhere
        raise IngestError(f"it is a feed too broken to read ({type(error).__name__})") from error
    return Parsed(found["feed"], found["entries"], found.get("version") or "", total)

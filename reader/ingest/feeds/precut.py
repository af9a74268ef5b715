"""A feed cut to a size that its parser is up to, before the parser sees it.

Feedparser takes 40 s for 100,000 entries and 8 s for 100,000 nested tags; what is here takes milliseconds.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from reader.ingest.errors import IngestError

ENTRIES: Final = 2_000
"""How many entries of one feed are read; no feed that is meant to be read has more."""

DEPTH: Final = 200
"""How deep tags may be nested: hand-written pages reach 30."""

ATTRIBUTES: Final = 500
"""How many attributes a tag may have: feedparser takes the square of their number."""

ELEMENTS: Final = 60_000
"""How many elements are handed to feedparser, at 40 to 80 microseconds each."""

CATEGORIES: Final = 500
"""How many categories one entry may have: feedparser compares each with all the others."""

_CATEGORY: Final = re.compile(
    r"<(?:[A-Za-z_][\w.-]{0,50}:)?(?:(item|entry)|category|subject|keywords|tags)(?=[\s/>])", re.IGNORECASE
)
_KEYWORDS: Final = re.compile(
    r"(<(?:[A-Za-z_][\w.-]{0,50}:)?(?:keywords|tags)\b[^<>]{0,500}>)(?:<!\[CDATA\[)?[^<]{5000,}(?:\]\]>)?",
    re.IGNORECASE,
)
ENTRY: Final = re.compile(r"<(?:[A-Za-z_][\w.-]{0,50}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_ROOT: Final = re.compile(r"<((?:[A-Za-z_][\w.-]{0,50}:)?(?:rss|feed|rdf))(?=[\s>])", re.IGNORECASE)
_HIDING: Final = re.compile(r"<!\[CDATA\[|<!--")


class TooManyError(IngestError):
    """There are more elements than can be read in time."""


def precut(text: str, limit: int = ENTRIES) -> tuple[str, int]:
    """Cut a feed after so many entries, and close what is open then.

    Args:
        text: the XML of a feed.
        limit: how many entries to leave.

    Returns:
        The feed, and how many entries it had.
    """
    # A hint in C first: nearly no feed is cut.
    if text.count("item") + text.count("entry") <= limit:
        return text, 0
    starts = [found.start() for found in ENTRY.finditer(text)]
    if len(starts) > limit and _HIDING.search(text):
        starts = _outside(text, starts)
    if len(starts) <= limit:
        return text, 0
    root = _ROOT.search(text)
    name = root[1] if root else "rss"
    channel = "</channel>" if name.lower() == "rss" else ""
    return f"{text[: starts[limit]]}{channel}</{name}>", len(starts)


def _outside(text: str, starts: list[int]) -> list[int]:
    """Leave out the tags that are text: in a comment or a CDATA section."""
    kept: list[int] = []
    hidden = (0, 0)
    opening = _HIDING.search(text)
    for start in starts:
        while opening is not None and opening.start() < start:
            end = text.find("]]>" if opening[0][2] == "[" else "-->", opening.end())
            hidden = (opening.start(), len(text) if end < 0 else end)
            opening = _HIDING.search(text, hidden[1])
        if not hidden[0] < start < hidden[1]:
            kept.append(start)
    return kept


def without_keywords(text: str) -> str:
    """Drop lists of keywords as long as pages, which feedparser compares as it does categories.

    Args:
        text: the XML of a feed.

    Raises:
        IngestError: when an entry has too many categories.
    """
    row = 0
    for found in _CATEGORY.finditer(text):
        row = 0 if found[1] else row + 1
        if row > CATEGORIES:
            raise IngestError(f"one of its entries has more than {CATEGORIES} categories: it is no feed to be read")
    return _KEYWORDS.sub(r"\1", text)


def refuse_the_large(data: bytes) -> bool:
    """Refuse XML with tags in tags without end, or with more of them than can be read in time.

    XML that is broken is looked at up to where it breaks; what follows is counted.

    Args:
        data: the XML of a feed, UTF-8.

    Returns:
        Whether it is whole, and not broken.

    Raises:
        IngestError: when it is too deep.
        TooManyError: when it has too many elements.
    """
    depth = elements = 0

    def start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEPTH:
            raise IngestError(f"its tags are nested more than {DEPTH} deep: it is no feed to be read")
        if len(attributes) > ATTRIBUTES:
            raise IngestError(f"one of its tags has more than {ATTRIBUTES} attributes: it is no feed to be read")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    whole = True
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError:
        whole = False
        broken_at = max(0, parser.ErrorByteIndex)
        elements += data.count(b"<", broken_at) + data.count(b"&", broken_at) // 8
    if elements > ELEMENTS:
        raise TooManyError(f"it has more than {ELEMENTS:,} XML elements, too many to read at once")
    return whole

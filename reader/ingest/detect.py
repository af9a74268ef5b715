"""What did we get? One door for bytes: a listing's articles, or one essay."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from reader.ingest import essay, listing, sanitize
from reader.ingest.blocks import Blocks, split
from reader.ingest.decode import MAX_BYTES, decode
from reader.ingest.errors import IngestError
from reader.ingest.found import Found, Kind

MAX_LINES: Final = 250_000
"""A book of 16 MiB wrapped at 72 columns has fewer; more are no text for people, and take long to take apart."""

PASTED: Final = "Pasted text"

_HOW: Final = "open the page, copy its text and paste it"
_HTML: Final = ("<!doctype html", "<html", "<head", "<body")
_XML: Final = ("<?xml", "<rss", "<feed", "<rdf:rdf", "<opml", "<svg")


def read(data: bytes, name: str = "") -> Found:
    """Read what came as bytes.

    Args:
        data: the bytes of a file, or of what was pasted.
        name: what the file is called, if it is a file.

    Raises:
        IngestError: when it cannot be read.
    """
    text = decode(data)
    _refuse_markup(text)
    text = sanitize.text(text, MAX_BYTES)
    if sum(map(bool, text.split("\n"))) > MAX_LINES:
        raise IngestError(f"it has more than {MAX_LINES:,} lines, too many to read at once")
    parts = split(text)
    if not parts.blocks:
        raise IngestError("it is empty: there is nothing to read")
    page = listing.parse_blocks(parts)
    if listing.is_listing(page):
        entries = tuple(map(sanitize.entry, listing.entries(page)))
        return Found("listing", entries[0].section or _called(name), entries)
    entry = sanitize.entry(essay.entry(parts))
    return Found("essay", entry.title, (entry,))


def detect(text: str) -> Kind:
    """Tell what a plain text is."""
    return _kind(split(text))


def _kind(parts: Blocks) -> Kind:
    return "listing" if listing.is_listing(listing.parse_blocks(parts)) else "essay"


def say(found: Found) -> str:
    """Tell people what something was taken for."""
    if found.kind == "listing":
        count = len(found.entries)
        return f"a listing: {found.title}, {count:,} {'article' if count == 1 else 'articles'}"
    words = len((found.entries[0].body or "").split())
    return f"one article: {found.title}, {words:,} {'word' if words == 1 else 'words'}"


def _called(name: str) -> str:
    """Make a title of a file's name."""
    stem = "" if name == "-" else PurePath(name).stem
    words = sanitize.line(re.sub("[_-]+|%20", " ", stem), sanitize.TITLE)
    return words[:1].upper() + words[1:] if words else PASTED


def _refuse_markup(text: str) -> None:
    """Refuse the source of a web page or of a feed, which nobody wants to read as text."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    while head.startswith("<!--") and "-->" in head:
        head = head.split("-->", 1)[1].lstrip()
    if head.startswith(_HTML) or (head.startswith("<?xml") and "<html" in head):
        raise IngestError(f"it is the source of a web page (HTML): {_HOW}")
    if head.startswith(_XML):
        raise IngestError(f"it is XML (a feed, or data), not text: {_HOW}")

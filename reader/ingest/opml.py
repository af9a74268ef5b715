"""Lists of subscriptions (OPML 1 and 2), read from any reader's export and written for all of them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from reader.ingest import sanitize
from reader.ingest.errors import IngestError
from reader.ingest.feeds import encoding as feed_encoding
from reader.ingest.feeds import links as feed_links
from reader.ingest.feeds import xml_feed as feed_xml
from reader.ingest.found import Found
from reader.ingest.net.addresses import without_login
from reader.model.identity import feed_id
from reader.model.source import Care, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCES: Final = 10_000
DEPTH: Final = 200
SEPARATOR: Final = " / "
"""What parts the names of folders in folders."""

_HEAD: Final = 8_192
_ROOT: Final = re.compile(r"<opml(?=[\s>])|<outline\s[^<>]{0,4000}?\bxmlUrl\s*=", re.IGNORECASE)
_ALL: Final = "Subscriptions"


def looks_like(data: bytes, content_type: str = "") -> bool:
    """Tell whether bytes are a list of subscriptions.

    Args:
        data: the bytes as they came.
        content_type: what the server said of them, which is wrong too often to count.
    """
    del content_type
    head = feed_encoding.head(data, _HEAD).lstrip("\ufeff \t\r\n")
    return head.startswith("<") and _ROOT.search(head) is not None


def read(data: bytes, *, address: str = "", content_type: str = "") -> Found:
    """Read a list of subscriptions.

    Args:
        data: the bytes as they came.
        address: where they came from.
        content_type: what the server said of them.

    Raises:
        IngestError: when it is no such list, or names no feed.
    """
    text = feed_xml.tidy(feed_encoding.text(data, content_type))
    outlines = _parsed(text)
    if not outlines.is_opml:
        raise IngestError("it is no list of subscriptions (OPML)")
    if not outlines.sources:
        raise IngestError("it is a list of subscriptions (OPML), but names no feed with a web address")
    title = sanitize.line(outlines.title, sanitize.TITLE) or _ALL
    left = tuple(outlines.left_out)
    return Found("subscriptions", title, address=address, sources=tuple(outlines.sources.values()), left_out=left)


def write(sources: Iterable[Source], title: str = _ALL) -> bytes:
    """Write a list of subscriptions, folder by folder.

    Args:
        sources: those to write; only feeds have a place in it.
        title: what the list is called.
    """
    folders: dict[str, list[Source]] = {}
    for source in sources:
        if source.kind == "feed" and source.location:
            folders.setdefault(source.care.folder, []).append(source)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += [f"    <title>{html.escape(title, quote=False)}</title>", "  </head>", "  <body>"]
    for folder, inside in sorted(folders.items()):
        names = [name for name in folder.split(SEPARATOR) if name]
        for depth, name in enumerate(names):
            lines.append(f"{'  ' * (depth + 2)}<outline text={_quoted(name)} title={_quoted(name)}>")
        lines += [_outline(source, "  " * (len(names) + 2)) for source in inside]
        lines += [f"{'  ' * (depth + 2)}</outline>" for depth in reversed(range(len(names)))]
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode("utf-8", "replace")


def _outline(source: Source, indent: str) -> str:
    site = f" htmlUrl={_quoted_link(source.site)}" if source.site else ""
    name = _quoted(source.title)
    return f'{indent}<outline type="rss" text={name} title={name} xmlUrl={_quoted_link(source.location)}{site}/>'


def _quoted(text: str) -> str:
    return quoteattr(sanitize.line(text, sanitize.LINK))


def _quoted_link(address: str) -> str:
    # In another normal form it would be another address to a server.
    return quoteattr(address) if sanitize.link(address) == address else _quoted(address)


class _Outlines:
    """What a list names: each feed once, in the folder where it stands first."""

    def __init__(self) -> None:
        self.is_opml = False
        self.title = ""
        self.sources: dict[str, Source] = {}
        self.left_out: list[str] = []
        self._folders: list[str] = []
        self._depth = 0
        self._in_title = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.lower()
        self._depth += 1
        if self._depth > DEPTH:
            raise IngestError(f"its folders are nested more than {DEPTH} deep: it is no list to be read")
        self._in_title = name == "title" and self._depth == 3
        if name == "opml":
            self.is_opml = True
        elif name == "outline":
            told = {key.lower(): value.strip() for key, value in attributes.items()}
            address = _address(told.get("xmlurl") or (told.get("url") if told.get("type", "").lower() == "rss" else ""))
            title = sanitize.line(html.unescape(told.get("title") or told.get("text") or ""), sanitize.TITLE)
            self._folders.append("" if address else title)
            if address:
                self._add(address, title, told)
            elif told.get("xmlurl"):
                what = sanitize.line(told["xmlurl"], 80)
                self.left_out.append(f"{title or 'a feed'}: {what}: it is no web address, and nothing is ever run")

    def _add(self, address: str, title: str, told: dict[str, str]) -> None:
        self.is_opml = True
        identity = feed_id(address)
        if identity in self.sources:
            return
        if len(self.sources) == SOURCES:
            raise IngestError(f"it names more than {SOURCES:,} feeds, too many to take at once")
        folder = SEPARATOR.join(name for name in self._folders if name) or _category(told.get("category", ""))
        site = without_login(sanitize.link(feed_links.absolute(told.get("htmlurl"))) or "")[0]
        care = Care(named=False, folder=sanitize.line(folder, sanitize.SECTION))
        self.sources[identity] = Source(identity, "feed", title or site or address, address, site, care)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._in_title = False
        if name.lower() == "outline" and self._folders:
            self._folders.pop()

    def text(self, text: str) -> None:
        if self._in_title:
            self.title += text


def _address(told: str | None) -> str:
    """Give a feed's address, whose scheme some readers write `feed:`, without a password in it."""
    told = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", told or "", flags=re.IGNORECASE)
    return without_login(sanitize.link(feed_links.absolute(told)) or "")[0]


def _category(told: str) -> str:
    """Give the folder that OPML 2 names in an attribute: the first of them, from the outside in."""
    return SEPARATOR.join(name for name in told.split(",")[0].strip("/ ").split("/") if name)


def _parsed(text: str) -> _Outlines:
    """Read the outlines, of a broken list as far as it goes and once more with its ampersands mended."""
    found, whole = _outlines(text)
    if whole:
        return found
    mended, _ = _outlines(feed_xml.mended(text))
    return max(found, mended, key=lambda one: len(one.sources))


def _outlines(text: str) -> tuple[_Outlines, bool]:
    found = _Outlines()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError:
        return found, False
    return found, True

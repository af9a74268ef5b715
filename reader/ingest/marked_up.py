"""What is written in angle brackets or braces: a web page, a feed, a list of subscriptions, or data for machines."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Final

from reader.ingest import decode, sanitize
from reader.ingest.errors import IngestError

if TYPE_CHECKING:
    from reader.ingest.found import Kind

_HEAD: Final = 4096
_SAVED_FROM: Final = 512 * 1024
_HOW: Final = "open the page, copy its text and paste it"

_BEFORE: Final = re.compile(r"(?:\s|\ufeff|<\?[^>]{0,2000}\?>|<!--.{0,3000}?-->)*+", re.DOTALL)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?:!doctype\s+)?(?:[\w.-]{1,50}:)?([a-z][\w.-]{0,50})", re.IGNORECASE)
_FEED: Final = frozenset({"rss", "feed", "rdf", "channel"})
_FRAGMENT: Final = re.compile(
    r"<(?:article|section|main|div|p|h[1-6]|table|[uo]l|blockquote|header|nav|title|meta|link|script|style|center|font"
    r"|figure|span|a|b|i|em|strong|img|br|hr)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"</(?:article|section|main|div|p|h[1-6]|table|[uo]l|blockquote|header|title|figure|a)\s*>", re.IGNORECASE
)
_NAMED: Final = (".html", ".htm", ".xhtml", ".shtml")
_MARKDOWN: Final = (".md", ".markdown", ".mdown", ".mkd")
_MAIL: Final = re.compile(r"(?:[\w-]{2,40}: [^\n]{0,500}\r?\n(?:[ \t][^\n]{0,500}\r?\n)*){1,20}", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?:link|meta)\b[^<>]{0,3000}>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([a-z:-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,4000})\s*-->", re.IGNORECASE)


def shape(data: bytes, name: str = "", *, content_type: str = "") -> Kind | None:
    """Tell what bytes are by how they begin; None for what is plain text.

    Args:
        data: the bytes.
        name: what the file is called, which helps to tell a piece of a web page from Markdown.
        content_type: what a server said of them, which helps in the same way.
    """
    head = decode.head(data)
    if not head.startswith(("<", "{")):
        # A server's warnings may stand before its feed.
        return "feed" if "<?xml" in head and _is_feed(data, content_type) else None
    if _is_feed(data, content_type):
        return "feed"
    if head.startswith("{"):
        return None
    bare = head[_end_of_preface(head) :]
    root = _ROOT.match(bare)
    if root is not None and root[1].lower() == "opml":
        return "subscriptions"
    return "page" if is_page(head, name, content_type) else None


def _is_feed(data: bytes, content_type: str) -> bool:
    from reader.ingest import feed

    return feed.looks_like(data, content_type)


def _end_of_preface(text: str) -> int:
    found = _BEFORE.match(text)
    return found.end() if found else 0


def is_page(text: str, name: str = "", content_type: str = "", *, asked: bool = False) -> bool:
    """Tell whether a text is a web page, or a piece of one.

    Args:
        text: the text, or its beginning.
        name: what its file is called.
        content_type: what a server said of it.
        asked: whether the user said that it is one: then a single tag will do.
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n\f\v")
    bare = head[_end_of_preface(head) :]
    if _PAGE.match(bare) or (head.lower().startswith("<?xml") and re.search(r"<html[\s>]", head, re.IGNORECASE)):
        return True
    if asked:
        return _FRAGMENT.search(text) is not None
    if not _FRAGMENT.match(bare) or name.lower().endswith(_MARKDOWN) or "markdown" in content_type:
        return False
    return name.lower().endswith(_NAMED) or "html" in content_type or len(_CLOSED.findall(head)) >= 2


def refuse(text: str) -> None:
    """Refuse data for machines, which nobody wants to read as text.

    Raises:
        IngestError: it is XML, JSON, or a page in a format that is not read.
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n\f\v")
    if head.startswith("<"):
        bare = head[_end_of_preface(head) :].lower()
        if head.lower().startswith("<?xml") or bare.startswith(("<svg", "<plist", "<!doctype")):
            raise IngestError(f"it is XML (data for machines), not text: {_HOW}")
    elif head.startswith(("{", "[")):
        _refuse_json(text)
    elif _MAIL.match(head) and re.search(r"^content-type: *multipart/related", head, re.IGNORECASE | re.MULTILINE):
        raise IngestError("it is a web archive (MHTML): save the page as HTML and add that")


def _refuse_json(text: str) -> None:
    if not text.rstrip().endswith(("}", "]")):
        return
    try:
        json.loads(text)
    except RecursionError:
        pass
    except ValueError:
        return
    raise IngestError("it is JSON (data for machines), not text")


def saved_from(page: str) -> str:
    """Give the address that a saved page says it was saved from; empty when it does not say.

    Args:
        page: the source of the page.
    """
    head = page[:_SAVED_FROM]
    told = {"canonical": "", "og:url": ""}
    for tag in _TAG.finditer(head):
        given = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag[0])
        }
        if "canonical" in given.get("rel", "").lower().split():
            told["canonical"] = told["canonical"] or given.get("href", "")
        elif (given.get("property") or given.get("name") or "").lower() == "og:url":
            told["og:url"] = told["og:url"] or given.get("content", "")
    comment = _COMMENT.search(head)
    addresses = (told["canonical"], told["og:url"], html.unescape(comment[1]) if comment else "")
    return next((link for one in addresses if (link := sanitize.link(one)) and not link.startswith("mailto:")), "")

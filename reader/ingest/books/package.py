"""What the package file of an EPUB tells: the book's name, and its files in the order of reading."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from reader.ingest.books.box import local, words
from reader.ingest.errors import IngestError
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.ingest.books.box import Box, Node

MAX_CHAPTERS: Final = 5000

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_TEXT: Final = re.compile(r"html|xml|text/plain")
_PAGE: Final = re.compile(r"\.x?html?\Z", re.IGNORECASE)
_DC: Final = "purl.org/dc"
# Fonts are scrambled so that they cannot be taken out of the book; the book is readable all the same.
_SCRAMBLED_FONTS: Final = ("obfuscation", "#RC")
_FURNITURE: Final = frozenset({"cover", "title-page", "titlepage", "toc"})


@dataclass(frozen=True, slots=True)
class Package:
    """What the package file tells.

    `spine` names the files with text in the order of reading; `furniture` those of them that are the
    cover, the title page and the contents. `nav` and `ncx` are where the contents stand.
    """

    title: str
    authors: tuple[str, ...]
    language: str
    date: str
    identifier: str
    subjects: tuple[str, ...]
    spine: tuple[str, ...]
    furniture: frozenset[str]
    nav: str | None
    ncx: str | None


def read(box: Box) -> Package:
    """Read the package file of a book.

    Raises:
        IngestError: there is none, no chapter, or the chapters are encrypted.
    """
    name = _package_file(box)
    root = box.xml(name)
    base = posixpath.dirname(name)
    items = {
        item.get("id", ""): item
        for item in root.iter()
        if local(item) == "item" and item.get("id") and item.get("href")
    }
    spine = _spine(box, root, base, items) or _all_pages(box)
    if not spine:
        raise IngestError("it is a book (EPUB) without a chapter that can be read")
    if _locked(box) & set(spine):
        raise IngestError("it is a copy-protected book (DRM): only the shop's own program opens it")
    nav = _first(box, base, (one for one in items.values() if "nav" in (one.get("properties") or "").split()))
    ncx = _first(box, base, (one for one in items.values() if one.get("media-type") == "application/x-dtbncx+xml"))
    return Package(
        title=_told(root, "title"),
        authors=tuple(dict.fromkeys(_authors(root))),
        language=_told(root, "language"),
        date=_told(root, "date"),
        identifier=_identifier(root),
        subjects=tuple(_all_told(root, "subject")),
        spine=spine,
        furniture=frozenset(_furniture(box, root, base)) | ({nav} if nav else frozenset()),
        nav=nav,
        ncx=ncx,
    )


def _package_file(box: Box) -> str:
    """Give the name of the package file."""
    if _CONTAINER in box.names:
        for element in box.xml(_CONTAINER).iter():
            found = box.find("", element.get("full-path") or "") if local(element) == "rootfile" else None
            if found:
                return found
    found = next((name for name in box.names if name.lower().endswith(".opf")), None)
    if found is None:
        raise IngestError("it is a damaged book (EPUB), without a list of its chapters: get it again")
    return found


def _spine(box: Box, root: Node, base: str, items: dict[str, Node]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for reference in root.iter():
        item = items.get(reference.get("idref") or "") if local(reference) == "itemref" else None
        if item is None or not _TEXT.search(item.get("media-type") or "html"):
            continue
        name = box.find(base, item.get("href") or "")
        if name and len(found) < MAX_CHAPTERS:
            found[name] = None
    return tuple(found)


def _all_pages(box: Box) -> tuple[str, ...]:
    """Give all pages inside, for a book whose order of reading is lost."""
    return tuple(sorted(name for name in box.names if _PAGE.search(name)))[:MAX_CHAPTERS]


def _first(box: Box, base: str, items: Iterable[Node]) -> str | None:
    return next(filter(None, (box.find(base, item.get("href") or "") for item in items)), None)


def _all_told(root: Node, what: str) -> list[str]:
    return [text for element in _about(root, what) if (text := words(element))]


def _about(root: Node, what: str) -> list[Node]:
    return [one for one in root.iter() if local(one) == what and _DC in str(one.tag)]


def _told(root: Node, what: str) -> str:
    return next(iter(_all_told(root, what)), "")


def _authors(root: Node) -> list[str]:
    """Give who wrote the book; translators and others only if nobody else is named."""
    refined = {
        (meta.get("refines") or "").lstrip("#"): words(meta)
        for meta in root.iter()
        if local(meta) == "meta" and meta.get("property") == "role"
    }
    creators = [
        (
            words(one),
            next((value for key, value in one.items() if key.endswith("role")), refined.get(one.get("id") or "")),
        )
        for one in _about(root, "creator")
    ]
    wrote = [name for name, role in creators if name and (role or "aut") == "aut"]
    return (wrote or [name for name, _ in creators if name])[:20]


def _identifier(root: Node) -> str:
    wanted = root.get("unique-identifier") or ""
    unique = next((words(one) for one in _about(root, "identifier") if one.get("id") == wanted), "")
    return unique or _told(root, "identifier")


def _furniture(box: Box, root: Node, base: str) -> list[str]:
    references = (one for one in root.iter() if local(one) == "reference")
    return [
        name
        for one in references
        if (one.get("type") or "").lower() in _FURNITURE and (name := box.find(base, one.get("href") or ""))
    ]


def _locked(box: Box) -> set[str]:
    """Give the files that are encrypted."""
    if _ENCRYPTION not in box.names:
        return set()
    locked: set[str] = set()
    for data in box.xml(_ENCRYPTION).iter():
        if local(data) != "EncryptedData":
            continue
        method = next((one.get("Algorithm") or "" for one in data.iter() if local(one) == "EncryptionMethod"), "")
        if not any(mark in method for mark in _SCRAMBLED_FONTS):
            locked |= {unquote(one.get("URI") or "") for one in data.iter() if local(one) == "CipherReference"}
    return locked

"""EPUB 2 and 3: each chapter an article, the book their source."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reader.ingest import days, sanitize
from reader.ingest.books import contents as epub_contents
from reader.ingest.books import package as epub_package
from reader.ingest.books import pieces as epub_pieces
from reader.ingest.books.box import Box
from reader.ingest.books.links import Links
from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.ingest.teaser import plain, teaser
from reader.model.article import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.ingest.books.package import Package
    from reader.ingest.books.pieces import Piece

SHORT: Final = 40
"""Words: a dedication or a motto that the contents do not name has fewer, and stands before the next chapter."""

MOST_OF_FURNITURE: Final = 300
"""Words: a cover or a title page has fewer; a chapter that is called one by mistake has more."""

_ZIP: Final = b"PK\x03\x04"
_MIMETYPE: Final = b"mimetypeapplication/epub+zip"
_CONTAINER: Final = b"META-INF/container.xml"
_HEADING: Final = re.compile(r"\A\s*#{1,6}[ \t]+([^\n]{1,1000})(?:\n|\Z)")
_SUBJECTS: Final = 10
_HEADINGS: Final = 3


@dataclass(slots=True)
class _Chapter:
    """A chapter being put together."""

    place: str
    title: str
    part: str | None
    body: str


def looks_like(data: bytes) -> bool:
    """Tell whether bytes are an EPUB, and not another zip archive."""
    return data.startswith(_ZIP) and (_MIMETYPE in data[:200] or _CONTAINER in data)


def read(data: bytes, name: str = "") -> Found:
    """Read a book.

    Args:
        data: the bytes of the file.
        name: what the file is called, for a book without a title.

    Raises:
        IngestError: it is damaged, locked, too large, or holds no text.
    """
    box = Box(data)
    package = epub_package.read(box)
    contents = epub_contents.read(box, package)
    title = sanitize.line(package.title, sanitize.TITLE) or sanitize.line(name, sanitize.TITLE) or "Untitled book"
    chapters = _Binder(package, Links(box), named=bool(contents)).bound(epub_pieces.cut(box, package, contents))
    if not chapters:
        raise IngestError("it is a book (EPUB) without any text in it: it may be made of pictures")
    return Found(
        "book",
        title,
        tuple(map(sanitize.entry, _entries(package, chapters, title))),
        language=sanitize.language(package.language),
        total=len(chapters),
    )


def _entries(package: Package, chapters: Sequence[_Chapter], title: str) -> Iterable[Entry]:
    identity = package.identifier or hashlib.sha256(f"{title}\0{package.authors}".encode()).hexdigest()[:16]
    again = Counter(chapter.title.casefold() for chapter in chapters)
    for number, chapter in enumerate(chapters, 1):
        named = chapter.title or f"{title}, {number}"
        # Chapters of several parts are often called alike, and the same title would be the same article.
        alike = chapter.title and again[chapter.title.casefold()] > 1
        yield Entry(
            title=f"{named} ({chapter.part})" if alike and chapter.part else named,
            author=", ".join(package.authors) or None,
            section=chapter.part,
            excerpt=teaser(chapter.body),
            body=chapter.body,
            markdown=True,
            guid=f"{identity}/{chapter.place}",
            published=days.seconds(package.date),
            tags=package.subjects[:_SUBJECTS],
            language=package.language or None,
        )


class _Binder:
    """Puts the pieces of a book together as chapters, and leaves out what nobody reads.

    Args:
        package: what the package file tells.
        links: brings in the notes.
        named: whether the book has contents, so that a piece that they do not name is no chapter of its own.
    """

    def __init__(self, package: Package, links: Links, *, named: bool) -> None:
        self._links, self._named = links, named
        self._known = _folded(" ".join((package.title, *package.authors)))
        self._chapters: list[_Chapter] = []
        self._waiting: list[str] = []

    def bound(self, pieces: Iterable[Piece]) -> list[_Chapter]:
        """Give the chapters of a book."""
        from reader.ingest.prose import markdown

        for piece in pieces:
            html = self._links.settled(piece.place.partition("#")[0], piece.html)
            self._take(piece, markdown(html).strip("\n"))
        if self._waiting and self._chapters:
            self._go_on("\n\n".join(self._waiting))
        elif self._waiting:
            self._chapters.append(_Chapter("", "", None, "\n\n".join(self._waiting)))
        return self._chapters

    def _take(self, piece: Piece, body: str) -> None:
        """Take in a piece: as a chapter, as more of the last one, or as what stands before the next."""
        title, rest = _without_heading(body, piece.title)
        words = len(rest.split())
        if piece.furniture and words < MOST_OF_FURNITURE:
            return
        if not rest.strip() or (words < SHORT and self._is_title_page(body)):
            return
        heading = _HEADING.match(body) is not None
        if piece.title or (heading and not (self._named and words < SHORT)):
            self._add(piece, title, rest)
        elif self._chapters and not heading and (self._named or words < SHORT):
            self._go_on(body)
        elif words < SHORT:
            self._waiting.append(body)
        else:
            self._add(piece, title, rest)

    def _add(self, piece: Piece, title: str, text: str) -> None:
        before, self._waiting = self._waiting, []
        self._chapters.append(
            _Chapter(piece.place, piece.title or title, self._part(piece), "\n\n".join((*before, text)))
        )

    def _part(self, piece: Piece) -> str | None:
        """Give the part of the book; a chapter that the contents do not name is in that of the one before."""
        if piece.title or not self._chapters:
            return piece.part
        return self._chapters[-1].part

    def _go_on(self, body: str) -> None:
        self._chapters[-1].body += f"\n\n{body}"

    def _is_title_page(self, body: str) -> bool:
        return set(_folded(body).split()) <= set(self._known.split())


def _without_heading(body: str, title: str) -> tuple[str, str]:
    """Take the heading off a chapter that says its title again; give the title that it has of its own.

    A title may stand in two headings, its number in the first: "Chapter 1", "The quay".
    """
    rest, said = body, ""
    for _ in range(_HEADINGS):
        found = _HEADING.match(rest)
        if found is None:
            break
        said = f"{said} {plain(found[1].rstrip('# '))}".strip()
        rest = rest[found.end() :].lstrip("\n")
        if not title or _folded(said) == _folded(title):
            return said, rest
    return "", body


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))

"""An EPUB of all: version 3, with the table of contents of version 2 for older e-readers; an article a chapter."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reader.library.exporting import dressed
from reader.library.exporting.aside import ExportError
from reader.library.exporting.prose import escaped
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.library.exporting.chosen import Chosen, Piece

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""Stands for the time of every file in it, so that the same articles give the same book."""
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
"""Pictures that every e-reader shows: core media types of EPUB 3."""
_CONTAINER: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PAGE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{attributes}>
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="look.css"/></head>
<body>
{body}</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter that was written: its file and its headline."""

    file: str
    title: str


class _Book:
    """A book being written.

    Args:
        file: what it is written to.
        chosen: the articles.
        title: what it is called.
        pace: words a minute, for reading times.
    """

    def __init__(self, file: BinaryIO, chosen: Chosen, title: str, pace: int) -> None:
        self._zip = ZipFile(file, "w")
        self._chosen, self._title, self._pace = chosen, title, pace
        self._chapters: list[_Chapter] = []
        self._pictures: dict[str, tuple[str, str]] = {}
        self._languages: list[str] = []
        self._newest = 0
        self._digest = hashlib.sha256(title.encode("utf-8", "replace"))

    def write(self) -> int:
        """Write it, and give how many articles it has.

        Raises:
            ExportError: there is none.
        """
        with self._zip:
            # First and as it is: by that a book is told from other archives.
            self._put("mimetype", "application/epub+zip", ZIP_STORED)
            self._put("META-INF/container.xml", _CONTAINER)
            self._put("OEBPS/look.css", dressed.LOOK)
            for piece in self._chosen.pieces():
                self._add(piece)
            if not self._chapters:
                raise ExportError("there is no article to make a book of")
            self._put("OEBPS/nav.xhtml", self._nav())
            self._put("OEBPS/toc.ncx", self._ncx())
            self._put("OEBPS/content.opf", self._package())
        return len(self._chapters)

    def _add(self, piece: Piece) -> None:
        content = piece.content
        self._newest = max(self._newest, content.added, content.updated or 0, content.revised or 0)
        self._digest.update(str(content.id).encode())
        self._languages += [content.language] if content.language else []
        chapter = _Chapter(f"a{len(self._chapters) + 1:06}.xhtml", content.title)
        body = "".join(dressed.article(piece, self._pace, self._picture))
        language = escaped(content.language or "")
        attributes = f' lang="{language}" xml:lang="{language}"' if language else ""
        self._put(f"OEBPS/{chapter.file}", _PAGE.format(attributes=attributes, title=escaped(content.title), body=body))
        self._chapters.append(chapter)

    def _picture(self, url: str) -> str:
        if url not in self._pictures:
            found = dressed.kept(self._chosen.library, url)
            if found is None or found[0] not in _ENDINGS:
                return ""
            name = f"p{len(self._pictures) + 1:06}.{_ENDINGS[found[0]]}"
            self._zip.writestr(ZipInfo(f"OEBPS/{name}", _DAY), found[1], ZIP_STORED)
            self._pictures[url] = (name, found[0])
        return self._pictures[url][0]

    def _put(self, name: str, text: str, how: int = ZIP_DEFLATED) -> None:
        self._zip.writestr(ZipInfo(name, _DAY), text.encode("utf-8", "replace"), how)

    @property
    def _identifier(self) -> str:
        return f"urn:uuid:{uuid.UUID(bytes=self._digest.digest()[:16], version=4)}"

    def _nav(self) -> str:
        points = "".join(f'<li><a href="{one.file}">{escaped(one.title)}</a></li>\n' for one in self._chapters)
        body = f'<nav epub:type="toc" id="toc"><h1>{escaped(self._title)}</h1>\n<ol>\n{points}</ol></nav>\n'
        return _PAGE.format(attributes="", title=escaped(self._title), body=body)

    def _ncx(self) -> str:
        points = "".join(
            f'<navPoint id="n{number}" playOrder="{number}"><navLabel><text>{escaped(one.title)}</text></navLabel>'
            f'<content src="{one.file}"/></navPoint>\n'
            for number, one in enumerate(self._chapters, 1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
            f'<head><meta name="dtb:uid" content="{self._identifier}"/><meta name="dtb:depth" content="1"/>'
            '<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>\n'
            f"<docTitle><text>{escaped(self._title)}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n"
        )

    def _package(self) -> str:
        language = max(sorted(set(self._languages)), key=self._languages.count) if self._languages else "en"
        modified = datetime.fromtimestamp(max(self._newest, 0), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        spine = "".join(f'<itemref idref="c{number}"/>\n' for number, _ in enumerate(self._chapters, 1))
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book">\n'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f'<dc:identifier id="book">{self._identifier}</dc:identifier>\n'
            f"<dc:title>{escaped(self._title)}</dc:title>\n<dc:language>{escaped(language)}</dc:language>\n"
            f'<meta property="dcterms:modified">{modified}</meta>\n</metadata>\n'
            f'<manifest>\n{"".join(self._items())}</manifest>\n<spine toc="ncx">\n{spine}</spine>\n</package>\n'
        )

    def _items(self) -> Iterator[str]:
        yield '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        yield '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>\n'
        yield '<item id="look" href="look.css" media-type="text/css"/>\n'
        for number, one in enumerate(self._chapters, 1):
            yield f'<item id="c{number}" href="{one.file}" media-type="application/xhtml+xml"/>\n'
        for number, (name, kind) in enumerate(self._pictures.values(), 1):
            yield f'<item id="p{number}" href="{name}" media-type="{kind}"/>\n'


def write(file: BinaryIO, chosen: Chosen, title: str, pace: int) -> int:
    """Write a book of the articles, and give how many they are; `pace` is in words a minute."""
    return _Book(file, chosen, title, pace).write()

"""The zip archive that an EPUB is: every read bounded, nothing written to disk, no name believed."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote, urlsplit

from reader.ingest.errors import IngestError

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped, unused-ignore] # its types may be installed

Node: TypeAlias = "_Element"

MAX_BYTES: Final = 200 * 1024 * 1024
MAX_MEMBERS: Final = 10_000
MAX_DIRECTORY: Final = 4 * 1024 * 1024
MAX_XML: Final = 8 * 1024 * 1024
MAX_CHAPTER: Final = 16 * 1024 * 1024
MAX_READ: Final = 64 * 1024 * 1024
"""So much may be read of one book in all: the longest novels have a tenth of it."""
MAX_RATIO: Final = 200
MAX_TAG: Final = 65_536

_SMALL: Final = 1024 * 1024
_DAMAGED: Final = "it is a damaged book (EPUB): get it again"
_BOMB: Final = "it is a book (EPUB) with a file inside that is far too large: it is not opened"
_READABLE: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LONG_TAG: Final = re.compile(rb"<[^<>]{%d}" % MAX_TAG)
_ENTITY: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"


class Box:
    """What is inside an EPUB, by name.

    Args:
        data: the bytes of the file.

    Raises:
        IngestError: it is too large, or no zip archive.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_BYTES:
            raise IngestError(f"it is a book of more than {MAX_BYTES // 1024 // 1024} MiB, too much to read at once")
        _refuse_directory(data)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise IngestError(_DAMAGED) from error
        infos = self._archive.infolist()
        if len(infos) > MAX_MEMBERS:
            raise IngestError(f"it is a book (EPUB) of {len(infos):,} files, too many to open")
        self._infos = {info.filename: info for info in infos}
        self._folded = {name.lower(): name for name in reversed(self._infos)}
        self._left = MAX_READ

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files inside."""
        return tuple(self._infos)

    def find(self, base: str, link: str) -> str | None:
        """Give the name of the file that a link inside the book leads to; None for what is not inside.

        Args:
            base: the folder that the link is written in.
            link: a relative address.
        """
        try:
            parts = urlsplit(link.strip())
        except ValueError:
            return None
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path or "\\" in path or "\0" in path:
            return None
        name = posixpath.normpath(posixpath.join(base, path)).lstrip("/")
        return name if name in self._infos else self._folded.get(name.lower())

    def read(self, name: str, most: int) -> bytes:
        """Give the bytes of one file.

        Raises:
            IngestError: it is encrypted, damaged or larger than that.
        """
        info = self._infos[name]
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise IngestError(_BOMB)
        if info.flag_bits & 1:
            raise IngestError("it is a book that is locked with a password: unlock it and add it again")
        if info.compress_type not in _READABLE:
            raise IngestError(_DAMAGED)
        most = min(most, self._left)
        try:
            with self._archive.open(info) as file:
                data = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
            raise IngestError(_DAMAGED) from error
        if len(data) > most:
            raise IngestError(_BOMB)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Node:
        """Give a file as XML, mended where it is broken; no entities, no DTD, nothing from outside.

        Raises:
            IngestError: it cannot be read.
        """
        from lxml import etree  # type: ignore[import-untyped, unused-ignore] # its types may be installed

        data = _ENTITY.sub(_written_out, self.read(name, MAX_XML))
        if _LONG_TAG.search(data):
            raise IngestError(_DAMAGED)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise IngestError(_DAMAGED) from error
        if root is None:
            raise IngestError(_DAMAGED)
        return root


def _refuse_directory(data: bytes) -> None:
    """Refuse a directory of millions of files before it is read: reading it would fill the memory."""
    end = data.rfind(_END, max(0, len(data) - 66_000))
    if end < 0:
        raise IngestError(_DAMAGED)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if data[max(0, end - 20) : end].startswith(_END_64):
        size = max(0, int.from_bytes(data[max(0, end - 36) : max(0, end - 28)], "little"))
    if size > MAX_DIRECTORY:
        raise IngestError("it is a book (EPUB) of far too many files: it is not opened")


def _written_out(found: re.Match[bytes]) -> bytes:
    """Write an entity of HTML, which XML does not know, as the number of its character."""
    if found[1] in _OF_XML:
        return found[0]
    text = html.unescape(found[0].decode("ascii"))
    return found[0] if text.startswith("&") else "".join(f"&#{ord(character)};" for character in text).encode()


def local(element: Node) -> str:
    """Give the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words(element: Node) -> str:
    """Give the text in an element as one line."""
    return " ".join("".join(element.itertext()).split())

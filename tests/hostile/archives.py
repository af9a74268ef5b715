"""Archives made to do harm: bombs, lies in their heads, names that lead out of them."""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from tests.ingest import books
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB: Final = 1 << 20
SEA: Final = "The tide came in before the keeper had finished his tea, and nobody on the lower quay was surprised. "
_CHAPTER: Final = b"OEBPS/ch1.xhtml"
_DEFLATED: Final = struct.pack("<H", 8)


def _deflated(size: int, unit: bytes) -> bytes:
    """Deflate so many bytes of one kind, without ever holding them."""
    packing = zlib.compressobj(9, wbits=-15)
    piece = packing.compress(unit * (MIB // len(unit))) + packing.flush(zlib.Z_FULL_FLUSH)
    return piece * (size // MIB) + packing.flush()


def _gzip(size: int, unit: bytes = b"The quay ") -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + _deflated(size, unit) + struct.pack("<II", 0, size % (1 << 32))


def files() -> dict[str, bytes]:
    """Give them by their names."""
    text = gzip.compress(b"# Packed\n\n" + SEA.encode() * 9, mtime=0)
    named = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff../../../slipped.txt\0" + text[10:]
    return {
        "bomb.txt.gz": _gzip(600 * MIB),
        "bomb.rss.gz": gzip.compress(b"<rss><channel><item><title>", mtime=0) + _gzip(600 * MIB, b"a"),
        "nested.gz": gzip.compress(gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), mtime=0),
        "crumbs.gz": gzip.compress(b"", mtime=0) * 20_000,
        "named.gz": named,
        "slip.epub": _slip(),
        "bomb.epub": _zip_bomb(lying=False),
        "lying.epub": _zip_bomb(lying=True),
        "overlap.epub": _overlapping(),
        "members.epub": books.simple(metadata=_about("Members"), more={f"x{number}": "" for number in range(10_050)}),
        "navigation.epub": books.book(
            {"a.xhtml": books.page(books.prose())},
            [("a", "a.xhtml")],
            metadata=_about("Navigation"),
            more={"OEBPS/nav.xhtml": "<ol><li><a href='a.xhtml'>x</a>" * examples(20_000, 60_000)},
        ),
        "entities.epub": books.simple(more={"OEBPS/book.opf": _entity_package()}),
        "other.zip": _zip({"../slipped.txt": b"x", "C:\\slipped.txt": b"x"}),
        "bomb.pdf": _pdf(),
    }


def _about(title: str) -> str:
    """Give what a book tells of itself."""
    return books.METADATA.replace("The Quay", title).replace("9780000000002", title)


def _zip(members: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def _slip() -> bytes:
    """Give a book whose files want out of it, by their names, as links, and by what the book says of them."""
    held = BytesIO(
        books.book(
            {
                "a.xhtml": books.page(f"<h1>Slipping</h1>{books.prose()}<img src='../../../../etc/passwd'/>"),
                "../../../slipped.xhtml": books.page(f"<h1>Slipped</h1>{books.prose()}"),
                "/tmp/slipped.xhtml": books.page(f"<h1>Slipped again</h1>{books.prose()}"),
            },
            [("Slipping", "a.xhtml"), ("Passwords", "../../../../../../etc/passwd"), ("File", "file:///etc/passwd")],
            metadata=_about("Slip"),
        )
    )
    with zipfile.ZipFile(held, "a") as archive:
        for name, target in (("OEBPS/link.xhtml", "/etc/passwd"), ("up", "../..")):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o120777 << 16
            archive.writestr(info, target)
        archive.writestr(zipfile.ZipInfo("up/slipped.txt"), "x")
    return held.getvalue()


def _zip_bomb(*, lying: bool) -> bytes:
    """Give a book with a chapter of 600 MiB; one that lies tells a small size of it, and much of what is packed."""
    packed, small = _deflated(600 * MIB, b"<p>The quay</p> "), 1 * MIB - 1
    book = bytearray(books.simple(metadata=_about("Lying" if lying else "Bomb")))
    told = struct.pack("<III", 0, len(packed), small if lying else 600 * MIB)
    start = book.index(_CHAPTER) - 30
    body = start + 30 + len(_CHAPTER)
    before = int.from_bytes(book[start + 18 : start + 22], "little")
    book[start + 8 : start + 10] = _DEFLATED
    book[start + 14 : start + 26] = told
    book[body : body + before] = packed
    directory = book.index(b"PK\x01\x02", body + len(packed))
    for at, name in _directory(book, directory):
        offset = int.from_bytes(book[at + 42 : at + 46], "little")
        if name == _CHAPTER:
            book[at + 10 : at + 12] = _DEFLATED
            book[at + 16 : at + 28] = told
        elif offset > start:
            book[at + 42 : at + 46] = struct.pack("<I", offset + len(packed) - before)
    end = book.rindex(b"PK\x05\x06")
    book[end + 16 : end + 20] = struct.pack("<I", directory)
    return bytes(book)


def _directory(book: bytearray, at: int) -> Iterator[tuple[int, bytes]]:
    """Give where in the directory of an archive each file stands, and its name."""
    while book[at : at + 4] == b"PK\x01\x02":
        name = bytes(book[at + 46 : at + 46 + int.from_bytes(book[at + 28 : at + 30], "little")])
        yield at, name
        at += 46 + len(name)


def _overlapping() -> bytes:
    """Give a book whose chapters are all the same bytes, so that a small file holds very much."""
    chapter = books.page(f"<h1>Same</h1>{''.join(f'<p>{n * 7919} {SEA}</p>' for n in range(3_000))}")
    pages = {f"ch{number:03}.xhtml": "" for number in range(30)}
    book = bytearray(books.book({**pages, "ch000.xhtml": chapter}, metadata=_about("Overlap")))
    first = b""
    for at, name in _directory(book, book.index(b"PK\x01\x02")):
        if name.startswith(b"OEBPS/ch"):
            first = first or bytes(book[at : at + 46])
            book[at + 10 : at + 28], book[at + 42 : at + 46] = first[10:28], first[42:46]
    return bytes(book)


def _entity_package() -> str:
    lol = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    package = books.package(
        [("p0", "ch1.xhtml", "application/xhtml+xml", "")], ["p0"], metadata=_about("Entities")
    ).partition("?>")[2]
    return f"<?xml version='1.0'?><!DOCTYPE x [{lol}]>{package.replace('Ada Quay', '&a12;')}"


def _pdf() -> bytes:
    """Give a PDF with a page that unpacks to 600 MiB, actions that start programs, and pages that hold themselves."""
    head = _deflated(600 * MIB, b"(The quay) Tj T* ")
    stream = b"\x78\xda" + head
    actions = (
        b"/OpenAction << /S /Launch /F (touch) /Win << /F (cmd.exe) >> >> "
        b"/Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (app.launchURL\\('file:///x'\\)) >>] >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % actions,
        b"<< /Type /Pages /Kids [3 0 R 2 0 R 3 0 R] /Count 2147483647 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, data in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return bytes(out + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)

"""What did we get? One door for bytes: what is in them decides, never their name alone."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import BinaryIO, Final

from reader.ingest import archive, decode, exports, marked_up, sanitize
from reader.ingest.errors import IngestError
from reader.ingest.found import Found, Kind
from reader.ingest.own import export
from reader.values import dataclass

MAX_BYTES: Final = decode.MAX_BYTES
"""The most that is taken of anything but books."""

MAX_BOOK: Final = 200 * 1024 * 1024
"""The most that is taken of a book: it is mostly pictures, of which nothing is read."""

MAX_LINES: Final = 250_000
"""A book of 16 MiB wrapped at 72 columns has fewer; more are no text for people, and take long to take apart."""

PASTED: Final = "Pasted text"

_HEAD: Final = exports.HEAD
_ZIP: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF-"
_CALLED: Final = {
    "feed": "a feed",
    "subscriptions": "a list of subscriptions (OPML)",
    "page": "a web page (HTML)",
    "topic": "a web page (HTML)",
    "book": "a book (EPUB or PDF)",
}


@dataclass(frozen=True, slots=True)
class _Came:
    """What came, and what was said of it."""

    data: bytes
    name: str
    address: str
    content_type: str
    kind: Kind | None


def read(data: bytes, name: str = "", *, address: str = "", content_type: str = "", kind: Kind | None = None) -> Found:
    """Read what came as bytes.

    Args:
        data: the bytes of a file, of what was pasted, or of what a server sent.
        name: what the file is called, if it is a file.
        address: where it came from, if it did from the network.
        content_type: what the server said of it.
        kind: what it is to be taken for, whatever it looks like.

    Raises:
        IngestError: when it cannot be read.
    """
    most = limit(data)
    if len(data) > most and not exports.is_database(data):
        raise IngestError(f"it is larger than {most // 1024 // 1024} MiB, too much to read at once")
    came = _unpacked(_Came(data, name, address, content_type, kind))
    if kind is None and export.looks_like(came.data):
        return export.read(came.data, came.name)
    if kind is None and (foreign := exports.read(came.data, came.name)) is not None:
        return foreign
    if came.data.startswith(_ZIP) or _is_pdf(came.data):
        return _book(came)
    shape = marked_up.shape(came.data, came.name, content_type=came.content_type)
    if kind in {"listing", "essay"} or (kind is None and shape is None):
        return _text(came)
    return _marked_up(came, kind or shape)


def limit(head: bytes) -> int:
    """Tell how many bytes of something that begins so are taken."""
    return MAX_BOOK if head.startswith(_ZIP) or _is_pdf(head) else exports.limit(head) or MAX_BYTES


def taken(file: BinaryIO) -> bytes:
    """Read as much of a file as is taken, and one byte more, so that what is endless ends here and is refused."""
    head = file.read(_HEAD)
    most = limit(head) + 1
    return (head + file.read(max(most - len(head), 0)))[:most]


def heavy(data: bytes) -> bool:
    """Tell whether reading bytes takes a big parser, so that it is done in a process that can be ended."""
    data = archive.peek(data) if archive.is_gzip(data) else data
    marked = data.startswith(_ZIP) or _is_pdf(data) or decode.head(data).startswith(("<", "{"))
    return marked or bool(exports.limit(data))


def _is_pdf(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(_PDF)


def _unpacked(came: _Came) -> _Came:
    if not archive.is_gzip(came.data):
        return came
    inside = archive.inflated(came.data, limit)
    return _Came(inside, re.sub(r"\.gz\Z", "", came.name, flags=re.IGNORECASE), came.address, "", came.kind)


def _book(came: _Came) -> Found:
    """Read a book, or refuse another archive."""
    from reader.ingest import epub, pdf

    is_pdf = _is_pdf(came.data)
    if not (is_pdf or epub.looks_like(came.data)):
        decode.decode(came.data[: decode.MAX_BYTES])
    if came.kind not in {None, "book"} and not (is_pdf and came.kind == "essay"):
        raise IngestError(f"it is {'a PDF' if is_pdf else 'a book (EPUB)'}, and cannot be taken for anything else")
    return pdf.read(came.data, _called(came.name)) if is_pdf else epub.read(came.data, _called(came.name))


def _marked_up(came: _Came, kind: Kind | None) -> Found:
    """Read a feed, a list of subscriptions, or a web page; only the reader that is needed is imported."""
    if kind == "feed":
        from reader.ingest import feed

        return feed.read(came.data, address=came.address, content_type=came.content_type)
    if kind == "subscriptions":
        from reader.ingest import opml

        return opml.read(came.data)
    text = decode.decode(came.data, came.content_type)
    if kind == "book" or not marked_up.is_page(text, came.name, came.content_type, asked=came.kind is not None):
        raise IngestError(f"it is not {_CALLED[kind or 'page']}: leave --as away, or say what it is")
    from reader.ingest import web

    return web.read(text, address=came.address or marked_up.saved_from(text), kind=came.kind)


def _text(came: _Came) -> Found:
    """Read plain text: a listing, Markdown, or an essay."""
    text = decode.decode(came.data, came.content_type)
    if came.kind is None:
        marked_up.refuse(text)
    from reader.ingest import matter

    if came.kind != "listing" and matter.looks_like(text, came.name, came.content_type):
        _refuse_too_many_lines(text)
        entry = sanitize.entry(matter.entry(text, _called(came.name)))
        return Found("essay", entry.title, (entry,), address=came.address, language=entry.language, total=1)
    return _plain(sanitize.text(text, MAX_BYTES), came)


def _refuse_too_many_lines(text: str) -> None:
    if sum(map(bool, text.split("\n"))) > MAX_LINES:
        raise IngestError(f"it has more than {MAX_LINES:,} lines, too many to read at once")


def _plain(text: str, came: _Came) -> Found:
    from reader.ingest import essay, listing
    from reader.ingest.plain.blocks import split

    _refuse_too_many_lines(text)
    parts = split(text)
    if not parts.blocks:
        raise IngestError("it is empty: there is nothing to read")
    page = listing.parse_blocks(parts)
    if came.kind == "listing" or (came.kind is None and listing.is_listing(page)):
        entries = tuple(map(sanitize.entry, listing.entries(page)))
        if not entries:
            raise IngestError("it is no listing: there is no headline in it")
        title = entries[0].section or _called(came.name)
        return Found("listing", title, entries, address=came.address, total=len(entries))
    entry = sanitize.entry(essay.entry(parts))
    return Found("essay", entry.title, (entry,), address=came.address, total=1)


def detect(text: str) -> Kind:
    """Tell what a plain text is."""
    from reader.ingest import listing
    from reader.ingest.plain.blocks import split

    return "listing" if listing.is_listing(listing.parse_blocks(split(text))) else "essay"


def _called(name: str) -> str:
    """Make a title of a file's name."""
    stem = "" if name == "-" else PurePath(name).stem
    words = sanitize.line(re.sub("[_-]+|%20", " ", stem), sanitize.TITLE)
    return words[:1].upper() + words[1:] if words else PASTED


def say(found: Found) -> str:
    """Tell people what something was taken for."""
    from reader.ingest.saying import say as told

    return told(found)

"""Bytes to text: which encoding it is, and what is no text at all."""

from __future__ import annotations

import codecs
from typing import Final

from reader.ingest import charsets
from reader.ingest.errors import IngestError

MAX_BYTES: Final = 16 * 1024 * 1024
"""More than any topic page or book has; less than what makes a terminal program stall."""

_MAGICS: Final = (
    (b"%PDF-", "a PDF"),
    (b"bplist00", "a web archive of Safari, or a property list: save the page as HTML"),
    (b"PK\x03\x04", "a zip archive (EPUB and Word files are zip archives too)"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
)
_BOMS: Final = (
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_EPUB: Final = b"mimetypeapplication/epub+zip"
_INVISIBLE: Final = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Escape is counted as text: a page captured from a terminal is full of it, and sanitize removes it.
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b") | {0x7F})
_CONTROL_SHARE: Final = 0.05
_HIGH: Final = bytes(range(0x80, 0x100))
_HIGH_SHARE: Final = 0.4
_BROKEN_SHARE: Final = 0.01


def decode(data: bytes, content_type: str = "") -> str:
    """Give the text that bytes hold.

    A byte order mark decides, then UTF-8 when the bytes are valid UTF-8, then what they declare, then
    what they read best in.

    Args:
        data: the bytes.
        content_type: what came with them over the network; it may name the encoding.

    Raises:
        IngestError: when it is too large, empty, or no text.
    """
    if len(data) > MAX_BYTES:
        raise IngestError(f"it is larger than {MAX_BYTES // 1024 // 1024} MiB, too much text to read at once")
    _refuse_known(data)
    encoding = marked(data)
    if encoding:
        text = data.decode(encoding, "replace")
    else:
        _refuse_binary(data)
        text = _guess(data, content_type)
    if "\0" in text:
        raise IngestError("it is a binary file, not text")
    if not text.strip().strip(_INVISIBLE).strip():
        raise IngestError("it is empty: there is nothing to read")
    return text


def marked(data: bytes) -> str | None:
    """Give the encoding that bytes tell by their mark, or UTF-16 by its zeros; None for all others."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    return charsets.unmarked_utf_16(data) if b"\0" in data[:4096] else None


def head(data: bytes) -> str:
    """Give the beginning of what may be text, enough to tell a web page from a feed; no bytes are refused."""
    return data[:4096].decode(marked(data) or "utf-8", "replace").lstrip("\ufeff \t\r\n\f\v")


def _refuse_known(data: bytes) -> None:
    """Refuse what tells by its first bytes that it is something else."""
    if data.startswith(b"PK\x03\x04") and _EPUB in data[:200]:
        raise IngestError("it is an EPUB, not text")
    if data.startswith(b"RIFF") and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        raise IngestError("it is an image, a sound or a film, not text")
    head = data[:64].lstrip()
    for magic, what in _MAGICS:
        if data.startswith(magic) or head.startswith(magic):
            raise IngestError(f"it is {what}, not text")


def _refuse_binary(data: bytes) -> None:
    """Refuse bytes that hold a NUL or many control characters."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > len(data) * _CONTROL_SHARE:
        raise IngestError("it is a binary file, not text")


def _guess(data: bytes, content_type: str) -> str:
    """Decode bytes that have no mark."""
    escaped = charsets.escaped(data)
    try:
        return data.decode(escaped or "utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    high = len(data) - len(data.translate(None, _HIGH))
    # One torn character must not turn every curly quote of a UTF-8 page into three letters.
    if high > broken * 4:
        return mended
    for told in (charsets.declared(data, content_type), None):
        name = told or charsets.likeliest(data)
        text = data.decode(name, "replace") if name else ""
        if text and text.count("\ufffd") <= len(text) * _BROKEN_SHARE:
            return text
    if high > len(data) * _HIGH_SHARE:
        raise IngestError("its encoding is not known here: save it as UTF-8 and add it again")
    return data.decode("cp1252", "replace")

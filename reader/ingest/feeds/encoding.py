"""The text of a feed's bytes, whatever they, their declaration and the server say of their encoding."""

from __future__ import annotations

import codecs
from typing import Final

from reader.ingest import charsets

_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_OPENINGS: Final = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_HIGH: Final = bytes(range(0x80, 0x100))
_SWITCHING: Final = ("iso2022", "hz")
# What servers say of every file they do not know.
_SAID_OF_ALL: Final = "cp1252"


def text(data: bytes, content_type: str = "") -> str:
    """Give the text of a feed.

    Bytes that are UTF-8 are taken for it, whatever is declared: by chance nothing else is. Then the
    server is believed before the document, unless it says what servers say of all; then what reads best.

    Args:
        data: the bytes as they came.
        content_type: what the server said of them.
    """
    marked = _marked(data)
    if marked is not None:
        return marked
    said = _said(data, content_type)
    if said is not None and said.startswith(_SWITCHING) and data.isascii():
        return data.decode(said, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data, said)


def head(data: bytes, length: int) -> str:
    """Give the beginning of a feed as far as its tags go: other letters may be wrong."""
    start = data[: length // 4 * 4]
    marked = _marked(start)
    return start.decode("latin-1") if marked is None else marked


def _marked(data: bytes) -> str | None:
    """Decode bytes that tell their encoding by the first of them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for opening, encoding in _OPENINGS:
        if data.startswith(opening):
            return data.decode(encoding, "replace")
    return None


def _said(data: bytes, content_type: str) -> str | None:
    by_server = charsets.declared(b"", content_type)
    by_itself = charsets.declared(data)
    if by_server is None or (by_server == _SAID_OF_ALL and by_itself is not None):
        return by_itself
    return by_server


def _other(data: bytes, said: str | None) -> str:
    """Decode bytes that are no UTF-8, at least not throughout."""
    if said is not None and said != "utf-8":
        try:
            return data.decode(said)
        except UnicodeDecodeError:
            if said.startswith("cp"):
                return data.decode(said, "replace")
    mended = data.decode("utf-8", "replace")
    high = len(data) - len(data.translate(None, _HIGH))
    # One torn character must not turn every other of a UTF-8 feed into two wrong ones.
    if high > 4 * mended.count("\ufffd"):
        return mended
    return data.decode(charsets.likeliest(data) or "cp1252", "replace")

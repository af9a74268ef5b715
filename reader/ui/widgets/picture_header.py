"""What the first bytes of a picture tell: its format and its size, without decoding anything."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

Format: TypeAlias = Literal["PNG", "JPEG", "GIF", "WEBP"]

_NO_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EXIF: Final = 0xE1
_ORIENTATION: Final = 0x0112
_LYING: Final = range(5, 9)
"""The orientations that change width for height."""


@dataclass(frozen=True, slots=True)
class Header:
    """What kind of picture it is, and how many pixels it has when it is held upright."""

    format: Format
    width: int
    height: int


def header(data: bytes) -> Header | None:
    """Read the beginning of a picture.

    Args:
        data: its first bytes; those of a JPEG may have to be many, for what else stands in it.

    Returns:
        What it is, None when it is none that we draw or its size is not told.
    """
    try:
        found = _png(data) or _gif(data) or _webp(data) or _jpeg(data)
    except (struct.error, IndexError):
        return None
    return found if found is not None and found.width > 0 and found.height > 0 else None


def _png(data: bytes) -> Header | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        return None
    return Header("PNG", *struct.unpack_from(">II", data, 16))


def _gif(data: bytes) -> Header | None:
    return Header("GIF", *struct.unpack_from("<HH", data, 6)) if data.startswith((b"GIF87a", b"GIF89a")) else None


def _webp(data: bytes) -> Header | None:
    if not data.startswith(b"RIFF") or data[8:12] != b"WEBP":
        return None
    match data[12:16]:
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = struct.unpack_from("<HH", data, 26)
            return Header("WEBP", width & 0x3FFF, height & 0x3FFF)
        case b"VP8L" if data[20] == 0x2F:
            (bits,) = struct.unpack_from("<I", data, 21)
            return Header("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8X" if len(data) >= 30:
            width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
            return Header("WEBP", width, height)
    return None


def _jpeg(data: bytes) -> Header | None:
    lying = False
    for marker, start, end in _segments(data):
        if marker == _EXIF and data[start : start + 6] == b"Exif\0\0":
            lying = _orientation(data[start + 6 : end]) in _LYING
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, start + 1)
            return Header("JPEG", height, width) if lying else Header("JPEG", width, height)
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Give the segments of a JPEG: the marker of each, and from where to where its content goes."""
    at = 2 if data.startswith(b"\xff\xd8\xff") else len(data)
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _NO_LENGTH:
            at += 2
        else:
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            yield marker, at + 4, at + 2 + length
            at += 2 + max(2, length)


def _orientation(exif: bytes) -> int:
    """Give how the camera was held, as Exif numbers it; 1 is upright."""
    order = "<" if exif.startswith(b"II") else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 1

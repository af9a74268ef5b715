"""gzip: what is inside, within bounds; nothing is written to disk."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from reader.ingest.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_RATIO: Final = 300
"""Text that people wrote shrinks to a tenth, seldom to a hundredth; what shrinks further is made to fill the memory."""

GENEROUS: Final = 4 * 1024 * 1024
"""So much may come out of any archive, however few bytes it has."""

MAX_MEMBERS: Final = 1000
"""Tools that pack in pieces make one of every 64 KiB; thousands of tiny ones only take time."""

_MAGIC: Final = b"\x1f\x8b"
_GZIP: Final = 16 + zlib.MAX_WBITS
_STEP: Final = 64 * 1024
_HEAD: Final = 4096


def is_gzip(data: bytes) -> bool:
    """Tell whether bytes are a gzip archive."""
    return data.startswith(_MAGIC)


def peek(data: bytes) -> bytes:
    """Give the first bytes inside an archive, none when it is damaged."""
    try:
        return zlib.decompressobj(_GZIP).decompress(data[: 8 * _HEAD], _HEAD)
    except zlib.error:
        return b""


def inflated(data: bytes, limit: Callable[[bytes], int]) -> bytes:
    """Give what is inside an archive.

    Args:
        data: the archive; it may have several members, one after the other.
        limit: tells by its first bytes how many bytes of such a thing are taken.

    Raises:
        IngestError: it is damaged, holds another archive, or far more than its size lets one expect.
    """
    first = peek(data)
    if is_gzip(first):
        raise IngestError("it is an archive within an archive: unpack it and add what is inside")
    most, expected = limit(first), max(GENEROUS, len(data) * MAX_RATIO)
    out = bytearray()
    at = members = 0
    while data.startswith(_MAGIC, at):
        at = _member(data, at, out, min(most, expected))
        members += 1
        if len(out) > expected or members > MAX_MEMBERS:
            raise IngestError("it is an archive that unpacks to far more than text would: it is not opened")
        if len(out) > most:
            raise IngestError(f"it holds more than {most // 1024 // 1024} MiB, too much to read at once")
    return bytes(out)


def _member(data: bytes, at: int, out: bytearray, most: int) -> int:
    """Unpack the member that begins there, no further than just past what is taken; give where it ends."""
    unpacking = zlib.decompressobj(_GZIP)
    waiting = b""
    try:
        while not unpacking.eof and len(out) <= most:
            if not waiting:
                waiting = data[at : at + _STEP]
                at += len(waiting)
                if not waiting:
                    raise IngestError("it is an archive that ends too soon: get it again")
            out += unpacking.decompress(waiting, 4 * _STEP)
            waiting = unpacking.unconsumed_tail
    except zlib.error as error:
        raise IngestError("it is a damaged gzip archive: get it again") from error
    return at - len(unpacking.unused_data)

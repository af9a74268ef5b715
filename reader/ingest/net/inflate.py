"""What came compressed is made long again, a piece at a time and never past its bounds.

Only gzip and deflate: the other codings that servers know unpack without a bound in the libraries that
clients use, and a second coding around the first is only ever a trap.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Protocol

from reader.ingest.net.fetched import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = 1 << 18
"""This much at most is unpacked at once: a millisecond's work."""
RATIO: Final = 250
"""No text is packed as well as this."""
TRUSTED: Final = 4 << 20
"""What is shorter may be packed as well as it likes: it does no harm."""

_GZIP: Final = frozenset({"gzip", "x-gzip"})
_MAGIC: Final = b"\x1f\x8b"


class _Unpacker(Protocol):
    """What zlib gives to unpack with."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


class Inflate:
    """Takes a body as it comes and gives it whole at the end.

    Args:
        coding: The `Content-Encoding` it came with, empty for none.
        limit: The most bytes that it may become.

    Raises:
        FetchError: The coding is none of ours.
    """

    def __init__(self, coding: str, limit: int) -> None:
        named = [one for one in (part.strip().lower() for part in coding.split(",")) if one not in {"", "identity"}]
        if len(named) > 1 or (named and named[0] not in _GZIP | {"deflate"}):
            shown = " in ".join(reversed(named))[:40]
            raise FetchError("encoding", f"it came packed as {shown!a}, and only gzip and deflate are unpacked")
        self.packed = bool(named)
        self._gzip = self.packed and named[0] in _GZIP
        self._limit = limit
        self._parts: list[bytes] = []
        self._taken = 0
        self._given = 0
        self._start = b""
        self._unpacker: _Unpacker | None = None

    def feed(self, data: bytes) -> Iterator[None]:
        """Take the next bytes; stops after each piece, so that others get their turn.

        Raises:
            FetchError: They are damaged, or become more than they may.
        """
        self._taken += len(data)
        if not self.packed:
            self._keep(data)
            yield
            return
        if self._unpacker is None:
            # The first two bytes tell what a deflate is.
            self._start += data
            if len(self._start) < 2:
                return
            data, self._start = self._start, b""
            self._unpacker = zlib.decompressobj(self._window(data))
        yield from self._unpack(self._unpacker, data)

    def end(self) -> bytes:
        """Give the whole body, now that nothing more comes.

        Raises:
            FetchError: It was cut short.
        """
        if self._start if self._unpacker is None else not self._unpacker.eof:
            raise FetchError("truncated", "it was cut short on the way: try again later")
        body = b"".join(self._parts)
        self._parts.clear()
        return body

    def _window(self, data: bytes) -> int:
        """Tell zlib what comes: gzip, a deflate as the rules want it, or a bare one as some servers send."""
        if self._gzip:
            return 31
        return 15 if data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0 else -15

    def _unpack(self, unpacker: _Unpacker, data: bytes) -> Iterator[None]:
        while data:
            if unpacker.eof:
                # A gzip may have several members. Anything else after its end is filling.
                data, self._start = self._start + data, b""
                if data == _MAGIC[:1]:
                    self._start = data
                    return
                self._gzip = self._gzip and data.startswith(_MAGIC)
                if not self._gzip:
                    return
                self._unpacker = unpacker = zlib.decompressobj(31)
            try:
                piece = unpacker.decompress(data, PIECE)
            except zlib.error:
                raise FetchError("encoding", "it came damaged and cannot be unpacked: try again later") from None
            self._keep(piece, len(unpacker.unconsumed_tail) + len(unpacker.unused_data))
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            yield

    def _keep(self, piece: bytes, ahead: int = 0) -> None:
        """Keep what was unpacked while `ahead` bytes of what came are not looked at yet."""
        self._given += len(piece)
        if self._given > self._limit:
            raise FetchError("too-big", f"it is longer than {self._limit / (1 << 20):g} MiB, which is the most")
        if self.packed and self._given > TRUSTED and self._given > (self._taken - ahead) * RATIO:
            raise FetchError(
                "too-big", "it unpacks to a great deal more than any text would: it is a trap or a mistake"
            )
        self._parts.append(piece)

"""What the server of the tests may answer: as it should, or a lie of any kind we know."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: `target` is the path with its query, the names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    With `etag` or `modified`, a request with the same validator gets 304. `packed` sends the body as gzip.
    `headers` go as they are, also a wrong Content-Length, in place of ours. `wire` is everything that is sent,
    head included, piece by piece, for lies; `then` says what happens after: the connection is kept, closed,
    reset, or held open in silence.
    """

    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    etag: str = ""
    modified: str = ""
    packed: bool = False
    wire: Callable[[], AsyncIterator[bytes]] | None = None
    then: str = "keep"

    def bytes(self, asked: Asked) -> bytes:
        """What an honest server sends."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        status = self.status
        names = {name.lower() for name, _ in self.headers}
        own = [("ETag", self.etag), ("Last-Modified", self.modified)]
        if self.is_known(asked):
            status, body = 304, b""
        else:
            own.append(("Content-Type", self.type))
            if self.packed:
                body = gzip.compress(body, mtime=0)
                own.append(("Content-Encoding", "gzip"))
            own.append(("Content-Length", str(len(body))))
        headers = [*((name, value) for name, value in own if value and name.lower() not in names), *self.headers]
        phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Odd"
        head = f"HTTP/1.1 {status} {phrase}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers)
        return head.encode("latin-1", "replace") + b"\r\n" + (b"" if asked.method == "HEAD" else body)

    def is_known(self, asked: Asked) -> bool:
        """Whether who asks has it already, and says so by the validator."""
        match = asked.headers.get("if-none-match")
        if match is not None:
            return bool(self.etag) and match == self.etag
        since = asked.headers.get("if-modified-since")
        return bool(self.modified) and since == self.modified


Answer: TypeAlias = "Reply | str | bytes"
Route: TypeAlias = "Answer | Callable[[Asked], Answer]"

MISSING = Reply("<p>There is nothing here.", 404)


def redirect(to: str, status: int = 302, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """Send elsewhere: to a path, an address, or anything at all."""
    return Reply(b"", status, headers=(("Location", to), *headers))


def busy(after: str | int = 60, status: int = 429) -> Reply:
    """Ask to come back later."""
    return Reply("<p>Not so fast.", status, headers=(("Retry-After", str(after)),))


def gone() -> Reply:
    """Say that it is gone for good."""
    return Reply("<p>This is over.", 410)


def silent() -> Reply:
    """Take the request, and never answer."""
    return Reply(wire=lambda: _pieces(), then="hold")


def stalled(body: bytes = b"<p>The beginning", length: int = 100_000) -> Reply:
    """Begin the body, and never go on."""
    return Reply(wire=lambda: _pieces(_head(("Content-Length", str(length))), body), then="hold")


def trickle(pause: float = 0.01, length: int = 100_000) -> Reply:
    """Send a byte now and then: a slow loris."""

    async def drops() -> AsyncIterator[bytes]:
        yield _head(("Content-Length", str(length)))
        for _ in range(length):
            await asyncio.sleep(pause)
            yield b"x"

    return Reply(wire=drops)


def trickled_head(pause: float = 0.01) -> Reply:
    """Send one header after the other, slowly, for ever."""

    async def drops() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        for number in range(100_000):
            await asyncio.sleep(pause)
            yield b"X-%d: 1\r\n" % number

    return Reply(wire=drops)


def endless(piece: bytes = b"x" * 65_536, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """Send a body that has no end."""

    async def pieces() -> AsyncIterator[bytes]:
        yield _head(("Transfer-Encoding", "chunked"), *headers)
        while True:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)

    return Reply(wire=pieces)


def long_head(size: int = 10 << 20) -> Reply:
    """Send headers that have no end."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        for number in range(size // 1000):
            yield b"X-%d: %s\r\n" % (number, b"a" * 990)

    return Reply(wire=pieces, then="close")


def cut(body: bytes = b"<p>The beginning", length: int = 100_000, then: str = "close") -> Reply:
    """Promise a length, send less, and close (or `reset`)."""
    return Reply(wire=lambda: _pieces(_head(("Content-Length", str(length))), body), then=then)


def garbage(sent: bytes = b"\x00\x01\x02 this is no HTTP\r\n\r\n") -> Reply:
    """Send what is no HTTP."""
    return Reply(wire=lambda: _pieces(sent), then="close")


def bomb(size: int = 100 << 20, coding: str = "gzip") -> Reply:
    """Send little that becomes `size` bytes: `gzip`, `deflate`, or gzip under any other name."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, {"deflate": 15, "raw": -15}.get(coding, 31))
    block = bytes(1 << 20)
    body = b"".join(squeeze.compress(block) for _ in range(size >> 20)) + squeeze.flush()
    return Reply(body, headers=(("Content-Encoding", "deflate" if coding == "raw" else coding),))


def _head(*headers: tuple[str, str], status: str = "200 OK") -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in (("Content-Type", "text/html"), *headers))
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode()


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece

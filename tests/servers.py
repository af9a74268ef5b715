"""A web server on the loopback that does what it is told: it answers as it should, or lies in every way we know.

    with Server({"/feed.xml": Reply("<rss/>", type="application/rss+xml", etag='"1"')}) as server:
        server.url("/feed.xml")                        # http://127.0.0.1:PORT/feed.xml
        server.routes["/page"] = "<p>A page"           # text or bytes: 200, as HTML
        server.routes["/new"] = redirect("/feed.xml")
        server.routes["/count"] = lambda asked: Reply(asked.headers.get("user-agent", ""))
        server.asked                                   # every request, in order, each with its headers
        server.count("/feed.xml")                      # how often a path was asked
        server.stop()                                  # gone: the connection is refused

It runs in a thread of its own, so that anything may ask it: a coroutine, a worker process, the real program.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from tests.replies import (
    MISSING,
    Answer,
    Asked,
    Reply,
    Route,
    bomb,
    busy,
    cut,
    endless,
    garbage,
    gone,
    long_head,
    redirect,
    silent,
    stalled,
    trickle,
    trickled_head,
)

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

__all__ = [
    "MISSING",
    "Answer",
    "Asked",
    "Reply",
    "Route",
    "Server",
    "bomb",
    "busy",
    "cut",
    "endless",
    "garbage",
    "gone",
    "long_head",
    "redirect",
    "silent",
    "stalled",
    "trickle",
    "trickled_head",
]

LONGEST_HEAD = 1 << 16
"""Of a request; what it asks for is never longer."""

_TURNS = 3
"""Of the loop, until what was given up has let go of its socket."""


@dataclass(slots=True)
class Server:
    """The server; `routes` may be changed while it runs, and what it leaves out is 404.

    A route is asked for by its path with the query, then by its path alone, then by `*`. With `lines`, what does
    not begin like a request is answered at once, as most servers do.
    """

    routes: dict[str, Route] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int = 0
    tls: ssl.SSLContext | None = None
    lines: bool = False
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    most: int = 0
    _open: set[asyncio.Task[None]] = field(default_factory=set)
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    """Of all connections: one that is closed stays open until the other side has read everything."""
    _loop: asyncio.AbstractEventLoop | None = None
    _over: asyncio.Event | None = None
    _thread: threading.Thread | None = None

    def start(self) -> Self:
        """Begin to listen; give itself."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def stop(self) -> None:
        """Be gone: what comes now is refused. The port stays known, so that it can start again."""
        if self._loop is not None and self._over is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(10)
            self._loop = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def base(self) -> str:
        """Where it is, without a slash at the end."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        """Give the address of a path."""
        return self.base + path

    def count(self, path: str) -> int:
        """How often a path was asked, with whatever query."""
        return sum(asked.path == path for asked in self.asked)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        listener = await asyncio.start_server(
            self._connected, self.host, self.port, ssl=self.tls, limit=LONGEST_HEAD, backlog=1024
        )
        self.port = listener.sockets[0].getsockname()[1]
        ready.set()
        await self._over.wait()
        listener.close()
        tasks = set(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._writers.append(writer)
        self.connections += 1
        self.most = max(self.most, len(self._open))
        try:
            while await self._exchange(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self._open.remove(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Take one request, send its answer, and tell whether the connection is kept."""
        begun = await reader.readexactly(1)
        if self.lines and not begun.isalpha():
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return False
        head = begun + await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(method, target, headers, body)
        self.asked.append(asked)
        reply = self._reply(asked)
        if reply.wire is None:
            writer.write(reply.bytes(asked))
            await writer.drain()
        else:
            async for piece in reply.wire():
                writer.write(piece)
                await writer.drain()
        return await self._after(reply.then, reader, writer)

    def _reply(self, asked: Asked) -> Reply:
        # A proxy is asked for whole addresses.
        parts = urlsplit(asked.target)
        local = parts.path + (f"?{parts.query}" if parts.query else "")
        for known in (asked.target, local, parts.path, "*"):
            if known in self.routes:
                route = self.routes[known]
                break
        else:
            route = MISSING
        answer = route(asked) if callable(route) else route
        return answer if isinstance(answer, Reply) else Reply(answer)

    async def _after(self, then: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if then == "keep":
            return True
        if then == "hold":
            # Until the other side has enough.
            await reader.read()
        if then == "reset":
            taken = writer.get_extra_info("socket")
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        return False

"""The server: textual-serve's, with a door.

Whoever can send a request to this port could read, mark and add. So it listens on loopback alone, each path begins
with a random token, and what comes without it, for another host or from another page is refused with 403.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import socket
from contextlib import suppress
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Awaitable, Callable

HOST: Final = "127.0.0.1"
SESSIONS: Final = 8
"""Pages that can be open at once, each with an app of its own."""
_LEAVING: Final = 5.0
"""Seconds that an app has for leaving."""
_SIZE: Final = range(1, 1001)
"""Columns and lines that a page may ask for."""
_FONT: Final = range(6, 73)
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "img-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing is loaded from elsewhere; the terminal in the page writes styles of its own."""


def listen(port: int) -> socket.socket:
    """Listen on loopback.

    Args:
        port: 0 for any that is free.

    Raises:
        OSError: the port is taken, or may not be had.
    """
    return socket.create_server((HOST, port))


class ReaderServer(Server):
    """Serves the app on loopback, below a random path.

    Args:
        command: the app's argument list.
        door: where it listens, see `listen`.
        token: what each path begins with; made at random when it is not given.
        told: called with what is to be said when it listens.
    """

    def __init__(self, command: list[str], door: socket.socket, told: Callable[[str], None], token: str = "") -> None:
        port = door.getsockname()[1]
        self.token = token or secrets.token_urlsafe(32)
        super().__init__(
            " ".join(command),
            host=HOST,
            port=port,
            title="reader",
            public_url=f"http://{HOST}:{port}",
            templates_path=str(files("reader.web")),
        )
        self._arguments, self._door_at, self._told = command, door, told
        self._open = 0
        logging.getLogger("textual-serve").disabled = True  # what goes to and fro is what is being read

    @property
    def address(self) -> str:
        """Where the app is, the token in it."""
        return f"{self.public_url}/{self.token}/"

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM, then let the apps leave."""
        web.run_app(self._make_app(), sock=self._door_at, access_log=None, print=lambda *_: None, shutdown_timeout=1)

    async def on_startup(self, app: web.Application) -> None:
        """Say where the app is."""
        self._told(self.address)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._door], client_max_size=0)
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path), autoescape=True)
        base = f"/{self.token}"
        app.add_routes(
            [
                web.get(f"{base}/", self.handle_index, name="index"),
                web.get(f"{base}/ws", self.handle_websocket, name="websocket"),
                web.get(f"{base}/page.css", self._style, name="style"),
                web.get(f"{base}/download/{{key}}", self.handle_download, name="download"),
                web.static(f"{base}/static", self.statics_path, name="static"),
            ]
        )
        app.on_startup.append(self.on_startup)
        return app

    @web.middleware
    async def _door(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not self._may(request):
            return web.Response(status=403, text="The address is not whole: it holds a token. See `reader web`.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_headers(f"{HOST}:{self.port}"))
        return response

    def _may(self, request: web.Request) -> bool:
        hosts = {f"{HOST}:{self.port}", f"localhost:{self.port}"}
        origin = request.headers.get("Origin")
        named = request.path.split("/", 2)[1]
        return (
            hmac.compare_digest(named.encode("utf-8", "replace"), self.token.encode())
            and request.host in hosts  # a name that somebody else lets point here is another host
            and (origin is None or origin.removeprefix("http://") in hosts)
        )

    @aiohttp_jinja2.template("page.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """Give the page that draws the terminal."""
        here = f"http://{request.host}/{self.token}/"
        font = to_int(request.query.get("fontsize", ""), 16)
        return {
            "application": {"name": "reader"},
            "config": {"static": {"url": f"{here}static/"}},
            "own": here,
            "app_websocket_url": f"ws://{request.host}/{self.token}/ws",
            "font_size": font if font in _FONT else 16,
        }

    async def _style(self, _request: web.Request) -> web.Response:
        style = files("reader.web").joinpath("page.css").read_text("utf-8")
        return web.Response(text=style, content_type="text/css")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run an app for as long as its page is open."""
        if self._open >= SESSIONS:
            raise web.HTTPServiceUnavailable(text=f"{SESSIONS} pages are open already.\n")
        self._open += 1
        try:
            return await self._session(request)
        finally:
            self._open -= 1

    async def _session(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)

        # An app that is leaving still draws: what no page takes any more must be taken from it all the same.
        async def write(data: bytes) -> None:
            with suppress(ConnectionError, RuntimeError):
                await socket.send_bytes(data)

        async def say(text: str) -> None:
            with suppress(ConnectionError, RuntimeError):
                await socket.send_str(text)

        async def close() -> None:
            await socket.close()

        service = App(
            self.command, write_bytes=write, write_str=say, close=close, download_manager=self.download_manager
        )
        service.arguments = tuple(self._arguments)
        await service.start(_size(request.query.get("width"), 80), _size(request.query.get("height"), 24))
        try:
            await self._process_messages(socket, service)
        except (AssertionError, AttributeError, KeyError, IndexError, TypeError, ValueError):
            await socket.close(message=b"not understood")  # no page of ours sends such a thing
        finally:
            await service.stop()
        return socket


class App(AppService):
    """An app that is run for one page."""

    arguments: tuple[str, ...] = ()
    """Its argument list; no shell sees it."""

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self.arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width=width, height=height),
        )
        self._stdin = process.stdin
        return process

    async def stop(self) -> None:
        """Let the app leave as when its terminal closes, and end it when it does not."""
        task, process = self._task, self._process
        self._task = None
        if task is None or process is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(_LEAVING):
                await task
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()


def _size(asked: str | None, otherwise: int) -> int:
    size = to_int(asked or "", otherwise)
    return size if size in _SIZE else otherwise


def _headers(host: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": _POLICY.format(host=host),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

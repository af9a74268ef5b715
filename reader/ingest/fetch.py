"""The only file that opens a socket: what comes from the web comes through here, within its bounds.

What is promised of every request, whatever the other side does:

- Only http and https. Redirects are followed by hand, five at most, and each is checked like the first.
- A host that is not the user's own choice is resolved once, every address of it checked, and one of these
  connected to: a name cannot be public when it is checked and private when it is asked. What may be private
  has connections of its own, which nothing else ever uses.
- Only gzip and deflate are asked for and unpacked, within a bound; nothing is taken that was cut short.
- One deadline for all of it. Waiting for a free connection does not count, and who wants another host does
  not wait for a slow one.
- A login and the user's own headers go to the server they are for and never to another. Cookies live as long
  as the redirects of one request.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from reader.ingest.net import addresses, proxies
from reader.ingest.net.fetched import LIMIT, FetchError, Request, Response, refusal, told
from reader.ingest.net.inflate import Inflate
from reader.ingest.net.lookup import ips, looked_up
from reader.ingest.net.trip import REDIRECTS, Headers, Trip

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from typing import Self

    # Imported late everywhere below: it takes a fifth of a second.
    import httpcore

    from reader.ingest.net.addresses import Address, Ip
    from reader.ingest.net.lookup import Resolve

__all__ = ["LIMIT", "FetchError", "Fetcher", "Request", "Response"]

WIRE: Final = 8 << 20
"""The most bytes of a packed body, as it is sent."""
CONNECTING: Final = 8.0
"""Seconds for one of the addresses that a host has, so that a dead one leaves time for the next."""
TRIES: Final = 4
"""How many of a host's addresses are tried."""
IDLE: Final = 2.0
"""Seconds that a free connection is kept: less than any server does, so that none is used as it closes."""
PRECHECK: Final = 2.0
"""Seconds to resolve a name that a proxy will resolve anyway."""


class Fetcher:
    """Asks for many things at once, with good manners; belongs to one event loop.

    Args:
        per_host: The most requests at once to one host.
        total: The most requests at once.
        deadline: Seconds for one request, its redirects included.
        private: Decides which IP addresses are of the own network; tests have their own.
        resolve: Gives the IP addresses of a host; runs in a thread of its own.
        environ: Where the proxies are named; the process's own if left out.
    """

    def __init__(
        self,
        *,
        per_host: int = 2,
        total: int = 12,
        deadline: float = 30.0,
        private: Callable[[Ip], bool] = addresses.is_private,
        resolve: Resolve | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._per_host = per_host
        self._total = total
        self._deadline = deadline
        self._private = private
        self._resolve = resolve or _resolve
        self._environ = os.environ if environ is None else environ
        self._slots = asyncio.Semaphore(total)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._pools: dict[tuple[str, bool, str], httpcore.AsyncConnectionPool] = {}
        self._trust: asyncio.Task[ssl.SSLContext] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        if self._trust is not None:
            self._trust.cancel()
        while self._pools:
            await self._pools.popitem()[1].aclose()

    async def get(self, request: Request) -> Response:
        """Ask for something and give what came; `304` is an answer.

        Raises:
            FetchError: Nothing came that can be used, with the reason in words.
        """
        trip = Trip.begin(request, self._deadline)
        while True:
            async with self._slot(trip.at.host):
                response = await self._within(trip)
            if response is not None:
                return response

    @asynccontextmanager
    async def _slot(self, host: str) -> AsyncIterator[None]:
        """Wait until the host, and then we, have a connection free; in this order nobody waits for a stranger."""
        async with self._hosts.setdefault(host, asyncio.Semaphore(self._per_host)), self._slots:
            yield

    async def _within(self, trip: Trip) -> Response | None:
        """Make one hop within the time that is left."""
        import httpcore

        network = (OSError, httpcore.TimeoutException, httpcore.NetworkError)
        broken = (*network, httpcore.ProtocolError, httpcore.ProxyError)
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(trip.left):
                return await self._hop(trip)
        except broken as error:
            raise told(error, trip.at.host, self._deadline, begun=trip.body) from None
        finally:
            trip.left -= clock() - began

    async def _hop(self, trip: Trip) -> Response | None:
        """Ask one server."""
        import httpcore

        at = trip.at
        proxy = proxies.named(at, self._environ)
        if not trip.may_be_private:
            await self._check(at, proxy)
        pool = await self._pool(at.scheme, proxy, allowed=trip.may_be_private)
        url = httpcore.URL(scheme=at.scheme, host=at.host, port=None if at.usual else at.port, target=at.target)
        answer = await pool.handle_async_request(httpcore.Request("GET", url, headers=trip.headers()))
        try:
            trip.local = trip.may_be_private and self._is_local(at, None if proxy else answer)
            return await _answered(trip, answer)
        finally:
            await answer.aclose()

    async def _check(self, at: Address, proxy: str) -> None:
        """Refuse what a stranger may not send us to, as far as it shows before a connection is made."""
        addresses.check(at, self._private)
        if proxy:
            found: list[Ip] = []
            with suppress(FetchError, TimeoutError):
                async with asyncio.timeout(PRECHECK):
                    found = await looked_up(self._resolve, at.host, at.port)
            if any(map(self._private, found)):
                raise addresses.private_words(at.host)

    def _is_local(self, at: Address, answer: httpcore.Response | None) -> bool:
        """Whether what the user typed is of the own network, by the connection or, through a proxy, its name."""
        peer = answer.extensions["network_stream"].get_extra_info("server_addr") if answer is not None else None
        found = ips([at.host, *(str(part) for part in (peer or ())[:1])])
        return any(map(self._private, found)) or (answer is None and not found and addresses.is_inside(at.host))

    async def _pool(self, scheme: str, proxy: str, *, allowed: bool) -> httpcore.AsyncConnectionPool:
        """Give the connections of one policy; a proxy's own lead to it and are the same for both."""
        key = (scheme, allowed and not proxy, proxy)
        if key not in self._pools:
            context = None
            if scheme == "https" or proxy.startswith("https:"):
                # In a thread: reading all the certificates takes longer than a screen may wait.
                self._trust = self._trust or asyncio.create_task(asyncio.to_thread(_trusted))
                context = await asyncio.shield(self._trust)
            if key not in self._pools:
                self._pools[key] = self._made(context, proxy, allowed=allowed)
        return self._pools[key]

    def _made(self, context: ssl.SSLContext | None, proxy: str, *, allowed: bool) -> httpcore.AsyncConnectionPool:
        import httpcore

        guard = cast("httpcore.AsyncNetworkBackend", _Guard(self._resolve, None if allowed or proxy else self._private))
        if not proxy:
            return httpcore.AsyncConnectionPool(
                ssl_context=context, max_connections=self._total, keepalive_expiry=IDLE, network_backend=guard
            )
        via = proxies.parse(proxy)
        return httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(scheme=via.scheme, host=via.host, port=via.port, target="/"),
            proxy_auth=None if via.login is None else (via.login[0].encode(), via.login[1].encode()),
            ssl_context=context,
            proxy_ssl_context=context if via.scheme == "https" else None,
            max_connections=self._total,
            keepalive_expiry=IDLE,
            network_backend=guard,
        )


class _Guard:
    """Makes the connections: resolves a host, refuses the own network unless it may be, connects to what it checked."""

    def __init__(self, resolve: Resolve, private: Callable[[Ip], bool] | None) -> None:
        import httpcore

        self._resolve = resolve
        self._private = private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, **_: object
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host's first address that answers."""
        import httpcore

        found = await looked_up(self._resolve, host, port)
        if self._private is not None and any(map(self._private, found)):
            raise addresses.private_words(host)
        failed: Exception = OSError(host)
        for ip in found[:TRIES]:
            try:
                line = await self._inner.connect_tcp(str(ip), port, timeout=timeout or CONNECTING)
                return cast("httpcore.AsyncNetworkStream", _Line(line))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Line:
    """A connection that is closed when it is given up in the middle of its TLS, which httpcore leaves open."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self.read, self.write, self.aclose = inner.read, inner.write, inner.aclose
        self.get_extra_info = inner.get_extra_info

    async def start_tls(self, *args: Any, **named: Any) -> httpcore.AsyncNetworkStream:  # noqa: ANN401 - handed on
        """Make it secure."""
        try:
            return await self._inner.start_tls(*args, **named)
        except BaseException:
            await self._inner.aclose()
            raise


async def _answered(trip: Trip, answer: httpcore.Response) -> Response | None:
    """Take an answer; one that sends elsewhere turns the trip there."""
    headers = Headers(answer.headers)
    if answer.status in REDIRECTS:
        trip.turn(answer.status, headers)
        return None
    response = trip.response(answer.status, headers)
    if answer.status == 304 and trip.is_conditional:
        # To its end, which is here, so that the connection can be used again.
        async for _ in answer.aiter_stream():
            pass
        return response
    if answer.status not in {200, 203}:
        raise refusal(trip.at.host, answer.status, response.retry_after, trip.at.authority)
    return replace(response, body=await _body(trip, answer, headers))


async def _body(trip: Trip, answer: httpcore.Response, headers: Headers) -> bytes:
    """Take a body as it comes; whoever sends more than is taken is left."""
    inflate = Inflate(headers.get("content-encoding"), trip.request.limit)
    most = max(WIRE, trip.request.limit // 2) if inflate.packed else trip.request.limit
    too_big = FetchError("too-big", f"{trip.at.host} sends more than {most / (1 << 20):g} MiB, which is the most")
    length = headers.first("content-length")
    if length.isdecimal() and int(length[:20]) > most:
        raise too_big
    trip.body = True
    taken = 0
    async for chunk in answer.aiter_stream():
        taken += len(chunk)
        if taken > most:
            raise too_big
        for _ in inflate.feed(chunk):
            await asyncio.sleep(0)
    return inflate.end()


def _resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _trusted() -> ssl.SSLContext:
    """Trust whom the system trusts, and where it has no list of its own, certifi's."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context

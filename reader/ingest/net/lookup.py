"""A host's IP addresses, asked for in a thread that nobody ever waits for at the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from reader.ingest.net import addresses
from reader.ingest.net.fetched import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.ingest.net.addresses import Ip

Resolve: TypeAlias = Callable[[str, int], list[str]]
"""Gives the IP addresses of a host; it may take its time, and raise OSError."""


def ips(figures: Iterable[str]) -> list[Ip]:
    """Read IP addresses, each once."""
    return [ip for ip in map(addresses.literal, dict.fromkeys(figures)) if ip is not None]


async def looked_up(resolve: Resolve, host: str, port: int) -> list[Ip]:
    """Give the IP addresses of a host; one in figures is its own.

    The system's resolver cannot be stopped, only left: in a pool of threads a few dead names would keep all
    others waiting, and the program from ending.

    Raises:
        FetchError: It has none.
    """
    ip = addresses.literal(host)
    if ip is not None:
        return [ip]
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str]) -> None:
        if not answer.done():
            answer.set_result(found)

    def look() -> None:
        try:
            found = resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        # Nobody listens any more when the loop is closed.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=look, name="resolver", daemon=True).start()
    found = ips(await answer)
    if not found:
        raise FetchError("network", f"{host} is not found: check the address, and that you are online")
    return found

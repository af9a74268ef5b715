"""No test leaves this computer: the guard of conftest.py does its work."""

from __future__ import annotations

import asyncio
import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "0.0.0.0", "169.254.169.254"])
@pytest.mark.parametrize("name", ["connect", "connect_ex"])
def test_a_connection_elsewhere_is_refused_and_remembered(host, name, strays):
    with socket.socket() as one, pytest.raises(AssertionError, match=host):
        getattr(one, name)((host, 80))
    assert len(strays) == 1
    strays.clear()


def test_a_datagram_elsewhere_is_refused(strays):
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(AssertionError):
        one.sendto(b"x", ("192.0.2.1", 53))
    strays.clear()


async def test_asyncio_is_watched_too(strays):
    with pytest.raises(AssertionError):
        await asyncio.open_connection("192.0.2.1", 80)
    with pytest.raises(AssertionError):
        await asyncio.open_connection("example.org", 80)
    assert len(strays) == 2
    strays.clear()


async def test_what_is_here_may_be_asked(server):
    server.routes["/"] = "here"
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()
    assert socket.getaddrinfo("localhost", 80)

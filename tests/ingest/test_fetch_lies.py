"""What is fetched stays within its bounds, whatever the other side does."""

from __future__ import annotations

import asyncio
import gzip
import random
import threading
import tracemalloc
from pathlib import Path

import pytest

from reader.ingest import fetch as module
from reader.ingest.fetch import FetchError, Request
from reader.ingest.net.inflate import PIECE
from reader.ingest.net.trip import Headers, Trip
from tests.ingest.fetching import fetcher
from tests.servers import (
    Reply,
    bomb,
    cut,
    endless,
    garbage,
    long_head,
    redirect,
    silent,
    stalled,
    trickle,
    trickled_head,
)

MIB = 1 << 20
CERTIFICATE = Path(__file__).parent.parent / "fixtures" / "tls" / "localhost.pem"


async def refused(url, *, names=None, deadline=5.0, **asked):
    # Who has no deadline is to fail here, and not to wait for ever.
    async with fetcher(names, deadline=deadline) as one, asyncio.timeout(deadline + 10):
        with pytest.raises(FetchError) as error:
            await one.get(Request(url, **asked))
    words = str(error.value)
    assert words.isprintable()
    assert len(words) < 250
    return error.value


@pytest.mark.parametrize("reply", [silent(), stalled(), trickle(), trickled_head()])
async def test_the_deadline_is_for_all_of_it(server, reply):
    server.routes["/"] = reply
    error = await refused(server.url("/"), deadline=0.15)
    assert error.kind == "timeout"
    assert "0.15 seconds" in str(error)


async def test_the_deadline_counts_all_redirects(server):
    async def slowly():
        await asyncio.sleep(0.1)
        yield b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"

    server.routes["*"] = Reply(wire=slowly)
    assert (await refused(server.url("/"), deadline=0.25)).kind == "timeout"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (cut(), "truncated"),
        (cut(then="reset"), "truncated"),
        (cut(b"", then="close"), "truncated"),
        (Reply(b"x" * 90, headers=(("Content-Length", "10"),)), ""),
        (Reply(b"x" * 90, headers=(("Content-Length", "-10"),)), "network"),
        (Reply(b"x" * 90, headers=(("Content-Length", "many"),)), "network"),
        (Reply(b"x", headers=(("Content-Length", "9" * 5000),)), "network"),
        (Reply(b"x", headers=(("Content-Length", "99999999999"),)), "too-big"),
        (garbage(), "network"),
        (garbage(b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n"), "network"),
        (garbage(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "truncated"),
        (garbage(b""), "network"),
        (long_head(), "network"),
        (endless(), "too-big"),
        (bomb(), "too-big"),
        (bomb(coding="deflate"), "too-big"),
        (bomb(coding="raw"), "too-big"),
        (bomb(MIB, "br"), "encoding"),
        (bomb(MIB, "zstd"), "encoding"),
        (bomb(MIB, "gzip, gzip"), "encoding"),
        (Reply(b"no gzip", headers=(("Content-Encoding", "gzip"),)), "encoding"),
        (redirect(""), "redirect"),
        (redirect("/"), "redirect"),
        (redirect("file:///etc/passwd"), "scheme"),
        (redirect("gopher://127.0.0.1/"), "scheme"),
        (redirect("http://x:0/"), "address"),
        (redirect("http://127.0.0.1:22/"), "address"),
        (redirect("/\x1b[31m"), "address"),
        (Reply(b"", 200, headers=(("ETag", "x" * 5000),)), ""),
    ],
)
async def test_lies(server, reply, kind):
    server.routes["/"] = reply
    if kind:
        assert (await refused(server.url("/"))).kind == kind
    else:
        async with fetcher() as one:
            came = await one.get(Request(server.url("/")))
        assert (len(came.body), came.etag) in {(10, ""), (0, "")}


async def test_the_limit_of_a_request(server):
    server.routes["/exact"] = b"x" * MIB
    server.routes["/more"] = b"x" * (MIB + 1)
    server.routes["/packed"] = Reply(b"x" * (MIB + 1), packed=True)
    async with fetcher() as one:
        assert len((await one.get(Request(server.url("/exact"), limit=MIB))).body) == MIB
    for path in ("/more", "/packed"):
        error = await refused(server.url(path), limit=MIB)
        assert (error.kind, "1 MiB" in str(error)) == ("too-big", True)


@pytest.mark.parametrize("told", [False, True])
async def test_what_is_packed_is_bounded_as_it_comes_too(server, told):
    async def pieces():
        packed = gzip.compress(random.Random(1).randbytes(9 * MIB), 0)
        length = b"Content-Length: %d\r\n" % len(packed) if told else b""
        yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + length + b"\r\n"
        yield packed

    server.routes["/"] = Reply(wire=pieces, then="close")
    error = await refused(server.url("/"))
    assert (error.kind, "sends more than 8 MiB" in str(error)) == ("too-big", True)


async def test_memory_is_bounded(server):
    server.routes["/bomb"] = bomb(200 * MIB)
    server.routes["/endless"] = endless()
    tracemalloc.start()
    try:
        async with fetcher() as one:
            asked = [one.get(Request(server.url(path))) for path in ("/bomb", "/endless")]
            assert {error.kind for error in await asyncio.gather(*asked, return_exceptions=True)} == {"too-big"}
        assert tracemalloc.get_traced_memory()[1] < 60 * MIB
    finally:
        tracemalloc.stop()


async def test_the_loop_goes_on_while_much_is_unpacked():
    text = random.Random(1).randbytes(MIB // 16) + bytes(range(256)) * 40_000
    turns = 0

    class Answer:
        async def aiter_stream(self):
            yield gzip.compress(text)

    async def turn():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(turn())
    trip, headers = Trip.begin(Request("http://a.test/"), 1), Headers([(b"Content-Encoding", b"gzip")])
    assert await module._body(trip, Answer(), headers) == text
    other.cancel()
    assert turns >= len(text) // PIECE


async def test_a_slow_host_keeps_nobody_waiting(server):
    names = {f"{name}.test": "127.0.0.1" for name in ("slow", "quick")}
    server.routes["/slow"] = silent()
    server.routes["/quick"] = "x"
    async with fetcher(names, total=4, deadline=60) as one:
        slow = [asyncio.create_task(one.get(Request(f"http://slow.test:{server.port}/slow"))) for _ in range(20)]
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            quick = (one.get(Request(f"http://quick.test:{server.port}/quick")) for _ in range(10))
            assert {came.body for came in await asyncio.gather(*quick)} == {b"x"}
        for task in slow:
            task.cancel()
        assert all(
            isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*slow, return_exceptions=True)
        )
    assert server.count("/slow") <= 2


@pytest.mark.parametrize("limits", [{"per_host": 2}, {"total": 2}])
async def test_waiting_for_a_connection_is_not_counted(server, limits):
    # Two at a time and each to its deadline: the last begin when their own time would be over thrice.
    names = {f"{number}.test": "127.0.0.1" for number in range(8)}
    hosts = list(names) if "total" in limits else ["0.test"] * 8
    server.routes["/"] = silent()
    async with fetcher(names, deadline=0.1, **limits) as one:
        asked = (one.get(Request(f"http://{host}:{server.port}/")) for host in hosts)
        ends = await asyncio.gather(*asked, return_exceptions=True)
    assert [end.kind for end in ends] == ["timeout"] * 8
    assert server.count("/") == 8


async def test_a_resolver_that_hangs_is_left(server):
    hanging = threading.Event()
    left = []

    def resolve(host, port):
        # Or the program could not end before it.
        left.append(threading.current_thread().daemon)
        hanging.wait(30)
        return ["127.0.0.1"]

    async with fetcher(resolve=resolve, deadline=0.1) as one:
        with pytest.raises(FetchError) as error:
            await one.get(Request(f"http://a.test:{server.port}/"))
    hanging.set()
    assert left == [True]
    assert error.value.kind == "timeout"


async def test_what_is_stopped_stops_at_once(server):
    server.routes["/"] = stalled()
    async with fetcher(deadline=60) as one:
        task = asyncio.create_task(one.get(Request(server.url("/"))))
        while not server.asked:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        server.routes["/x"] = "still here"
        assert (await one.get(Request(server.url("/x")))).body == b"still here"

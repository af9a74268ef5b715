"""What is asked through a proxy, and what is not."""

from __future__ import annotations

import pytest

from reader.ingest.fetch import FetchError, Request
from tests.ingest.fetching import fetcher
from tests.servers import Reply


async def test_a_proxy_is_asked_for_the_whole_address(server):
    server.routes["*"] = lambda asked: f"{asked.method} {asked.target}"
    environ = {"HTTP_PROXY": f"http://anna:x@127.0.0.1:{server.port}", "NO_PROXY": "direct.test"}
    async with fetcher({"direct.test": "127.0.0.1"}, environ=environ) as one:
        came = await one.get(Request("http://example.test/feed?x=1"))
        assert came.body == b"GET http://example.test/feed?x=1"
        assert came.url == "http://example.test/feed?x=1"
        assert server.asked[0].headers["proxy-authorization"] == "Basic YW5uYTp4"
        assert server.asked[0].headers["host"] == "example.test"
        came = await one.get(Request(f"http://direct.test:{server.port}/y"))
        assert came.body == b"GET /y"


async def test_a_proxy_that_lets_nobody_through(server):
    server.routes["*"] = Reply(status=403)
    async with fetcher(environ={"ALL_PROXY": server.base}) as one:
        with pytest.raises(FetchError, match="the proxy does not let us through") as error:
            await one.get(Request("https://example.test/"))
    assert error.value.kind == "network"
    assert (server.asked[0].method, server.asked[0].target) == ("CONNECT", "example.test:443")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.2/", "http://10.0.0.1/", "http://inside.test/", "http://router/", "http://x.local/"]
)
async def test_a_proxy_is_not_asked_for_the_own_network(server, url):
    async with fetcher(
        {"inside.test": "127.0.0.2"}, environ={"HTTP_PROXY": server.base}, private=lambda ip: ip.is_private
    ) as one:
        with pytest.raises(FetchError) as error:
            await one.get(Request(url))
    assert error.value.kind == "private"
    assert not server.asked


async def test_a_strange_proxy_is_told():
    async with fetcher(environ={"HTTP_PROXY": "socks5://127.0.0.1:1"}) as one:
        with pytest.raises(FetchError, match="proxy") as error:
            await one.get(Request("http://example.test/"))
    assert error.value.kind == "network"

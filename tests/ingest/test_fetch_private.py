"""The own network is for who types its addresses, and never for what a feed or a page points to."""

from __future__ import annotations

import asyncio

import pytest

from reader.ingest.fetch import Fetcher, FetchError, Request
from tests.ingest.fetching import OWN, fetcher
from tests.servers import Server, redirect


@pytest.fixture
def own():
    """A server in the own network, which 127.0.0.2 plays."""
    with Server({"*": "secret"}, host=OWN) as running:
        yield running


@pytest.mark.parametrize(
    "host", [OWN, "inside.test", "mixed.test", "2130706434", "0x7f.2", "127.0.0.2.", "[::ffff:127.0.0.2]"]
)
async def test_the_own_network_is_not_for_strangers(server, own, host):
    names = {"inside.test": OWN, "mixed.test": ["127.0.0.1", OWN]}

    def is_own(ip):
        return str(getattr(ip, "ipv4_mapped", None) or ip) == OWN

    url = f"http://{host}:{own.port}/"
    server.routes["/"] = redirect(url)
    async with fetcher(names, private=is_own) as one:
        for asked in (Request(url), Request(server.url("/")), Request(server.url("/"), private=True)):
            with pytest.raises(FetchError, match="own network") as error:
                await one.get(asked)
            assert error.value.kind == "private"
    assert not own.connections


async def test_the_own_network_is_for_who_types_it(server, own):
    own.routes["/old"] = redirect("/new")
    own.routes["/away"] = redirect(server.url("/"))
    server.routes["/"] = "world"
    async with fetcher({"inside.test": OWN, "other.test": OWN}) as one:
        came = await one.get(Request(own.url("/old"), private=True))
        assert (came.body, came.local) == (b"secret", True)
        came = await one.get(Request(f"http://inside.test:{own.port}/", private=True))
        assert (came.body, came.local) == (b"secret", True)
        came = await one.get(Request(own.url("/away"), private=True))
        # Where it came from in the end is no host of the own network.
        assert (came.body, came.local) == (b"world", False)
        assert not (await one.get(Request(server.url("/"), private=True))).local
        # From one host of the own network to another, only its user goes.
        own.routes["/next"] = redirect(f"http://other.test:{own.port}/")
        with pytest.raises(FetchError, match=r"other\.test is on your own network"):
            await one.get(Request(own.url("/next"), private=True))


async def test_who_types_one_server_has_not_typed_another_of_the_same_host(server, own):
    with Server({"*": "another's secret"}, host=OWN) as other:
        own.routes["/other"] = redirect(other.url("/"))
        async with fetcher() as one:
            with pytest.raises(FetchError, match="own network"):
                await one.get(Request(own.url("/other"), private=True))
        assert not other.connections


async def test_a_stranger_sends_nobody_back_into_the_own_network(server, own):
    own.routes["/out"] = redirect(server.url("/"))
    server.routes["/"] = redirect(own.url("/secret"))
    async with fetcher() as one:
        with pytest.raises(FetchError, match="own network"):
            await one.get(Request(own.url("/out"), private=True))
    assert [asked.path for asked in own.asked] == ["/out"]


async def test_what_may_be_private_shares_no_connection(own):
    async with fetcher({"inside.test": OWN}) as one:
        url = f"http://inside.test:{own.port}/"
        assert (await one.get(Request(url, private=True))).body == b"secret"
        # The connection is open still, and none of a stranger's business.
        with pytest.raises(FetchError, match="own network"):
            await one.get(Request(url))
    assert len(own.asked) == 1


async def test_both_at_once_keep_their_policy(server, own):
    server.routes["/"] = "world"
    async with fetcher({"inside.test": OWN, "world.test": "127.0.0.1"}, total=4) as one:
        asked = [
            Request(f"http://{host}.test:{port}/?{n}", private=n % 2 == 0)
            for n in range(20)
            for host, port in (("inside", own.port), ("world", server.port))
        ]
        ends = await asyncio.gather(*map(one.get, asked), return_exceptions=True)
    for request, end in zip(asked, ends, strict=True):
        if "inside" in request.url and not request.private:
            assert end.kind == "private"
        else:
            assert end.status == 200


async def test_a_name_that_changes_its_mind_is_asked_once(server, own):
    answers = iter([["127.0.0.1"], [OWN], [OWN]])
    server.routes["/"] = "world"
    async with fetcher(resolve=lambda host, port: next(answers)) as one:
        # What was checked is what is connected to.
        assert (await one.get(Request(f"http://a.test:{server.port}/"))).body == b"world"
        with pytest.raises(FetchError, match="own network"):
            await one.get(Request(f"http://a.test:{own.port}/"))
    assert not own.connections


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/", "http://127.0.0.1:8000/", "http://169.254.169.254/", "http://[::1]/"]
)
async def test_without_a_test_s_word_this_computer_is_private(url):
    async with Fetcher(environ={}) as one:
        with pytest.raises(FetchError, match="own network"):
            await one.get(Request(url))

"""What is asked, what comes back, and what is remembered of it: with a server that does as it should."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from reader import __version__
from reader.ingest.fetch import FetchError, Request
from tests.ingest.fetching import fetcher
from tests.servers import Reply, Server, busy, gone, redirect

RSS = "<rss><channel><title>Häfen</title></channel></rss>" * 50


async def ask(url, names=None, **asked):
    async with fetcher(names) as one:
        return await one.get(Request(url, **asked))


async def refused(url, names=None, **asked):
    with pytest.raises(FetchError) as error:
        await ask(url, names, **asked)
    words = str(error.value)
    assert words.isprintable()
    assert len(words) < 250
    return error.value


@pytest.mark.parametrize("packed", [False, True])
async def test_a_feed(server, packed):
    server.routes["/feed"] = Reply(
        RSS.encode("latin-1"),
        type="application/rss+xml; charset=latin-1",
        packed=packed,
        etag='W/"ä1"',
        modified="Yesterday",
    )
    came = await ask(server.url("/feed"))
    assert (came.status, came.url, came.moved) == (200, server.url("/feed"), "")
    assert came.body == RSS.encode("latin-1")
    assert came.content_type == "application/rss+xml; charset=latin-1"
    assert (came.etag, came.modified) == ('W/"ä1"', "Yesterday")
    assert (came.max_age, came.retry_after, came.local) == (None, None, False)


async def test_who_asks_and_for_what(server):
    server.routes["*"] = "x"
    for accept in ("feed", "page", "image"):
        await ask(server.url("/"), accept=accept)
    feed, page, image = (asked.headers for asked in server.asked)
    assert feed["user-agent"] == f"reader/{__version__} (terminal reading app)"
    assert feed["accept-encoding"] == "gzip, deflate"
    assert feed["host"] == f"127.0.0.1:{server.port}"
    assert not {"cookie", "authorization", "if-none-match", "if-modified-since"} & set(feed)
    assert feed["accept"].startswith("application/atom+xml")
    assert page["accept"].startswith("text/html")
    assert image["accept"].startswith("image/")


async def test_what_is_kept_is_asked_for_by_its_validators(server):
    server.routes["/feed"] = Reply(
        RSS, etag='"ä\'1"', modified="Tue, 1 Jan", headers=(("Cache-Control", "max-age=7200"),)
    )
    first = await ask(server.url("/feed"))
    again = await ask(server.url("/feed"), etag=first.etag, modified=first.modified)
    assert (again.status, again.body, again.etag, again.max_age) == (304, b"", first.etag, 7200)
    assert server.asked[1].headers["if-none-match"] == '"ä\'1"'
    assert server.asked[1].headers["if-modified-since"] == "Tue, 1 Jan"


async def test_a_304_that_nobody_asked_for_is_no_answer(server):
    server.routes["/feed"] = Reply(status=304)
    error = await refused(server.url("/feed"))
    assert (error.kind, error.status) == ("status", 304)


async def test_validators_go_to_the_host_they_came_from(server):
    names = {"a.test": "127.0.0.1", "b.test": "127.0.0.1"}
    there = f"http://b.test:{server.port}/feed"
    server.routes["/old"] = redirect("/here")
    server.routes["/here"] = redirect(there)
    server.routes["/feed"] = Reply(RSS, etag='"1"')
    start = f"http://a.test:{server.port}/old"
    # Another host's 304 would be a mistake, so it is not asked for one.
    assert (await ask(start, names, etag='"1"')).status == 200
    assert ["if-none-match" in asked.headers for asked in server.asked] == [True, True, False]
    server.asked.clear()
    # Unless what is kept is known to have come from there.
    assert (await ask(start, names, etag='"1"', validated=there)).status == 304
    assert ["if-none-match" in asked.headers for asked in server.asked] == [False, False, True]


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [((301,), True), ((308, 301), True), ((301, 302), False), ((302, 301), False), ((307,), False), ((303,), False)],
)
async def test_a_move_for_good_is_told(server, statuses, moves):
    for number, status in enumerate(statuses):
        server.routes[f"/{number}"] = redirect(f"/{number + 1}", status)
    server.routes[f"/{len(statuses)}"] = "here"
    came = await ask(server.url("/0"))
    assert came.url == server.url(f"/{len(statuses)}")
    assert came.moved == (came.url if moves else "")


async def test_a_moved_feed_that_is_unchanged_has_moved_as_well(server):
    server.routes["/old"] = redirect("/new", 301)
    server.routes["/new"] = Reply(RSS, etag='"1"')
    came = await ask(server.url("/old"), etag='"1"')
    assert (came.status, came.moved) == (304, server.url("/new"))


async def test_five_redirects_are_followed_and_no_more(server):
    for number in range(6):
        server.routes[f"/{number}"] = redirect(f"/{number + 1}")
    server.routes["/6"] = "here"
    assert (await ask(server.url("/1"))).body == b"here"
    error = await refused(server.url("/0"))
    assert error.kind == "redirect"
    assert server.count("/6") == 1


async def test_a_redirect_in_other_letters(server):
    server.routes["/old"] = redirect("/nä wä".encode().decode("latin-1"))
    server.routes["/n%C3%A4%20w%C3%A4"] = "here"
    assert (await ask(server.url("/old"))).body == b"here"


async def test_a_login_and_own_headers_go_to_the_server_they_are_for(server):
    names = {"a.test": "127.0.0.1", "b.test": "127.0.0.1"}
    home, away = f"http://a.test:{server.port}", f"http://b.test:{server.port}"
    server.routes.update(
        {
            "/one": redirect("/two"),
            "/two": redirect(away + "/three"),
            "/three": redirect(home + "/four"),
            "/four": redirect("/five"),
            "/five": "here",
        }
    )
    mine = (("X-Token", "geheim"), ("user-agent", "mine"), ("Host", "evil.test"), ("Content-Length", "9"))
    await ask(home + "/one", names, login=("anna", "pässe"), headers=mine)
    told = [("authorization" in asked.headers, "x-token" in asked.headers) for asked in server.asked]
    # Neither the other host, nor back home where the other has sent us.
    assert told == [(True, True), (True, True), (False, False), (False, False), (False, False)]
    first, third = server.asked[0].headers, server.asked[2].headers
    assert first["authorization"] == "Basic YW5uYTpww6Rzc2U="
    assert (first["user-agent"], first["host"]) == ("mine", f"a.test:{server.port}")
    assert "content-length" not in first
    assert third["user-agent"].startswith("reader/")


async def test_another_port_is_another_server(server):
    with Server({"/": "here"}) as other:
        server.routes["/"] = redirect(other.url("/"))
        await ask(server.url("/"), login=("anna", "x"))
        assert "authorization" not in other.asked[0].headers


async def test_a_login_in_the_address(server):
    server.routes["/"] = "here"
    came = await ask(f"http://anna:x%3Ay@127.0.0.1:{server.port}/")
    assert server.asked[0].headers["authorization"] == "Basic YW5uYTp4Onk="
    assert came.url == server.url("/")


async def test_a_login_in_a_redirect_is_nobodys(server):
    server.routes["/old"] = redirect(f"http://eve:x@127.0.0.1:{server.port}/")
    server.routes["/"] = "here"
    await ask(server.url("/old"))
    assert "authorization" not in server.asked[1].headers


async def test_a_header_that_cannot_be_sent(server):
    error = await refused(server.url("/"), headers=(("X-A", "b\r\nX-C: d"),))
    assert error.kind == "address"
    assert not server.asked


async def test_cookies_live_as_long_as_the_redirects(server):
    names = {"b.test": "127.0.0.1"}
    server.routes["/"] = lambda asked: (
        "welcome"
        if "cookie" in asked.headers
        else redirect("/", headers=(("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2")))
    )
    async with fetcher(names) as one:
        assert (await one.get(Request(server.url("/")))).body == b"welcome"
        assert server.asked[1].headers["cookie"] == "a=1; b=2"
        assert (await one.get(Request(server.url("/")))).body == b"welcome"
        assert ["cookie" in asked.headers for asked in server.asked] == [False, True, False, True]
        # They are for the host that set them.
        server.routes["/away"] = redirect(f"http://b.test:{server.port}/", headers=(("Set-Cookie", "c=3"),))
        server.asked.clear()
        await one.get(Request(server.url("/away")))
        assert [asked.headers.get("cookie") for asked in server.asked] == [None, None, "a=1; b=2"]
    with Server({"*": "theirs"}) as other:
        server.routes["/port"] = redirect(other.url("/"), headers=(("Set-Cookie", "c=3"),))
        await ask(server.url("/port"))
        assert "cookie" not in other.asked[0].headers


@pytest.mark.parametrize(
    ("reply", "status", "words", "wait"),
    [
        (Reply(status=404), 404, "(not found): the address may have changed", None),
        (gone(), 410, "gone", None),
        (Reply(status=401), 401, "name and password", None),
        (Reply(status=403), 403, "forbidden", None),
        (Reply(status=418), 418, "refused", None),
        (Reply(status=500), 500, "try again later", None),
        (Reply(status=599), 599, "try again later", None),
        (busy(90), 429, "for 2 minutes", 90),
        (busy(7200, 503), 503, "for 2 hours", 7200),
        (busy("x"), 429, "try again later", None),
        (busy(10**9), 429, "for 24 hours", 86_400),
        (Reply(status=204), 204, "nothing to read", None),
        (Reply(status=300), 300, "nothing to read", None),
    ],
)
async def test_what_a_server_refuses_is_told(server, reply, status, words, wait):
    server.routes["/"] = reply
    error = await refused(server.url("/"))
    assert (error.kind, error.status, error.retry_after) == ("status", status, wait)
    assert words in str(error)
    assert str(error).startswith(f"127.0.0.1 answers {status} (")


async def test_what_comes_with_a_date(server):
    server.routes["/"] = Reply(
        "x", headers=(("Date", "Fri, 29 May 2026 12:00:00 GMT"), ("Expires", "Fri, 29 May 2026 12:30:00 GMT"))
    )
    assert (await ask(server.url("/"))).max_age == 1800


async def test_a_name_that_is_not_known(server):
    error = await refused("http://nowhere.test/")
    assert error.kind == "network"
    assert "nowhere.test is not found" in str(error)


async def test_a_server_that_is_not_there(server):
    server.stop()
    error = await refused(server.url("/"))
    assert (error.kind, "cannot be reached" in str(error)) == ("network", True)


async def test_the_next_address_of_a_host_is_tried(server):
    server.routes["/"] = "here"
    came = await ask(f"http://a.test:{server.port}/", {"a.test": ["127.0.0.7", "127.0.0.1"]})
    assert came.body == b"here"


async def test_connections_are_few_and_used_again(server):
    server.routes["/feed"] = Reply(RSS, etag='"1"')
    async with fetcher() as one:
        await asyncio.gather(*(one.get(Request(server.url(f"/feed?{n}"), etag='"1"' * (n % 2))) for n in range(40)))
    assert len(server.asked) == 40
    assert (server.most, server.connections) == (2, 2)


async def test_connections_are_few_in_all(server):
    server.routes["/"] = "x"
    names = {f"{n}.test": "127.0.0.1" for n in range(30)}
    async with fetcher(names, total=5) as one:
        await asyncio.gather(*(one.get(Request(f"http://{name}:{server.port}/")) for name in names))
    assert len(server.asked) == 30
    # The server sees a connection close a little after it is closed.
    assert server.most <= 6


def test_importing_it_is_cheap():
    code = "import sys, reader.ingest.fetch; print([m for m in ('httpx', 'httpcore', 'anyio') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

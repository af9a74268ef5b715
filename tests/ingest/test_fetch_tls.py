"""Who asks by https learns whom they talk to, or nothing at all."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from reader.ingest.fetch import FetchError, Request
from tests.ingest.fetching import fetcher
from tests.servers import Server, redirect

CERTIFICATE = Path(__file__).parent.parent / "fixtures" / "tls" / "localhost.pem"


async def refused(url, **options):
    async with fetcher(**options) as one:
        with pytest.raises(FetchError) as error:
            await one.get(Request(url))
    assert str(error.value).isprintable()
    return error.value


@pytest.fixture
def secure():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with Server({"*": "secret"}, tls=context) as running:
        yield running


async def test_a_certificate_that_nobody_knows(secure):
    error = await refused(secure.url("/"))
    assert (error.kind, "cannot prove" in str(error)) == ("tls", True)
    assert not secure.asked


async def test_a_certificate_that_the_system_knows(secure, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with fetcher({"other.test": "127.0.0.1"}) as one:
        assert (await one.get(Request(secure.url("/")))).body == b"secret"
        with pytest.raises(FetchError, match=r"other\.test cannot prove") as error:
            await one.get(Request(f"https://other.test:{secure.port}/"))
        assert error.value.kind == "tls"


async def test_https_where_there_is_none(server):
    server.lines = True
    error = await refused(server.url("/").replace("http:", "https:"))
    assert error.kind == "tls"


async def test_https_that_never_comes_about_is_left(server):
    # It waits for the end of a request, which a greeting in TLS is not.
    error = await refused(server.url("/").replace("http:", "https:"), deadline=0.2)
    assert error.kind == "timeout"


async def test_from_safe_to_unsafe_nothing_secret_goes_along(secure, server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    secure.routes["/"] = redirect(server.url("/"), 301, (("Set-Cookie", "a=1"),))
    server.routes["/"] = "x"
    async with fetcher() as one:
        came = await one.get(Request(secure.url("/"), login=("anna", "x")))
    assert "authorization" in secure.asked[0].headers
    assert not {"authorization", "cookie"} & set(server.asked[0].headers)
    # Nor is the unsafe address remembered in place of the safe one.
    assert came.moved == ""

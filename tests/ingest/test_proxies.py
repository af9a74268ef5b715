"""Which proxy the environment names."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.net.addresses import parse
from reader.ingest.net.fetched import FetchError
from reader.ingest.net.proxies import named
from reader.ingest.net.proxies import parse as parse_proxy
from tests.thorough import examples


@pytest.mark.parametrize(
    ("url", "environ", "proxy"),
    [
        ("http://example.org/", {}, ""),
        ("http://example.org/", {"HTTP_PROXY": "http://p:1"}, "http://p:1"),
        ("http://example.org/", {"http_proxy": "p:1", "HTTP_PROXY": "q:1"}, "http://p:1"),
        ("https://example.org/", {"HTTP_PROXY": "http://p:1"}, ""),
        ("https://example.org/", {"HTTPS_PROXY": "http://p:1"}, "http://p:1"),
        ("https://example.org/", {"ALL_PROXY": "http://p:1"}, "http://p:1"),
        ("http://example.org/", {"HTTP_PROXY": "p:1", "NO_PROXY": "example.org"}, ""),
        ("http://a.example.org/", {"HTTP_PROXY": "p:1", "NO_PROXY": "x, .example.org"}, ""),
        ("http://a.example.org/", {"HTTP_PROXY": "p:1", "no_proxy": "*.example.org"}, ""),
        ("http://badexample.org/", {"HTTP_PROXY": "p:1", "NO_PROXY": "example.org"}, "http://p:1"),
        ("http://example.org/", {"HTTP_PROXY": "p:1", "NO_PROXY": "*"}, ""),
        ("http://example.org/", {"HTTP_PROXY": "p:1", "NO_PROXY": "example.org:8080"}, "http://p:1"),
        ("http://example.org:8080/", {"HTTP_PROXY": "p:1", "NO_PROXY": "example.org:8080"}, ""),
        ("http://10.1.2.3/", {"HTTP_PROXY": "p:1", "NO_PROXY": "10.0.0.0/8"}, ""),
        ("http://11.1.2.3/", {"HTTP_PROXY": "p:1", "NO_PROXY": "10.0.0.0/8"}, "http://p:1"),
        ("http://127.0.0.9/", {"HTTP_PROXY": "p:1"}, ""),
        ("http://localhost/", {"ALL_PROXY": "p:1"}, ""),
    ],
)
def test_proxies(url, environ, proxy):
    assert named(parse(url), environ) == proxy


def test_a_proxy_of_another_kind_is_refused_in_words():
    assert parse_proxy("http://anna:x@p.example:3128").login == ("anna", "x")
    with pytest.raises(FetchError, match="http://") as refused:
        parse_proxy("socks5://p.example:1080")
    assert refused.value.kind == "network"


@settings(max_examples=examples(40, 1_000))
@given(
    st.text(max_size=40) | st.from_regex(r"[a-z0-9.:/*@\[\]%, -]{0,40}", fullmatch=True),
    st.sampled_from(["example.org", "[::1]"]),
)
def test_any_variables_name_a_proxy_or_none(text, host):
    found = named(parse(f"http://{host}/"), {"http_proxy": text, "no_proxy": text})
    assert found == "" or "://" in found
    with suppress(FetchError):
        assert parse_proxy(found).host
